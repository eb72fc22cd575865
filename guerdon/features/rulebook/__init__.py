"""The counters and budgets that rules look at."""

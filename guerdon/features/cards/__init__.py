"""Gift cards: the directory of their codes."""

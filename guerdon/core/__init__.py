"""The law: pure values and decisions, without Django, a clock, randomness or I/O."""

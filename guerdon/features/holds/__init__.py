"""Holds: points reserved for a while, which lots they are in, and what became of them."""

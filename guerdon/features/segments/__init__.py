"""Saved segments: what is remembered of them, and who is in."""

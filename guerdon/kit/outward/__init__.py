"""Calls to addresses that somebody gave: only to public places, pinned to what a name came to, and bounded."""

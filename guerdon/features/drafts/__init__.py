"""Drafts of programmes: changed files on their way to become a version, and every step of each."""

"""Reads across everything."""

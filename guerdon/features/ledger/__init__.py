"""Postings, lots, allocations and balances."""

"""Seals: hashes over ranges of the journal, chained, so that nobody can rewrite what was sealed without a trace."""

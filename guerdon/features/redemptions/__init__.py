"""Redemptions: what members bought with their points, and what became of it."""

"""Alerts: what looks like fraud, who was told of it, and what they made of it."""

"""Inbound webhooks: each sender has a room of its own behind one door."""

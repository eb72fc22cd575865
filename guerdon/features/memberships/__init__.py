"""Paid memberships, their periods, the payments for them, and by which names others know them."""

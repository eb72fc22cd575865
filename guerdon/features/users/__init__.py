"""Who signs in: users, the staff among them, and who is invited to become staff."""

"""Who looked at the personal data of a member."""

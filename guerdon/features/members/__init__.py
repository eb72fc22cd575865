"""Members, how they are found, and the vault of their personal data."""

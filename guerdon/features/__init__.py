"""What the house remembers, one noun per folder."""

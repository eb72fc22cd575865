"""Who belongs to which household, since when and as what, and who is invited."""

"""What members have climbed: the basis day by day, every step of every ladder, tiers granted by hand."""

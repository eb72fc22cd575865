"""Import runs: which file was brought in under which mapping, and how far."""

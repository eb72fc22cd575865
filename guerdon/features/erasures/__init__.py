"""Members who want to be erased, and those who were."""

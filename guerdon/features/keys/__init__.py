"""API keys, hashed and scoped, each bound to one programme."""

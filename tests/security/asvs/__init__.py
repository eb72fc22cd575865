"""The map to OWASP ASVS 5.0.0, levels 1 and 2; `python -m tests.security.asvs --write` prints its page."""

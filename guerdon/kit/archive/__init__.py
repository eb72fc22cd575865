"""The whole database as text that is the same on both engines: written, packed into one file, and brought back."""

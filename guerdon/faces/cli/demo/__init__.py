"""The demo: its command, the cast of the café, the key and the proof it remembers, and the screen at its end."""

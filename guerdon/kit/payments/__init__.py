"""Taking money: what every way of taking it can do (port), and who does it (providers)."""

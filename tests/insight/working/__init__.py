"""What does not work, of exported months."""

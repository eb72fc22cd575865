"""What of a programme does not work, of exported months."""

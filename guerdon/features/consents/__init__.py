"""What members agreed to and withdrew."""

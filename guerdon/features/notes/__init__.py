"""What the staff write down about members, for each other."""

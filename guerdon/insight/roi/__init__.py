"""What a programme is worth: those who are held out beside the others, with what chance alone could have made of it."""

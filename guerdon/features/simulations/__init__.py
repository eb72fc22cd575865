"""What-ifs on the own history: who asked what, how far the answer is, and the answer."""

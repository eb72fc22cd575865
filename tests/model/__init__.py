"""The model: a programme by the book, lot by lot, and plays that hold the house against it."""

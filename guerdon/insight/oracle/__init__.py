"""The oracle: the law of points once more, lot by lot and by the book; it shares nothing with the house it judges."""

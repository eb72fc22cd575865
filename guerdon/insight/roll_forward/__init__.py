"""The liability roll-forward: what points were owed, what moved and what is owed, cut by who and what they are of."""

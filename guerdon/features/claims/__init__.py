"""Claims of members: what they miss, ask or complain about, step by step, with sealed words and photos."""

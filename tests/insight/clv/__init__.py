"""What customers will be worth: the papers' tables, and what must hold of any history."""

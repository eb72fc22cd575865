"""The walls that a linter cannot see."""

"""What the pages of sign-in ask in their templates."""

"""Points by hand: what waits for a second person, and what each has done to a member in a day."""

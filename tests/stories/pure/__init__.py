"""The pure world of the stories, a room for each of the things that may happen in it."""

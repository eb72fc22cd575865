"""What is said when somebody stops a command; it needs nothing that may be half loaded in that moment."""

WHAT = "Stopped."
WHY = "Everything that was finished stays; what was half done was rolled back."
HINT = "Run the same command again: it goes on where it was."
CODE = 4  # `terminal.INTERRUPTED`

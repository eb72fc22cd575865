"""The first steps: from an empty installation to a live programme, in the browser."""

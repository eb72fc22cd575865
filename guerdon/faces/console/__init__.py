"""The console: where managers see what happens, change the rules, and answer members."""

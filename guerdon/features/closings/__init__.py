"""Closed months: their borders in the journal, and the figures that no later fact changes."""

"""Points that pass between members, and what causes have been given."""

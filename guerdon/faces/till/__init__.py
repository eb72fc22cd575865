"""The till: one field, big buttons, a member served in three taps."""

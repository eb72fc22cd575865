"""The speed of Guerdon, side by side with the raw database it stands on."""

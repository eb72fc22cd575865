"""The facts told to us, each once for ever, with what was decided."""

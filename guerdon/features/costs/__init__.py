"""The cost book: what people told that a programme costs and brings, and which of it somebody took back."""

"""The design system: colours, brand, icons, words and components of every page."""

"""Reports of months: one content in words, as a page that needs nothing else and as a paper."""

"""What would happen if: the whole real history replayed under a draft, and compared with what it came to."""

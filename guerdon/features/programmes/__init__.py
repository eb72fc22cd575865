"""Programmes and their published versions."""

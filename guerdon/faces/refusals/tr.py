"""Placeholder."""

from guerdon.faces.refusals import en

SENTENCES = en.SENTENCES
REASONS = en.REASONS

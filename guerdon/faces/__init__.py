"""Translate between people, machines and the house; nothing else."""

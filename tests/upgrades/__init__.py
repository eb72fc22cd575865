"""Backups of every version that was released, each of which must restore into every later one."""

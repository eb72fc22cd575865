"""KPIs that need all of history, computed from exported months and from nothing else."""

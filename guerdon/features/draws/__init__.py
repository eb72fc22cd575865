"""Draws: the seeds of chance, how long members have waited for what is guaranteed, and who wants no chance."""

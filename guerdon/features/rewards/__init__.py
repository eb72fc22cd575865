"""Rewards: how many pieces of each there are, and who is waiting for one."""

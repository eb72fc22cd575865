"""Objectives: what somebody wants a KPI to be by a month, and whether somebody ended it."""

"""Closed months as Parquet files, written once each: what everything is computed from that needs all of history."""

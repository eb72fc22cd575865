"""Vouchers: whose they are, how often they were used, and the directory of their codes."""

"""Guerdon: loyalty and rewards in which no point is ever lost, doubled or unexplained."""

__version__ = "0.1.0"

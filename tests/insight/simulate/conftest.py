"""Worlds of the tests are small: they are walked without waiting for a compiler, and one test compares the two."""

import os

os.environ.setdefault("GUERDON_PLAIN_LOOPS", "1")  # before anything of the simulator is imported

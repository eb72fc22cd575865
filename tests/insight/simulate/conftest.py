"""Worlds of the tests are small: they are walked without waiting for a compiler, and one test compares the two."""

import os

from guerdon.insight.simulate import jit

os.environ.setdefault(jit.PLAIN, "1")

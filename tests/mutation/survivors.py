"""Why a fault is found by no test: by function, and what stands there → what would stand there instead."""

from typing import Final

WHY: Final[dict[tuple[str, str], str]] = {}

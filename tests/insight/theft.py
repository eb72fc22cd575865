"""A theft: what is stolen, which invariant finds it, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.insight.ways import Eyes


@dataclass(frozen=True)
class Theft:
    """One thing stolen: the invariant meant, those that fall with it, and a word of the first counter-example."""

    name: str
    meant: str
    says: str
    steal: Callable[[Eyes], list[str]]
    too: tuple[str, ...] = ()
    deep: bool = False

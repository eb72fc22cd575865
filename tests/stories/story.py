"""What a story is made of: people, steps, deeds and claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo


class StoryError(Exception):
    """What is wrong with a story, and in which line."""

    def __init__(self, story: str, line: int, problem: str) -> None:
        super().__init__(f"{story}:{line}: {problem}")
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a basket; money as it is written."""

    product: str
    amount: str
    discount: str = "0"
    quantity: int = 1
    category: str | None = None
    brand: str | None = None
    tags: tuple[str, ...] = ()
    kind: str = "goods"


@dataclass(slots=True)
class Deed:
    """What somebody does: `act` is a key of DEEDS, `words` the parts of its sentence, `clauses` what follows it."""

    act: str
    words: dict[str, str]
    clauses: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    programme: Mapping[str, Any] | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What must be so after a step: `what` is a key of CLAIMS, `words` the parts of its sentence."""

    line: int
    text: str
    what: str
    words: dict[str, str]


@dataclass(slots=True)
class Step:
    """One dated deed, or one that is told in the same breath as the step before it (`together`)."""

    line: int
    at: datetime
    deed: Deed
    together: bool = False
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is enrolled before the story begins."""

    name: str
    born: str | None = None
    segments: tuple[str, ...] = ()
    attributes: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """A story as it was read."""

    name: str
    title: str
    prose: str
    shows: tuple[str, ...]
    programme: dict[str, Any]
    zone: ZoneInfo
    people: list[Person]
    steps: list[Step]

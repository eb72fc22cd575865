"""An activity that is known and told otherwise now: no error, but somebody should know what stands."""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from guerdon.core import activities, documents
from guerdon.core.activities import Activity
from guerdon.faces.imports import refused
from guerdon.faces.imports.faults import KNOWN, WOULD_BE, Fault, excerpt

PLACES_MAX: Final = 5
VALUE_CHARS_MAX: Final = 40


class Known(Protocol):
    """What the engine answers from memory."""

    @property
    def activity(self) -> Activity: ...
    @property
    def differs(self) -> tuple[str, ...]: ...


def notice(told: Activity, line: int, known: Known, *, rehearsed: bool = False) -> Fault:
    """What differs and what stands, for the line on which the activity begins; pointers stand for columns."""
    now, first = msgspec.to_builtins(activities.as_kept(told)), msgspec.to_builtins(known.activity)
    places = [f"{one}: {_at(first, one)} (here {_at(now, one)})" for one in known.differs[:PLACES_MAX]]
    if len(known.differs) > PLACES_MAX:
        places.append(f"and {len(known.differs) - PLACES_MAX} more")
    reason = (WOULD_BE if rehearsed else "") + KNOWN
    shown = ", ".join(known.differs[:PLACES_MAX])
    return Fault(line, shown, reason, refused.identity(told), f"What was told first stands: {'; '.join(places)}.")


def _at(document: object, pointer: str) -> str:
    """The value at a place, short; a dash where there is none."""
    found = document
    for name in documents.steps(pointer):
        found = _part(found, name)
    if found in (None, "", [], {}):
        return "–"
    text = found if isinstance(found, str) else msgspec.json.encode(found).decode()
    return excerpt(text, VALUE_CHARS_MAX)


def _part(of: object, name: str) -> object:
    if isinstance(of, dict):
        return of.get(name)
    if isinstance(of, Sequence) and not isinstance(of, str) and name.isdigit() and int(name) < len(of):
        return of[int(name)]
    return None

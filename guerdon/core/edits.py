"""Editing a plain document part by part, and bringing two edited documents of one origin together."""

from collections.abc import Mapping as ReadMapping
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from guerdon.core import documents, errors
from guerdon.core.documents import Document, Mapping

PART_UNKNOWN = errors.declare("invalid", "part_unknown", "pointer")

Op = Literal["put", "merge", "remove"]
Side = Literal["mine", "theirs"]
# Folders of the programme file, whose entries are parts of their own; every other key is one part.
FOLDERS: Final = (
    "units", "kinds", "rates", "causes", "tiers", "plans", "vouchers", "reward_categories", "rewards", "rules",
)  # fmt: skip
_GONE: Final = object()  # a part that is not there, which null is not


class Edit(msgspec.Struct, frozen=True):
    """One edit: `put` a value where the JSON pointer leads, `merge` one into what is there (RFC 7396), `remove` it."""

    op: Op
    path: str
    value: Document = None


class Merged(msgspec.Struct, frozen=True):
    """What two documents of one origin come to, and the pointers of parts that both changed, each its own way."""

    document: Mapping
    clashes: tuple[str, ...] = ()


def edited(document: Mapping, edits: Sequence[Edit]) -> Mapping:
    """The document after the edits, one after the other. Raises `part_unknown` where a pointer leads nowhere."""
    found: Document = document
    for one in edits:
        steps = _steps(one.path)
        if not steps:
            raise PART_UNKNOWN(pointer=one.path)
        found = _edited(found, steps, one)
    assert isinstance(found, dict), "an edit below the top leaves the top a mapping"
    return found


def part(document: Document, pointer: str) -> Document:
    """What stands where the pointer leads. Raises `part_unknown`."""
    found = document
    for step in _steps(pointer):
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and _place(step, len(found)) is not None:
            found = found[int(step)]
        else:
            raise PART_UNKNOWN(pointer=pointer)
    return found


def _steps(pointer: str) -> list[str]:
    if pointer and not pointer.startswith("/"):
        raise PART_UNKNOWN(pointer=documents.shortened(pointer, 200))
    return documents.steps(pointer)


def _place(step: str, places: int) -> int | None:
    """The place of a list that a step means; None where it means none."""
    right = step.isascii() and step.isdigit() and (step == "0" or step[0] != "0") and len(step) < 10
    return int(step) if right and int(step) < places else None


def _edited(found: Document, steps: list[str], edit: Edit) -> Document:
    """The part with the edit made below it; what holds it stays as it was."""
    step, *more = steps
    if isinstance(found, list):
        return _in_list(found, step, more, edit)
    if not isinstance(found, dict) or (step not in found and (more or edit.op == "remove")):
        raise PART_UNKNOWN(pointer=documents.shortened(edit.path, 200))
    if more:
        return found | {step: _edited(found[step], more, edit)}
    if edit.op == "remove":
        return {key: value for key, value in found.items() if key != step}
    return found | {step: patched(found.get(step), edit.value) if edit.op == "merge" else edit.value}


def _in_list(found: list[Document], step: str, more: list[str], edit: Edit) -> Document:
    if not more and edit.op == "put" and step in ("-", str(len(found))):
        return [*found, edit.value]
    place = _place(step, len(found))
    if place is None:
        raise PART_UNKNOWN(pointer=documents.shortened(edit.path, 200))
    if more:
        new = [_edited(found[place], more, edit)]
    elif edit.op == "remove":
        new = []
    else:
        new = [patched(found[place], edit.value) if edit.op == "merge" else edit.value]
    return [*found[:place], *new, *found[place + 1 :]]


def patched(found: Document, patch: Document) -> Document:
    """A JSON merge patch (RFC 7396): null takes a key away, mappings go into each other, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    whole: Mapping = dict(found) if isinstance(found, dict) else {}
    for key, value in patch.items():
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = patched(whole.get(key), value)
    return whole


# --- bringing together ---


def merged(base: Mapping, mine: Mapping, theirs: Mapping, take: ReadMapping[str, Side]) -> Merged:
    """What I changed since the base, on top of what they changed; `take` decides parts that both changed.

    A part is an entry of a folder (a rule, a tier ladder, a reward) or another key of the file. Where both changed one
    to different ends and nothing is taken, it stays as theirs and is told as a clash.
    """
    found: Mapping = {}
    clashes: list[str] = []
    for key in _order(base, mine, theirs):
        pointer = documents.under("", key)
        sides = [document.get(key, _GONE) for document in (base, mine, theirs)]
        if key in FOLDERS and all(side is _GONE or isinstance(side, dict) for side in sides):
            folders = [side if isinstance(side, dict) else {} for side in sides]
            entries: Mapping = {}
            for name in _order(*folders):
                parts = [folder.get(name, _GONE) for folder in folders]
                _choose(entries, name, documents.under(pointer, name), parts, take, clashes)
            if entries or all(isinstance(side, dict) for side in sides):
                found[key] = entries
        else:
            _choose(found, key, pointer, sides, take, clashes)
    return Merged(found, tuple(clashes))


def _choose(
    into: Mapping, key: str, pointer: str, sides: Sequence[object], take: ReadMapping[str, Side], clashes: list[str]
) -> None:
    """Put the side that counts into the mapping, if it is there at all."""
    base, mine, theirs = sides
    chosen = theirs
    if _same(theirs, base):
        chosen = mine
    elif not _same(mine, base) and not _same(mine, theirs):
        side = take.get(pointer)
        if side is None:
            clashes.append(pointer)
        chosen = mine if side == "mine" else theirs
    if chosen is not _GONE:
        into[key] = chosen  # type: ignore[assignment] # what is not the mark is a document


def _same(one: object, other: object) -> bool:
    """Whether two parts are equal; true is not 1, and the order of keys counts, as it does among rules and levels."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _order(base: Mapping, mine: Mapping, theirs: Mapping) -> list[str]:
    """All keys: as I ordered them where only I changed the order, else as they did; what only one has follows
    what it followed there."""
    common = [key for key in base if key in mine and key in theirs]
    moved = [key for key in mine if key in common] != common
    kept = [key for key in theirs if key in common] == common
    first, second = (mine, theirs) if moved and kept else (theirs, mine)
    found = list(first)
    before: str | None = None
    for key in second:
        if key not in first:
            found.insert(0 if before is None else found.index(before) + 1, key)
        before = key
    return found

"""How a tree of conditions in a form is changed at one place, whatever hangs on it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar, cast

import msgspec


class Bough(Protocol):
    """What holds parts; some of them are boughs themselves, the others are leaves."""

    @property
    def parts(self) -> tuple[Any, ...]: ...


B = TypeVar("B", bound=Bough)


def without(of: B, place: int) -> B:
    """The bough without the part at a place."""
    return _with(of, (*of.parts[:place], *of.parts[place + 1 :]))


def changed(tree: B, steps: Sequence[int], change: Callable[[B], B]) -> B:
    """The tree with the bough at the end of the steps changed; as it was where they lead to none."""
    if not steps:
        return change(tree)
    place, *more = steps
    below = tree.parts[place] if place < len(tree.parts) else None
    if not isinstance(below, type(tree)):
        return tree
    return _with(tree, (*tree.parts[:place], changed(below, more, change), *tree.parts[place + 1 :]))


def _with(of: B, parts: tuple[Any, ...]) -> B:
    return cast(B, msgspec.structs.replace(cast(msgspec.Struct, of), parts=parts))

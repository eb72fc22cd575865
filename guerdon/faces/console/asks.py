"""What a segment asks, as a form sends it and a document says it: sentences with places to fill in, and groups."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from guerdon.core.documents import Document
from guerdon.faces.console import boughs

RAW: Final = "raw"  # a condition that no sentence of the form says: it stays as it is written
OFS: Final = ("all", "any", "none")
BOUNDS: Final = ("min", "max")
SPANS: Final = ("days_max", "days_min", "from", "until")
PARTS_MAX: Final = 32
DEPTH_MAX: Final = 6


class Leaf(msgspec.Struct, frozen=True):
    """One condition: its word, and what stands in each place."""

    word: str
    said: dict[str, str] = {}


class Group(msgspec.Struct, frozen=True):
    """Several conditions, of which all, any or none hold."""

    of: str = "all"
    parts: "tuple[Leaf | Group, ...]" = ()


Part = Leaf | Group
Mapping = dict[str, Any]


# --- as a document ---


def document(tree: Group) -> list[Document]:
    """What the form says: a list, all of which must hold."""
    if tree.of == "all":
        return [_written(one) for one in tree.parts]
    return [_written(tree)] if tree.parts else []


def _written(part: Part) -> Document:
    if isinstance(part, Group):
        inner = [_written(one) for one in part.parts]
        return {"not": {"any": inner}} if part.of == "none" else {part.of: inner}
    if part.word == RAW:
        return _decoded(part.said.get("text", ""))
    return {part.word: _WRITES[part.word](part.said)}


def _decoded(text: str) -> Document:
    """What is written out; a text that is nothing of the kind is refused as one."""
    try:
        found: Document = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
    return found


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text.replace(",", ".")


def _chosen(said: dict[str, str]) -> Document:
    return {said.get("how", "in"): [one.strip() for one in said.get("value", "").split(",") if one.strip()]}


def _bounded(said: dict[str, str]) -> Document:
    """What is bounded stands in `what`, for a counter with its period behind it."""
    what, _, period = said.get("what", "").partition(" ")
    named: Mapping = {"what": what, "period": period} if period else {"unit": what}
    return {**named, said.get("how", "min"): _number(said.get("value", ""))}


def _spanned(said: dict[str, str]) -> Document:
    how, value = said.get("how", "days_max"), said.get("value", "")
    told: Mapping = {how: value if how in ("from", "until") else _number(value)}
    return {"kind": said["kind"], **told} if said.get("kind") else told


def _month(said: dict[str, str]) -> Document:
    return {"in": [int(said["value"])]} if said.get("value", "").isdigit() else True


_WRITES: Final[dict[str, Callable[[dict[str, str]], Document]]] = {
    "tier": _chosen, "joined": _spanned, "last": _spanned, "balance": _bounded, "counter": _bounded,
    "segment": _chosen, "birthday_month": _month, "voucher": _chosen,
}  # fmt: skip
WORDS: Final = tuple(_WRITES)


# --- of a document ---


def read(found: Document) -> Group:
    """The tree of a document; what no sentence says stays as it is written."""
    every = found if isinstance(found, list) else []
    parts = tuple(_read(one) for one in every)
    if len(parts) == 1 and isinstance(parts[0], Group):
        return parts[0]
    return Group("all", parts)


def _read(found: Document) -> Part:
    if isinstance(found, dict) and len(found) == 1:
        ((word, inner),) = found.items()
        if word in ("all", "any") and isinstance(inner, list):
            return Group(word, tuple(_read(one) for one in inner))
        if word == "not":
            any_of = inner.get("any") if isinstance(inner, dict) and len(inner) == 1 else None
            several = any_of if isinstance(any_of, list) else [inner]
            return Group("none", tuple(_read(one) for one in several))
        if word in _WRITES:
            leaf = Leaf(word, _said(word, inner))
            if _written(leaf) == found:
                return leaf
    return Leaf(RAW, {"text": msgspec.json.encode(found).decode()})


def _said(word: str, inner: Any) -> dict[str, str]:
    """The places of a sentence; where they don't say all of it, the document differs and stays as it is."""
    if not isinstance(inner, dict):
        return {}
    how = next((one for one in ("in", "not_in", *BOUNDS, *SPANS) if one in inner), "")
    value = inner.get(how, "")
    told = {"how": how, "value": ", ".join(map(str, value)) if isinstance(value, list) else str(value)}
    if word == "counter":
        return {**told, "what": f"{inner.get('what', '')} {inner.get('period', '')}"}
    if word == "balance":
        return {**told, "what": str(inner.get("unit", ""))}
    return {**told, "kind": str(inner["kind"])} if "kind" in inner else told


# --- as a form ---


def posted(form: Any, path: str = "0", depth: int = 0) -> Group:
    """The tree that a form has sent below a path."""
    of = form.get(f"{path}.of", "all")
    parts: list[Part] = []
    while len(parts) < PARTS_MAX and depth < DEPTH_MAX:
        here = f"{path}.{len(parts)}"
        if f"{here}.of" in form:
            parts.append(posted(form, here, depth + 1))
        elif form.get(f"{here}.word") in (*WORDS, RAW):
            said = {key: form[f"{here}.{key}"].strip() for key in _PLACES if f"{here}.{key}" in form}
            parts.append(Leaf(form[f"{here}.word"], said))
        else:
            break
    return Group(of if of in OFS else "all", tuple(parts))


_PLACES: Final = ("how", "value", "what", "kind", "text")


def acted(tree: Group, act: str, word: str) -> Group:
    """The tree after a button was pressed: `add`, `nest` or `remove`, and the path of the part that is meant."""
    verb, _, where = act.partition(" ")
    steps = [int(one) for one in where.split(".")[1:] if one.isdigit() and len(one) < 4]
    if verb == "add" and word in WORDS:
        return boughs.changed(tree, steps, lambda of: Group(of.of, (*of.parts, Leaf(word))[:PARTS_MAX]))
    if verb == "nest" and len(steps) + 1 < DEPTH_MAX:
        return boughs.changed(tree, steps, lambda of: Group(of.of, (*of.parts, Group("any", (Leaf(WORDS[0]),)))))
    if verb == "remove" and steps:
        return boughs.changed(tree, steps[:-1], lambda of: boughs.without(of, steps[-1]))
    return tree


def place(tree: Group, pointer: str) -> str:
    """Where in the form something is that is wrong in the document; "" where it is in none of its conditions."""
    steps = [int(one) for one in pointer.split("/")[2:] if one.isdigit()]
    part, path = tree, "0"
    for step in steps if tree.of == "all" else steps[1:]:
        if step >= len(part.parts):
            return ""
        path = f"{path}.{step}"
        below = part.parts[step]
        if isinstance(below, Leaf):
            return path
        part = below
    return ""

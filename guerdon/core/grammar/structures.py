"""The shapes that hold others: lists, sets, keyed mappings, and choices named by a single key."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar, cast

import msgspec

from guerdon.core import documents
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.shapes import WRONG, At, Shape, Wrong

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
I_co = TypeVar("I_co", covariant=True)


class Listing(Shape[tuple[V, ...]], Generic[V]):
    """A list of one shape. `sole` lets a single entry stand without brackets; `unique` refuses doubles."""

    def __init__(
        self,
        part: Shape[V],
        most: int,
        *,
        least: int = 1,
        sole: bool = False,
        unique: bool = False,
        of: str = "entries",
    ) -> None:
        self.part = part
        self.least, self.most = least, most
        self.sole = sole
        self.unique = unique
        self.form = f"a list of {of}"

    def read(self, found: Document, at: At) -> tuple[V, ...] | Wrong:
        if not isinstance(found, list):
            if self.sole and not isinstance(found, dict | None):
                alone = self.part.read(found, at)
                return WRONG if isinstance(alone, Wrong) else (alone,)
            plain = isinstance(found, bool | int | str)
            hint = f"write it as a list: [{found}]" if plain else "begin each entry with “- ”" if found else None
            return at.mistyped(found, self.form, hint)
        if len(found) < self.least:
            return at.wrong("empty", f"The list is empty; {self.form} is needed.", "fill it or leave the key out")
        if len(found) > self.most:
            return at.wrong("too_many", f"The list has {len(found)} entries; {self.most} are possible.")
        values = [self.part.read(entry, at.under(place)) for place, entry in enumerate(found)]
        doubled = self.unique and self._doubles(values, found, at)
        whole = [value for value in values if not isinstance(value, Wrong)]
        return WRONG if doubled or len(whole) < len(values) else tuple(whole)

    def _doubles(self, values: list[V | Wrong], found: list[Document], at: At) -> bool:
        seen: set[Hashable] = set()
        doubled = False
        for place, value in enumerate(values):
            name = cast(Hashable, value)
            if not isinstance(value, Wrong) and name in seen:
                told = documents.shortened(str(found[place]))
                at.under(place).wrong("duplicate", f"“{told}” stands twice in the list.", "leave one of them out")
                doubled = True
            seen.add(name)
        return doubled

    def write(self, value: object, at: At) -> Document:
        entries = cast("tuple[V, ...]", value)
        if self.sole and len(entries) == 1:
            return self.part.write(entries[0], at)
        return [self.part.write(entry, at.under(place)) for place, entry in enumerate(entries)]

    def schema(self, defs: Mapping) -> Mapping:
        part = self.part.schema(defs)
        whole: Mapping = {"type": "array", "items": part, "minItems": self.least, "maxItems": self.most}
        if self.unique:
            whole["uniqueItems"] = True
        return {"anyOf": [part, whole]} if self.sole else whole


class Choices(Shape[frozenset[V]], Generic[V]):
    """A set, written as a sorted list."""

    def __init__(self, part: Shape[V], most: int, *, least: int = 1, of: str = "words") -> None:
        self.listing = Listing(part, most, least=least, unique=True, of=of)
        self.form = self.listing.form

    def read(self, found: Document, at: At) -> frozenset[V] | Wrong:
        values = self.listing.read(found, at)
        return values if isinstance(values, Wrong) else frozenset(values)

    def write(self, value: object, at: At) -> Document:
        entries = sorted(cast("frozenset[V]", value), key=_rank)
        return self.listing.write(tuple(entries), at)

    def schema(self, defs: Mapping) -> Mapping:
        return self.listing.schema(defs)


def _rank(entry: object) -> tuple[str, int, str]:
    """An order of mixed plain values that never depends on the run: truth values, numbers, texts."""
    number = entry if isinstance(entry, int) else 0
    return (type(entry).__name__, number, str(entry))


class Keyed(Shape[dict[str, V]], Generic[V]):
    """A mapping whose keys the author chooses; each key is checked like a value, each value has one shape."""

    def __init__(self, key: Shape[str], part: Shape[V], most: int, *, least: int = 0, of: str = "entries") -> None:
        self.key, self.part = key, part
        self.least, self.most = least, most
        self.form = f"a mapping of {of} by key"

    def read(self, found: Document, at: At) -> dict[str, V] | Wrong:
        if not isinstance(found, dict):
            return at.mistyped(found, self.form)
        if len(found) < self.least:
            return at.wrong("empty", f"There is nothing here; {self.form} is needed.")
        if len(found) > self.most:
            return at.wrong("too_many", f"There are {len(found)} entries; {self.most} are possible.")
        values: dict[str, V] = {}
        for step, entry in found.items():
            key = self.key.read(step, at.under(step))
            value = self.part.read(entry, at.under(step))
            if not isinstance(key, Wrong) and not isinstance(value, Wrong):
                values[key] = value
        return values if len(values) == len(found) else WRONG

    def write(self, value: object, at: At) -> Document:
        entries = cast("dict[str, V]", value)
        return {key: self.part.write(entry, at.under(key)) for key, entry in entries.items()}

    def schema(self, defs: Mapping) -> Mapping:
        return {
            "type": "object",
            "propertyNames": self.key.schema(defs),
            "additionalProperties": self.part.schema(defs),
            "minProperties": self.least,
            "maxProperties": self.most,
        }


class Adapted(Shape[V_co], Generic[V_co, I_co]):
    """A shape whose document says another value than the one meant; `into` and `back` go between them."""

    def __init__(
        self, inner: Shape[I_co], into: Callable[[I_co, At], V_co | Wrong], back: Callable[[V_co], I_co]
    ) -> None:
        self.inner = inner
        self.into, self.back = into, back
        self.form = inner.form

    def read(self, found: Document, at: At) -> V_co | Wrong:
        value = self.inner.read(found, at)
        return value if isinstance(value, Wrong) else self.into(value, at)

    def write(self, value: object, at: At) -> Document:
        return self.inner.write(self.back(cast(V_co, value)), at)

    def schema(self, defs: Mapping) -> Mapping:
        return self.inner.schema(defs)


class Alternative(msgspec.Struct, frozen=True):
    """One of several things that a single key may name; `claims` knows its values when they are written."""

    key: str
    shape: Shape[object]
    about: str
    claims: Callable[[object], bool]


class Cases(Shape[V_co], Generic[V_co]):
    """A mapping with exactly one key, which says what its value is: `weekday: {in: [sat]}`.

    `word` may stand instead for an alternative without anything to say (`expires: never`).
    """

    def __init__(
        self,
        name: str,
        alternatives: Sequence[Alternative],
        *,
        form: str,
        words: dict[str, V_co] | None = None,
        depth_max: int | None = None,
    ) -> None:
        self.name = name
        self.alternatives = {one.key: one for one in alternatives}
        self.words = words or {}
        self.form = form
        self.depth_max = depth_max

    def read(self, found: Document, at: At) -> V_co | Wrong:
        if isinstance(found, str) and found in self.words:
            return self.words[found]
        keys = [*self.words, *self.alternatives]
        if not isinstance(found, dict):
            meant = documents.nearest(found, keys) if isinstance(found, str) else None
            hint = f"did you mean “{meant}{'' if meant in self.words else ': …'}”?" if meant else None
            if isinstance(found, list):
                hint = "leave out the brackets, or put the list under “all” or “any”" if "all" in keys else None
            return at.mistyped(found, self.form, hint)
        if len(found) != 1:
            told = "no key" if not found else f"{len(found)} keys ({documents.listed(list(found), 4)})"
            hint = "begin a new line with “- ” for each" if found else f"possible here: {documents.listed(keys, 30)}"
            return at.wrong("one_key", f"Expected {self.form}, found {told}.", hint)
        if self.depth_max is not None and at.depth >= self.depth_max:
            return at.wrong("too_deep", f"More than {self.depth_max} levels are not possible.", "split the rule in two")
        ((step, inner),) = found.items()
        if step not in self.alternatives:
            meant = documents.nearest(step, list(self.alternatives))
            hint = f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(keys, 30)}"
            told = documents.shortened(step)
            return at.under(step).wrong("unknown_key", f"There is no “{told}” here.", hint, of_key=True)
        below = msgspec.structs.replace(at, depth=at.depth + 1).under(step)
        return cast("V_co | Wrong", self.alternatives[step].shape.read(inner, below))

    def write(self, value: object, at: At) -> Document:
        for word, meaning in self.words.items():
            if value == meaning:
                return word
        for one in self.alternatives.values():
            if one.claims(value):
                return {one.key: one.shape.write(value, at.under(one.key))}
        raise AssertionError(f"{self.name}: no alternative claims {value!r}")

    def schema(self, defs: Mapping) -> Mapping:
        if self.name not in defs:
            defs[self.name] = {}  # the place is taken before its parts are asked, so that a tree may contain itself
            defs[self.name] = self._described(defs)
        return {"$ref": f"#/$defs/{self.name}"}

    def _described(self, defs: Mapping) -> Mapping:
        parts: Mapping = {
            key: {"description": one.about, **one.shape.schema(defs)} for key, one in self.alternatives.items()
        }
        tree: Mapping = {
            "type": "object",
            "properties": parts,
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }
        return {"anyOf": [{"enum": list(self.words)}, tree]} if self.words else tree


class Later(Shape[V_co], Generic[V_co]):
    """A shape that is declared further down: the way a tree contains itself."""

    def __init__(self, find: Callable[[], Shape[V_co]]) -> None:
        self.find = find

    def read(self, found: Document, at: At) -> V_co | Wrong:
        return self.find().read(found, at)

    def write(self, value: object, at: At) -> Document:
        return self.find().write(value, at)

    def schema(self, defs: Mapping) -> Mapping:
        return self.find().schema(defs)


class Flipped(Shape[V_co], Generic[V_co]):
    """What stands under a `not`."""

    def __init__(self, inner: Shape[V_co]) -> None:
        self.inner = inner

    def read(self, found: Document, at: At) -> V_co | Wrong:
        return self.inner.read(found, msgspec.structs.replace(at, negated=not at.negated))

    def write(self, value: object, at: At) -> Document:
        return self.inner.write(value, at)

    def schema(self, defs: Mapping) -> Mapping:
        return self.inner.schema(defs)


class Yes(Shape[V_co], Generic[V_co]):
    """`true` for a value with nothing to say, or its full form where there is one (`first: true`)."""

    def __init__(self, value: V_co, inner: Shape[V_co] | None = None) -> None:
        self.value = value
        self.inner = inner
        self.form = "true" if inner is None else f"true or {inner.form}"

    def read(self, found: Document, at: At) -> V_co | Wrong:
        if found is True:
            return self.value
        if self.inner is not None and isinstance(found, dict):
            return self.inner.read(found, at)
        return at.mistyped(found, self.form, "write true")

    def write(self, value: object, at: At) -> Document:
        if value == self.value or self.inner is None:
            return True
        return self.inner.write(value, at)

    def schema(self, defs: Mapping) -> Mapping:
        yes: Mapping = {"const": True}
        return yes if self.inner is None else {"anyOf": [yes, self.inner.schema(defs)]}

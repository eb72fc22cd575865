"""The numbers of a programme that a sweep can vary: found in its file, and named as people call them."""

from collections.abc import Iterator
from typing import Final

import msgspec

from guerdon.core.documents import Document, Mapping, under
from guerdon.core.programme import Programme
from guerdon.core.sweeping import Value
from guerdon.faces import typed
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.insight.simulate.grids import number

_GIVES: Final = ("points", "per_piece", "fixed")
_SPANS: Final = ("order", "day", "week", "month", "quarter", "year", "lifetime")
_LIVES: Final = ("days", "months", "years")


class Knob(msgspec.Struct, frozen=True):
    """A number of the file: the JSON pointer to it, how people call it, and what it is now."""

    path: str
    title: str
    value: Value

    @property
    def today(self) -> str:
        """What it is now, as the reader's language writes it."""
        return typed.shown(str(self.value))


def found(visit: Visit, document: Mapping, programme: Programme) -> tuple[Knob, ...]:
    """Rates and bonuses first, then how long points live, tiers and caps; each in the order of the file.

    Prices are not offered: what was paid stays what it was, so that a replay counts the same.
    """
    finder = _Finder(visit, document, programme)
    every = (*finder.rates(), *finder.lives(), *finder.tiers(), *finder.caps())
    return tuple([one for one in every if number(one.value) is not None])


class _Finder:
    """One file, and what its parts are called."""

    def __init__(self, visit: Visit, document: Mapping, programme: Programme) -> None:
        self.visit, self.document, self.programme = visit, document, programme
        self.tongue = Pen(visit).tongue
        self.rules = {one.key: self.tongue.named(one.name) for one in programme.rules}

    def rates(self) -> Iterator[Knob]:
        for key, rule in _entries(self.document, "rules"):
            for place, effect in enumerate(_list(rule.get("then"))):
                for what, told in effect.items():
                    at = _pointer("rules", key, "then", str(place), what)
                    yield from self._effect(self.rules.get(key, key), what, _mapping(told), at)

    def _effect(self, name: str, what: str, told: Mapping, at: str) -> Iterator[Knob]:
        unit = self._unit(told.get("unit"))
        if what in _GIVES and "give" in told:
            per = told.get("per")
            said = self._say(f"of_{what}", unit=unit, per=typed.shown(str(per or 1)), currency=self.programme.currency)
            yield self._knob(f"{at}/give", name, said, told["give"])
        if what == "multiply" and "by" in told:
            yield self._knob(f"{at}/by", name, self._say("of_multiply", unit=unit), told["by"])
        for place, step in enumerate(_list(told.get("steps"))) if what == "table" else ():
            least = typed.shown(str(step.get("amount_min")))
            said = self._say("of_table", unit=unit, least=least, currency=self.programme.currency)
            yield self._knob(f"{at}/steps/{place}/give", name, said, step.get("give"))

    def lives(self) -> Iterator[Knob]:
        for code, unit in _entries(self.document, "units"):
            for way, told in _entries(unit, "expires"):
                for name in _LIVES:
                    if name in told:
                        at = _pointer("units", code, "expires", way, name)
                        yield self._knob(at, self._unit(code), self._say(f"of_{name}"), told[name])

    def tiers(self) -> Iterator[Knob]:
        names = {
            (ladder.key, level.key): (self.tongue.named(ladder.name), self.tongue.named(level.name))
            for ladder in self.programme.tiers
            for level in ladder.levels
        }
        for key, ladder in _entries(self.document, "tiers"):
            for level, told in _entries(ladder, "levels"):
                of, name = names.get((key, level), (key, level))
                at = _pointer("tiers", key, "levels", level, "from")
                yield self._knob(at, of, self._say("of_level", level=name), told.get("from"))

    def caps(self) -> Iterator[Knob]:
        places = [(("rules", key), self.rules.get(key, key), one) for key, one in _entries(self.document, "rules")]
        places += [(("units", code), self._unit(code), one) for code, one in _entries(self.document, "units")]
        for steps, name, part in places:
            caps = _mapping(part.get("caps"))
            for span in _SPANS:
                if span in caps:
                    yield self._knob(_pointer(*steps, "caps", span), name, self._say(f"of_cap_{span}"), caps[span])

    def _knob(self, path: str, name: str, said: str, value: Document) -> Knob:
        plain = value if isinstance(value, bool | int | str) else None
        return Knob(path, self._say("named", name=self.tongue.capital(name), what=said), plain)

    def _unit(self, code: Document) -> str:
        known = self.programme.units.get(str(code))
        return str(code) if known is None else self.tongue.unit(known)

    def _say(self, word: str, **facts: object) -> str:
        return self.visit.say(f"sweeps.{word}", **facts)


def _entries(part: Mapping, name: str) -> Iterator[tuple[str, Mapping]]:
    """The entries of a folder that are mappings."""
    for key, one in _mapping(part.get(name)).items():
        if isinstance(one, dict):
            yield key, one


def _mapping(told: Document) -> Mapping:
    return told if isinstance(told, dict) else {}


def _list(told: Document) -> list[Mapping]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _pointer(*steps: str) -> str:
    found = ""
    for step in steps:
        found = under(found, step)
    return found

"""Sentences of rules and segments as a page shows them: words, and between them the places that are filled in."""

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import Final

import msgspec

from guerdon.core import activities, sentences
from guerdon.core.grammar import segments
from guerdon.core.grammar.conditions import WEEKDAYS
from guerdon.core.grammar.words import COUNT, COUNTED_KINDS
from guerdon.core.programme import Programme
from guerdon.faces import words
from guerdon.faces.console import leaves
from guerdon.faces.console.leaves import Grammar, Leaf, Place
from guerdon.faces.console.rule_form import WINDOWS
from guerdon.faces.console.trees import Branch
from guerdon.faces.design.shapes import Choice

# A purchase that is opened again is told by no shop, so nothing is given for it.
_TOLD: Final = tuple(kind for kind in COUNTED_KINDS if kind != activities.REOPEN)
_INNER: Final = f"{COUNT}{activities.REOPEN} "
_TYPES: Final = {"day": "date", "time": "time"}
_MODES: Final = {"number": "decimal", "whole": "numeric"}


class Part(msgspec.Struct, frozen=True):
    """A piece of a sentence: words, or a place with what stands in it."""

    text: str = ""
    kind: str = "text"  # or select, input, checks, area
    name: str = ""
    label: str = ""
    value: str = ""
    ticked: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    size: int = 6
    type: str = "text"
    mode: str = "text"
    list: str = ""


class LeafView(msgspec.Struct, frozen=True):
    """A sentence with its places, and what is wrong with it."""

    path: str
    word: str
    parts: tuple[Part, ...]
    fault: str = ""


class BranchView(msgspec.Struct, frozen=True):
    """A branch with what stands below it."""

    path: str
    of: str
    parts: "tuple[BranchView | LeafView, ...]"
    choices: tuple[Choice, ...]
    fault: str = ""
    branch: bool = True


class Filling:
    """Writes the trees of a form for one page, with the choices and names of its programme."""

    def __init__(
        self, programme: Programme, language: str, faults: Mapping[str, str], lists: Mapping[str, str] | None = None
    ) -> None:
        """`lists` are the ids of what the page offers for the values of a word."""
        self._lists = lists or {}
        self._programme = programme
        self._language = language
        self._tongue = sentences.tongue(language)
        self._faults = faults

    def tree(self, of: Branch, path: str, grammar: Grammar) -> BranchView:
        """A branch and all below it."""
        below = tuple(
            self.tree(one, f"{path}.{at}", grammar)
            if isinstance(one, Branch)
            else self.leaf(one, f"{path}.{at}", grammar)
            for at, one in enumerate(of.parts)
        )
        return BranchView(path, of.of, below, self.words(path, grammar), self._faults.get(path, ""))

    def words(self, path: str, grammar: Grammar) -> tuple[Choice, ...]:
        """What can be added there."""
        first = f"{grammar.words}.{'gives' if path == 'then' else 'asks'}"
        return tuple(Choice(one.word, self._say(f"{first}_{one.word}")) for one in grammar.sentences)

    def leaf(self, one: Leaf, path: str, grammar: Grammar) -> LeafView:
        """A sentence: its words in order, and its places among them."""
        sentence = grammar.sentence(one.word)
        fault = self._faults.get(path, "")
        if sentence.form == "yaml":
            area = Part(
                kind="area", name=f"{path}.{leaves.YAML}", label=self._say("rule_words.place_yaml"),
                value=one.filled.get(leaves.YAML, ""),
            )  # fmt: skip
            return LeafView(path, one.word, (area,), fault)
        places = {place.key: place for place in sentence.places}
        parts: list[Part] = []
        for text, key, _, _ in Formatter().parse(self._say(f"{grammar.words}.is_{one.word}")):
            if text.strip():
                parts.append(Part(text.strip()))
            if key in places:
                parts.append(self._place(places[key], f"{path}.{key}", one))
            elif key == "currency":
                parts.append(Part(self._programme.currency))
        return LeafView(path, one.word, tuple(parts), fault)

    def kinds(self, form: str = "one", *, answered: bool = True) -> tuple[Choice, ...]:
        """What may trigger a rule: as a noun, or with `do` as what a member does; what is told, or `answered`, too."""
        told = (*_TOLD, *self._programme.kinds, *(activities.ANSWERED if answered else ()))
        return tuple(Choice(key, self.kind(key, form)) for key in told)

    def triggers(self, when: Sequence[str]) -> tuple[Part, ...]:
        """The places of what triggers a rule, each with what it may be; also with what it is, where that is none."""
        known = self.kinds("do")
        odd = [Choice(one, self.kind(one, "do")) for one in when if one not in [each.value for each in known]]
        return tuple(Part(value=one, choices=(*known, *odd)) for one in when)

    def kind(self, key: str, form: str = "one") -> str:
        """A kind of activity in words, as in `kinds`."""
        return self._tongue.kind(key, self._programme)[form]

    def _place(self, place: Place, name: str, leaf: Leaf) -> Part:
        filled = leaf.filled
        value = filled.get(place.key, "")
        label = self._say(f"rule_words.place_{place.key}")
        if place.kind in ("choice", "flag"):
            found = self._choices(place.of)
            if value and value not in [one.value for one in found]:
                found = (*found, Choice(value, value))
            return Part(kind="select", name=name, label=label, value=value, choices=found)
        if place.kind == "checks":
            ticked = tuple(one.strip() for one in value.split(",") if one.strip())
            known = self._choices(place.of)
            odd = tuple(Choice(one, one) for one in ticked if one not in [each.value for each in known])
            return Part(kind="checks", name=name, label=label, ticked=ticked, choices=(*known, *odd))
        kind = ("day" if filled.get("op") in leaves.DAYS else "whole") if place.kind == "ago" else place.kind
        return Part(
            kind="input", name=name, label=label, value=value, size=max(place.size, min(len(value) + 1, 40)),
            type=_TYPES.get(kind, "text"), mode=_MODES.get(kind, "text"),
            list=self._lists.get(leaf.word, "") if kind == "words" else "",
        )  # fmt: skip

    def _choices(self, of: str) -> tuple[Choice, ...]:
        return self._known()[of]()

    def _known(self) -> dict[str, Callable[[], tuple[Choice, ...]]]:
        programme, named = self._programme, self._tongue.named
        return {
            "ops": lambda: self._worded("op", ("in", "not_in")),
            "in": lambda: self._worded("op", ("in",)),
            "named": lambda: self._worded("op", ("in", "not_in", "min", "max", "exists", "missing")),
            "every": lambda: self._worded("every", ("", "yes")),
            "days": lambda: tuple(
                Choice(key, self._tongue.capital(self._say(f"rule_words.day_{key}"))) for key in WEEKDAYS
            ),
            "windows": lambda: tuple(Choice(one, self._say(f"segments.period_{one}")) for one in WINDOWS),
            "units": lambda: tuple(Choice(one.code, named(one.name)) for one in programme.units.values()),
            "vouchers": lambda: tuple(Choice(key, named(one.name)) for key, one in programme.vouchers.items()),
            "plans": lambda: tuple(Choice(key, named(one.name)) for key, one in programme.plans.items()),
            "tiers": lambda: tuple(
                Choice(level.key, named(level.name)) for ladder in programme.tiers for level in ladder.levels
            ),
            "currencies": lambda: tuple(Choice(one, one) for one in (programme.currency, *programme.rates)),
            "kinds": lambda: self.kinds(answered=False),
            "counted": lambda: (
                Choice("spend", self._say("rule_words.spend")),
                *[Choice(f"count:{one.value}", one.title) for one in self.kinds(answered=False)],
            ),
            "bounds": lambda: self._worded("op", leaves.BOUNDS),
            "spans": lambda: self._worded("op", leaves.SPANS),
            "acts": lambda: tuple(
                Choice(key, self._tongue.kind(key or "purchase", programme)["one"]) for key in ("", *programme.kinds)
            ),
            "tallies": lambda: tuple(
                Choice(one, self._tally(one)) for one in segments.counted(programme) if not one.startswith(_INNER)
            ),
            "months": lambda: (
                Choice("", self._say("segments.this_month")),
                *[Choice(str(at), self._tongue.capital(one)) for at, one in enumerate(self._tongue.months, 1)],
            ),
        }

    def _tally(self, told: str) -> str:
        """What is counted of members, by which calendar period."""
        what, _, period = told.partition(" ")
        named = self._say("segments.spend")
        if what != "spend":
            noun = self._tongue.kind(what.partition(":")[2], self._programme)
            named = noun.get("many", noun["one"])  # Turkish counts in the singular
        return f"{named}, {self._say(f'segments.period_{period}')}"

    def _worded(self, head: str, keys: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(Choice(one, self._say(f"rule_words.{head}_{one or 'no'}")) for one in keys)

    def _say(self, key: str) -> str:
        return words.say(key, self._language)

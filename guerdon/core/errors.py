"""The one family of business refusals, each declared beside the law that refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Family = Literal["unknown", "forbidden", "clash", "spent", "invalid", "busy"]
Fact = str | int | bool | None


class Refusal(Exception):
    """A lawful no: a stable `code` in a `family`, with the typed facts a sentence is made of."""

    def __init__(self, kind: "Kind", facts: Mapping[str, Fact]) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.facts = dict(facts)
        self.faults: tuple[tuple[str, str, str], ...] = ()  # places of a document: pointer, reason, words
        self.replayed = False  # whether it repeats what was answered before under the same Idempotency-Key

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def family(self) -> Family:
        return self.kind.family

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


@dataclass(frozen=True, slots=True)
class Kind:
    """One declared refusal; calling it with its facts makes the exception to raise."""

    family: Family
    code: str
    facts: frozenset[str]

    def __call__(self, **facts: Fact) -> Refusal:
        assert facts.keys() == self.facts, f"{self.code} needs the facts {sorted(self.facts)}, got {sorted(facts)}"
        return Refusal(self, facts)


_declared: dict[str, Kind] = {}


def declare(family: Family, code: str, *facts: str) -> Kind:
    """Declare a refusal once; two with one code are a mistake of ours."""
    assert code not in _declared, f"the refusal {code} is declared twice"
    kind = _declared[code] = Kind(family, code, frozenset(facts))
    return kind


def again(code: str, facts: dict[str, Fact]) -> Refusal:
    """A refusal that was the answer before, as the answer again."""
    refusal = _declared[code](**facts)
    refusal.replayed = True
    return refusal


def declared() -> dict[str, Kind]:
    """All refusals by code, for the docs page, the translations and the walls that check both."""
    return dict(_declared)

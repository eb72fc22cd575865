"""What does not work, in words: each finding with its figures, since when, and what to do."""

from collections.abc import Callable

import msgspec

from guerdon.core import sentences
from guerdon.core.working import Figure, Finding
from guerdon.faces import words


class Told(msgspec.Struct, frozen=True):
    """A finding in a language."""

    kind: str
    of: str
    title: str
    text: str
    since: str
    advice: str


def tell(one: Finding, language: str, *, currency: str, points: Callable[[int, str], str]) -> Told:
    """A finding in words; `points` writes smallest steps of a unit."""
    tongue = sentences.tongue(language)

    def written(figure: Figure) -> str:
        if figure.kind == "money":
            return tongue.money(figure.value, currency)
        if figure.kind == "points":
            return points(figure.value, one.unit)
        return tongue.percent(figure.value) if figure.kind == "percent" else tongue.number(figure.value, 0)

    facts = {"name": one.name, **{figure.name: written(figure) for figure in one.figures}}
    title, text, advice = (words.say(f"working.{one.kind}{part}", language, **facts) for part in ("", "_text", "_do"))
    since = "" if one.since is None else words.say("working.since", language, since=tongue.day(one.since))
    if "worth" in facts:
        text += " " + words.say("working.worth", language, worth=facts["worth"])
    return Told(one.kind, one.of, title, text, since, advice)

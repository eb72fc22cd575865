"""The fields of a ladder, of its tiers and of what each gives, as the programme and what was typed make them."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, get_args

import msgspec

from guerdon.core import limits, sentences
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.words import COUNTED_KINDS
from guerdon.core.ladders import AfterReturn, BenefitKind, Crossing, Downgrade, Window
from guerdon.core.programme import Programme
from guerdon.faces.console.entry_form import Told
from guerdon.faces.console.parts import GONE, KEY, NEW, Group, Setting, days, said, value
from guerdon.faces.console.sources import Source
from guerdon.features.programmes.forms import Problem

BLANKS: Final = "blanks."  # begins the field that says how many blank entries a form has
_FIRST: Final = 3  # tiers that a new ladder has room for at once


def ladder(source: Source, key: str, entry: Mapping, told: Told, *, is_new: bool) -> tuple[Group, ...]:
    """A ladder, its tiers one by one, and those that are yet to be."""
    units = {f"points:{code}": one.name for code, one in source.programme.units.items()}
    first = (
        *said(source, ""),
        Setting("basis.way", "choice", ("spend", "visits"), named=units, blank=""),
        Setting("basis.visits", "several", named=_kinds(source.programme)),
        Setting("window", "choice", get_args(Window), blank="usual_window"),
    )  # fmt: skip
    more = (
        days("grace_days", usual="0"),
        Setting("downgrade", "choice", get_args(Downgrade), blank="usual_downgrade"),
        Setting("after_return", "choice", get_args(AfterReturn), blank="usual_after_return"),
        Setting("crossing", "choice", get_args(Crossing), blank="usual_crossing"),
        *([Setting(KEY, "text")] if is_new else []),
    )  # fmt: skip
    way = str(told.get("basis.way") or value(entry, "basis.way") or next(iter(units), "spend"))
    of = "money" if way == "spend" else way.replace("points:", "unit-") if way in units else ""
    groups = [Group("ladder", first, about=True, inner=(Group("more", more, folded=True, shut=True),))]
    levels = entry.get("levels")
    for level, one in levels.items() if isinstance(levels, dict) else ():
        groups.append(_level(source, f"levels.{level}", one if isinstance(one, dict) else {}, told, of))
    blanks = blank(told, "levels", _FIRST if is_new else 1, most=limits.LEVELS_MAX)
    for at, name in enumerate(blanks, 1):
        last = "levels" if at == len(blanks) else ""
        groups.append(
            _level(source, f"levels.{name}", None, told, of, folded=not is_new, adds=last, blanks=len(blanks))
        )
    return tuple(groups)


def blank(told: Told, path: str, usual: int, *, most: int) -> list[str]:
    """What stands for the keys of entries that are yet to be: so many as usual, or as the form had, and one that it
    asked for."""
    said = str(told.get(f"{BLANKS}{path}", ""))
    many = int(said) if said.isdecimal() and len(said) < len(str(most)) + 1 else usual
    many += told.get("act") == f"add {path}"
    return [NEW if at == 1 else f"{NEW}{at}" for at in range(1, min(many, most) + 1)]


def _level(
    source: Source, at: str, there: "Mapping | None", told: Told, of: str, *, folded: bool = False, adds: str = "",
    blanks: int = 0,
) -> Group:  # fmt: skip
    """A tier with what it gives, and from how much `of` what on; one that is yet to be where there is none."""
    last = Setting(f"{at}.{KEY}", "text", label=KEY)
    if there is not None:
        last = Setting(f"{at}.{GONE}", "check", label="level_gone")
    more = (Setting(f"{at}.invitation_only", "check", label="invitation_only"), last)
    inner = (*benefits(source, f"{at}.benefits", there or {}, told), Group("more", more, folded=True, shut=True))
    first = (*said(source, at), Setting(f"{at}.from", of=of, label="threshold"))
    word = "new_level" if there is None else "level"
    return Group(word, first, names(there), inner=inner, folded=folded, adds=adds, blanks=blanks)


def benefits(source: Source, at: str, above: Mapping, told: Told) -> tuple[Group, ...]:
    """What a tier or a plan gives, one by one, and one that is yet to be."""
    found = value(above, "benefits")
    groups = []
    for key, one in found.items() if isinstance(found, dict) else ():
        fields = (*_benefit(source, f"{at}.{key}"), Setting(f"{at}.{key}.{GONE}", "check", label="benefit_gone"))
        groups.append(Group("benefit", fields, names(one), folded=True, shut=True))
    blanks = blank(told, at, 1, most=limits.BENEFITS_MAX)
    for place, name in enumerate(blanks, 1):
        fields = (*_benefit(source, f"{at}.{name}"), Setting(f"{at}.{name}.{KEY}", "text", label=KEY))
        last = at if place == len(blanks) else ""
        groups.append(Group("new_benefit", fields, folded=True, adds=last, blanks=len(blanks)))
    return tuple(groups)


def _benefit(source: Source, at: str) -> tuple[Setting, ...]:
    most = limits.BENEFIT_NUMBER_MAX
    return (
        Setting(f"{at}.kind", "choice", get_args(BenefitKind), label="benefit_kind", blank="choose"),
        *said(source, at),
        Setting(f"{at}.percent", of="percent", label="benefit_percent"),
        Setting(f"{at}.hours", of="hours", least=1, most=most, label="benefit_hours"),
        Setting(f"{at}.tickets", least=1, most=most, label="benefit_tickets"),
    )  # fmt: skip


def names(one: Document) -> dict[str, str]:
    """The name of an entry by language; nothing where it has none yet."""
    found = value(one, "name")
    return {language: str(name) for language, name in found.items()} if isinstance(found, dict) else {}


def _kinds(programme: Programme) -> dict[str, dict[str, str]]:
    """The kinds of activity that can be counted, by what each is called in every language."""
    return {
        key: {one: sentences.tongue(one).kind(key, programme)["one"] for one in sentences.LANGUAGES}
        for key in (*COUNTED_KINDS, *programme.kinds)
    }


# --- what the file has in another shape ---


def opened(entry: Mapping) -> Mapping:
    """A ladder with the way in which it counts as a value."""
    basis = entry.get("basis")
    if not isinstance(basis, dict) or len(basis) != 1:
        return entry
    way, inner = next(iter(basis.items()))
    told: Mapping = {"way": f"points:{inner}" if way == "points" else way}
    return entry | {"basis": told | ({"visits": inner} if way == "visits" else {})}


def closed(entry: Mapping, before: Mapping) -> Mapping:
    """The same as the file has it; a new tier stands below the first one that asks for more than it."""
    basis, levels = entry.get("basis"), entry.get("levels")
    if isinstance(basis, dict):
        way = str(basis.get("way", ""))
        told: Mapping = {"points": way.removeprefix("points:")}
        if not way.startswith("points:"):
            told = {"visits": basis.get("visits", [])} if way == "visits" else {"spend": True}
        entry = entry | {"basis": told}
    if isinstance(levels, dict):
        known = value(before, "levels")
        there = [key for key in levels if isinstance(known, dict) and key in known]
        for key in [one for one in levels if one not in there]:
            asks = _asks(levels[key])
            above = [at for at, one in enumerate(there) if (_asks(levels[one]) or 0) > asks] if asks is not None else []
            there.insert(above[0] if above else len(there), key)
        entry = entry | {"levels": {key: whole(levels[key], "name") for key in there}}
    return whole(entry, "name", "basis", "levels")


def whole(entry: Document, *keys: str) -> Mapping:
    """An entry and its benefits with an empty mapping for each key of which nothing is said, so that what is missing
    is told where it is to be filled in."""
    assert isinstance(entry, dict), "a form makes mappings of entries"
    given = entry.get("benefits")
    if isinstance(given, dict):
        entry = entry | {"benefits": {key: whole(one, "name") for key, one in given.items()}}
    return entry | {key: {} for key in keys if key not in entry}


def _asks(level: Document) -> Decimal | None:
    """From how much on one has the tier; None where that is not said, or can't be read."""
    try:
        return Decimal(str(value(level, "from")))
    except InvalidOperation:
        return None


def spots(one: Problem, told: Told) -> Sequence[Problem]:
    """What is wrong where the form has it: with the way of counting, and with the threshold of an invitation."""
    path = "/basis/way" if one.path in ("/basis/points", "/basis/spend") else one.path
    if one.reason == "invited_or_earned" and not path.endswith("/from"):
        path = f"{path}/from"
    return (msgspec.structs.replace(one, path=path),)

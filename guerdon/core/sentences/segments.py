"""Saved segments as sentences, clause by clause, and what a member has of what each clause asks."""

from datetime import date, timedelta

from guerdon.core import segments as law
from guerdon.core.conditions import Attribute, BirthdayMonth, Counter, DaysSince, Is
from guerdon.core.segments import Ask, Balance, Born, Holds, Joined, Last, Verdict
from guerdon.core.sentences import clauses
from guerdon.core.sentences.clauses import Speaker, Told, joined, leaf


def segment(one: law.Segment, speaker: Speaker) -> str:
    """The segment as one sentence."""
    parts = one.condition.of if isinstance(one.condition, law.All) else (one.condition,)
    told_parts = clauses.listed([told(part, speaker) for part in parts], speaker)
    tongue = speaker.tongue
    return tongue.capital(tongue.say("segment", name=tongue.named(one.name), clauses=told_parts))


def clause(node: Ask, speaker: Speaker) -> str:
    """One part of it."""
    return clauses.text(told(node, speaker), speaker)


def told(node: Ask, speaker: Speaker, *, no: bool = False) -> Told:
    """The part, or with `no` its contrary."""
    if isinstance(node, law.All):
        return joined([told(part, speaker, no=no) for part in node.of], "and", no=no)
    if isinstance(node, law.Any):
        return joined([told(part, speaker, no=no) for part in node.of], "or", no=no)
    if isinstance(node, law.Not):
        return told(node.of, speaker, no=not no)
    if isinstance(node, Is | Attribute | DaysSince | BirthdayMonth | Counter):
        return clauses.told(node, speaker, no=no)  # as rules tell it
    return _own(node, speaker, no)


def _own(node: Joined | Last | Balance | Born | Holds, speaker: Speaker, no: bool) -> Told:
    """What only segments ask."""
    tongue = speaker.tongue
    if isinstance(node, Joined):
        return leaf("joined", no, when=tongue.all_of(_spans(node, speaker)))
    if isinstance(node, Last):
        kind = tongue.kind(node.kind, speaker.programme)
        return leaf("last", no, when=tongue.all_of(_spans(node, speaker)), **kind)
    if isinstance(node, Born):
        return leaf("born", no, months=tongue.any_of([tongue.months[month - 1] for month in sorted(node.months)]))
    if isinstance(node, Holds):
        return leaf("holds", no, words=tongue.any_of([_voucher(key, speaker) for key in sorted(node.any_of)]))
    low, high = (_points(bound or 0, node.unit, speaker) for bound in (node.min, node.max))
    which = "max" if node.min is None else "min" if node.max is None else "between"
    which = "exactly" if node.min == node.max else which
    return leaf("balance", no, bound=tongue.say(f"bound.{which}", min=low, max=high))


def _spans(node: Joined | Last, speaker: Speaker) -> list[str]:
    """Half-open in the law, from the first to the last day for people."""
    tongue = speaker.tongue
    parts: list[str] = []
    if node.start is not None:
        parts.append(tongue.say("span.from", day=tongue.day(node.start)))
    if node.until is not None:
        parts.append(tongue.say("span.until", day=tongue.day(node.until - timedelta(days=1))))
    if node.days_min is not None:
        parts.append(tongue.say("span.days_min", days=tongue.counted(node.days_min, "day")))
    if node.days_max is not None:
        parts.append(tongue.say("span.days_max", days=tongue.counted(node.days_max, "day")))
    return parts


def _voucher(key: str, speaker: Speaker) -> str:
    found = speaker.programme.vouchers.get(key)
    return speaker.tongue.named(found.name) if found is not None else key


def _points(steps: int, unit: str, speaker: Speaker) -> str:
    """A unit may be gone since the segment was saved."""
    found = speaker.programme.units.get(unit)
    return speaker.tongue.points(steps, found) if found is not None else f"{speaker.tongue.number(steps)} {unit}"


def have(verdict: Verdict, speaker: Speaker) -> str:
    """What the member has of what a leaf asks; empty of what has parts."""
    tongue, node, found = speaker.tongue, verdict.node, verdict.have
    if verdict.parts:
        return ""
    if isinstance(found, tuple):
        words = [_voucher(word, speaker) if isinstance(node, Holds) else word for word in found]
        return tongue.all_of(words) if words else tongue.texts["have.none"]
    if found is None:
        return tongue.texts["have.never" if isinstance(node, Last | DaysSince) else "have.unknown"]
    if isinstance(found, date):
        return tongue.day(found)
    return _plain(node, found, speaker)


def _plain(node: Ask, found: str | int, speaker: Speaker) -> str:
    tongue = speaker.tongue
    if isinstance(node, Attribute):
        return speaker.value(node.name, found)
    assert isinstance(found, int)  # only attributes are words
    if isinstance(node, Balance):
        return _points(found, node.unit, speaker)
    if isinstance(node, BirthdayMonth | Born):
        return tongue.months[found - 1]
    return speaker.money(found) if isinstance(node, Counter) and node.what == "spend" else tongue.number(found)

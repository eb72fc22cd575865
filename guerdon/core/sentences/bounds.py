"""What bounds rules, units and rewards, in words: caps, uses, and from when until when something is there."""

from guerdon.core import period, rules
from guerdon.core.programme import Unit
from guerdon.core.sentences.clauses import Speaker


def caps(most: rules.Caps, unit: Unit, speaker: Speaker) -> list[str]:
    """The caps in points of a unit."""
    spans: list[tuple[str, int]] = [("order", most.order)] if most.order is not None else []
    spans += most.windows()
    tongue = speaker.tongue
    return [tongue.say(f"cap.{span}", points=tongue.points(points, unit)) for span, points in spans]


def uses(most: rules.Caps, speaker: Speaker) -> list[str]:
    tongue = speaker.tongue
    return [tongue.say(f"use.{span}", times=tongue.times(times)) for span, times in most.windows()]


def window(during: period.Period, speaker: Speaker) -> str:
    """From when until when a rule is in force: whole days are told to the last one, times as they are."""
    tongue, zone = speaker.tongue, speaker.programme.zone
    start, until = during.start, during.until
    first = "" if start is None else tongue.since(start, zone)
    last = "" if until is None else tongue.until(until, zone)
    whole = all(period.midnight(period.local_day(at, zone), zone) == at for at in (start, until) if at is not None)
    if start is None or until is None:
        key = "window.from" if start is not None else "window.until" if whole else "window.before"
    else:
        key = "window.times" if not whole else "window.on" if first == last else "window.between"
    return tongue.say(key, first=first, last=last)

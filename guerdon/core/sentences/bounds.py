"""What bounds rules, units and rewards, in words: caps, uses, and from when until when something is there."""

from datetime import datetime, timedelta

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
    first = start.astimezone(zone) if start is not None else None
    end = until.astimezone(zone) if until is not None else None
    midnights = all(period.midnight(local.date(), zone) == local for local in (first, end) if local is not None)
    if not midnights:
        last_told = "" if end is None else _end(end, speaker) if first else tongue.moment(end)
        told = {"first": tongue.moment(first) if first else "", "last": last_told}
        key = "window.times" if first and end else "window.from" if first else "window.before"
        return tongue.say(key, **told)
    last = end.date() - timedelta(days=1) if end is not None else None
    told = {"first": tongue.day(first.date()) if first else "", "last": tongue.day(last) if last else ""}
    if first is None or last is None:
        return tongue.say("window.from" if first else "window.until", **told)
    return tongue.say("window.on" if first.date() == last else "window.between", **told)


def _end(end: datetime, speaker: Speaker) -> str:
    """An exclusive end: at midnight the last day that counts, else the moment."""
    if period.midnight(end.date(), speaker.programme.zone) == end:
        return speaker.tongue.day(end.date() - timedelta(days=1))
    return speaker.tongue.moment(end)

"""Periods as sentences: from when until when something is in force."""

from datetime import timedelta

from guerdon.core import period
from guerdon.core.sentences.clauses import Speaker


def window(during: period.Period, speaker: Speaker) -> str:
    """From when until when a rule is in force: whole days are told to the last one, times as they are."""
    tongue, zone = speaker.tongue, speaker.programme.zone
    start, until = during.start, during.until
    first = start.astimezone(zone) if start is not None else None
    end = until.astimezone(zone) if until is not None else None
    midnights = all(period.midnight(local.date(), zone) == local for local in (first, end) if local is not None)
    if not midnights:
        told = {"first": tongue.moment(first) if first else "", "last": tongue.moment(end) if end else ""}
        key = "window.times" if first and end else "window.from" if first else "window.before"
        return tongue.say(key, **told)
    last = end.date() - timedelta(days=1) if end is not None else None
    told = {"first": tongue.day(first.date()) if first else "", "last": tongue.day(last) if last else ""}
    if first is None or last is None:
        return tongue.say("window.from" if first else "window.until", **told)
    return tongue.say("window.on" if first.date() == last else "window.between", **told)

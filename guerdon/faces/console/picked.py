"""What a page of insight looks at: closed months or days of one's own, of which store, tier and segment."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import msgspec

from guerdon.core import closing, kpis, limits
from guerdon.core.errors import Refusal
from guerdon.core.kpis import Compare, Span
from guerdon.faces.console import spans
from guerdon.faces.design.shapes import Choice
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.figures import queries as figures
from guerdon.features.segments import queries as segments
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import kept
from guerdon.insight.kpis.asked import Question

PRESETS: Final = (*kept.PRESETS, "own")
_PARTS: Final = ("store", "tier", "segment")


class Picked(msgspec.Struct, frozen=True):
    """What was asked for; `last` is the last day of one's own."""

    days: str
    since: str
    last: str
    compare: str
    store: str = ""
    tier: str = ""
    segment: str = ""

    @property
    def query(self) -> str:
        """The same, as an address carries it on."""
        own = {"from": self.since, "until": self.last} if self.days == "own" else {}
        parts = {name: getattr(self, name) for name in _PARTS}
        told = {"days": self.days, **own, "compare": self.compare, **parts}
        return urlencode({name: value for name, value in told.items() if value})

    @property
    def against(self) -> Compare | None:
        return spans.COMPARED[self.compare]

    def question(self, span: Span) -> Question:
        """The same of some days, as the engine is asked."""
        stores, tiers, segments = ((value,) if value else () for value in (self.store, self.tier, self.segment))
        return Question(span, stores, tiers, segments)


def told(visit: Visit, months: list[Month]) -> Picked:
    """What the address says; where it says nothing that is known it is the last three closed months."""
    get = visit.request.GET
    days, compare = get.get("days", ""), get.get("compare", "")
    usual = kept.preset(months[-1].manifest.closing.month, kept.USUAL)
    since, last = (get.get(name, "")[:40] or str(day) for name, day in (("from", usual.since), ("until", usual.last)))
    return Picked(
        days if days in PRESETS else kept.USUAL, since, last,
        compare if compare in spans.COMPARED else "previous_period",
        *[get.get(name, "")[: limits.KEY_CHARS_MAX] for name in _PARTS],
    )  # fmt: skip


def span(picked: Picked, months: list[Month]) -> Span | None:
    """The days that are meant; None where they are none, too many, or not exported."""
    last = months[-1].manifest.closing.month
    first = closing.first_day(months[0].manifest.closing.month)
    if picked.days != "own":
        found = kept.preset(last, picked.days)
        return Span(max(found.since, first), found.until)
    try:
        found = Span(date.fromisoformat(picked.since), date.fromisoformat(picked.last) + timedelta(days=1))
        kpis.check(found)
    except (ValueError, OverflowError, Refusal):
        return None
    end = closing.first_day(closing.following(last))
    return found if first <= found.last and found.until <= end else None


def choices(visit: Visit, picked: Picked) -> dict[str, tuple[Choice, ...]]:
    """What can be picked; what was asked for is always there."""
    pen = Pen(visit)
    stores = figures.stores(visit.store, visit.programme_id, most=limits.FIGURES_STORES_MAX)
    tiers = {level.key: pen.tongue.named(level.name) for ladder in pen.programme.tiers for level in ladder.levels}
    saved = segments.every(visit.store, visit.programme_id)
    names = {one.segment.key: pen.tongue.named(one.segment.name) for one in saved}
    return {
        "presets": tuple([Choice(one, visit.say(f"insight.days_{one}")) for one in PRESETS]),
        "compares": tuple([Choice(one, visit.say(f"console_home.compare_{one}")) for one in spans.COMPARED]),
        "stores": _listed(
            visit.say("console_home.stores_all"), {one: pen.word("store", one) for one in stores}, picked.store
        ),
        "tiers": _listed(visit.say("insight.tiers_all"), tiers, picked.tier),
        "segments": _listed(visit.say("insight.segments_all"), names, picked.segment),
    }  # fmt: skip


def _listed(all_: str, known: dict[str, str], value: str) -> tuple[Choice, ...]:
    told = known if not value or value in known else known | {value: value}
    return (Choice("", all_), *[Choice(key, name) for key, name in told.items()])


def about(visit: Visit, picked: Picked, span: Span, months: list[Month]) -> str:
    """From when to when, and what it is compared with, as far as that is exported."""
    pen = Pen(visit)
    said = visit.say("insight.days", since=pen.day(span.since), last=pen.day(span.last))
    if picked.against is not None:
        other = kpis.compared(span, picked.against)
        if other.since < closing.first_day(months[0].manifest.closing.month):
            return said
        said += " · " + visit.say("insight.against", since=pen.day(other.since), last=pen.day(other.last))
    return said

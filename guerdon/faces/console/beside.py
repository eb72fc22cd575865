"""Some beside all others: what changed for stores, a tier or a segment since a month, where nobody is held out."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import HttpResponse

from guerdon.core import limits
from guerdon.faces import verdicts
from guerdon.faces.api import roi as api
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.console import frame, insight, picked, worth
from guerdon.faces.design.shapes import Choice, Fact, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.insight import schedule
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis.asked import Question
from guerdon.insight.roi import kept as measures
from guerdon.insight.roi.kept import WantedBeside
from guerdon.insight.roi.told import Beside


class Asked(msgspec.Struct, frozen=True):
    """What the address says: with which month it began, and who has it."""

    begins: str
    stores: tuple[str, ...]
    tier: str
    segment: str

    @property
    def query(self) -> str:
        """The same, as an address carries it on."""
        said = [("begins", self.begins), *[("store", one) for one in self.stores], ("tier", self.tier)]
        return urlencode([*said, ("segment", self.segment)])

    @property
    def anybody(self) -> bool:
        """Whether it says who has it."""
        return bool(self.stores or self.tier or self.segment)


def read(visit: Visit) -> HttpResponse:
    """The measure of who is picked; where nobody has made it yet it is put into the queue."""
    crumbs = (Link(visit.say("insight.title"), visit.to("console.insight")),
              Link(visit.say("roi.title"), visit.to(worth.AREA)))  # fmt: skip
    context: dict[str, Any] = {"crumbs": crumbs}
    found = insight.months(visit, context)
    if not found:
        return frame.page(visit, "console/beside.html", context, area=worth.AREA)
    asked = _asked(visit, found)
    context |= {"asked": asked, **_choices(visit, found, asked)}
    if not asked.anybody or not asked.begins:
        context["pick"] = True
        return frame.page(visit, "console/beside.html", context, area=worth.AREA)
    wanted = _wanted(found, asked)
    context["here"] = f"{visit.to('console.beside')}?{asked.query}"
    known = measures.find_beside(insight.folder(visit), wanted)
    if known is None:
        schedule.want_beside(visit.programme_id, wanted)
        context["waiting"] = 1
    elif known.beside is None:
        context["unsaid"] = visit.say(f"roi.{known.why}")
    else:
        context |= {"csv": f"{visit.to('console.beside_csv')}?{asked.query}", **_told(visit, known.beside)}
    return frame.page(visit, "console/beside.html", context, area=worth.AREA)


def _asked(visit: Visit, found: Sequence[Month]) -> Asked:
    get = visit.request.GET
    begins, stores = get.get("begins", ""), get.getlist("store")[: limits.FIGURES_STORES_MAX]
    tier, segment = (get.get(name, "")[: limits.KEY_CHARS_MAX] for name in ("tier", "segment"))
    known = _names(found)
    return Asked(
        begins if begins in known else known[-1] if known else "",
        tuple([one[: limits.KEY_CHARS_MAX] for one in stores if one]), tier, segment,
    )  # fmt: skip


def _names(found: Sequence[Month]) -> list[str]:
    """With which months it may have begun: all but the first."""
    first = api.whole(found).since.isoformat()[:7]
    return [name for one in found if (name := one.manifest.closing.month) > first]


def _wanted(found: Sequence[Month], asked: Asked) -> WantedBeside:
    tiers, segments = ((one,) if one else () for one in (asked.tier, asked.segment))
    return WantedBeside(asked.begins, Question(api.whole(found), asked.stores, tiers, segments))


def _choices(visit: Visit, found: Sequence[Month], asked: Asked) -> dict[str, Any]:
    pen = Pen(visit)
    shown = picked.choices(visit, picked.told(visit, list(found)))
    stores = {one.value: one for one in shown["stores"] if one.value}
    stores |= {key: Choice(key, key) for key in asked.stores if key not in stores}
    return {
        "begins": tuple([Choice(name, pen.month(name)) for name in reversed(_names(found))]),
        "stores": tuple(stores.values()), "tiers": _none(visit, shown["tiers"]),
        "segments": _none(visit, shown["segments"]),
    }  # fmt: skip


def _none(visit: Visit, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The same, with nobody in place of everybody."""
    return (Choice("", visit.say("roi.none")), *choices[1:])


def file(visit: Visit) -> HttpResponse:
    """What members of both sides spent, month by month."""
    found = insight.months(visit, {})
    known = None
    if found:
        asked = _asked(visit, found)
        known = measures.find_beside(insight.folder(visit), _wanted(found, asked))
    if known is None or known.beside is None:
        return visit.on(visit.to("console.beside"))
    one, month = known.beside, known.beside.begins
    return frame.table(Spreadsheet(api.csv_of(one.course, one.currency), f"beside-{month}.csv"))


def _told(visit: Visit, found: Beside) -> dict[str, Any]:
    pen, trend = Pen(visit), found.trend
    effect = found.effect
    value, low, high = (pen.money(one, found.currency) for one in (effect.value, effect.low, effect.high))
    facts = [("treated", pen.number(found.treated)), ("others", pen.number(found.others))]
    if found.by_store:
        sides = visit.say(
            "roi.bunches", **dict(zip(("treated", "others"), map(pen.number, trend.clusters), strict=True))
        )
        facts.append(("bunches_stores", sides))
    facts.append(("chance", worth.likely(visit, pen, trend.estimate.p)))
    placebos = [(pen.month(found.months[one.after]), one.estimate) for one in trend.placebos]
    return {
        "verdict": verdicts.of_beside(found, visit.language), "kind": worth.KINDS.get(found.verdict, "warn"),
        "span": visit.say("roi.days", since=pen.month(found.months[0]), last=pen.month(found.months[-1])),
        "tile": worth.Tile(visit.say("roi.effect"), value, worth.ends(visit, low, high)),
        "facts": tuple([Fact(visit.say(f"roi.{name}"), text) for name, text in facts]),
        "course": worth.course(visit, pen, found.course, found.currency, ("treated", "others")),
        "placebos": worth.measures_of(visit, pen, "month", placebos, found.currency),
    }  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/insight/worth/beside", "figures:read", read, "console.beside"),
    Page("console/<slug:programme>/insight/worth/beside.csv", "figures:read", file, "console.beside_csv"),
)

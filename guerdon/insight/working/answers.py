"""Saying what does not work: what exported months have is counted, then judged; answers are kept beside them."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import msgspec
from ibis import Table

from guerdon.core import closing, kpis, period, working
from guerdon.core.kpis import Span
from guerdon.core.working import Campaigns, Counted, Crowd, Points, Reward, Rule, Tier, Voucher
from guerdon.insight.exports import files
from guerdon.insight.exports.files import Month
from guerdon.insight.kpis import engines, kept
from guerdon.insight.kpis.asked import NotExported, Question
from guerdon.insight.kpis.engines import Engine, Row
from guerdon.insight.kpis.tables import Scope
from guerdon.insight.roi import answers as roi
from guerdon.insight.roi.means import Unsaid
from guerdon.insight.working import expressions
from guerdon.insight.working.told import Report

NEEDS: Final = ("fired", "offers", "vouchers", "uses", "versions", "members.saved", "units.worth_points")


def ask(folder: Path, span: Span | None = None) -> Report:
    """What does not work in the days; by default in the last three months. Raises Damaged and NotExported."""
    months = files.months(folder)
    if not months:
        raise NotExported("no month is exported there")
    names = [month.manifest.closing.month for month in months]
    span = span or usual(names)
    _check(months, span)
    with engines.opened() as engine:
        return of(engine, engine.read(months), names, months[-1].manifest.currency, span)


def usual(names: Sequence[str]) -> Span:
    """The last three months, or as many as there are."""
    span = kept.preset(names[-1], kept.USUAL)
    return Span(max(span.since, closing.first_day(names[0])), span.until)


def usual_of(folder: Path) -> Span:
    """The same of a folder. Raises Damaged and NotExported."""
    names = [month.manifest.closing.month for month in files.months(folder)]
    if not names:
        raise NotExported("no month is exported there")
    return usual(names)


def _check(months: Sequence[Month], span: Span) -> None:
    """Refuse days of which months do not know what is asked. Raises NotExported."""
    lacking = [month for month in months if any(files.lacks(month, what) for what in NEEDS)]
    if lacking:
        first = lacking[0].manifest.closing.month
        raise NotExported(f"what rules gave is not in {first}: move the folder away and export anew")
    if closing.named(span.since) < months[0].manifest.closing.month:
        raise NotExported(f"{closing.named(span.since)} is not exported")


def of(engine: Engine, read: Mapping[str, Table], names: Sequence[str], currency: str, span: Span) -> Report:
    """The same of tables. Raises NotExported."""
    scope = Scope(read, names, currency, Question(span))
    rows = engine.rows(expressions.offers(scope))
    there = [row for row in rows if row["there"]]
    against = _against(span, names)
    counted = Counted(
        campaigns=campaigns(read, names, currency, rules=sum(1 for row in rows if row["campaign"])),
        points=_points(engine, scope), vouchers=_vouchers(engine, scope, rows), rewards=_rewards(engine, scope, there),
        rules=_rules(engine, scope, there), tiers=_tiers(engine, scope, there),
        crowds=_crowds(engine, scope, against) if against else (),
    )  # fmt: skip
    scales = {row["unit"]: row["scale"] for row in engine.rows(expressions.worth(scope))}
    return Report(span, against, currency, scales, len(there), working.judge(counted))


def _against(span: Span, names: Sequence[str]) -> Span | None:
    """With which days these are compared: those of the year before, else as many just before, whichever is there."""
    year = kpis.compared(span, "previous_year")
    return next((other for other in (year, _before(span)) if names[0] <= closing.named(other.since)), None)


def _before(span: Span) -> Span:
    """As many months just before where they are whole months, else as many days."""
    if not span.since.day == span.until.day == 1:
        return kpis.compared(span, "previous_period")
    months = (span.until.year - span.since.year) * 12 + span.until.month - span.since.month
    return Span(period.add_months(span.since, -months), span.since)


def campaigns(read: Mapping[str, Table], names: Sequence[str], currency: str, *, rules: int) -> Campaigns | None:
    """By who is held out, in all months in which somebody is; nothing where these are too few to say anything."""
    try:
        found = roi.of(read, names, currency, None, margin=None, cost=None)
    except roi.NobodyHeldOut:
        return Campaigns(verdict="unmeasured", rules=rules)
    except (roi.NotMeasured, Unsaid):
        return None
    if found.few and found.verdict == "can_not_say":
        return None
    ends = {} if found.total is None else msgspec.structs.asdict(found.total)
    return Campaigns(
        verdict=found.verdict, rules=rules, began=found.began, held_out=found.held_out,
        expected=round(found.balance.expected), **ends,
    )  # fmt: skip


def _points(engine: Engine, scope: Scope) -> tuple[Points, ...]:
    worths = {row["unit"]: row for row in engine.rows(expressions.worth(scope))}
    return tuple([
        Points(
            unit=row["unit"], since=scope.since, expired=row["expired"], spent=row["spent"], losers=row["losers"],
            never=row["never"], worth=_worth(row["expired"], worths.get(row["unit"])),
        )
        for row in engine.rows(expressions.expired(scope))
    ])  # fmt: skip


def _worth(points: int, unit: Row | None) -> int | None:
    if unit is None or not unit["worth_points"]:
        return None
    return math.floor(Fraction(points * unit["worth_amount"], unit["worth_points"]))


def _named(rows: Sequence[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def _vouchers(engine: Engine, scope: Scope, rows: Sequence[Row]) -> tuple[Voucher, ...]:
    """Those on offer, and those that were given though they are no longer."""
    moved = {row["voucher"]: row for row in engine.rows(expressions.given(scope))}
    known = {row["key"]: row for row in _named(rows, "voucher")}
    names = {f"reward:{row['key']}": row["name"] for row in _named(rows, "reward")}
    found = []
    for key in sorted({*moved, *known}):
        offer: dict[str, Any] = dict(known.get(key, {}))
        had: Mapping[str, Any] = moved.get(key, {})
        found.append(
            Voucher(
                key=key, name=offer.get("name", names.get(key, key)), offered=bool(offer.get("there")),
                since=offer.get("since_day") if not had.get("ripe") else scope.since, ripe=had.get("ripe", 0),
                used=had.get("used", 0), moved=had.get("moved", 0), last=had.get("last"),
            )
        )  # fmt: skip
    return tuple(found)


def _rewards(engine: Engine, scope: Scope, there: Sequence[Row]) -> tuple[Reward, ...]:
    taken = {row["reward"]: row for row in engine.rows(expressions.taken(scope))}
    whole = sum(row["times"] for row in taken.values())
    return tuple([
        Reward(
            key=row["key"], name=row["name"], since=row["since_day"], of=whole,
            taken=taken[row["key"]]["times"] if row["key"] in taken else 0,
            last=taken[row["key"]]["last"] if row["key"] in taken else None,
        )
        for row in _named(there, "reward")
    ])  # fmt: skip


def _rules(engine: Engine, scope: Scope, there: Sequence[Row]) -> tuple[Rule, ...]:
    fired = {row["rule"]: row for row in engine.rows(expressions.fired(scope))}
    kinds = {row["kind"]: row["times"] for row in engine.rows(expressions.occasions(scope))}
    return tuple([
        Rule(
            key=row["key"], name=row["name"], since=row["since_day"], occasions=sum(kinds.get(one, 0) for one in
            row["kinds"]), fired=fired[row["key"]]["times"] if row["key"] in fired else 0,
            last=fired[row["key"]]["last"] if row["key"] in fired else None,
        )
        for row in _named(there, "rule")
    ])  # fmt: skip


def _tiers(engine: Engine, scope: Scope, there: Sequence[Row]) -> tuple[Tier, ...]:
    most = {(row["ladder"], row["level"]): row["most"] for row in engine.rows(expressions.levels(scope))}
    people = engine.rows(scope.people.aggregate(people=scope.people.count()))[0]["people"]
    return tuple([
        Tier(
            key=f"{row['of']}/{row['key']}", name=row["name"], since=row["since_day"],
            most=most.get((row["of"], row["key"]), 0), people=people,
        )
        for row in _named(there, "tier")
    ])  # fmt: skip


def _crowds(engine: Engine, scope: Scope, against: Span) -> tuple[Crowd, ...]:
    """Stores by their buyers, segments by their members, then and now."""
    other = Scope(scope.tables, scope.months, scope.currency, Question(against))
    found: list[Crowd] = []
    for kind, counts in (("store", expressions.buyers), ("segment", expressions.segments)):
        before, now = (_people(engine, counts(one), kind) for one in (other, scope))
        found += _grown(kind, before, now, scope.since)
    return tuple(found)


def _people(engine: Engine, wanted: Table, by: str) -> dict[str | None, int]:
    return {row[by]: row["people"] for row in engine.rows(wanted)}


def _grown(kind: str, before: Mapping[str | None, int], now: Mapping[str | None, int], since: date) -> list[Crowd]:
    return [
        Crowd(
            kind="store" if kind == "store" else "segment", key=key, since=since, before=before[key],
            now=now.get(key, 0), all_before=before[None], all_now=now[None],
        )
        for key in sorted(filter(None, before))
    ]  # fmt: skip

"""What an import found and did, as rows for people and as a document for programs."""

from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import money
from guerdon.core.programme import Programme
from guerdon.faces.imports import refused
from guerdon.faces.imports.chunks import Origin
from guerdon.faces.imports.faults import REFUSED, Fault, explain
from guerdon.faces.imports.running import Result
from guerdon.faces.imports.survey import Report

UNTRIED: Final = "It was only read: what the programme refuses is not counted here. Nothing is written yet."

DIFFERING: Final = "  of them told otherwise now; what was told first stands"

Lines = list[tuple[str, str]]


def of_report(report: Report, zone: ZoneInfo | None) -> Lines:
    """The dry run."""
    found = [
        ("rows", f"{report.rows:,}"),
        ("activities to import" if report.tried else "activities read", f"{report.activities:,}"),
        ("lines in them", f"{report.lines:,}"),
    ]
    noted = (
        ("  known before, answered from memory", report.known),
        (DIFFERING, report.differing),
        ("  will wait for something", report.parked),
    )
    found += [(name, f"{count:,}") for name, count in noted if count]
    found += _examples(report.differences)
    found.append(("members in the file", f"{report.members:,}"))
    if report.first is not None and report.last is not None:
        span = [at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for at in (report.first, report.last)]
        found.append(("from … to", " … ".join(span)))
    found += [(f"paid, {code}", _grouped(amount, money.decimals(code))) for code, amount in report.money.items()]
    found.append(("faulty activities, left out", f"{report.faulty:,}"))
    found += [(f"  {reason}: {_explained(reason, report)}", f"{count:,}") for reason, count in report.reasons.items()]
    if report.tried:
        found.append(("refused by the programme", f"{report.refused:,}"))
    found += [(f"  {code}: {one.cause} {one.cure}".strip(), f"{one.count:,}") for code, one in report.refusals.items()]
    found += [(f"left out or noted: {reason}", f"{count:,}") for reason, count in report.left_out.items()]
    found += [
        (f"  e.g. line {fault.line}, {fault.column or 'row'}: {fault.reason}", fault.excerpt)
        for fault in report.examples[:3]
    ]
    return found


def of_result(result: Result, programme: Programme, members: int | None) -> Lines:
    """The run; a resumed one counts what its earlier sessions did, and its rate is this session's."""
    counts, session = result.counts, result.session
    found = [] if members is None else [("members in the file", f"{members:,}")]
    found += [("activities recorded", f"{counts.recorded:,}"), ("lines in them", f"{counts.lines:,}")]
    for code, points in counts.points.items():
        found.append((f"points issued, {code}", _grouped(points, _scale(programme, code))))
    told = (
        ("parked (waiting for something)", counts.parked),
        ("known before, answered from memory", counts.replayed),
        (DIFFERING, counts.differing),
        ("faulty, left out", counts.faulty),
        ("refused by the programme", counts.refused),
    )
    found += [(name, f"{count:,}") for name, count in told if count]
    found += _examples(result.examples)
    found += [
        (f"  {reason}: {refused.headline(reason) if reason.startswith(REFUSED) else explain(reason)}", f"{count:,}")
        for reason, count in counts.reasons.items()
    ]
    found += [(f"left out or noted: {reason}", f"{count:,}") for reason, count in counts.left_out.items()]
    if result.resumed_from:
        found.append(("rows done by earlier sessions", f"{result.resumed_from:,}"))
    told_now = session.recorded + session.replayed + session.refused
    found.append(("time", f"{result.seconds:.1f} s"))
    found.append(
        ("rate", f"{told_now / result.seconds:,.0f} activities/s, {session.rows / result.seconds:,.0f} rows/s")
    )
    return found


def _examples(differences: list[Fault]) -> Lines:
    """Some of the activities that are known otherwise, with what stands."""
    return [(f"    e.g. line {one.line}, {one.excerpt}: {one.explanation}", "") for one in differences[:3]]


def top_rules(result: Result, programme: Programme, most: int) -> list[tuple[str, str, str]]:
    """The rules that gave the most points: name, unit, points."""
    names = {rule.key: rule.name.get("en") or rule.key for rule in programme.rules}
    shares = [(points, rule, unit) for unit, by_rule in result.counts.rules.items() for rule, points in by_rule.items()]
    shares.sort(key=lambda share: (-share[0], share[1]))
    return [
        (names.get(rule, rule), unit, _grouped(points, _scale(programme, unit))) for points, rule, unit in shares[:most]
    ]


def document(
    origin: Origin, *, report: Report | None, result: Result | None, members: int | None, errors: Path | None
) -> dict[str, Any]:
    """Everything for other programs; points and money are whole numbers in their smallest step."""
    found: dict[str, Any] = {"source": origin.name, "digest": origin.digest, "dry_run": result is None}
    if members is not None:
        found["members"] = members
    if report is not None:
        found["report"] = msgspec.to_builtins(report)
    if result is not None:
        found["result"] = msgspec.to_builtins(result)
    if errors is not None:
        found["errors"] = str(errors)
    return found


def _explained(reason: str, report: Report) -> str:
    """Why rows are faulty, as the first example of it says."""
    return next((one.explanation for one in report.examples if one.reason == reason), explain(reason))


def _scale(programme: Programme, unit: str) -> int:
    return programme.units[unit].scale if unit in programme.units else 0


def _grouped(number: int, scale: int) -> str:
    whole, point, fraction = money.plain(number, scale).partition(".")
    return f"{int(whole):,}{point}{fraction}" if whole not in ("-0",) else f"-0{point}{fraction}"

"""The screen after the demo: what is there, that it was proved, and what to try next."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from guerdon.faces.cli import installation, terminal
from guerdon.faces.imports import summary
from guerdon.kit import clock

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.faces.imports.running import Result
    from guerdon.features.programmes.queries import Lawbook
    from guerdon.insight.verify.report import Report

TOP_RULES_MAX: Final = 8


class Tour(msgspec.Struct, frozen=True):
    """What the demo came to."""

    books: "dict[str, Lawbook]"
    key: str
    key_path: Path
    shopping: "Result | None"
    proof: "Report"


def show(tour: Tour, host: str, port: int, *, serving: bool) -> None:
    """Print the whole screen."""
    _show_programmes(tour)
    if tour.shopping is not None:
        _show_shopping(tour.shopping, _law(tour, "grocer"))
    _show_proof(tour.proof)
    _show_next(tour, f"http://{host}:{port}", serving)


def document(tour: Tour, host: str, port: int) -> dict[str, object]:
    """The same for other programs; the key itself stands in its file."""
    return {
        "url": f"http://{host}:{port}",
        "key_file": str(tour.key_path),
        "programmes": {key: len(book.versions) for key, book in tour.books.items()},
        "shopping": tour.shopping,
        "proof": tour.proof,
    }


def _law(tour: Tour, key: str) -> "Programme":
    return tour.books[key].current(clock.now()).programme


def _show_programmes(tour: Tour) -> None:
    rows = []
    for totals in tour.proof.programmes:
        if totals.key not in tour.books:
            continue
        law = _law(tour, totals.key)
        issued = [
            f"{terminal.points(unit.issued, unit.scale)} {law.units[unit.unit].name.get('en', unit.unit)}"
            for unit in totals.units
            if unit.issued
        ]
        told = (terminal.number(totals.members), terminal.number(totals.activities), ", ".join(issued))
        rows.append((law.name.get("en", totals.key), len(law.rules), *told))
    terminal.table("", ("programme", "#rules", "#members", "#facts", "issued"), rows)


def _show_shopping(result: "Result", law: "Programme") -> None:
    counts = result.counts
    told = f"{terminal.number(counts.recorded)} purchases, {terminal.number(counts.lines)} lines of real shopping"
    if result.session.recorded and result.seconds:
        rate = f"{result.session.recorded / result.seconds:,.0f} purchases/s"
        told += (
            f"; {terminal.number(result.session.recorded)} of them now, in {terminal.duration(result.seconds)} ({rate})"
        )
    terminal.say(f"{told}.")
    rules = summary.top_rules(result, law, TOP_RULES_MAX)
    if rules:
        terminal.table("What gave the most points", ("rule", "unit", "#points"), rules)


def _show_proof(report: "Report") -> None:
    if report.ok:
        held = sum(verdict.holds is True for verdict in report.verdicts)
        postings = terminal.number(sum(totals.postings for totals in report.programmes))
        spent, at = terminal.duration(report.seconds), f"{report.at:%Y-%m-%d %H:%M} UTC"
        told = f"✓ Proved at {at}: {held} invariants hold over {postings} postings, in {spent}."
        terminal.say(told, style="green")
        terminal.say(f"  To prove it again: {installation.program()} verify")
        return
    for verdict in report.broken:
        terminal.say(f"✗ {verdict.name}: {verdict.sentence} {verdict.first}", style="bold red")


def _show_next(tour: Tour, url: str, serving: bool) -> None:
    program = installation.program()
    at = (clock.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    order = f'{{"kind": "purchase", "source": "till", "external_id": "order-3", "occurred_at": "{at}",'
    kept = installation.shown(tour.key_path)
    key = f"$(cat {kept})" if not kept.startswith("/") else tour.key
    for line in (
        "",
        f"The API        {url}{'' if serving else f'   (after: {program} serve)'}",
        f"Its docs       {url}/docs",
        f"An API key     {tour.key}",
        f"               for aurora; kept for this demo in {kept}, which only you can read",
        "",
        "Try a purchase of 12.50 EUR; then the same again, and get the same answer:",
        f"  curl {url}/v1/activities -H 'Content-Type: application/json' \\",
        f'    -H "Authorization: Bearer {key}" \\',
        f"    -d '{order}",
        '         "member": {"external_id": "ben"}, "amount": 1250}\'',
        "See why each point was given, and what the programme says:",
        f"  {program} member show ben",
        f"  {program} programme show --programme grocer",
        "",
    ):
        terminal.say(line)

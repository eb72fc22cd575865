"""The screen after the demo: what is there, that it was proved, and what to try next."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from guerdon.faces.cli import address, installation, terminal
from guerdon.faces.cli.demo import letterbox, people
from guerdon.faces.imports import summary
from guerdon.kit import clock

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.faces.cli.demo.proof import Proof
    from guerdon.faces.imports.running import Result
    from guerdon.features.programmes.queries import Lawbook
    from guerdon.insight.totals import Totals

TOP_RULES_MAX: Final = 8


class Tour(msgspec.Struct, frozen=True):
    """What the demo came to."""

    books: "dict[str, Lawbook]"
    key: str
    key_path: Path
    shopping: "Result | None"
    totals: "list[Totals]"
    proof: "Proof"


class Place(msgspec.Struct, frozen=True):
    """Where the demo is, or will be by the command that `start` is; empty where it serves."""

    url: str
    start: str
    again: bool  # whether links may be followed again


def place(host: str, port: int, *, serving: bool) -> Place:
    """Where links lead: to the server that this command becomes, to one that is up already, or to one to be started."""
    from django.conf import settings

    from guerdon.faces import server

    if serving:
        return Place(address.base(server.url(host, port)), "", settings.DEMO)
    usual = (host, port) == (address.HOST, address.PORT)
    if usual and address.served() is not None:
        return Place(address.base(), "", address.again())
    words = ["serve"]
    words += ["--host", host] if host != address.HOST else []
    words += ["--port", str(port)] if port != address.PORT else []
    return Place(address.base(server.url(host, port)), f"{installation.program()} {' '.join(words)}", again=False)


def show(tour: Tour, where: Place) -> None:
    """Print the whole screen."""
    _show_programmes(tour)
    if tour.shopping is not None:
        _show_shopping(tour.shopping, _law(tour, "grocer"))
    _show_proof(tour.proof, tour.totals)
    _show_next(tour, where)


def document(tour: Tour, where: Place) -> dict[str, object]:
    """The same for other programs; the key itself stands in its file."""
    return {
        "url": where.url,
        "key_file": str(tour.key_path),
        "links": {who: f"{where.url}{to}" for who, to in people.links().items()},
        "programmes": {one.key: one.versions for one in tour.totals},
        "totals": tour.totals,
        "shopping": tour.shopping,
        "proof": tour.proof.report,
        "proof_is_of_now": tour.proof.covers(tour.totals),
    }


def _law(tour: Tour, key: str) -> "Programme":
    return tour.books[key].current(clock.now()).programme


def _show_programmes(tour: Tour) -> None:
    """Every programme there is, also the operator's own, as it is now."""
    rows = []
    for totals in tour.totals:
        if not totals.versions:
            continue
        book = tour.books.get(totals.key) or installation.lawbook(installation.programme(totals.key))
        law = book.current(clock.now()).programme
        issued = ", ".join(_issued(law, unit, points) for unit, points in totals.issued.items())
        told = (terminal.number(totals.members), terminal.number(totals.facts), issued)
        rows.append((f"{law.name.get('en', totals.key)} ({totals.key})", len(law.rules), *told))
    terminal.table("", ("programme", "#rules", "#members", "#facts", "issued"), rows)


def _issued(law: "Programme", code: str, points: int) -> str:
    unit = law.units.get(code)
    if unit is None:  # of a former version
        return f"{points} {code}"
    return f"{terminal.points(points, unit.scale)} {unit.name.get('en', code)}"


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


def _show_proof(proof: "Proof", now: "list[Totals]") -> None:
    report, again = proof.report, f"{installation.program()} verify"
    for verdict in report.broken:
        terminal.say(f"✗ {verdict.name}: {verdict.sentence} {verdict.first}", style="bold red")
    if not report.ok:
        return
    held = sum(verdict.holds is True for verdict in report.verdicts)
    postings = terminal.number(sum(totals.postings for totals in report.programmes))
    at = f"{report.at:%Y-%m-%d %H:%M} UTC"
    if proof.covers(now):
        spent = terminal.duration(report.seconds)
        terminal.say(f"✓ Proved at {at}: {held} invariants hold over {postings} postings, in {spent}.", style="green")
        terminal.say(f"  Nothing was recorded since. To prove it again: {again}")
    else:
        terminal.say(f"Proved at {at}: {held} invariants held over the {postings} postings there were then.")
        terminal.say(f"  More was recorded since. To prove it as it stands now: {again}")


def _show_next(tour: Tour, where: Place) -> None:
    program, url = installation.program(), where.url
    now = clock.now()
    at = (now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    name = f"order-{now:%y%m%d-%H%M%S}"  # free: a purchase is recorded once for ever, so each screen shows another one
    order = f'{{"kind": "purchase", "source": "till", "external_id": "{name}", "occurred_at": "{at}",'
    kept = installation.shown(tour.key_path)
    key = f"$(cat {kept})" if not kept.startswith("/") else tour.key
    for who, to in people.links().items():
        terminal.say(f"{who:<14} {url}{to}")
    terminal.say(f"{'':<14} {address.validity(again=where.again, many=True)}")
    for line in (
        "",
        f"The API        {url}{f'   (after: {where.start})' if where.start else ''}",
        f"Its docs       {url}/docs",
        f"An API key     {tour.key}",
        f"               for aurora; kept for this demo in {kept}, which only you can read",
        *_letters(),
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


def _letters() -> tuple[str, ...]:
    """Where to read what the demo writes: whoever joins or signs in needs the code of such a letter."""
    folder = letterbox.place()
    if folder is None:
        return ()
    return (
        f"Letters        {installation.shown(folder)}/",
        "               every e-mail is written there: the code to sign in or to join with, too",
    )

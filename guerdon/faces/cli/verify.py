"""`guerdon verify`: every promise of the law proved on the database, or the first thing that breaks it."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.insight.verify import Report, Verdict

LAW: Final = "docs/reference/law.md"
Deep = Annotated[
    bool, typer.Option("--deep", help="Also decide every activity again and compare: several times longer.")
]

Receipt = Annotated[
    Path | None, typer.Option("--receipt", help="Verify this receipt instead of the database.", metavar="FILE")
]
Heads = Annotated[
    str | None,
    typer.Option("--head", help="A head kept outside, NUMBER:HASH, or a file of them.", metavar="HEAD"),
]


def verify(
    programme: installation.ProgrammeKey = None,
    deep: Deep = False,
    receipt: Receipt = None,
    head: Heads = None,
    as_json: terminal.Json = False,
) -> None:
    """Prove that no point is lost, doubled or unexplained.

    Goes through every posting, lot, decision and counter as they stood at one moment, and holds them against the
    invariants of the law. Nothing is changed, and nobody who writes meanwhile has to wait. A promise that is broken
    is told with its first counter-example: which member, which posting or lot, what it should be and what it is.
    The numbers are those of the law, docs/reference/law.md: 10.3 is sentence 3 of its section 10.

    A head that was kept outside also tells whether sealed entries were cut off or the whole chain was made anew. With
    --receipt a receipt is verified: against the head alone, without any database, or against the database's seals.

    \b
    Ends with 0 when every invariant holds, with 1 when one is broken.

    \b
    Examples:
      guerdon verify                        everything there is
      guerdon verify --programme aurora     one programme
      guerdon verify --deep                 and decide every purchase again
      guerdon verify --json                 for other programs
      guerdon verify --head heads.txt       also against the heads kept outside
      guerdon verify --receipt receipt.json --head heads.txt
    """
    if receipt is not None:
        from guerdon.faces.cli import receipts

        receipts.verify(receipt, head, as_json=as_json)
        return
    installation.enter()
    from guerdon.features.members import queries as members
    from guerdon.features.programmes import queries as programmes
    from guerdon.insight import verify as proof
    from guerdon.kit import store

    at_hand = store.current()
    rows = [installation.programme(programme)] if programme else programmes.every(at_hand)
    accounts = sum(members.count(at_hand, row.id) for row in rows)
    with terminal.progress("Proving every invariant (members)", total=accounts) as advance:
        report = proof.run(rows[0].id if programme else None, advance, deep=deep, heads=_heads(head, rows))
    if as_json:
        terminal.show_json(report)
    else:
        _show(report)
    if not report.ok:
        raise typer.Exit(terminal.FINDING)


def _heads(told: str | None, rows: "list[ProgrammeRow]") -> dict[str, dict[int, str]]:
    """The heads kept outside, by programme id; those without a programme's key belong to the only one."""
    if told is None:
        return {}
    from guerdon.faces.cli import heads

    known = heads.told(told)
    if heads.ANY in known and len(rows) != 1:
        raise Failure(
            "The head does not say of which programme it is.", hint="Name it with --programme.", code=terminal.USAGE
        )
    return {row.id: known.get(row.key, {}) | known.get(heads.ANY, {}) for row in rows}


def _show(report: "Report") -> None:
    looked_at = [verdict for verdict in report.verdicts if verdict.holds is not None]
    terminal.table("", ("law", "", "invariant", "looked at"), [_row(verdict) for verdict in looked_at])
    for totals in report.programmes:
        members, facts = terminal.counted(totals.members, "member"), terminal.counted(totals.activities, "fact")
        told = f"{members}, {facts}, {terminal.counted(totals.postings, 'posting')}"
        columns = (
            "", "#issued", "#adjusted", "#burned", "#expired", "#taken back", "#fees", "#donated", "#outstanding",
            "#debt",
        )  # fmt: skip
        units = [
            (
                unit.unit,
                *(
                    terminal.points(amount, unit.scale)
                    for amount in (
                        unit.issued, unit.adjusted, unit.burned, unit.expired, unit.clawed_back, unit.fees,
                        unit.donated, unit.outstanding, unit.debt,
                    )
                ),
            )
            for unit in totals.units
        ]  # fmt: skip
        terminal.table(f"{totals.key}: {told}", columns, units)
    _show_end(report, looked_at)


def _row(verdict: "Verdict") -> tuple[str, str, str, str]:
    return (verdict.name, "✓" if verdict.holds else "✗", verdict.sentence, _figures(verdict.figures.items()))


def _figures(figures: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{terminal.number(amount)} {name}" for name, amount in figures)


def _show_end(report: "Report", looked_at: "list[Verdict]") -> None:
    for verdict in report.broken:
        assert verdict.first is not None
        more = f" (and {terminal.number(verdict.broken - 1)} more)" if verdict.broken > 1 else ""
        terminal.say(f"✗ {verdict.name}  {verdict.sentence}{more}", style="bold red")
        terminal.say(f"  {verdict.first}")
    waiting = [verdict.clause.partition(".")[2] for verdict in report.verdicts if verdict.holds is None]
    terminal.note(f"Nothing yet that could break {', '.join(waiting)} of section 10 of the law ({LAW}).")
    spent = terminal.duration(report.seconds)
    if report.ok:
        again = ", every activity decided again" if report.deep else ""
        terminal.say(f"✓ All {len(looked_at)} invariants hold{again}, in {spent}.", style="green")
    else:
        terminal.say(f"✗ {len(report.broken)} of {len(looked_at)} invariants are broken, in {spent}.", style="bold red")

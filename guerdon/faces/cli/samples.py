"""A sample basket at the terminal: read from options or a file, and told beside what is published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.core.law import Law
    from guerdon.faces.api.trials import Sample
    from guerdon.features.programmes.queries import ProgrammeRow

Amount = Annotated[str, typer.Option("--amount", help="What the basket costs, like 12.40.", metavar="MONEY")]
Member = Annotated[
    str, typer.Option("--member", help="Whose basket it is; else somebody who is new.", metavar="MEMBER")
]
At = Annotated[str | None, typer.Option("--at", help="When it is bought; else now.", metavar="WHEN")]
File = Annotated[str, typer.Option("--sample", help="A JSON file with the whole sample instead.", metavar="FILE")]


def read(law: "Law", *, amount: str, member: str, at: str | None, file: str, now: "datetime") -> "Sample":
    """The sample that was said: an amount, or a file. Raises `money_invalid` and what is wrong with the file."""
    import msgspec

    from guerdon.core import money
    from guerdon.faces import intake
    from guerdon.faces.api.trials import Sample

    if bool(amount) is bool(file):
        raise Failure("Say an --amount, or a --sample.", code=terminal.USAGE)
    if file:
        if member or at is not None:
            raise Failure("The file of a sample says whose it is and when.", code=terminal.USAGE)
        found: Sample = intake.decoded(msgspec.json.Decoder(Sample), Path(file).read_bytes())
        return found
    return Sample(
        amount=money.parse(amount, currency=law.programme.currency),
        member=naming.identifier(member) if member else None,
        occurred_at=installation.moment(at, law.zone, "--at", now=now),
    )


def show(row: "ProgrammeRow", law: "Law", sample: "Sample", language: str, *, as_json: bool) -> None:
    """What a draft's law gives for the sample and why, beside what is published."""
    from guerdon.faces.api import trials
    from guerdon.kit import store

    found = trials.tried(store.current(), row.id, law, sample, language=language, now=installation.now(row), draft=True)
    if as_json:
        terminal.show_json(found)
        return
    units = law.programme.units
    rows = []
    for one in found.compared:
        scale = units[one.unit].scale if one.unit in units else 0
        rows.append((one.unit, terminal.points(one.points, scale), terminal.points(one.published, scale)))
    if rows:
        terminal.table("", ("unit", "#by the draft", "#as published"), rows)
    else:
        terminal.say("It earns nothing, by the draft and as published.")
    if found.tried.parked is not None:
        terminal.warn(f"It would wait: {found.tried.parked.replace('_', ' ')}.")
    for voucher in found.tried.vouchers:
        terminal.say(f"  Gives the voucher {voucher}.")
    for sentence in found.tried.sentences:
        terminal.say(f"  • {sentence}")

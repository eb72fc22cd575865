"""`guerdon torture`: the battery of proofs, run against scratch installations on the operator's own machine."""

import secrets
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.faces.cli.torture.battery import Outcome, Torture

SEED_MAX: Final = 2**31

Names = Annotated[list[str] | None, typer.Argument(help="Which tortures; all of them by default.", metavar="NAME…")]

Where = Annotated[
    str | None,
    typer.Option(
        "--server",
        help="A PostgreSQL server on which scratch databases may be made, or `own`: one made for it, which is"
        " killed, too; SQLite without.",
        metavar="postgresql://…",
    ),
]
Within = Annotated[
    int,
    typer.Option(
        "--within",
        help="With --full: whoever was killed must serve again so soon.",
        parser=terminal.whole(1, 600),
        metavar="SECONDS",
    ),
]


def torture(
    names: Names = None,
    *,
    full: Annotated[
        bool,
        typer.Option("--full", help="Hours instead of minutes, but for planted faults: the figures of the reference."),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", help="Repeat the chance of an earlier run.", parser=terminal.whole(0, SEED_MAX), metavar="N"
        ),
    ] = None,
    controls: Annotated[
        bool, typer.Option("--controls", help="Also plant every fault, which the torture must find.")
    ] = False,
    server: Where = None,
    within: Within = 5,
    listing: Annotated[bool, typer.Option("--list", help="Say which tortures there are, and stop.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Torture scratch installations: crowds, repeats, kills, power cuts, thieves.

    Each torture makes a database of its own, serves it, mistreats it, proves it with `guerdon verify`, and throws it
    away; your installation is never touched. With --controls each is run again with a fault planted in the scratch
    installation: a torture that does not find it proves nothing, and fails.

    \b
    Ends with 0 when everything held and every planted fault was found, with 1 otherwise.

    \b
    Examples:
      guerdon torture --list
      guerdon torture                       all of them, in minutes
      guerdon torture crowd kills --full    two of them, thoroughly
      guerdon torture --controls --seed 7
      guerdon torture --server postgresql://guerdon@localhost/postgres
      guerdon torture kills --full --server own --within 10
    """
    from guerdon.faces.cli.torture import battery

    if listing:
        rows = [(one.name, one.what, ", ".join(one.faults)) for one in battery.TORTURES]
        terminal.table("", ("torture", "what", "planted faults"), rows)
        return
    wanted = _named(names or [])
    chosen = secrets.randbelow(SEED_MAX) if seed is None else seed
    found = _run(wanted, chosen, full=full, controls=controls, server=server, within=within)
    if as_json:
        terminal.show_json(found)
    else:
        _show(found, chosen)
    if not all(one.ok for one in found):
        raise typer.Exit(terminal.FINDING)


def _named(names: list[str]) -> "list[Torture]":
    from guerdon.faces.cli.torture import battery

    try:
        return battery.named(names)
    except KeyError as error:
        known = ", ".join(one.name for one in battery.TORTURES)
        told = f"There is no torture {error.args[0]!r}."
        raise Failure(told, hint=f"There are: {known}", code=terminal.USAGE) from None


def _run(
    wanted: "list[Torture]", seed: int, *, full: bool, controls: bool, server: str | None, within: int
) -> "list[Outcome]":
    from guerdon.faces.cli.torture import battery, cluster, scratch

    found = []
    planned = [(torture, fault) for torture in wanted for fault in (None, *(torture.faults if controls else ()))]
    with scratch.sampling() as samples:
        for torture, fault in planned:
            planted = f", with the fault {fault} planted" if fault else ""
            terminal.note(f"{torture.name}{planted}: {torture.what}")
            try:
                with scratch.place(server, samples=samples) as place:
                    trial = battery.Trial(place, seed, full, fault, terminal.note, within)
                    found.append(battery.run(torture, trial))
            except cluster.Unavailable as error:
                raise Failure(
                    "This machine can't make a PostgreSQL.", why=f"{error}.",
                    hint="Install it, or name a server with --server postgresql://…", code=terminal.NO_DATABASE,
                ) from None  # fmt: skip
    return found


def _show(found: "list[Outcome]", seed: int) -> None:
    rows = [
        (
            "–" if one.skipped else "✓" if one.ok else "✗",
            one.name, one.engine, one.fault or "", terminal.duration(one.seconds),
            ", ".join(f"{terminal.number(int(amount))} {name}" for name, amount in one.figures.items()),
        )
        for one in found
    ]  # fmt: skip
    terminal.table("", ("", "torture", "database", "fault planted", "#took", "what was seen"), rows)
    for one in found:
        if one.skipped:
            terminal.say(f"– {one.name} was skipped, and proves nothing: {one.skipped}.", style="bold yellow")
        elif one.fault is None:
            for told in one.broken:
                terminal.say(f"✗ {one.name}: {told}", style="bold red")
            if one.broken_count > len(one.broken):
                terminal.say(f"  … and {terminal.number(one.broken_count - len(one.broken))} more")
        elif not one.ok:
            terminal.say(f"✗ {one.name} did not find the fault {one.fault}: it proves nothing.", style="bold red")
    fine = all(one.ok for one in found)
    skipped = sum(1 for one in found if one.skipped)
    word = (
        ("Everything held" if not skipped else f"What ran held, {skipped} skipped") if fine else "Not everything held"
    )
    terminal.say(f"{'✓' if fine else '✗'} {word}. The seed was {seed}.", style="green" if fine else "bold red")

"""The terminal: how commands print, show how far they are, say what went wrong, and end."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from guerdon.core import limits, money

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.console import Console

# How a command ends; docs/reference/cli.md prints this table.
OK: Final = 0
FINDING: Final = 1  # it ran, and what it looked at is not in order: an invalid file, a broken invariant
USAGE: Final = 2  # the command itself was not understood
UNREADABLE: Final = 3  # a file that can't be read, a programme, member or key that is not there, a refusal
INTERRUPTED: Final = 4  # stopped by Ctrl-C or a termination signal; what was finished stays
NO_DATABASE: Final = 5  # the database can't be reached, is busy or is not set up

PIPED_COLUMNS: Final = 200  # nothing is cut off when the output goes to a file or another program

Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs instead of text for people.")]
Metrics = Annotated[
    str | None,
    typer.Option("--metrics", help="Let Prometheus read metrics at this address and port.", metavar="ADDRESS"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")]
Advance = Callable[[int], None]


class Failure(Exception):
    """A command that can't go on: what happened, why, and what the person at the terminal can do."""

    def __init__(self, what: str, *, why: str = "", hint: str = "", code: int = UNREADABLE) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.hint = hint
        self.code = code


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console  # the most of what a start costs, and `--help` needs none of it

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED_COLUMNS
    # Whatever is printed came from somebody: “:100:” in a path or an id stays what was typed.
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False, markup=False, emoji=False)


def out() -> "Console":
    """Where answers go."""
    return _console(stderr=False)


def err() -> "Console":
    """Where everything goes that is not the answer: progress, hints, errors."""
    return _console(stderr=True)


def say(text: str = "", *, style: str = "") -> None:
    """Print a line of the answer; what stands in it is text, never markup."""
    out().print(text, style=style or None, soft_wrap=True)


def note(text: str) -> None:
    """Print a remark that is not part of the answer."""
    err().print(text, style="dim", soft_wrap=True)


def warn(text: str) -> None:
    """Print what somebody should know before it is too late."""
    err().print(text, style="yellow", soft_wrap=True)


def show_json(value: object) -> None:
    """Print a value as JSON, indented, and nothing else."""
    plain = msgspec.to_builtins(value)
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")


def show_failure(failure: Failure) -> None:
    """Say what went wrong, why, and what to do, each on its own line."""
    console = err()
    console.print(f"✗ {failure.what}", style="bold red", soft_wrap=True)
    for text in (failure.why, failure.hint):
        if text:
            console.print("  " + text.replace("\n", "\n  "), soft_wrap=True)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns whose name begins with `#` hold numbers and stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(title) if title else None, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for column in columns:
        made.add_column(Text(column.lstrip("#")), justify="right" if column.startswith("#") else "left")
    for row in rows:
        made.add_row(*(Text(str(cell)) for cell in row))
    out().print(made)


@contextmanager
def progress(what: str, *, total: int | None = None) -> Iterator[Advance]:
    """Show on a terminal how far a long piece of work is, how fast it goes and how long it will take.

    Yields the function that is told how much more is done. Where nobody watches nothing is printed.
    """
    console = err()
    if not console.is_terminal:
        yield lambda _: None
        return
    from guerdon.faces.cli import bars

    with bars.shown(console, what, total) as advance:
        yield advance


def number(amount: int) -> str:
    """A count as people write it: 1,234,567."""
    return f"{amount:,}"


def counted(amount: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 unit, 2 units, 0 warnings."""
    return f"{number(amount)} {one if amount == 1 else many or one + 's'}"


def points(amount: int, scale: int = 0) -> str:
    """Points in the smallest step of a unit of `scale` decimals, as people write them."""
    sign, digits = ("−", -amount) if amount < 0 else ("", amount)
    whole, _, fraction = money.plain(digits, scale).partition(".")
    return f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")


def cash(amount: int, currency: str) -> str:
    """Minor units of a currency as people write them: 12.34 EUR."""
    return f"{points(amount, money.decimals(currency))} {currency}"


def moment(at: datetime, zone: tzinfo) -> str:
    """An instant in the programme's own time, to the minute."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def until(end: datetime, zone: "ZoneInfo") -> str:
    """The end of a period, which is exclusive, as pages tell it: the last day that counts, else the moment."""
    from guerdon.core import sentences

    return sentences.tongue("en").until(end, zone)


def duration(seconds: float) -> str:
    """A span of time as people say it: 0.8 s, 42 s, 3 min 05 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


def whole(least: int, most: int | None = None) -> Callable[[str | int], int]:
    """The reader of an option that is a whole number, with words of ours for what is none."""
    until = "on" if most is None else f"to {most}"

    def read(typed: str | int) -> int:  # or the option's default
        text = str(typed)
        digits = text.isascii() and text.isdigit() and len(text) < len(str(limits.INT64_MAX))
        if not digits or int(text) < least or (most is not None and int(text) > most):
            raise typer.BadParameter(f"“{text[:40]}” is no whole number from {least} {until}.")
        return int(text)

    return read


def agree(question: str, *, yes: bool, otherwise: str) -> None:
    """Go on only where somebody agrees, at the terminal or with --yes; else a failure that says `otherwise`."""
    if yes:
        return
    if not sys.stdin.isatty():
        why, hint = "Nobody is at the terminal to be asked.", "Say --yes to go on without being asked."
        raise Failure(otherwise, why=why, hint=hint, code=USAGE)
    if not typer.confirm(question, default=False, err=True):
        raise Failure(otherwise, hint="Agree, or say --yes to go on without being asked.", code=USAGE)

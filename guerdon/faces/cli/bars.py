"""Progress bars: how many of how many, how fast, how long still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

WORDS: Final = TextColumn("{task.description}", markup=False)  # a file may be called “:100:[b].csv”


class Count(ProgressColumn):
    """How many of how many."""

    def render(self, task: Task) -> Text:
        most = "" if task.total is None else f" of {task.total:,.0f}"
        return Text(f"{task.completed:,.0f}{most}" if task.completed or most else "")


class Rate(ProgressColumn):
    """How many a second, over the last moments."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", style="dim")


@contextmanager
def shown(console: Console, what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal while the block runs; yields the function that moves it on."""
    left = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    columns = (SpinnerColumn(), WORDS, BarColumn(), Count(), Rate(), left)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def advance(more: int) -> None:
            bar.update(task, advance=more)

        yield advance

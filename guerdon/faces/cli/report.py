"""`guerdon report`: what a month came to, in plain words, as a page or as paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.faces.reports.content import Content

LANGUAGES = ("en", "bg", "tr")


def report(
    month: Annotated[str, typer.Argument(help="The month, like 2026-10.", metavar="MONTH")],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page that needs nothing else.", metavar="FILE")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write a paper.", metavar="FILE")] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", help="In which; the programme's first where none is said.", metavar="en|bg|tr"),
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Tell what a month that is over came to, for owners and accountants.

    In plain words what happened, numbers beside the month and the year before, what points are owed and what revenue is
    deferred for them, charts, and what ends next. Without a file it is printed here. A paper needs the extra `insight`.

    \b
    Examples:
      guerdon report 2026-10
      guerdon report 2026-10 --pdf october.pdf --language bg
    """
    if language is not None and language not in LANGUAGES:
        raise Failure(f"“{language}” is no language.", hint="--language en, bg or tr", code=terminal.USAGE)
    installation.enter()
    from guerdon.core import closing
    from guerdon.faces.letters import texts
    from guerdon.faces.reports import composed, made
    from guerdon.insight import report as insight
    from guerdon.kit import store

    closing.first_day(month)
    row = installation.programme(programme)
    book = installation.lawbook(row)
    found = insight.read(store.current(), row.id, book, month, now=installation.now(row))
    content = composed.compose(found, texts.language_of(language, found.programme))
    for file, make in ((html, made.page), (pdf, made.paper)):
        if file is not None:
            _write(file, make(content))
    if as_json:
        terminal.show_json(content)
    elif html is None and pdf is None:
        _print(content)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Failure(f"{file} can't be written.", why=f"{error.strerror}.", code=terminal.UNREADABLE) from error
    terminal.say(f"Written: {installation.shown(file)}")


def _print(content: "Content") -> None:
    from guerdon.faces.reports.content import Paragraph, Table

    terminal.say(content.title, style="bold")
    for section in content.sections:
        told = [block for block in section.blocks if isinstance(block, Paragraph | Table)]
        if told:
            terminal.say(f"\n{section.title}", style="bold")
        for block in told:
            if isinstance(block, Paragraph):
                terminal.say(block.text)
            else:
                heads = [f"#{one.title}" if one.end else one.title for one in block.columns]
                terminal.table(block.caption, heads, block.rows)

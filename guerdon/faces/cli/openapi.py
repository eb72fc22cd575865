"""The description of the API as a file: printed, written, or checked for being up to date."""

import sys
from typing import Annotated

import typer

from guerdon.faces.cli import installation, terminal


def openapi(
    write: Annotated[bool, typer.Option("--write", help="Write it to docs/reference/openapi.json.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Is the committed file up to date?")] = False,
) -> None:
    """Print, write or check the API's description (OpenAPI 3.1).

    Needs no database. With --check it ends with 0 when the file is up to date, 1 when not.

    \b
    Examples:
      guerdon openapi > openapi.json
      guerdon openapi --write
      guerdon openapi --check
    """
    installation.settle()
    from guerdon.faces.api import openapi as description

    text = description.write()
    if write:
        description.FILE.parent.mkdir(parents=True, exist_ok=True)
        description.FILE.write_text(text, "utf-8")
        terminal.say(f"Written to {description.FILE}.")
    elif check:
        _check(description.FILE.read_text("utf-8") if description.FILE.exists() else "", text, str(description.FILE))
    else:
        sys.stdout.write(text)


def _check(committed: str, text: str, name: str) -> None:
    if committed == text:
        terminal.say(f"{name} is up to date.")
        return
    pairs = zip(committed.splitlines(), text.splitlines(), strict=False)
    line = next((n for n, (one, other) in enumerate(pairs, 1) if one != other), len(committed.splitlines()) + 1)
    why = f"It differs from line {line} on." if committed else "The file is not there."
    raise terminal.Failure(
        f"{name} is not up to date.", why=why, hint="`guerdon openapi --write` makes it.", code=terminal.FINDING
    )

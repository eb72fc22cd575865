"""Programme files as commands are given them: read, and every mistake told with its place."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from guerdon.faces.cli import terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.features.programmes.forms import Problem, Reading

Language = Literal["en", "bg", "tr"]
File = Annotated[str, typer.Argument(help="The programme file, or - for standard input.", metavar="FILE")]
Spoken = Annotated[
    Language, typer.Option("--language", "-l", help="The language of the sentences.", metavar="en|bg|tr")
]


def text_of(file: str) -> bytes:
    """What a file says, or standard input where it is called -."""
    if file == "-":
        return sys.stdin.buffer.read()
    return Path(file).read_bytes()


def read(file: str, text: bytes | None = None) -> "Reading":
    """The programme of a file, or what is wrong with it."""
    from guerdon.features.programmes import forms

    return forms.read(text_of(file) if text is None else text)


def valid(file: str, text: bytes | None = None) -> "Programme":
    """The programme of a file that must be right; every mistake is told."""
    reading = read(file, text)
    if reading.programme is None:
        mistakes = "\n".join(told(file, problem) for problem in reading.errors)
        raise Failure(f"{file} is not a valid programme.", why=mistakes, code=terminal.FINDING)
    return reading.programme


def told(file: str, problem: "Problem") -> str:
    """Where something is wrong, what, and what was probably meant."""
    where = f"{file}:{problem.line}:{problem.column}" if problem.line else file
    word = "" if problem.severity == "error" else "warning: "
    hint = f" → {problem.suggestion}" if problem.suggestion else ""
    return f"{where}: {word}{problem.message}{hint} ({problem.path or '/'}, {problem.reason})"

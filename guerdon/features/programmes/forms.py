"""Programme files: YAML to a programme, or to every problem with its line and column; and back to YAML."""

import hashlib
import json

import msgspec

from guerdon.core import documents
from guerdon.core.documents import Document, Mapping, Severity
from guerdon.core.grammar import programmes as grammar
from guerdon.core.programme import PROGRAMME_INVALID, Programme
from guerdon.features.programmes import documents as texts


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a programme file; lines and columns begin with 1, 0 is unknown."""

    line: int
    column: int
    path: str  # JSON pointer into the document
    reason: str
    message: str
    suggestion: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        hint = f" ({self.suggestion})" if self.suggestion else ""
        return f"{where}{self.path or '/'}: {self.message}{hint} [{self.reason}]"


class Reading(msgspec.Struct, frozen=True):
    """What came of a file: the programme where there is no error, and all problems in file order."""

    programme: Programme | None
    problems: tuple[Problem, ...] = ()
    compared: bool = True  # whether the parts were compared with each other, for which all must have been read

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def read(source: bytes | str) -> Reading:
    """Read a programme file. It never raises for what stands in the file; every problem is told."""
    text = texts.read(source)
    if text.document is None:
        return Reading(None, _placed(text.problems, text), compared=False)
    found = grammar.read(text.document)
    return Reading(found.programme, _placed(found.problems, text), found.compared)


def read_document(document: Document) -> Reading:
    """Read a programme that arrived as JSON; the problems have paths and no lines."""
    found = grammar.read(document)
    return Reading(found.programme, _placed(found.problems, texts.Text(document)), found.compared)


def load(source: bytes | str) -> Programme:
    """The programme of a file that must be right. Raises `programme_invalid` with the first problem."""
    reading = read(source)
    if reading.programme is None:
        raise PROGRAMME_INVALID(problems=len(reading.errors), first=str(reading.errors[0]))
    return reading.programme


def to_document(programme: Programme) -> Mapping:
    """The canonical document: plain JSON values, no floats."""
    return grammar.write(programme)


def to_yaml(programme: Programme) -> str:
    """The canonical file of a programme; reading it gives the same programme."""
    return texts.write(to_document(programme))


def written(document: Mapping) -> str:
    """The file of a document that may be no programme (yet)."""
    return texts.write(document)


def document(programme: Programme) -> str:
    """The canonical document as JSON text: what is stored and hashed."""
    return json.dumps(to_document(programme), ensure_ascii=False, separators=(",", ":"))


def stored(document: str) -> Programme:
    """The programme of a stored canonical document."""
    programme = grammar.read(json.loads(document)).programme
    assert programme is not None, "a stored programme can't be read any more"
    return programme


def digest(programme: Programme) -> str:
    """The SHA-256 of the canonical document, in hexadecimal."""
    return hashlib.sha256(document(programme).encode()).hexdigest()


def schema() -> Mapping:
    """The JSON Schema 2020-12 of programme files, for editors."""
    return grammar.schema()


def _placed(problems: tuple[documents.Problem, ...], text: "texts.Text") -> tuple[Problem, ...]:
    """The problems with their places, in the order of the file."""
    found: list[Problem] = []
    for one in problems:
        line, column = text.place(one.path, of_key=one.of_key)
        found.append(Problem(line, column, one.path, one.reason, one.message, one.suggestion, one.severity))
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))

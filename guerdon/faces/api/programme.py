"""The programme as it is published: its units and rules in plain sentences, and every version there ever was."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import sentences
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.faces import called
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook, VersionRow


class InLanguage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which language names and sentences are told: this one, or that of Accept-Language."""

    language: calls.Language | None = None


class UnitView(msgspec.Struct, frozen=True):
    """What is counted: amounts come in the smallest step, of which 10^scale make one."""

    code: str
    name: str
    kind: str
    scale: int
    sentence: str


class RuleView(msgspec.Struct, frozen=True):
    """A rule, told as one plain sentence from the same tree that decides."""

    key: str
    name: str
    when: tuple[str, ...]
    sentence: str


class VersionView(msgspec.Struct, frozen=True):
    """One published version; `digest` is the SHA-256 of its canonical document."""

    number: int
    digest: str
    effective_at: datetime
    published_at: datetime
    published_by: str
    in_force: bool


class Versions(msgspec.Struct, frozen=True):
    """All versions, oldest first."""

    versions: tuple[VersionView, ...]


class ProgrammeView(msgspec.Struct, frozen=True):
    """A version of the programme in plain words, with its canonical document."""

    key: str
    name: str
    currency: str
    zone: str
    version: VersionView
    units: tuple[UnitView, ...]
    rules: tuple[RuleView, ...]
    document: msgspec.Raw


def read(call: Call, query: InLanguage) -> Reply:
    """The version in force now; before any begins, the one that will be first."""
    book = programmes.latest(call.store, call.programme_id)
    return Reply(_view(call, book, book.current(call.now), query.language or call.language))


def list_versions(call: Call) -> Reply:
    """All published versions."""
    book = programmes.latest(call.store, call.programme_id)
    in_force = book.in_force(call.now)
    return Reply(Versions(tuple(_version(row, in_force) for row in book.versions)))


def read_version(call: Call, number: str, query: InLanguage) -> Reply:
    """One published version, in force or not."""
    book = programmes.latest(call.store, call.programme_id)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    return Reply(_view(call, book, book.law(wanted), query.language or call.language))


def _version(row: VersionRow, in_force: int) -> VersionView:
    is_it = row.number == in_force
    return VersionView(row.number, row.digest, row.effective_at, row.published_at, row.published_by, is_it)


def _view(call: Call, book: Lawbook, law: Law, language: str) -> ProgrammeView:
    programme, row = called.speaking(call.store, call.programme_id, law.programme), book.versions[law.version - 1]
    return ProgrammeView(
        key=programme.key,
        name=named(programme.name, programme, language),
        currency=programme.currency,
        zone=programme.zone_key,
        version=_version(row, book.in_force(call.now)),
        units=tuple(
            UnitView(
                unit.code, named(unit.name, programme, language), unit.kind, unit.scale,
                sentences.unit(unit, programme, language),
            )
            for unit in programme.units.values()
        ),
        rules=tuple(
            RuleView(
                rule.key, named(rule.name, programme, language), rule.when,
                sentences.rule(rule, programme, language),
            )
            for rule in programme.rules
        ),
        document=msgspec.Raw(row.document.encode()),
    )  # fmt: skip


def named(name: dict[str, str], programme: Programme, language: str) -> str:
    """The name in the language, or in the first one the programme speaks."""
    return name.get(language) or next((name[one] for one in programme.languages if name.get(one)), "")


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/programme", "rules:read", read, "Read the programme in force",
        ProgrammeView, query=InLanguage, refuses=(programmes.PROGRAMME_UNPUBLISHED,),
        tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/versions", "rules:read", list_versions, "List the programme's versions",
        Versions, tag="Programme",
    ),
    Endpoint(
        "GET", "/v1/programme/versions/{number}", "rules:read", read_version, "Read a version",
        ProgrammeView, query=InLanguage, refuses=(programmes.VERSION_UNKNOWN,), tag="Programme",
    ),
)  # fmt: skip

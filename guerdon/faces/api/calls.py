"""What endpoints are made of: the call they get, the reply they give, and the row of the table they stand in."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import msgspec
import structlog
from msgspec import Meta

from guerdon.core import activities as activities_law
from guerdon.core import errors, limits, rights, till_names
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.engine.adjust import Actor as Doer
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from guerdon.engine.group_commit import GroupCommit
from guerdon.engine.group_read import GroupRead
from guerdon.faces import refusals, web
from guerdon.features.activities.actions import Idempotency
from guerdon.features.keys.queries import KeyRow
from guerdon.features.looks.queries import Looker
from guerdon.features.programmes import queries as programmes
from guerdon.kit import digests, ids, secrets, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

log = structlog.get_logger(__name__)
HEADER_INVALID = errors.declare("invalid", "header_invalid", "header", "expected")
CURSOR_INVALID = errors.declare("invalid", "cursor_invalid")

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Language = Literal["en", "bg", "tr"]
Right = rights.Right | Literal["public"]
Face = Literal["api", "console", "till", "portal"]
_IDEMPOTENCY_KEY: Final = re.compile(r"[\x20-\x7e]{1,255}\Z")
_MARK_BYTES: Final = 9
_HEX: Final = re.compile(r"[0-9a-f]{32}\Z")
_ASIDE: Final = frozenset({"dry_run", "explain", "language"})  # of a query: how it is answered, not what is done
_encode: Final = msgspec.json.Encoder(order="deterministic").encode


def programme_of(refusal: Refusal, key: KeyRow | None, now: datetime) -> Programme | None:
    """The caller's programme, where the refusal speaks of a part of it; the engine has read it already."""
    if key is None or not refusals.speaks_of_programme(refusal):
        return None
    return programmes.lawbook(store.current(), key.programme_id).current(now).programme


@dataclass(slots=True)
class Call:
    """One request, past all doors: who calls, when, with which headers."""

    endpoint: "Endpoint"
    path: tuple[str | int, ...]  # what stands in the path where the route names ids
    key: KeyRow | None  # None only on public routes
    now: datetime
    request_id: str
    headers: Mapping[bytes, bytes]
    group: GroupCommit
    reads: GroupRead
    language: str = "en"
    by: Literal["key", "person", "self"] = "key"  # a machine, one of the staff on a page, or a member on the own pages
    face: Face = "api"  # from where it is asked: a window of ours, or whatever speaks to the API
    member_id: str | None = None  # who that member is
    query: msgspec.Struct | None = None  # what stands in the address behind the path

    @property
    def programme_id(self) -> str:
        assert self.key is not None, "a public route asked for a programme"
        return self.key.programme_id

    @property
    def actor(self) -> Actor:
        """Who acts, for the book of who did what."""
        assert self.key is not None, "nobody acts on a public route"
        if self.by == "self" and self.member_id is not None:
            return Actor("member", self.member_id)
        return Actor("key" if self.by == "key" else "user", self.key.id)

    @property
    def doer(self) -> Doer:
        """Who acts, by the name that people read, and told apart from a second person."""
        assert self.key is not None, "nobody acts on a public route"
        return Doer(self.key.name, self.key.id, self.actor.kind, self.key.person)

    @property
    def store(self) -> Store:
        return store.current()

    @property
    def wants_csv(self) -> bool:
        """Whether the caller would rather have a table."""
        return b"text/csv" in self.headers.get(b"accept", b"").lower()

    @property
    def looker(self) -> Looker | None:
        """Who looks at personal data by this call, and what for; nobody, where members look at their own."""
        assert self.key is not None, "a public route shows personal data"
        return None if self.by == "self" else Looker(self.by, self.key.id, self.key.name, self.endpoint.name)

    def problem(self, refusal: Refusal, language: str | None = None) -> web.Problem:
        """A part of the request that was refused, by names that people know, in the language or else the caller's."""
        programme = programme_of(refusal, self.key, self.now)
        return web.problem(refusal, language=language or self.language, programme=programme)

    def idempotency_key(self) -> str | None:
        """The Idempotency-Key as it was sent, None where none was. Raises `header_invalid`."""
        given = self.headers.get(b"idempotency-key")
        if given is None:
            return None
        text = given.decode("latin-1")
        if not _IDEMPOTENCY_KEY.match(text):
            raise HEADER_INVALID(header="Idempotency-Key", expected="1 to 255 printable ASCII characters")
        return text

    def idempotency(self, body: msgspec.Struct | None = None) -> Idempotency | None:
        """The Idempotency-Key with the digest of path, query and canonical body; None where the caller sent none.

        Whether it is only tried, and how it is explained, is no other request.
        The digest is kept for ever and beside most of what it is of, so it is keyed: a plain one would give away an
        e-mail or a phone to whoever tries them all.
        """
        text = self.idempotency_key()
        if text is None:
            return None
        assert self.key is not None
        whole = "/".join(map(str, self.path)) + self._asked() + _encode(body).decode()
        digest = digests.digest("idempotency", whole)
        return Idempotency(self.key.id, f"{self.endpoint.method} {self.endpoint.path}", text, digest)

    def _asked(self) -> str:
        """What the query says of what is to be done; nothing where it says nothing."""
        if self.query is None:
            return ""
        told = {name: getattr(self.query, name) for name in self.query.__struct_fields__ if name not in _ASIDE}
        said = {name: value for name, value in told.items() if value is not None}
        return f"?{_encode(said).decode()}" if said else ""


class Reply(msgspec.Struct):
    """What an endpoint answers; without a status it is the endpoint's own."""

    value: object
    replayed: bool = False
    etag: int | None = None
    location: str | None = None
    next: str | None = None  # the cursor of the next page
    status: int = 0


class Picture(msgspec.Struct, frozen=True):
    """An answer that is a picture."""

    svg: str


class Spreadsheet(msgspec.Struct, frozen=True):
    """An answer as a table, for whoever accepts `text/csv`."""

    csv: str
    name: str  # of the file


class Archive(msgspec.Struct, frozen=True):
    """An answer that is a ZIP of files."""

    content: bytes


class Paper(msgspec.Struct, frozen=True):
    """An answer that is a document for people."""

    content: bytes
    media_type: str
    name: str  # of the file


class Image(msgspec.Struct, frozen=True):
    """A picture that never changes: its hash is its name, its content None for a caller who has it already.

    One that is `private` is kept by nobody on the way.
    """

    content: bytes | None
    media_type: str
    hash: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the table of routes.

    `run` gets the call, then the ids of the path, then the query where there is one, then the body where there is one.
    """

    method: Method
    path: str
    right: Right
    run: Callable[..., Any]
    summary: str
    answers: type[msgspec.Struct]
    takes: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    status: int = 200
    refuses: tuple[errors.Kind, ...] = ()
    hot: bool = False  # runs in the thread of the event loop, so it must never wait for long
    later: bool = False  # whether it may also answer 202: taken, but not done yet
    idempotent: bool = False  # whether it takes an Idempotency-Key
    chars_max: int = limits.TEXT_CHARS_MAX  # the longest text of its body
    noun: str = ""  # whose id stands in the path
    csv: bool = False  # whether it answers with a table, too, for whoever accepts `text/csv`
    etag: bool = False  # whether the answer has the state of what it shows, for If-Match
    tag: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """The operation's id, which clients make their methods of: `activities.record`, `members.list`."""
        return f"{self.run.__module__.rpartition('.')[2]}.{self.run.__name__.rstrip('_')}"


class NoQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The query of a route that has none."""


Client = Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]  # for whom a shop shows codes
# How callers name what they tell: by a name of their own, once for ever within its source.
ExternalId = Annotated[str, Meta(min_length=1, max_length=limits.IDENTIFIER_CHARS_MAX)]
Source = Annotated[
    str,
    Meta(
        min_length=1, max_length=limits.KEY_CHARS_MAX, pattern=rf"^(?!(?:{'|'.join(activities_law.HOUSE_SOURCES)})$)"
    ),
]  # fmt: skip


class Trial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it is to be taken: `dry_run` writes nothing."""

    dry_run: bool = False


Till = Annotated[
    str, Meta(max_length=limits.KEY_CHARS_MAX, pattern=rf"^{till_names.SOURCES}[^:|]{{1,40}}:[0-9A-Za-z-]{{1,12}}$")
]
Limit = Annotated[int, Meta(ge=1, le=limits.PAGE_ROWS_MAX)]


class HandedOver(Trial, frozen=True, forbid_unknown_fields=True):
    """Where a redemption was handed over: the source of a till, and how that till names it; without these, anywhere."""

    source: Till | None = None
    external_id: ExternalId | None = None

    def where(self, call: Call) -> dict[str, str]:
        """The till and its act.

        Raises `activity_invalid` where only one of them is told, and where the act is named as another cashier's: a
        person's has its own mark, a key's that of whoever made the key, or none.
        """
        if self.source is None and self.external_id is None:
            return {}
        if self.source is None or self.external_id is None:
            missing = "source" if self.source is None else "external_id"
            raise activities_law.ACTIVITY_INVALID(pointer=f"/{missing}", reason="missing")
        assert call.key is not None, "nobody hands over on a public route"
        theirs, own = till_names.whose(self.external_id), till_names.mark(call.key.person)
        if theirs != own and (theirs or call.by != "key"):
            raise activities_law.ACTIVITY_INVALID(pointer="/external_id", reason="of_another_cashier")
        return {"till": self.source, "act": self.external_id}


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which part of a list is wanted."""

    limit: Limit = limits.PAGE_ROWS_DEFAULT
    cursor: str | None = None


def taken(result: Result) -> Outcome:
    """What became of something that was not refused. Raises the refusal where it was."""
    if isinstance(result, Refusal):
        raise result
    return result


def cursor(*parts: int | str) -> str:
    """Where a page ended, as an opaque word that only this installation can make: nothing else gets to the database."""
    told = _encode(parts)
    mark = bytes.fromhex(secrets.signed("cursor", told.hex(), chars=2 * _MARK_BYTES))
    return base64.urlsafe_b64encode(mark + told).decode().rstrip("=")


def after(cursor: str, kind: type[Any]) -> Any:
    """What stands in a cursor. Raises `cursor_invalid` for any that was not given out."""
    try:
        whole = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        mark, told = whole[:_MARK_BYTES], whole[_MARK_BYTES:]
        if not secrets.is_signed("cursor", told.hex(), mark.hex(), chars=2 * _MARK_BYTES):
            raise CURSOR_INVALID()
        return msgspec.json.decode(told, type=kind)
    except (ValueError, msgspec.MsgspecError) as error:
        raise CURSOR_INVALID() from error


def after_id(cursor: str | None) -> str:
    """The id in a cursor, the smallest one where there is no cursor."""
    if cursor is None:
        return ids.NIL
    (id,) = after(cursor, tuple[str])
    if not _HEX.match(id):
        raise CURSOR_INVALID()
    return str(id)


def broken(error: Exception, call: Call) -> errors.Refusal:
    """What callers are told of a mistake of ours: nothing but where it has been noted."""
    log.error("broken", endpoint=call.endpoint.name, request_id=call.request_id, exc_info=error)
    return web.INTERNAL(request=call.request_id)

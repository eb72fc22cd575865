"""Privacy: what a member agreed to, who looked, all that is known of them, and their erasure."""

from datetime import datetime
from typing import Any, Final

import msgspec

from guerdon.core import consents as law
from guerdon.core import erasing, errors, households, limits, sentences
from guerdon.core import members as members_law
from guerdon.core.consents import Consent, Purpose, Way
from guerdon.engine import consents as engine
from guerdon.engine import desk, erase, showing
from guerdon.faces import downloads
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Archive, Call, Endpoint, Reply
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.consents import queries as consents
from guerdon.features.looks import queries as looks
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.insight import download
from guerdon.kit import ids

DOWNLOAD_TOO_LARGE = errors.declare("invalid", "download_too_large", "most")


class RecipientView(msgspec.Struct, frozen=True):
    """Somebody else who gets data for a purpose."""

    name: str
    link: str


class ConsentView(msgspec.Struct, frozen=True):
    """A consent that the programme asks for, and what the member has last said about it."""

    consent: str
    name: str
    text: str
    version: int
    required: bool
    recipients: tuple[RecipientView, ...]
    keep_days: int | None
    given: bool
    said_version: int | None
    said_at: datetime | None
    how: str | None
    actor: str | None


class SaidView(msgspec.Struct, frozen=True):
    """Something that was once said about a consent."""

    consent: str
    given: bool
    version: int
    at: datetime
    how: str
    actor: str


class KeptView(msgspec.Struct, frozen=True):
    """Something that is kept of a member, for how long, and who else gets it."""

    what: str
    how_long: str
    recipients: tuple[RecipientView, ...]
    consent: str | None


class RulesView(msgspec.Struct, frozen=True):
    """Under which rules a member joined."""

    version: int
    at: datetime
    how: str


class Consents(msgspec.Struct, frozen=True):
    """All consents of a member, what was said before, and what is kept how long."""

    member: str
    rules: RulesView | None
    consents: tuple[ConsentView, ...]
    history: tuple[SaidView, ...]
    kept: tuple[KeptView, ...]


class SaidConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a member says about one consent."""

    given: bool
    version: int | None = None


class SaidConsents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a member says, by the key of each consent, and on which way."""

    consents: dict[str, SaidConsent]
    how: Way = "api"


class LookView(msgspec.Struct, frozen=True):
    """Somebody looked at the personal data of a member, so many times within an hour."""

    who: str
    kind: str
    purpose: str
    looks: int
    first_at: datetime
    last_at: datetime


class Lookups(msgspec.Struct, frozen=True):
    """A page of who looked, the latest first."""

    member: str
    lookups: tuple[LookView, ...]
    next: str | None


class TableView(msgspec.Struct, frozen=True):
    """A table of a download."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


class Download(msgspec.Struct, frozen=True):
    """Everything that is known of a member."""

    member: str
    made_at: datetime
    tables: tuple[TableView, ...]


class LostPoints(msgspec.Struct, frozen=True):
    """Points of a unit that are lost, and what they are worth."""

    unit: str
    points: int
    worth: int | None


class ErasureView(msgspec.Struct, frozen=True):
    """What is lost, or was, when a member is erased, and where that stands."""

    member: str
    state: str
    asked_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    points: tuple[LostPoints, ...]
    currency: str
    vouchers: int
    gift_cards: int
    memberships: tuple[str, ...]
    redemptions: tuple[str, ...]
    holds: int
    transfers: int
    tiers: tuple[str, ...]
    household: bool


def read_consents(call: Call, id: str, query: InLanguage) -> Reply:
    """What a member agreed to, and everything said before."""
    return Reply(_consents(call, _member(call, id), query.language or call.language))


def say(call: Call, id: str, body: SaidConsents) -> Reply:
    """Give and withdraw consents for a member, all or none."""
    assert call.key is not None
    said = {key: law.Said(one.given, one.version) for key, one in body.consents.items()}
    member = _member(call, id)
    engine.say(
        programme_id=call.programme_id, member_id=member.id, said=said, how=body.how, actor=call.key.name, now=call.now
    )
    return Reply(_consents(call, member, call.language))


def list_lookups(call: Call, id: str, query: calls.Page) -> Reply:
    """Who looked at the personal data of a member."""
    member = _member(call, id)
    after = looks.FIRST if query.cursor is None else looks.After(*calls.after(query.cursor, _PLACE))
    found = looks.of_member(call.store, _every(call, member), after=after, most=query.limit)
    ends = calls.cursor(*msgspec.structs.astuple(found[-1].place)) if len(found) == query.limit else None
    views = tuple(
        LookView(one.who.name, one.who.kind, one.who.purpose, one.looks, one.first_at, one.last_at) for one in found
    )
    return Reply(Lookups(ids.show("member", member.id), views, ends), next=ends)


def read_download(call: Call, id: str, query: InLanguage) -> Reply:
    """Everything that is known of a member, as JSON."""
    member, tables = _tables(call, id, query)
    told = tuple(TableView(one.name, one.columns, tuple(row for page in one.pages() for row in page)) for one in tables)
    return Reply(Download(ids.show("member", member.id), call.now, told))


def read_files(call: Call, id: str, query: InLanguage) -> Reply:
    """Everything that is known of a member, as CSV files in a ZIP."""
    _, tables = _tables(call, id, query)
    return Reply(Archive(downloads.packed(tables)))


def preview(call: Call, id: str) -> Reply:
    """What a member would lose, or has lost, and whether it waits."""
    state = erase.preview(programme_id=call.programme_id, member_id=ids.read("member", id), now=call.now)
    return Reply(_erasure(call, state))


def ask(call: Call, id: str) -> Reply:
    """Erase a member, at once or when the days to think are over."""
    assert call.key is not None
    state, replayed = erase.ask(
        programme_id=call.programme_id, member_id=ids.read("member", id), actor=call.key.name, now=call.now,
        idempotency=call.idempotency(),
    )  # fmt: skip
    return Reply(_erasure(call, state), replayed)


def cancel(call: Call, id: str) -> Reply:
    """Take back an erasure that still waits."""
    assert call.key is not None
    member_id = erase.cancel(
        programme_id=call.programme_id, member_id=ids.read("member", id), actor=call.key.name, now=call.now
    )
    state = erase.preview(programme_id=call.programme_id, member_id=member_id, now=call.now)
    return Reply(_erasure(call, state))


def _member(call: Call, id: str) -> MemberRow:
    return members.get(call.store, call.programme_id, ids.read("member", id))


def _every(call: Call, member: MemberRow) -> list[str]:
    return [member.id, *members.followers_of(call.store, [member.id]).get(member.id, ())]


def _consents(call: Call, member: MemberRow, language: str) -> Consents:
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    programme = in_force.programme
    stands = consents.of_member(call.store, member.id)
    before = consents.said(call.store, _every(call, member), before="f" * 32, most=limits.PAGE_ROWS_MAX)
    rules = stands.get(law.RULES)
    return Consents(
        member=ids.show("member", member.id),
        rules=RulesView(rules.version, rules.at, rules.how) if rules is not None and rules.given else None,
        consents=tuple(
            _consent(
                one,
                stands.get(key),
                named(one.name, programme, language),
                named(one.text, programme, language),
                given=law.stands(one, stands.get(key), call.now, in_force.zone),
            )
            for key, one in programme.consents.items()
        ),
        history=tuple(SaidView(one.purpose, one.given, one.version, one.at, one.how, one.actor) for one in before),
        kept=tuple(
            KeptView(one.what, one.how_long, _recipients(one), one.consent)
            for one in sentences.kept(programme, language)
        ),
    )


def _consent(one: Purpose, said: Consent | None, name: str, text: str, *, given: bool) -> ConsentView:
    asked = (one.key, name, text, one.version, one.required, _recipients(one), one.keep_days)
    if said is None:
        return ConsentView(*asked, given=False, said_version=None, said_at=None, how=None, actor=None)
    return ConsentView(*asked, given, said.version, said.at, said.how, said.actor)


def _recipients(one: Any) -> tuple[RecipientView, ...]:
    return tuple(RecipientView(each.name, each.link) for each in one.recipients)


def _tables(call: Call, id: str, query: InLanguage) -> tuple[MemberRow, list[download.Table]]:
    """The tables, after it is noted who takes them. Raises `download_too_large`."""
    member = _member(call, id)
    every = _every(call, member)
    book = programmes.latest(call.store, call.programme_id)
    language = query.language or call.language
    tables = download.of(call.store, book, member.id, at=call.now, language=language)
    rows = 0
    for one in tables:
        for page in one.pages():
            rows += len(page)
            if rows > limits.DOWNLOAD_ROWS_MAX:
                raise DOWNLOAD_TOO_LARGE(most=limits.DOWNLOAD_ROWS_MAX)
    showing.note(call.programme_id, every, call.looker, now=call.now)
    return member, tables


def _erasure(call: Call, state: erase.State) -> ErasureView:
    found, lost = state.erasure, state.lost
    programme = programmes.latest(call.store, call.programme_id).current(call.now).programme
    stands = "none" if found is None else "waiting" if found.done_at is None else "erased"
    return ErasureView(
        member=ids.show("member", state.member_id), state=stands,
        asked_at=None if found is None else found.asked_at, due_at=None if found is None else found.due_at,
        done_at=None if found is None else found.done_at,
        points=tuple(LostPoints(one.unit, one.points, one.worth) for one in lost.points),
        currency=programme.currency, vouchers=lost.vouchers, gift_cards=lost.gift_cards,
        memberships=lost.memberships, redemptions=lost.redemptions, holds=lost.holds, transfers=lost.transfers,
        tiers=lost.tiers, household=lost.household,
    )  # fmt: skip


_PLACE: Final = tuple[int, str, str, str, str]
_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
_AT: Final = "/v1/members/{id}"
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", f"{_AT}/consents", "privacy:read", read_consents, "Read what a member agreed to", Consents,
        query=InLanguage, refuses=(*_OF_MEMBER, programmes.PROGRAMME_UNPUBLISHED), noun="member", tag="Privacy",
        about="All consents that the programme asks for with what the member has last said, everything said before, "
        "and in plain words what is kept how long and who else gets it.",
    ),
    Endpoint(
        "PUT", f"{_AT}/consents", "privacy:write", say, "Give or withdraw consents of a member", Consents,
        takes=SaidConsents,
        refuses=(
            *_OF_MEMBER, members_law.MEMBER_NOT_ACTIVE, law.CONSENT_UNKNOWN, law.CONSENT_WORDING, law.CONSENT_REQUIRED,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        noun="member", tag="Privacy",
        about="All or none; consents that are left out stay as they are, and saying the same again keeps nothing new. "
        "What is required ends only with the membership. News with the topics `consent.given` and `consent.withdrawn` "
        "go out.",
    ),
    Endpoint(
        "GET", f"{_AT}/lookups", "privacy:read", list_lookups, "List who looked at a member's personal data", Lookups,
        query=calls.Page, refuses=(*_OF_MEMBER, calls.CURSOR_INVALID), noun="member", tag="Privacy",
        about="Whoever is shown a name, an e-mail, a phone number, a birthday or an address is noted before: one row "
        "for each hour in which a key or a command did it for a purpose, with how often. Kept for "
        f"{limits.LOOKS_KEPT_DAYS} days.",
    ),
    Endpoint(
        "GET", f"{_AT}/download", "privacy:read", read_download, "Download all that is known of a member", Download,
        query=InLanguage, refuses=(*_OF_MEMBER, DOWNLOAD_TOO_LARGE, programmes.PROGRAMME_UNPUBLISHED), noun="member",
        tag="Privacy",
        about="Table by table, with columns and rows; what each table is stands in the guide on privacy. Who takes it "
        "is noted as a look.",
    ),
    Endpoint(
        "GET", f"{_AT}/download.zip", "privacy:read", read_files, "Download all that is known of a member as CSV",
        Archive, query=InLanguage,
        refuses=(*_OF_MEMBER, DOWNLOAD_TOO_LARGE, programmes.PROGRAMME_UNPUBLISHED), noun="member", tag="Privacy",
        about="A ZIP with a CSV file for each table that has rows.",
    ),
    Endpoint(
        "GET", f"{_AT}/erasure", "privacy:read", preview, "Read what a member would lose", ErasureView,
        refuses=(*_OF_MEMBER, programmes.PROGRAMME_UNPUBLISHED), noun="member", tag="Privacy",
    ),
    Endpoint(
        "POST", f"{_AT}/erasure", "privacy:write", ask, "Erase a member", ErasureView,
        refuses=(
            *_OF_MEMBER, programmes.PROGRAMME_UNPUBLISHED, households.HOUSEHOLD_HELD, households.HOUSEHOLD_WAITING,
            households.HOUSEHOLD_DEBT, desk.IDEMPOTENCY_CONFLICT, members_law.ADDRESS_NEW,
        ),
        idempotent=True, noun="member", tag="Privacy",
        about="At once, or when the days are over that the programme gives to think. All the member has ends, the "
        "personal data are gone for good, and the sums of the books stay as they are. Asking again answers the same. "
        "News with the topics `erasure.asked` and `member.erased` go out.",
    ),
    Endpoint(
        "DELETE", f"{_AT}/erasure", "privacy:write", cancel, "Take back an erasure that waits", ErasureView,
        refuses=(
            *_OF_MEMBER, members_law.MEMBER_NOT_ACTIVE, erasing.ERASURE_NONE, erasing.ERASURE_DUE,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        noun="member", tag="Privacy", about="News with the topic `erasure.cancelled` go out.",
    ),
)  # fmt: skip

"""The book of who did what: when, why, and how it was before and after."""

from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import Final

import msgspec

from guerdon.core import limits, period
from guerdon.faces import tables
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Page, Reply, Spreadsheet
from guerdon.features.keys import queries as keys
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries as users
from guerdon.kit import audit, ids
from guerdon.kit.audit import ActorKind, Entry

_NOUNS = ("user", "member", "key")  # actors whom the book knows by an id
# Acts that are looked for together. Sign-ins are many, so that all others are a group, too.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "points": (
        "adjustment.asked", "adjustment.approved", "adjustment.rejected", "burn.cancel", "purchase.undo",
        "redemption.confirm", "redemption.fulfil", "redemption.cancel",
    ),
    "members": (
        "member.active", "member.blocked", "member.changed", "member.wait_lifted", "member.viewed", "member.left",
        "segment.exported",
    ),
    "rules": (
        "programme.published", "draft.publish", "draft.submit", "draft.approve", "draft.send_back", "draft.edit",
        "draft.rebase", "draft.discard", "simulation.asked", "simulation.removed",
        "objective.set", "objective.ended",
    ),
    "finance": ("month.closed", "alert.cleared", "alert.confirmed", "cost.told", "cost.reversed"),
    "people": (
        "staff.invited", "staff.uninvited", "staff.appointed", "staff.changed", "staff.ended", "key.made",
        "key.revoked",
    ),
    "works": (
        "job.retried", "letter.retried", "secret.made", "secret.used", "secret.rotated", "secret.forgotten",
    ),
    "sign_ins": (
        "staff.signed_in", "staff.sign_in_failed", "staff.step_up_failed", "staff.sign_in_blocked", "sessions.ended",
    ),
}  # fmt: skip
BUT_SIGN_INS: Final = "but_sign_ins"
_BUT_SIGN_INS: Final = tuple([act for group, acts in GROUPS.items() if group != "sign_ins" for act in acts])
_FIRST_DAY, _LAST_DAY = date(MINYEAR + 1, 1, 1), date(MAXYEAR - 1, 1, 1)
_COLUMNS = ("at", "actor_kind", "actor", "name", "action", "about", "before", "after", "reason")


class AuditQuery(Page, frozen=True, rename={"since": "from"}, forbid_unknown_fields=True):
    """Which lines: those about one thing, of one actor, of one action or a group of them, of some local days."""

    about: str | None = None
    actor: str | None = None
    action: str | None = None
    since: date | None = None
    until: date | None = None


class AuditActor(msgspec.Struct, frozen=True):
    """Who did it."""

    kind: ActorKind
    id: str
    name: str


class AuditLine(msgspec.Struct, frozen=True):
    """One line of the book."""

    id: str
    at: datetime
    actor: AuditActor
    action: str
    about: str
    before: msgspec.Raw | None
    after: msgspec.Raw | None
    reason: str


class AuditBook(msgspec.Struct, frozen=True):
    """A page of the book, the latest line first."""

    lines: tuple[AuditLine, ...]
    next: str | None


def list_(call: Call, query: AuditQuery) -> Reply:
    """Who did what, the latest first."""
    found = audit.page(
        call.store, call.programme_id, most=query.limit, about=query.about, actions=_acts(query.action),
        since=_midnight(call, query.since), until=_midnight(call, query.until),
        actor=None if query.actor is None else _stored(query.actor),
        before=audit.LAST if query.cursor is None else calls.after_id(query.cursor),
    )  # fmt: skip
    names = _names(call)
    lines = tuple([_line(one, names) for one in found])
    ends = calls.cursor(found[-1].id) if len(found) == query.limit else None
    if call.wants_csv:
        return Reply(Spreadsheet(tables.write(_COLUMNS, [_row(one) for one in lines]), "audit.csv"), next=ends)
    return Reply(AuditBook(lines, ends), next=ends)


def _acts(told: str | None) -> tuple[str, ...] | None:
    """The acts of a group, or the one that is named."""
    if told == BUT_SIGN_INS:
        return _BUT_SIGN_INS
    return None if told is None else GROUPS.get(told, (told,))


def _midnight(call: Call, day: date | None) -> datetime | None:
    """When a day begins where the programme is; at the ends of time there may be no local midnight, nor any line."""
    if day is None:
        return None
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    return period.midnight(day, programmes.latest(call.store, call.programme_id).current(call.now).zone)


def _names(call: Call) -> dict[str, str]:
    """How users and keys of the programme are called, those of before, too."""
    staff = {one.user_id: one.name for one in users.of_programme(call.store, call.programme_id)}
    return staff | {one.id: one.name for one in keys.every(call.store, call.programme_id)}


def _stored(actor: str) -> str:
    """An actor as the book keeps it: the bare id of a user or key, else a name."""
    for noun in _NOUNS:
        if actor.startswith(ids.PREFIXES[noun]):
            return ids.read(noun, actor)
    return actor


def _line(one: Entry, names: dict[str, str]) -> AuditLine:
    kind, name = one.actor.kind, one.actor.name
    id = ids.show(kind, name) if kind in _NOUNS else name
    actor = AuditActor(kind, id, names.get(name, "") if id != name else name)
    return AuditLine(
        ids.show("line", one.id), one.at, actor, one.action, one.about, _raw(one.before), _raw(one.after), one.reason
    )  # fmt: skip


def _raw(text: str | None) -> msgspec.Raw | None:
    """JSON as it was noted; what was too long to be kept whole is told as a text."""
    if text is None:
        return None
    return msgspec.Raw(text.encode() if len(text) < limits.AUDIT_CHARS_MAX else msgspec.json.encode(text))


def _row(one: AuditLine) -> tuple[str, ...]:
    was, became = [bytes(raw).decode() if raw is not None else "" for raw in (one.before, one.after)]
    actor = one.actor
    return (one.at.isoformat(), actor.kind, actor.id, actor.name, one.action, one.about, was, became, one.reason)


ROUTES = (
    Endpoint(
        "GET", "/v1/audit", "audit:read", list_, "Read who did what", AuditBook, query=AuditQuery,
        refuses=(calls.CURSOR_INVALID, ids.ID_MALFORMED), csv=True, tag="House",
        about="Acts of people and keys that change the house: keys, staff, sign-ins of staff, drafts, versions, "
        "approvals. Nothing leaves the book and nothing changes in it; personal data never stands in it.",
    ),
)  # fmt: skip

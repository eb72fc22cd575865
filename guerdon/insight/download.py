"""Everything that is known of one member, table by table and page by page, so that no table is ever forgotten."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from django.apps import apps
from django.db import models

from guerdon.core import period, sentences
from guerdon.core.sentences import postings
from guerdon.features.activities import queries as activities
from guerdon.features.alerts import queries as alerts
from guerdon.features.households import queries as households
from guerdon.features.members import addresses
from guerdon.features.members import queries as members
from guerdon.features.notes import queries as notes
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.redemptions import queries as redemptions
from guerdon.insight import claims, signing_in
from guerdon.kit import clock, ids
from guerdon.kit.fields import IdField, InstantField
from guerdon.kit.store import Statement, Store, fanout_mark

Cell = str | int | None
PAGE: Final = 500

# What each table is called in a download, in its order.
NAMES: Final[dict[str, str]] = {
    "members_vault": "person", "members_member": "profile", "members_identifier": "identifiers",
    "consents_state": "consents", "consents_consent": "consents_history", "ledger_balance": "balances",
    "ledger_posting": "statement", "ledger_lot": "lots", "ledger_allocation": "lots_taken",
    "ledger_passage": "lots_passed", "ledger_reversal": "given_back", "activities_activity": "activities",
    "activities_parked": "waiting", "activities_returned": "returns", "activities_paid": "paid_with_points",
    "activities_key": "activity_names", "holds_hold": "holds", "holds_part": "holds_lots", "holds_step": "holds_steps",
    "redemptions_redemption": "redemptions", "redemptions_delivery": "deliveries", "redemptions_code": "rewards_codes",
    "vouchers_voucher": "vouchers", "vouchers_use": "vouchers_used", "vouchers_code": "vouchers_codes",
    "tiers_step": "tiers", "tiers_grant": "tiers_granted", "tiers_basis": "tiers_counted", "tiers_rank": "tiers_now",
    "memberships_membership": "memberships", "memberships_period": "memberships_periods",
    "memberships_payment": "memberships_payments", "memberships_reference": "memberships_names",
    "memberships_subscription": "memberships_subscriptions", "transfers_transfer": "transfers",
    "households_belonging": "households", "households_invitation": "invitations", "members_merge": "merges",
    "members_revocation": "codes_revoked", "members_lift": "waits_lifted",
    "adjustments_request": "adjustments", "adjustments_alone": "by_hand",
    "draws_streak": "draws_streaks", "draws_switch": "chance_off", "expirations_reminder": "reminders",
    "rulebook_counter": "counters", "looks_look": "who_looked", "notes_note": "notes",
    "erasures_erasure": "erasures",
    "claims_claim": "claims", "claims_step": "claims_steps", "claims_text": "claims_words",
    "claims_photo": "claims_photos", "alerts_alert": "alerts", "letters_letter": "letters",
    "letters_stop": "letters_stopped", "letters_seen": "news_seen",
}  # fmt: skip
# Tables with an account in them of which nothing is told, and why.
UNTOLD: Final[dict[str, str]] = {
    "cards_card": "gift cards are nobody's: whoever has the code has the money",
    "kit_outgoing": "news on their way, which say no more than what happened",
    "seals_leaf": "hashes over entries of the journal, which are told",
    "rewards_claim": "pieces that are reserved, of a redemption that is told",
    "claims_key": "what words and photos of claims are sealed with, which are told",
    "figures_seen": "days on which something of the statement fell, counted for the figures",
    "alerts_act": "what was given by whom within thirty days, counted from activities, which are told",
    "members_word": "numbers by which the name is found, which is told",
}
_OWNERS: Final = {"members_member": "id", "members_identifier": "member_id", "letters_letter": "member_id"}
_HIDDEN: Final = frozenset({"programme_id", "wrapped_key", "sealed", "pk"})
_SEALED: Final[dict[str, tuple[str, ...]]] = {
    "members_vault": ("name", "email", "phone", "birthday", "language"),
    "redemptions_delivery": ("redemption_id", "address", "texts"),
    "notes_note": ("at", "author", "text"),
    "claims_step": ("claim_id", "number", "deed", "state", "at", "reason"),
    "claims_text": ("claim_id", "number", "text", "store", "day", "amount", "receipt"),
    "claims_photo": ("claim_id", "number", "media_type", "file"),
    "alerts_alert": ("id", "kind", "times", "first_at", "last_at", "raised_at", "state", "settled_at"),
}
_CLAIMED: Final = {"claims_step": claims.steps, "claims_text": claims.words, "claims_photo": claims.photos}


def _no_files(*whose: object) -> Iterator[tuple[str, bytes]]:
    return iter(())


class Table(msgspec.Struct, frozen=True):
    """A table of a download: its name, its columns, and its rows page by page."""

    name: str
    columns: tuple[str, ...]
    pages: Callable[[], Iterator[list[tuple[Cell, ...]]]]
    files: Callable[[], Iterator[tuple[str, bytes]]] = _no_files  # what no cell holds, by its name


class _Of(msgspec.Struct, frozen=True):
    """Of whom: the member with those merged into it, and the households to which they belonged."""

    store: Store
    book: Lawbook
    own: list[str]
    homes: list[str]
    at: datetime
    language: str


def of(store: Store, book: Lawbook, member_id: str, *, at: datetime, language: str = "en") -> list[Table]:
    """All tables of a member with the rows that are about it, also of those merged into it."""
    own = [member_id, *members.followers_of(store, [member_id]).get(member_id, ())]
    whom = _Of(store, book, own, sorted(households.homes(store, own)), at, language)
    found = {one._meta.db_table: one for one in apps.get_models()}
    stored = [_table(found[table], name, whom) for table, name in NAMES.items()]
    digests = addresses.of(store, own)
    return [*stored, *(_signing_in(name, columns, digests) for name, columns in signing_in.TABLES.items())]


def _signing_in(name: str, columns: tuple[str, ...], digests: Sequence[str]) -> Table:
    return Table(name, columns, lambda: signing_in.rows(name, digests))


def _table(model: type[models.Model], name: str, whom: _Of) -> Table:
    table = model._meta.db_table
    if table == "members_vault":
        return Table(name, _SEALED[table], lambda: _persons(whom))
    if table == "notes_note":
        return Table(name, _SEALED[table], lambda: _notes(whom))
    if table == "alerts_alert":
        return Table(name, _SEALED[table], lambda: _alerts(whom))
    if table in _CLAIMED:
        rows = _CLAIMED[table]
        files = claims.files if table == "claims_photo" else _no_files
        return Table(name, _SEALED[table], lambda: rows(whom.store, whom.own), lambda: files(whom.store, whom.own))
    fields = [one for one in model._meta.concrete_fields if one.name != "pk"]
    shown = [one.name for one in fields if one.name not in _HIDDEN]
    if table == "redemptions_delivery":
        return Table(name, _SEALED[table], lambda: _deliveries(model, fields, whom))
    if table == "ledger_posting":
        return Table(name, (*shown, "why"), lambda: _statement(model, fields, shown, whom))
    return Table(name, tuple(shown), lambda: (_shown(page, fields, shown) for page in _pages(model, fields, whom)))


# --- what is stored ---


def _pages(model: type[models.Model], fields: Sequence[Any], whom: _Of) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of the member's own accounts, then those of the person in accounts shared with others."""
    table = model._meta.db_table
    owner = _OWNERS.get(table, "account_id")
    for account in whom.own:
        yield from _walk(model, fields, whom.store, f"{owner} = :account", account=account)
    if any(one.name == "person_id" for one in fields):
        for person in whom.own:
            if table == "households_invitation":  # also into households to which the person never belonged
                yield from _walk(model, fields, whom.store, "person_id = :person", person=person)
                continue
            for home in whom.homes:
                where = "account_id = :account AND person_id = :person"
                yield from _walk(model, fields, whom.store, where, account=home, person=person)
    elif table == "activities_activity":
        mine = [f'"{ids.show("member", one)}"' for one in whom.own]
        for home in whom.homes:
            for page in _walk(model, fields, whom.store, "account_id = :account", account=home):
                yield [row for row in page if any(name in _facts(row, fields) for name in mine)]


def _facts(row: tuple[Any, ...], fields: Sequence[Any]) -> str:
    return str(row[[one.name for one in fields].index("facts")])


def _walk(
    model: type[models.Model], fields: Sequence[Any], store: Store, where: str, **params: str
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in the order of their key, a page at a time."""
    names = [one.name for one in fields]
    pk = model._meta.pk
    key = list(getattr(pk, "field_names", None) or [pk.name])
    kinds = {one.name: one for one in fields}
    columns = ", ".join(f"{name}::text" if isinstance(kinds[name], models.JSONField) else name for name in names)
    marks = ", ".join(f":k_{place}" for place in _letters(key))
    tail = f" FROM {model._meta.db_table} WHERE {where} AND ({', '.join(key)}) > ({marks})"
    tail += f" ORDER BY {', '.join(key)} LIMIT :most"
    mark = fanout_mark("invitations are asked of the person") if "account" not in params else ""
    statement = Statement(f"{mark}SELECT {columns}{tail}", sqlite=f"{mark}SELECT {', '.join(names)}{tail}")
    after: list[Any] = [_least(kinds[name]) for name in key]
    while True:
        last = {f"k_{letter}": value for letter, value in zip(_letters(key), after, strict=True)}
        rows = store.fetch(statement, **params, **last, most=PAGE)
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        after = [rows[-1][names.index(name)] for name in key]


def _letters(key: Sequence[str]) -> str:
    return "abcdefgh"[: len(key)]


def _least(field: Any) -> Cell:
    if isinstance(field, IdField):
        return ids.NIL
    return "" if isinstance(field, models.CharField | models.TextField) else -(2**62)


def _shown(page: list[tuple[Any, ...]], fields: Sequence[Any], shown: Sequence[str]) -> list[tuple[Cell, ...]]:
    wanted = [(place, one) for place, one in enumerate(fields) if one.name in shown]
    return [tuple(_cell(one, row[place]) for place, one in wanted) for row in page]


def _cell(field: Any, value: Any) -> Cell:
    if value is None:
        return None
    if isinstance(field, InstantField):
        at = clock.instant(value)
        return at.isoformat() if at is not None else None
    if isinstance(field, IdField) and field.name in ("account_id", "member_id", "person_id", "merged_into"):
        return ids.show("member", value)
    return value if isinstance(value, int) else str(value)


# --- what is more than what is stored ---


def _persons(whom: _Of) -> Iterator[list[tuple[Cell, ...]]]:
    for one in members.persons_of(whom.store, whom.own).values():
        birthday = one.birthday.isoformat() if one.birthday else None
        yield [(one.name, one.email, one.phone, birthday, one.language)]


def _deliveries(model: type[models.Model], fields: Sequence[Any], whom: _Of) -> Iterator[list[tuple[Cell, ...]]]:
    """Addresses and texts, opened; in shared accounts those of the person's own redemptions."""
    taken = apps.get_model("redemptions", "Redemption")
    columns = [one for one in taken._meta.concrete_fields if one.name != "pk"]
    names = [one.name for one in columns]
    for page in _pages(taken, columns, whom):
        named = [(row[names.index("account_id")], row[names.index("id")]) for row in page]
        yield [
            (ids.show("redemption", id), _json(one.address), _json(one.texts))
            for id, one in redemptions.deliveries(whom.store, named).items()
        ]


def _notes(whom: _Of) -> Iterator[list[tuple[Cell, ...]]]:
    """What the staff wrote down about the member, opened."""
    before = notes.LAST
    while page := notes.of_member(whom.store, whom.own, before=before, most=PAGE):
        before = page[-1].id
        yield [(one.at.isoformat(), one.author, one.text) for one in page]


def _alerts(whom: _Of) -> Iterator[list[tuple[Cell, ...]]]:
    """What looked like fraud with the member in it, and how it ended; staff, other members and words of theirs are not
    the member's own."""
    before = alerts.LAST
    while page := alerts.of_members(whom.store, whom.book.programme.id, whom.own, before=before, most=PAGE):
        before = page[-1].id
        yield [
            (
                ids.show("alert", one.id), one.kind, one.times, one.first_at.isoformat(), one.last_at.isoformat(),
                one.raised_at.isoformat(), one.state, one.settled_at.isoformat() if one.settled_at else None,
            )
            for one in page
        ]  # fmt: skip


def _statement(
    model: type[models.Model], fields: Sequence[Any], shown: Sequence[str], whom: _Of
) -> Iterator[list[tuple[Cell, ...]]]:
    """The postings, each with why it was written."""
    names = [one.name for one in fields]
    account, entry, kind, at = (names.index(name) for name in ("account_id", "activity_id", "kind", "effective_at"))
    tongue, law = sentences.tongue(whom.language), whom.book.current(whom.at)
    for page in _pages(model, fields, whom):
        told = activities.recorded(whom.store, {(row[account], row[entry]) for row in page})
        why = [
            postings.reason(
                row[kind], told[row[entry]].activity if row[entry] in told else None, tongue,
                last_day=period.local_day(clock.instant(row[at]) - timedelta(microseconds=1), law.zone),
                by_hand=law.programme.adjustments,
            )
            for row in page
        ]  # fmt: skip
        yield [(*cells, reason) for cells, reason in zip(_shown(page, fields, shown), why, strict=True)]


def _json(value: object) -> str | None:
    return None if not value else msgspec.json.encode(value).decode()

"""Everything about one member that a person wants to read, and the words for it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import ledger as law
from guerdon.core import limits, sentences
from guerdon.core.activities import LEDGER_KINDS
from guerdon.core.decisions import Award, Capped, Decision, Taken
from guerdon.core.members import Person
from guerdon.core.programme import Programme
from guerdon.core.sentences import purposes as spent
from guerdon.core.sentences.purposes import DEEDS, Purpose
from guerdon.core.vesting import WAITING
from guerdon.engine import showing
from guerdon.faces.cli import installation, terminal
from guerdon.features.activities import queries as activities
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.queries import Amounts, LotLine
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes.queries import Lawbook
from guerdon.insight import purposes
from guerdon.kit import ids
from guerdon.kit.store import Store

LANGUAGE: Final = "en"


class Profile(msgspec.Struct, frozen=True):
    """A member at an instant."""

    book: Lawbook
    at: datetime
    member: MemberRow
    person: Person | None
    identifiers: dict[str, list[str]]
    amounts: list[Amounts]
    activities: list[Recorded]
    purposes: dict[str, Purpose]
    lots: list[LotLine]

    @property
    def programme(self) -> Programme:
        return self.book.current(self.at).programme

    @property
    def zone(self) -> ZoneInfo:
        return self.programme.zone


def read(store: Store, book: Lawbook, member_id: str, *, at: datetime, now: datetime, last: int) -> Profile:
    """Gather the profile of a member as of an instant, with the last activities; of a person of a household those of
    the household, which has the points."""
    member = members.get(store, book.programme.id, member_id)
    account = member.account_id
    recorded = activities.latest(store, account, most=last)
    return Profile(
        book=book,
        at=at,
        member=member,
        person=_person(store, book.programme.id, member_id, now),
        identifiers=members.identifiers(store, member_id),
        amounts=ledger.balances(store, account, at),
        activities=recorded,
        purposes=purposes.of(store, book, recorded),
        lots=_in_order(
            ledger.account_lots(store, account, at, after=ids.NIL, most=limits.LOTS_SHOWN_MAX, spent_too=False)
        ),
    )


def _person(store: Store, programme_id: str, member_id: str, now: datetime) -> Person | None:
    looker = installation.looker("member show")
    return showing.persons(store, programme_id, [member_id], looker, now=now).get(member_id)


def _in_order(lots: list[LotLine]) -> list[LotLine]:
    return sorted(lots, key=lambda lot: (lot.unit, lot.expires_at or law.FOR_EVER, lot.earned_at, lot.id))


# --- who ---


def title(found: Profile) -> str:
    """The first line: a name, the id, the programme."""
    names = [*found.identifiers.get("external_id", ()), *found.identifiers.get("card", ())]
    name = (found.person and found.person.name) or (names[0] if names else "A member")
    return f"{name} · {ids.show('member', found.member.id)} · {found.programme.key}"


def identity(found: Profile) -> Iterator[str]:
    """Who it is, line by line."""
    member, person = found.member, found.person
    yield f"{member.status}, a member since {member.enrolled_at.astimezone(found.zone):%Y-%m-%d}"
    known = [f"{kind.replace('_', ' ')} {', '.join(values)}" for kind, values in found.identifiers.items()]
    if person is not None:
        known += [f"{kind} {value}" for kind in ("email", "phone") if (value := getattr(person, kind))]
        known += [f"born {person.birthday}"] if person.birthday else []
    if known:
        yield " · ".join(known)
    if member.household_id is not None:
        yield f"shares the balance of the household {ids.show('member', member.household_id)}, as its {member.role}"
    told = [f"{name}: {value}" for name, value in member.attributes.items()]
    told += [f"in {segment}" for segment in member.segments]
    if told:
        yield " · ".join(told)


# --- how much ---


def balances(found: Profile) -> Iterator[tuple[str, ...]]:
    """A row per unit: its name, and what is available, pending, held and owed."""
    for amounts in found.amounts:
        cells = (amounts.available, amounts.pending, amounts.held, amounts.debt)
        scale = _scale(found, amounts.unit)
        yield (_name(found, amounts.unit), *(terminal.points(cell, scale) for cell in cells))


def lots(found: Profile) -> Iterator[tuple[str, ...]]:
    """A row per lot that is alive, in the order in which they are spent."""
    origins = {one.activity_id: f"{one.activity.kind} {one.activity.external_id}" for one in found.activities}
    for lot in found.lots:
        scale = _scale(found, lot.unit)
        yield (
            _name(found, lot.unit),
            terminal.points(lot.remaining, scale),
            terminal.points(lot.amount, scale),
            f"{lot.earned_at.astimezone(found.zone):%Y-%m-%d}",
            _begins(found, lot),
            "never ends" if lot.expires_at is None else terminal.until(lot.expires_at, found.zone),
            origins.get(lot.origin, ids.show("activity", lot.origin)),
        )


def _begins(found: Profile, lot: LotLine) -> str:
    if lot.available_at == WAITING:
        return "waits"
    return "now" if lot.available_at <= found.at else f"{lot.available_at.astimezone(found.zone):%Y-%m-%d}"


# --- why ---


def history(found: Profile) -> Iterator[tuple[str, list[str]]]:
    """The last activities, by when they happened, the latest first: one heading each, and the reasons below it."""
    for one in sorted(found.activities, key=lambda one: (one.activity.occurred_at, one.seq), reverse=True):
        when = terminal.moment(one.activity.occurred_at, found.zone)
        effect = _effect(found, one.decision)
        yield f"{when}  {_what(found, one)}{effect and '  → ' + effect}", list(_why(found, one))


def _what(found: Profile, one: Recorded) -> str:
    activity = one.activity
    words = [activity.kind.replace("_", " ")]
    amount = sum(line.net for line in activity.lines) if activity.lines else activity.amount
    if amount is not None:
        words.append(terminal.cash(amount, activity.currency or found.programme.currency))
    if activity.kind in LEDGER_KINDS:
        words += [f"{role} {activity.facts[role]}" for role in ("to", "from", "cause") if role in activity.facts]
    if one.activity_id not in found.purposes:  # the reasons below say more than a name that the house gave itself
        words.append(f"({activity.source} {activity.external_id})")
    return " ".join(words)


def _effect(found: Profile, decision: Decision) -> str:
    moves = [_signed(found, award.unit, award.points) for award in decision.awards]
    moves += [_signed(found, taken.unit, -(taken.asked - taken.shortfall)) for taken in decision.taken]
    moves += [_signed(found, spent.unit, -spent.points) for spent in decision.spent]
    moves += [_signed(found, sent.unit, -sent.points - sent.fee) for sent in decision.sent]
    moves += [_signed(found, received.unit, received.points) for received in decision.received]
    return ", ".join(moves)


def _signed(found: Profile, unit: str, points: int) -> str:
    sign = "+" if points > 0 else "−"
    return f"{sign}{_counted(found, unit, abs(points))}"


def _counted(found: Profile, unit: str, points: int) -> str:
    """So many points with the name of the unit: 1 star, 3 stars."""
    known = found.programme.units.get(unit)
    return f"{points} {unit}" if known is None else sentences.tongue(LANGUAGE).points(points, known)


def _why(found: Profile, one: Recorded) -> Iterator[str]:
    decision = one.decision
    if decision.parked is not None:
        yield f"waits: {decision.parked.replace('_', ' ')}"
        return
    programme = found.book.law(decision.version).programme if decision.version else found.programme
    yield from _purpose(found, one, programme)
    names = {rule.key: rule.name.get(LANGUAGE) or next(iter(rule.name.values())) for rule in programme.rules}
    for award in decision.awards:
        for share in award.shares:
            told = sentences.share(share, award.unit, programme, LANGUAGE)
            yield f"{names.get(share.rule, share.rule)}: {told}{_later(found, award)}"
    for capped in decision.capped:
        yield _capped(capped, names)
    for taken in decision.taken:
        yield _taken(found, taken)
    for sent in decision.sent:
        fee = f", and paid {_counted(found, sent.unit, sent.fee)} for it" if sent.fee else ""
        yield f"sent {_counted(found, sent.unit, sent.points)} to {ids.show('member', sent.to)}{fee}"
    for received in decision.received:
        earned = f"{received.earned_at.astimezone(found.zone):%Y-%m-%d}"
        yield f"received {_counted(found, received.unit, received.points)}, earned {earned} by another member"
    for unit, points in decision.repaid.items():
        yield f"{_counted(found, unit, points)} went into debt at once"
    yield from _waited(found, decision)


def _purpose(found: Profile, one: Recorded, programme: Programme) -> Iterator[str]:
    """The reward that a redemption is of, and what points were spent on."""
    tongue, redeemed, purpose = sentences.tongue(LANGUAGE), one.decision.redeemed, found.purposes.get(one.activity_id)
    if redeemed is not None:
        reward = programme.rewards.get(redeemed.reward)
        yield f"{redeemed.reward if reward is None else tongue.named(reward.name)}: {redeemed.state}"
    told = spent.told(DEEDS[one.activity.kind], purpose, tongue) if purpose is not None else None
    if told is not None:
        yield tongue.small(told).removesuffix(".")


def _waited(found: Profile, decision: Decision) -> Iterator[str]:
    for one in decision.released:
        yield f"{_counted(found, one.unit, one.points)} had waited for it"
    for unit, points in decision.cancelled.items():
        yield f"{_counted(found, unit, points)} had waited in vain and were cancelled"


def _later(found: Profile, award: Award) -> str:
    if award.available_at <= found.at:
        return ""
    if award.awaits is not None and award.expires_at is not None:
        return f" (pending until “{award.awaits}”, at most to {terminal.until(award.expires_at, found.zone)})"
    return f" (pending until {award.available_at.astimezone(found.zone):%Y-%m-%d})"


def _capped(capped: Capped, names: dict[str, str]) -> str:
    whose = names.get(capped.key, capped.key)
    span = "in all" if capped.window in ("lifetime", "all") else f"per {capped.window}"
    return f"limited: at most {terminal.number(capped.most)} {span} ({capped.of} {whose})"


def _taken(found: Profile, taken: Taken) -> str:
    scale = _scale(found, taken.unit)
    parts = {
        "from what the purchase gave": taken.origin,
        "from other points": taken.other,
        "had expired": taken.lapsed,
        "owed": taken.debt,
        "given up": taken.shortfall,
    }
    told = ", ".join(f"{terminal.points(points, scale)} {word}" for word, points in parts.items() if points)
    return f"taken back {_counted(found, taken.unit, taken.asked)}: {told or 'nothing was left'}"


def _name(found: Profile, unit: str) -> str:
    known = found.programme.units.get(unit)
    return unit if known is None else known.name.get(LANGUAGE) or next(iter(known.name.values()), unit)


def _scale(found: Profile, unit: str) -> int:
    known = found.programme.units.get(unit)
    return 0 if known is None else known.scale


# --- for programs ---


def document(found: Profile) -> dict[str, object]:
    """The profile as plain JSON values; points in the unit's smallest step, ids with their prefixes."""
    return {
        "id": ids.show("member", found.member.id),
        "programme": found.programme.key,
        "as_of": found.at,
        "status": found.member.status,
        "enrolled_at": found.member.enrolled_at,
        "identifiers": found.identifiers,
        "person": found.person,
        "attributes": found.member.attributes,
        "segments": found.member.segments,
        "household": found.member.household_id and ids.show("member", found.member.household_id),
        "role": found.member.role,
        "balances": found.amounts,
        "activities": [_entry(found, one) for one in found.activities],
        "lots": [_lot(lot) for lot in found.lots],
    }


def _entry(found: Profile, one: Recorded) -> dict[str, object]:
    return {
        "id": ids.show("activity", one.activity_id),
        "seq": one.seq,
        "recorded_at": one.recorded_at,
        "activity": one.activity,
        "decision": one.decision,
        "why": list(_why(found, one)),
    }


def _lot(lot: LotLine) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(lot, builtin_types=(datetime,))
    return plain | {"id": ids.show("lot", lot.id), "origin": ids.show("activity", lot.origin)}

"""Claims are opened, answered, assigned, refused, withdrawn and opened again, each step once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from guerdon.core import claims as law
from guerdon.core import limits, period
from guerdon.core import members as members_law
from guerdon.core.activities import Member
from guerdon.core.claims import Claim, Deed, Kind, Told
from guerdon.core.images import Image
from guerdon.engine import claim_steps, households
from guerdon.engine.adjust import Actor
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.claims import actions, queries
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store

Words = Literal["reply", "ask", "note"]
End = Literal["refuse", "close", "withdraw"]


class Asked(msgspec.Struct, frozen=True):
    """What all deeds are asked with; where a `member` is named, the claim must be theirs."""

    programme_id: str
    actor: Actor
    now: datetime
    idempotency: Idempotency | None = None
    member: str | None = None


class Opening(msgspec.Struct, frozen=True):
    """A new claim; `tiers` are those that the member has now, which say how soon it is answered."""

    member: Member
    kind: Kind
    told: Told
    photos: tuple[Image, ...] = ()
    tiers: tuple[str, ...] = ()


def open_(asked: Asked, opening: Opening) -> tuple[Claim, bool]:
    """Open a claim; answers it, and whether it was known.

    Raises `member_unknown`, `member_not_active`, `claim_invalid`, `claims_open`, `claims_today`, `claim_over`.
    """

    def write(at_hand: Store) -> str:
        who = households.person_of(at_hand, asked.programme_id, opening.member)
        row = members.lock_self(at_hand, asked.programme_id, who)
        if row.status != "active":
            raise members_law.MEMBER_NOT_ACTIVE(status=row.status)
        book = programmes.latest(at_hand, asked.programme_id)
        in_force = book.current(asked.now)
        today, first = (period.local_day(one, in_force.zone) for one in (asked.now, book.begins()))
        law.check(opening.kind, opening.told, first=first, today=today)
        _check_photos(0, opening.photos)
        since = period.midnight(today, in_force.zone)
        law.check_room(*queries.room(at_hand, accounts_of(at_hand, row), since=since))
        priority, hours = in_force.programme.support.attention(opening.tiers)
        claim = Claim(
            id=ids.new(),
            account_id=row.id,
            programme_id=asked.programme_id,
            kind=opening.kind,
            state="open",
            priority=priority,
            answer_hours=hours,
            opened_at=asked.now,
            opened_by=asked.actor.name,
            due_at=asked.now + timedelta(hours=hours),
            receipt=queries.digest(asked.programme_id, opening.told),
            steps=1,
        )
        step = law.Step(
            ids.new(), row.id, claim.id, 1, "open", "open", asked.now, asked.actor.name, asked.actor.person
        )  # fmt: skip
        actions.open(at_hand, claim, step, opening.told, opening.photos)
        return claim.id

    return _once(asked, write)


def say(asked: Asked, claim_id: str, words: Words, told: Told, photos: tuple[Image, ...] = ()) -> tuple[Claim, bool]:
    """Say something to it: the member's reply, our word, or a note that the member never sees.

    Raises `claim_unknown`, `claim_state`, `claim_over`, and `member_not_active` of who was erased.
    """
    return _do(asked, claim_id, words, told=told, photos=photos)


def assign(asked: Asked, claim_id: str, to: str | None) -> tuple[Claim, bool]:
    """Give it to somebody, or to nobody."""

    def write(at_hand: Store) -> str:
        claim = _locked(at_hand, asked, claim_id)
        after, step = _made(asked, claim, "assign", to or "")
        actions.move(at_hand, msgspec.structs.replace(after, assigned_to=to), step)
        return claim_id

    return _once(asked, write)


def end(asked: Asked, claim_id: str, deed: End, reason: str = "") -> tuple[Claim, bool]:
    """Settle it without points: refused, closed with an answer, or withdrawn by the member.

    Raises `claim_unknown`, `claim_state`, and `claim_invalid` for a refusal without a reason.
    """
    if deed == "refuse" and not reason.strip():
        raise law.CLAIM_INVALID(pointer="/reason", reason="missing")
    return _do(asked, claim_id, deed, reason=reason)


def reopen(asked: Asked, claim_id: str, told: Told) -> tuple[Claim, bool]:
    """Open a settled one again, once and not long after. Raises `claim_state`, `claim_reopened`, `claim_too_old`."""

    def look(at_hand: Store, claim: Claim) -> None:
        in_force = programmes.latest(at_hand, asked.programme_id).current(asked.now)
        law.check_reopening(claim, in_force.programme.support, at=asked.now)

    return _do(asked, claim_id, "reopen", told=told if told.text else None, look=look)


def accounts_of(at_hand: Store, row: MemberRow) -> list[str]:
    """The accounts in which claims of a member stand: the own one, and those of whoever was merged into it."""
    return [row.id, *members.followers_of(at_hand, [row.id]).get(row.id, ())]


def _do(
    asked: Asked,
    claim_id: str,
    deed: Deed,
    *,
    reason: str = "",
    told: Told | None = None,
    photos: tuple[Image, ...] = (),
    look: Callable[[Store, Claim], None] | None = None,
) -> tuple[Claim, bool]:
    def write(at_hand: Store) -> str:
        claim = _locked(at_hand, asked, claim_id)
        if look is not None:
            look(at_hand, claim)
        after, step = _made(asked, claim, deed, reason)
        key, fresh = None, photos
        if told is not None:
            key = queries.key(at_hand, claim)
            if key is None:
                raise members_law.MEMBER_NOT_ACTIVE(status="erased")
            known = {one.hash for one in queries.photos(at_hand, [claim])[claim.id]} if photos else set()
            fresh = tuple(one for one in photos if one.hash not in known)
            _check_photos(len(known), fresh)
        actions.move(at_hand, after, step, key=key, told=told, photos=fresh)
        return claim_id

    return _once(asked, write)


def _made(asked: Asked, claim: Claim, deed: Deed, reason: str) -> tuple[Claim, law.Step]:
    actor = asked.actor
    return claim_steps.made(claim, deed, actor=actor.name, actor_id=actor.person, at=asked.now, reason=reason)


def _locked(at_hand: Store, asked: Asked, claim_id: str) -> Claim:
    claim = queries.lock(at_hand, asked.programme_id, claim_id)
    if asked.member is not None:
        row = members.get(at_hand, asked.programme_id, asked.member)
        if claim.account_id not in accounts_of(at_hand, row):
            raise law.CLAIM_UNKNOWN(id=ids.show("claim", claim_id))
    return claim


def _check_photos(there: int, more: Sequence[Image]) -> None:
    if there + len({one.hash for one in more}) > limits.CLAIM_PHOTOS_MAX:
        raise law.CLAIM_OVER(most=limits.CLAIM_PHOTOS_MAX, what="photos")


def _once(asked: Asked, write: Callable[[Store], str]) -> tuple[Claim, bool]:
    claim_id, known = once(
        programme_id=asked.programme_id, idempotency=asked.idempotency, now=asked.now, write=write
    )  # fmt: skip
    return queries.one(store.current(), asked.programme_id, claim_id), known

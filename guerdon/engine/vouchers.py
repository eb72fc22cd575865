"""Vouchers are given to members, codes are made or brought in for them, and what is no longer wanted is withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors, limits
from guerdon.core import vouchers as rules
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Decision
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries, given
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.engine.once import once
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.programmes import queries as programmes
from guerdon.features.vouchers import actions, queries
from guerdon.features.vouchers.queries import MadeBatch, Shown
from guerdon.kit import ids, store
from guerdon.kit.store import Store

CODES_DIFFER = errors.declare("clash", "voucher_codes_differ", "voucher")
SOURCE: Final = "voucher"  # of what befalls a voucher; its code names it
LOW: Final = "voucher_pool.low"


class Issuance(msgspec.Struct, frozen=True):
    """A voucher for a member; (source, external_id) names it for ever."""

    member: Member
    voucher: str
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def issue_many(*, programme_id: str, wanted: Sequence[Issuance], now: datetime, dry_run: bool = False) -> list[Result]:
    """Give vouchers to members. Refuses `voucher_undefined`, and `voucher_pool_empty` where codes have run out."""
    told = [
        Told(Activity(law.VOUCHER_ISSUE, one.source, one.external_id, now, one.member, facts={"voucher": one.voucher}),
             one.idempotency)
        for one in wanted
    ]  # fmt: skip
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Giving(), dry_run=dry_run)


class _Giving(desk.Clerk):
    """The clerk for vouchers that are given by hand."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        offer = in_force.programme.voucher(str(activity.facts["voucher"]))
        rules.check_given(offer, now)

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        offers = batch.lawbook.at(batch.now).programme.vouchers
        wanted: dict[str, int] = {}
        for one in told:
            key = str(one.activity.facts["voucher"])
            if key in offers and offers[key].codes == "pool":
                wanted[key] = wanted.get(key, 0) + 1
        batch.issuing.take_pools(batch.store, wanted)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        offer = in_force.programme.voucher(str(one.activity.facts["voucher"]))
        cause = batch.cause(standing)
        issued = batch.issuing.issue(offer, cause, version=in_force.version, zone=in_force.zone)
        batch.tell("voucher.issued", account_id=cause.account_id, subject_id=issued.id, seq=cause.seq)
        tell_low(batch, in_force, cause.account_id, cause.seq)
        return entries.enter(batch, one.activity, cause, Decision(version=in_force.version, issued=(issued,)))


def tell_low(batch: Batch, in_force: Law, account_id: str, seq: int) -> None:
    """Say of each pool once that it fell below its alarm, by the entry that took the code."""
    for _ in batch.issuing.fell_below(in_force.programme.vouchers):
        batch.tell(LOW, account_id=account_id, subject_id=batch.programme_id, seq=seq)


# --- withdrawing ---


def withdraw(
    *, programme_id: str, code: str, reason: str, now: datetime, idempotency: Idempotency | None = None
) -> tuple[Shown, bool]:
    """Withdraw a voucher for good; again it changes nothing. Answers it, and whether that was known from before.

    Raises `voucher_unknown`, `voucher_codes_invalid`.
    """
    stored = rules.stored(code)
    found = queries.one(store.current(), programme_id, stored)
    if found.account_id is None:
        _, known = once(
            programme_id=programme_id, idempotency=idempotency, now=now,
            write=lambda at_hand: _withdraw_code(at_hand, programme_id, stored, now),
        )  # fmt: skip
        return queries.one(store.current(), programme_id, stored), known
    told = Told(
        Activity(
            law.VOUCHER_WITHDRAWAL, SOURCE, stored, now, Member(id=ids.show("member", found.account_id)),
            facts={"code": stored, "reason": reason},
        ),
        idempotency, person_id=person_of(programme_id, found),
    )  # fmt: skip
    (result,) = desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Withdrawing())
    if isinstance(result, errors.Refusal):
        raise result
    return queries.one(store.current(), programme_id, stored), result.replayed


def _withdraw_code(at_hand: Store, programme_id: str, code: str, now: datetime) -> str:
    actions.withdraw_code(at_hand, programme_id, code, now=now)
    return code


def person_of(programme_id: str, found: Shown) -> str | None:
    """Who was given a voucher, where its account is a household's."""
    assert found.activity_id is not None
    return activities.one(store.current(), programme_id, found.activity_id).person_id


class _Withdrawing(desk.Clerk):
    """The clerk for vouchers that are withdrawn."""

    def __init__(self) -> None:
        self._shown: dict[str, Shown] = {}

    def needs_active(self, activity: Activity) -> bool:
        return False  # what nobody shall use is withdrawn from whomever it was given to

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        codes = [str(one.activity.facts["code"]) for one in told]
        self._shown = queries.lock(batch.store, batch.programme_id, codes)

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        code = str(one.activity.facts["code"])
        cause = batch.cause(standing)
        codes = given.put_away(batch, [self._shown[code]], seq=cause.seq, account_id=cause.account_id)
        return entries.enter(batch, one.activity, cause, Decision(version=in_force.version, withdrawn=codes))


# --- codes that nobody has yet ---


class BroughtIn(msgspec.Struct, frozen=True):
    """The codes of a batch that are new; none where it was told before, and whether that telling was another one."""

    made: MadeBatch
    new: tuple[str, ...] = ()
    differs: bool = False


def bring_in(
    *,
    programme_id: str,
    voucher: str,
    typed: Sequence[str],
    source: str,
    external_id: str,
    now: datetime,
    drawn: bool = False,
) -> BroughtIn:
    """Bring codes of elsewhere in; (source, external_id) names them for ever. Codes that are there stay as they are.

    Codes that were `drawn` for this call are not the same when it is told again: then only their number is. Raises
    `voucher_undefined`, `voucher_pool_none` for a voucher whose codes are made when they are needed,
    `voucher_codes_invalid`, `voucher_codes_unreadable`, and `voucher_codes_differ` where the name is another voucher's.
    """
    if not 1 <= len(typed) <= limits.CODES_MAX:
        raise rules.VOUCHER_CODES_INVALID(pointer="/codes", reason="too_many" if typed else "missing")
    wanted = rules.all_stored(typed)
    in_force = programmes.latest(store.current(), programme_id).current(now)
    offer = in_force.programme.voucher(voucher)
    if offer.codes != "pool" and not offer.bearer:
        raise rules.VOUCHER_POOL_NONE(voucher=voucher)

    def write(at_hand: Store) -> BroughtIn:
        before = queries.batch(at_hand, programme_id, source=source, external_id=external_id)
        if before is not None and before.voucher != voucher:
            raise CODES_DIFFER(voucher=before.voucher)
        there = queries.vouchers_of(at_hand, programme_id, wanted)
        if before is not None:
            others = len(wanted) != before.codes + before.known + before.elsewhere
            return BroughtIn(before, differs=others or (not drawn and len(there) < len(wanted)))
        new = [code for code in wanted if code not in there]
        elsewhere = sum(of != voucher for of in there.values())
        known = len(there) - elsewhere
        made = MadeBatch(source, external_id, voucher, len(new), known, elsewhere, now)
        # What is given out later begins to live then; what anybody may show begins now.
        expires_at = rules.ends(offer, now, in_force.zone) if offer.bearer else None
        actions.add_codes(at_hand, programme_id, offer, new, made, version=in_force.version, expires_at=expires_at)
        return BroughtIn(made, tuple(new))

    return store.committed(write)

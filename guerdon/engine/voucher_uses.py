"""Vouchers are shown with a basket: looked at, redeemed, and rolled back, never more often than they may (LAW 8.4)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import errors
from guerdon.core import vouchers as rules
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.decisions import Count, Decision, VoucherUse
from guerdon.core.law import Law
from guerdon.core.redeeming import Counter
from guerdon.core.standing import Standing
from guerdon.core.vouchers import Voucher
from guerdon.engine import desk, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.engine.vouchers import person_of
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.activities.queries import Recorded
from guerdon.features.members import queries as members
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.vouchers import actions, queries
from guerdon.features.vouchers.queries import Shown, Use
from guerdon.kit import ids, store


class Redemption(msgspec.Struct, frozen=True):
    """Codes shown with a basket; (source, external_id) names it for ever. Without a member it is their holder's."""

    codes: tuple[str, ...]
    source: str
    external_id: str
    member: Member | None = None
    lines: tuple[Line, ...] = ()
    amount: int | None = None
    store: str | None = None
    channel: str | None = None
    idempotency: Idempotency | None = None


class Verdict(msgspec.Struct, frozen=True):
    """What became of one code: what it takes off, or why it does not."""

    code: str
    use: VoucherUse | None = None
    refusal: errors.Refusal | None = None
    shown: Shown | None = None


def redeem(*, programme_id: str, wanted: Redemption, now: datetime, dry_run: bool = False) -> Result:
    """Redeem all codes, or none of them. Refuses with the first reason that stands against one."""
    try:
        told = _told(programme_id, wanted, now)
    except errors.Refusal as refusal:
        return refusal
    return desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Redeeming(), dry_run=dry_run)[0]


def validate(*, programme_id: str, wanted: Redemption, now: datetime) -> list[Verdict]:
    """What each of the codes would take off the basket, or why not; nothing is written.

    Codes that are of no use are left out, the others are looked at without them. Raises what stands against the whole.
    """
    told = _told(programme_id, msgspec.structs.replace(wanted, external_id=ids.new()), now)
    clerk = _Redeeming(look=True)
    (result,) = desk.run(programme_id=programme_id, told=[told], now=now, clerk=clerk, dry_run=True)
    if isinstance(result, errors.Refusal):
        raise result
    return clerk.verdicts


def rollback(
    *, programme_id: str, use_id: str, source: str, external_id: str, now: datetime,
    idempotency: Idempotency | None = None, dry_run: bool = False,
) -> Result:  # fmt: skip
    """Give all uses of a redemption back, once. Refuses `voucher_use_unknown`, `voucher_rolled_back`."""
    found = activities.find(store.current(), programme_id, use_id, law.VOUCHER_REDEEM)
    if found is None:
        return rules.VOUCHER_USE_UNKNOWN(id=ids.show("voucher_use", use_id))
    member = Member(id=ids.show("member", found.account_id))
    facts: dict[str, law.FactValue] = {"use": ids.show("voucher_use", use_id)}
    activity = Activity(law.VOUCHER_ROLLBACK, source, external_id, now, member, facts=facts)
    told = [Told(activity, idempotency, person_id=found.person_id)]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_RollingBack(found), dry_run=dry_run)[0]


def _told(programme_id: str, wanted: Redemption, now: datetime) -> Told:
    """The redemption as the journal will keep it. Raises `voucher_codes_invalid`, `voucher_unknown`."""
    codes = list(dict.fromkeys(rules.stored(code) for code in wanted.codes))
    member, person = wanted.member, None
    if member is None:
        found = queries.find(store.current(), programme_id, codes)
        if not found:
            raise rules.VOUCHER_UNKNOWN(code=codes[0])
        owned = next((found[code] for code in codes if code in found and found[code].account_id is not None), None)
        if owned is None or owned.account_id is None:
            raise law.ACTIVITY_INVALID(pointer="/member", reason="missing")
        member, person = Member(id=ids.show("member", owned.account_id)), person_of(programme_id, owned)
    activity = Activity(
        law.VOUCHER_REDEEM, wanted.source, wanted.external_id, now, member, amount=wanted.amount, lines=wanted.lines,
        channel=wanted.channel, store=wanted.store, facts={"codes": " ".join(codes)},
    )  # fmt: skip
    return Told(activity, wanted.idempotency, person_id=person)


def codes_of(activity: Activity) -> list[str]:
    """The codes of a redemption."""
    return str(activity.facts["codes"]).split(" ")


class _Redeeming(desk.Clerk):
    """The clerk for redemptions; with `look` it says of each code what there is to say, and refuses none."""

    def __init__(self, *, look: bool = False) -> None:
        self.look = look
        self.verdicts: list[Verdict] = []
        self._shown: dict[str, Shown] = {}
        self._holders: dict[str, str] = {}  # by account that was given a voucher: the account it leads to

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Lock the codes, after the members; read to whom they lead, and how often the members used such vouchers."""
        codes = [code for one in told for code in codes_of(one.activity)]
        self._shown = queries.lock(batch.store, batch.programme_id, codes)
        owners = sorted({one.account_id for one in self._shown.values() if one.account_id is not None})
        self._holders = {id: lead.account_id for id, lead in members.leads(batch.store, owners).items()}
        names: dict[tuple[str, str, str], None] = {}
        for one in told:
            member = batch.gathered.members.get(desk.name_of(one.activity.member))
            for code in codes_of(one.activity) if member is not None else ():
                if member is not None and code in self._shown:
                    key, window = rules.counter(self._shown[code].voucher)
                    names[member.id, window, key] = None
        for account, name, counted in rulebook.counters(batch.store, list(names)):
            batch.gathered.counters.setdefault(account, {})[name] = counted

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        codes = codes_of(one.activity)
        found = [self._looked_at(batch, code, standing, in_force) for code in codes]
        offers = [self._shown[code].terms(batch.lawbook, in_force)[0] for code in codes if code in self._shown]
        counter = Counter(in_force, one.activity, standing, offers)
        verdicts = self._together(batch, found, counter, in_force)
        if self.look:
            self.verdicts = verdicts
        else:
            for verdict in verdicts:
                if verdict.refusal is not None:
                    raise verdict.refusal
        uses = [verdict for verdict in verdicts if verdict.use is not None]
        return self._use(batch, one.activity, standing, in_force, uses)

    def _looked_at(self, batch: Batch, code: str, standing: Standing, in_force: Law) -> Verdict:
        """Whether the code itself may be used, by this member and now, whatever the basket is."""
        shown = self._shown.get(code)
        if shown is None:
            return Verdict(code, refusal=rules.VOUCHER_UNKNOWN(code=code))
        holder = None if shown.account_id is None else self._holders[shown.account_id]
        try:
            shown.check(shown.terms(batch.lawbook, in_force)[0], holder, standing.account_id, batch.now)
        except errors.Refusal as refusal:
            return Verdict(code, refusal=refusal, shown=shown)
        return Verdict(code, shown=shown)

    def _together(self, batch: Batch, found: list[Verdict], counter: Counter, in_force: Law) -> list[Verdict]:
        """Put down all that may be used; each of a group but the first, and each too many of one kind, is refused."""
        kept: list[tuple[Verdict, Voucher]] = []
        refused: dict[str, errors.Refusal] = {}
        for one in found:
            if one.refusal is not None or one.shown is None:
                continue
            offer, _ = one.shown.terms(batch.lawbook, in_force)
            try:
                rules.check_together([*[other for _, other in kept], offer])
                before = counter.standing.counted(*rules.counter(offer.key))
                rules.check_limit(offer, before + sum(other.key == offer.key for _, other in kept))
            except errors.Refusal as refusal:
                refused[one.code] = refusal
                continue
            kept.append((one, offer))
        taken = counter.put_down([(one.code, offer) for one, offer in kept])
        done = {one.code: what for (one, _), what in zip(kept, taken, strict=True)}
        verdicts: list[Verdict] = []
        for one in found:
            what = refused.get(one.code) or done.get(one.code)
            if isinstance(what, errors.Refusal):
                verdicts.append(msgspec.structs.replace(one, refusal=what))
            else:
                verdicts.append(msgspec.structs.replace(one, use=what))
        return verdicts

    def _use(
        self, batch: Batch, activity: Activity, standing: Standing, in_force: Law, verdicts: Sequence[Verdict]
    ) -> Outcome:
        cause = batch.cause(standing)
        made: list[VoucherUse] = []
        counts: list[Count] = []
        for verdict in verdicts:
            shown, use = self._shown[verdict.code], verdict.use
            assert use is not None
            used = self._shown[verdict.code] = msgspec.structs.replace(shown, used=shown.used + 1)
            table, row = actions.moved(used, batch.programme_id)
            batch.keep(table, row)
            one = actions.new_use(cause.account_id, cause.activity_id, shown, off=use.off)
            row = actions.use_row(
                one, batch.programme_id, id=one.id, direction="use", activity_id=cause.activity_id, seq=cause.seq,
                at=batch.now,
            )  # fmt: skip
            batch.keep(actions.USES, row)
            batch.tell("voucher.redeemed", account_id=cause.account_id, subject_id=one.id, seq=cause.seq)
            counts.append(Count(*rules.counter(shown.voucher), 1))
            made.append(use)
        batch.count(standing, tuple(counts), batch.now)
        return entries.enter(batch, activity, cause, Decision(version=in_force.version, uses=tuple(made)))


class _RollingBack(desk.Clerk):
    """The clerk for redemptions that are rolled back."""

    def __init__(self, found: Recorded) -> None:
        self._found = found
        self._uses: list[Use] = []
        self._shown: dict[str, Shown] = {}

    def needs_active(self, activity: Activity) -> bool:
        return False  # what was used by mistake comes back to whoever used it

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        self._uses = queries.uses_of(batch.store, [(self._found.account_id, self._found.activity_id)])
        self._shown = queries.lock(batch.store, batch.programme_id, [use.code for use in self._uses])
        found = {rules.counter(use.voucher) for use in self._uses}
        accounts = {row.id for row in batch.gathered.members.values()}
        names = [(account, window, key) for account in sorted(accounts) for key, window in sorted(found)]
        for account, name, counted in rulebook.counters(batch.store, names):
            batch.gathered.counters.setdefault(account, {})[name] = counted

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        if any(use.back for use in self._uses):
            raise rules.VOUCHER_ROLLED_BACK(id=str(one.activity.facts["use"]))
        cause = batch.cause(standing)
        counts: list[Count] = []
        for place, use in enumerate(self._uses):
            shown = self._shown[use.code]
            back = self._shown[use.code] = msgspec.structs.replace(shown, used=shown.used - 1)
            table, row = actions.moved(back, batch.programme_id)
            batch.keep(table, row)
            row = actions.use_row(
                use, batch.programme_id, id=ids.new(), direction="back", activity_id=cause.activity_id, seq=cause.seq,
                at=batch.now,
            )  # fmt: skip
            batch.keep(actions.USES, row)
            self._uses[place] = msgspec.structs.replace(use, back=True)
            # A merge that was undone, or a household that was left, may have taken the count along.
            if standing.counted(*rules.counter(use.voucher)) > sum(
                c.key == rules.counter(use.voucher)[0] for c in counts
            ):
                counts.append(Count(*rules.counter(use.voucher), -1))
        batch.count(standing, tuple(counts), batch.now)
        batch.tell(
            "voucher.rolled_back", account_id=cause.account_id, subject_id=self._found.activity_id, seq=cause.seq
        )
        uses = self._found.decision.uses
        return entries.enter(batch, one.activity, cause, Decision(version=in_force.version, uses=uses))

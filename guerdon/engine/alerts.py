"""Watching for fraud: acts are gathered along the settled journal, patterns in them become alerts, people judge."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, TypeVar

import msgspec

from guerdon.core import alerts as law
from guerdon.core import limits, till_names
from guerdon.core.alerts import Act, Finding, Kind, Outcome, Watching
from guerdon.core.errors import Refusal
from guerdon.core.figures import Calendar
from guerdon.core.programme import Programme
from guerdon.engine import settling
from guerdon.engine.adjust import ADJUSTMENT, Actor
from guerdon.engine.once import once
from guerdon.features.activities.actions import Idempotency
from guerdon.features.alerts import actions, acts, queries
from guerdon.features.alerts.acts import Entry, Span
from guerdon.features.alerts.queries import Alert
from guerdon.features.keys import queries as keys
from guerdon.features.members import addresses
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries as users
from guerdon.kit import audit, clock, ids, store
from guerdon.kit.store import DATABASE_BUSY, Store

T = TypeVar("T")
_GIFT: Final = "transfer_received"
_STAYS: Final[dict[str, law.Way]] = {"person_join": "join", "person_leave": "leave"}
_MOST: Final = limits.ALERTS_A_NIGHT_MAX


def run(*, programme_id: str, now: datetime, progress: Callable[[int], None] = lambda entries: None) -> int:
    """Look through what the journal has had since the last look, and raise what was found; answers how many alerts.

    Entries are gathered in batches, each with the number it reaches in one transaction; patterns are looked for in
    what was gathered of the last `ALERT_DAYS`. Whoever does the same beside it finds the same once.
    """
    try:
        until = settling.settled()
    except Refusal as refusal:
        if refusal.kind is not DATABASE_BUSY:
            raise
        return 0  # somebody takes too long to settle: the next night looks at the same
    while (entries := _gather(programme_id, now, until)) is not None:
        progress(entries)
    return _look(programme_id, now)


def settle(
    *, programme_id: str, alert_id: str, outcome: Outcome, reason: str, actor: Actor, now: datetime,
    idempotency: Idempotency | None = None,
) -> tuple[str, bool]:  # fmt: skip
    """Settle an alert, once, with words; whoever it is about leaves it to somebody else.

    Answers its id, and whether the same request has done so before. Raises `alert_unknown`, `alert_settled`,
    `own_alert`.
    """

    def write(at_hand: Store) -> str:
        found = queries.lock(at_hand, programme_id, alert_id)
        if found.state != "open":
            raise law.ALERT_SETTLED(state=found.state)
        if about(at_hand, programme_id, [found], actor.person):
            raise law.OWN_ALERT()
        actions.settle(at_hand, found, outcome=outcome, reason=reason, actor=actor.name, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action=f"alert.{outcome}",
            about=ids.show("alert", found.id), before={"state": "open"}, after={"state": outcome}, reason=reason,
            now=now,
        )  # fmt: skip
        return found.id

    return once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)


def about(at_hand: Store, programme_id: str, found: Sequence[Alert], person: str) -> frozenset[str]:
    """Which of the alerts are about a person, by their ids: what they gave, or what became of their own membership.

    It is theirs also where members were merged meanwhile, where they share the account of a household, and where they
    had its address when the alert was raised.
    """
    own = _memberships(at_hand, programme_id).get(person)
    accounts = _accounts(at_hand, [*([own] if own else ()), *(who for one in found for who in one.members)])
    mine = accounts[own] if own else None
    return frozenset(
        one.id
        for one in found
        if person in (one.giver, *one.staff) or (mine and mine in {accounts[who] for who in one.members})
    )


def called(at_hand: Store, programme_id: str) -> dict[str, str]:
    """What everybody who is or was staff is called, by user: their name, or the address where they have none."""
    return {one.user_id: one.name or one.email for one in users.of_programme(at_hand, programme_id)}


def _memberships(at_hand: Store, programme_id: str) -> dict[str, str]:
    """Which member each of the staff is, by user, by the address that both have; those who are none are left out."""
    digests = users.digests(at_hand, programme_id)
    found = addresses.behind(at_hand, programme_id, sorted(digests.values()))
    return {user: found[digest] for user, digest in sorted(digests.items()) if digest in found}


def _accounts(at_hand: Store, member_ids: Sequence[str]) -> dict[str, str]:
    """Which account has the points of each now."""
    found = members.leads(at_hand, sorted(set(member_ids))) if member_ids else {}
    return {who: lead.account_id for who, lead in found.items()}


def _gather(programme_id: str, now: datetime, until: int) -> int | None:
    """Keep the next acts; answers how many entries were looked at, None where all are, up to the number."""
    at_hand = store.current()
    mark = queries.watermark(at_hand, programme_id)
    last = min(until, mark.seq + limits.FIGURES_NUMBERS_MAX)
    if last <= mark.seq:
        return None
    in_force = programmes.latest(at_hand, programme_id).current(now)
    since, most = clock.micros(now - timedelta(days=limits.ALERT_DAYS + 1)), limits.FIGURES_ENTRIES_MAX
    entries = acts.entries(at_hand, programme_id, first=mark.seq + 1, last=last, since=since, most=most)
    if len(entries) == most:
        last = entries[-1].seq
    calendar = Calendar(in_force.zone, ())
    marks = {till_names.mark(user): user for user in users.digests(at_hand, programme_id)}
    found = [act for one in entries for act in _acts(one, in_force.programme, calendar, marks)]

    def write(writer: Store) -> None:
        if actions.lock(writer, programme_id) == mark:
            actions.gather(writer, programme_id, found, seq=last)

    store.committed(write)
    return len(entries)


def _acts(one: Entry, programme: Programme, calendar: Calendar, marks: dict[str, str]) -> Iterator[Act]:
    """What an entry gave to whom, a unit at a time; an act at a till that gave nothing is one all the same.

    So is who comes into a household or goes without points.
    """
    day = calendar.day(one.at)
    if one.kind in (ADJUSTMENT, _GIFT):
        unit, points = str(one.facts["unit"]), int(one.facts["points"])
        giver = str(one.facts["actor_id"] if one.kind == ADJUSTMENT else one.facts["from"])
        name = str(one.facts["actor"]) if one.kind == ADJUSTMENT and giver not in marks.values() else ""
        giver = giver.removeprefix(ids.PREFIXES["member"])
        if points > 0 and programme.units[unit].spendable:
            given: law.Way = "hand" if one.kind == ADJUSTMENT else "gift"
            yield Act(one.account_id, one.id, one.seq, given, giver, name, one.member, unit, points, one.at, day)
    elif one.kind in _STAYS:
        for unit, points in _spendable(one, programme):
            yield Act(
                one.account_id, one.id, one.seq, _STAYS[one.kind], one.account_id, "", one.member, unit, points, one.at,
                day,
            )  # fmt: skip
    elif one.cashier:
        known = marks.get(one.cashier) if one.ours else None
        giver, name = (known, "") if known else (one.cashier, one.cashier)
        way: law.Way = "return" if one.kind == "return" else "till"
        for unit, points in _spendable(one, programme):
            yield Act(one.account_id, one.id, one.seq, way, giver, name, one.member, unit, points, one.at, day)


def _spendable(one: Entry, programme: Programme) -> list[tuple[str, int]]:
    """The points of an entry that can be spent, unit by unit; of no unit none."""
    units = {unit: points for unit, points in one.points.items() if programme.units[unit].spendable}
    return sorted(units.items()) or [("", 0)]


class _Look:
    """One look for patterns: how far back, what is new, and what was told already.

    It is `whole` as long as no more was there than one night raises; then the next look must go on with the rest.
    """

    def __init__(self, at_hand: Store, programme_id: str, now: datetime, looked: int) -> None:
        in_force = programmes.latest(at_hand, programme_id).current(now)
        told_since = now - timedelta(days=2 * limits.ALERT_DAYS)
        self.at_hand, self.programme_id, self.now, self.looked = at_hand, programme_id, now, looked
        self.watching: Watching = in_force.programme.watching
        self.today = Calendar(in_force.zone, ()).day(clock.micros(now))
        self.since = self.today - limits.ALERT_DAYS
        self.whole = True
        self._span = Span(programme_id, looked, clock.micros(told_since), _MOST + 1)
        self._told = queries.told(at_hand, programme_id, since=told_since)
        self._memberships = _memberships(at_hand, programme_id)

    def found(self) -> Iterator[Finding]:
        """Everything that looks like a pattern and was not told of yet, with the staff whom it is about."""
        found = [*self._at_tills(), *self._by_hand(), *self._among_members(), *self._codes()]
        owned = {who for one in found for who in one.members} | set(self._memberships.values())
        accounts = _accounts(self.at_hand, sorted(owned))
        for one in found:
            theirs = {accounts[who] for who in one.members}
            staff = [user for user, member in self._memberships.items() if accounts[member] in theirs]
            yield msgspec.structs.replace(one, staff=(*one.staff, *staff))

    def _at_tills(self) -> Iterator[Finding]:
        for giver, member in self._few(
            acts.repeated(self.at_hand, self._span, since=self.since, times=self.watching.purchases_a_day)
        ):
            yield from law.repeated_card(self._new("repeated_card", "till", member, giver), self.watching)
        week = self.today - limits.ALERT_SHARE_DAYS
        rows = acts.shares(
            self.at_hand, self._span, since=week, times=limits.ALERT_PURCHASES_MIN,
            percent=self.watching.share_percent,
        )  # fmt: skip
        given: dict[tuple[str, str], dict[str, int]] = {}
        for giver, member, unit, whole in self._few(rows):
            given.setdefault((giver, member), {})[unit] = whole
        for (giver, member), units in given.items():
            new = self._new("favoured_card", "till", member, giver, since=week)
            yield from law.favoured_card(new, units, self.watching)
        for user, member in self._memberships.items():
            ways: tuple[law.Way, ...] = ("till", "return")
            new = [one for way in ways for one in self._new("own_card", way, member, user)]
            yield from law.own_card(sorted(new, key=lambda one: one.seq))

    def _by_hand(self) -> Iterator[Finding]:
        rows = acts.by_hand(self.at_hand, self._span, since=self.since, times=self.watching.adjustments)
        for giver, member in self._few(rows):
            new = self._new("repeated_adjustments", "hand", member, giver)
            yield from law.repeated_adjustments(new, self.watching)

    def _among_members(self) -> Iterator[Finding]:
        rows = acts.receivers(self.at_hand, self._span, since=self.since, times=self.watching.senders)
        for member in self._few(rows):
            yield from law.many_senders(self._new("many_senders", "gift", member), self.watching)
        yield from self._few(list(islice(self._new_accounts(), _MOST + 1)))
        gifts = acts.of_way(self.at_hand, self.programme_id, "gift", since=self.since, most=limits.ALERT_GIFTS_MAX)
        rings = [
            one
            for one in law.rings(gifts, after=self.looked)
            if min(act.seq for act in one.acts) > self._told.get((one.kind, one.subject), 0)
        ]
        yield from self._few(rings)
        yield from self._few(list(islice(self._households(), _MOST + 1)))

    def _new_accounts(self) -> Iterator[Finding]:
        enrolled = clock.micros(self.now - timedelta(days=limits.ALERT_DAYS))
        times, after = limits.ALERT_GIFTS_MIN, ids.NIL
        while page := acts.newcomers(
            self.at_hand, self._span, since=self.since, enrolled=enrolled, times=times, after=after
        ):
            done = acts.deeds(self.at_hand, page, since=enrolled)
            for member in page:
                new = self._new("new_account", "gift", member)
                yield from law.new_account(new, done[member].spent, own=done[member].own)
            after = page[-1]

    def _households(self) -> Iterator[Finding]:
        """Households that are pots, then members who go through several; of both what was not told yet."""
        span, times = self._span, self.watching.household_stays
        after = ids.NIL
        while page := acts.pots(self.at_hand, span, since=self.since, times=times, after=after):
            for household in page:
                stayed = law.stays(acts.into(self.at_hand, self.programme_id, household, since=self.since))
                yield from law.pooled(self._untold(stayed, household), self.watching)
            after = page[-1]
        after = ids.NIL
        while page := acts.leavers(self.at_hand, span, since=self.since, times=times, after=after):
            for member in page:
                ways: tuple[law.Way, ...] = ("join", "leave")
                done = [act for way in ways for act in acts.of_member(
                    self.at_hand, self.programme_id, way, member, since=self.since
                )]  # fmt: skip
                yield from law.through(self._untold(law.stays(done), member), self.watching)
            after = page[-1]

    def _codes(self) -> Iterator[Finding]:
        """Who tries codes out, the one with most of them first; of a key whoever made it is behind it."""
        typed = queries.typed(self.at_hand, self.programme_id, times=self.watching.wrong_codes)
        made = {one.id: one for one in keys.every(self.at_hand, self.programme_id)} if typed else {}
        found: list[Finding] = []
        for who, slots in typed.items():
            after, key = self._told.get(("wrong_codes", who), 0), made.get(who)
            name, staff = (key.name, (key.person,)) if key is not None else ("", ())
            new = [one for one in slots if one.slot > after]
            found += law.wrong_codes(new, self.watching, name=name, staff=staff)
        yield from self._few(sorted(found, key=lambda one: -one.times))

    def _untold(self, stayed: Sequence[law.Stay], core: str) -> list[law.Stay]:
        after = self._told.get(("household_ring", core), 0)
        return [one for one in stayed if one.last_seq > after]

    def _few(self, rows: Sequence[T]) -> Sequence[T]:
        """As many as a night raises of a kind."""
        self.whole = self.whole and len(rows) <= _MOST
        return rows[:_MOST]

    def _new(self, kind: Kind, way: law.Way, member: str, giver: str = "", *, since: int | None = None) -> list[Act]:
        """What no alert of the kind has told of yet."""
        after = self._told.get((kind, f"{giver} {member}".strip()), 0)
        return acts.of_member(
            self.at_hand, self.programme_id, way, member, since=self.since if since is None else since, after=after,
            giver=giver or None,
        )  # fmt: skip


def _look(programme_id: str, now: datetime) -> int:
    at_hand = store.current()
    mark = queries.watermark(at_hand, programme_id)
    look = _Look(at_hand, programme_id, now, mark.looked)
    found = list(look.found())

    def write(writer: Store) -> int:
        if actions.lock(writer, programme_id) != mark:
            return 0  # somebody looks meanwhile, and tells the same
        actions.forget(writer, programme_id, before=look.since)
        if look.whole:
            actions.forget_typed(writer, programme_id, before=law.slot(clock.micros(now)) - law.SLOTS)
        return actions.raise_(writer, programme_id, found, whole=look.whole, now=now)

    return store.committed(write)

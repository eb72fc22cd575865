"""Watching for fraud: acts are gathered along the settled journal, patterns in them become alerts, people judge."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

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
from guerdon.features.alerts.acts import Entry
from guerdon.features.alerts.queries import Alert
from guerdon.features.programmes import queries as programmes
from guerdon.kit import audit, clock, ids, store
from guerdon.kit.store import DATABASE_BUSY, Store

_GIFT: Final = "transfer_received"
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
        if is_about(found, actor.person, own_membership(at_hand, programme_id, actor.person)):
            raise law.OWN_ALERT()
        actions.settle(at_hand, found, outcome=outcome, reason=reason, actor=actor.name, now=now)
        audit.note(
            at_hand, programme_id=programme_id, actor=actor.noted, action=f"alert.{outcome}",
            about=ids.show("alert", found.id), before={"state": "open"}, after={"state": outcome}, reason=reason,
            now=now,
        )  # fmt: skip
        return found.id

    return once(programme_id=programme_id, idempotency=idempotency, now=now, write=write)


def is_about(one: Alert, person: str, own: str | None) -> bool:
    """Whether an alert is about a person, whose `own` membership is known: by what they gave, or by who they are."""
    return person == one.giver or own in one.members


def own_membership(at_hand: Store, programme_id: str, person: str) -> str | None:
    """Which member one of the staff is, by the address that both have; None for who is none."""
    return acts.own_memberships(at_hand, programme_id).get(person)


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
    names = acts.staff(at_hand, programme_id) if any(one.ours for one in entries) else {}
    marks = {till_names.mark(user): user for user in names}
    found = [act for one in entries for act in _acts(one, in_force.programme, calendar, marks, names)]

    def write(writer: Store) -> None:
        if actions.lock(writer, programme_id) == mark:
            actions.gather(writer, programme_id, found, seq=last)

    store.committed(write)
    return len(entries)


def _acts(
    one: Entry, programme: Programme, calendar: Calendar, marks: dict[str, str], names: dict[str, str]
) -> Iterator[Act]:
    """What an entry gave to whom, a unit at a time; an act at a till that gave nothing is one all the same."""
    day = calendar.day(one.at)
    if one.kind in (ADJUSTMENT, _GIFT):
        unit, points = str(one.facts["unit"]), int(one.facts["points"])
        giver = str(one.facts["actor_id"] if one.kind == ADJUSTMENT else one.facts["from"])
        name = str(one.facts["actor"]) if one.kind == ADJUSTMENT else ""
        giver = giver.removeprefix(ids.PREFIXES["member"])
        if points > 0 and programme.units[unit].spendable:
            way: law.Way = "hand" if one.kind == ADJUSTMENT else "gift"
            yield Act(one.account_id, one.id, one.seq, way, giver, name, one.member, unit, points, one.at, day)
    elif one.cashier:
        giver = marks.get(one.cashier, one.cashier) if one.ours else one.cashier
        name = names.get(giver, giver)
        given = {unit: points for unit, points in one.points.items() if programme.units[unit].spendable}
        for unit, points in sorted(given.items()) or [("", 0)]:
            yield Act(one.account_id, one.id, one.seq, "till", giver, name, one.member, unit, points, one.at, day)


class _Look:
    """One look for patterns: how far back, what is new, and what was told already."""

    def __init__(self, at_hand: Store, programme_id: str, now: datetime, looked: int) -> None:
        in_force = programmes.latest(at_hand, programme_id).current(now)
        self.at_hand, self.programme_id, self.now, self.looked = at_hand, programme_id, now, looked
        self.watching: Watching = in_force.programme.watching
        self.today = Calendar(in_force.zone, ()).day(clock.micros(now))
        self.since = self.today - limits.ALERT_DAYS
        self._told = queries.told(at_hand, programme_id, since=now - timedelta(days=2 * limits.ALERT_DAYS))

    def found(self) -> Iterator[Finding]:
        """Everything that looks like a pattern and was not told of yet."""
        yield from self._at_tills()
        for giver, member in acts.by_hand(
            self.at_hand, self.programme_id, since=self.since, looked=self.looked, times=self.watching.adjustments,
            most=_MOST,
        ):  # fmt: skip
            new = self._new("repeated_adjustments", "hand", member, giver)
            yield from law.repeated_adjustments(new, self.watching)
        yield from self._among_members()

    def _at_tills(self) -> Iterator[Finding]:
        week = self.today - limits.ALERT_SHARE_DAYS
        for giver, member in acts.repeated(
            self.at_hand, self.programme_id, since=self.since, looked=self.looked,
            times=self.watching.purchases_a_day, most=_MOST,
        ):  # fmt: skip
            yield from law.repeated_card(self._new("repeated_card", "till", member, giver), self.watching)
        for giver, member, unit, whole in acts.shares(
            self.at_hand, self.programme_id, since=week, looked=self.looked, times=limits.ALERT_PURCHASES_MIN,
            percent=self.watching.share_percent, most=_MOST,
        ):  # fmt: skip
            new = self._new("favoured_card", "till", member, giver, since=week)
            yield from law.favoured_card([one for one in new if one.unit == unit], whole, self.watching)
        for user, member in acts.own_memberships(self.at_hand, self.programme_id).items():
            yield from law.own_card(self._new("own_card", "till", member, user))

    def _among_members(self) -> Iterator[Finding]:
        span = {"since": self.since, "most": _MOST}
        for member in acts.receivers(
            self.at_hand, self.programme_id, looked=self.looked, times=self.watching.senders, **span
        ):
            yield from law.many_senders(self._new("many_senders", "gift", member), self.watching)
        enrolled = clock.micros(self.now - timedelta(days=limits.ALERT_DAYS))
        newcomers = acts.newcomers(
            self.at_hand, self.programme_id, enrolled=enrolled, times=limits.ALERT_GIFTS_MIN, **span
        )
        done = acts.deeds(self.at_hand, newcomers) if newcomers else {}
        for member in newcomers:
            has = done.get(member, acts.Deeds())
            yield from law.new_account(self._new("new_account", "gift", member), has.spent_at, own=has.own)
        gifts = acts.of_way(self.at_hand, self.programme_id, "gift", since=self.since, most=limits.ALERT_GIFTS_MAX)
        for one in law.rings(gifts, after=self.looked):
            if min(act.seq for act in one.acts) > self._told.get((one.kind, one.subject), 0):
                yield one

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
        return actions.raise_(writer, programme_id, found, now=now)

    return store.committed(write)

"""The law of alerts: which patterns of giving points look like fraud, and what becomes of what was found."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from guerdon.core import errors, limits

ALERT_UNKNOWN = errors.declare("unknown", "alert_unknown", "id")
ALERT_SETTLED = errors.declare("clash", "alert_settled", "state")
OWN_ALERT = errors.declare("forbidden", "own_alert")

Kind = Literal[
    "repeated_card", "favoured_card", "own_card", "repeated_adjustments", "ring", "many_senders", "new_account",
    "household_ring", "wrong_codes",
]  # fmt: skip
State = Literal["open", "cleared", "confirmed"]
Outcome = Literal["cleared", "confirmed"]
Way = Literal["till", "return", "hand", "gift", "join", "leave"]
CASHIER: Final = "cashier"  # the fact of a purchase or a return by which a point of sale names who stands at it


class Watching(msgspec.Struct, frozen=True):
    """From where on a programme wants somebody to look."""

    purchases_a_day: int = 5  # more on one card, by one cashier, in a day
    share_percent: int = 20  # more of all points that a cashier recorded within a week, on one card
    adjustments: int = 3  # so many in favour of one member by one person, within thirty days
    senders: int = 5  # so many members who gave points to one, within thirty days
    wrong_codes: int = 30  # so many that one typed, at a till or by a key, within an hour
    household_stays: int = 3  # so many came into a household and went, and points stayed behind, within thirty days


SLOTS: Final = limits.ALERT_CODES_SECONDS // limits.ALERT_SLOT_SECONDS  # in which wrong codes are counted together
USUAL: Final = Watching()


class Act(msgspec.Struct, frozen=True):
    """Somebody gave points to a member: at a till, by hand, or as a gift of their own; a return at a till gives none.

    `giver` is who did it – a user, a cashier as the point of sale names it, a member – and `name` how people call them;
    a user has none here: what staff are called is not kept, but asked when somebody looks. Of who comes into a
    household or goes it is the household, and the points are those that came along.
    """

    account_id: str
    id: str  # of the entry in the journal
    seq: int
    way: Way
    giver: str
    name: str
    member: str
    unit: str
    points: int
    at: int  # microseconds since 1970
    day: int  # the ordinal of the local day


class Typed(msgspec.Struct, frozen=True):
    """Somebody at a till, or a key of the API, typed so many codes that were wrong, within a slot of some minutes."""

    who: str  # the user or the key
    slot: int  # since 1970
    tries: int
    first_at: int  # microseconds since 1970
    last_at: int


class Finding(msgspec.Struct, frozen=True):
    """Acts that look like one of the patterns; `giver` is nobody where members did it among themselves.

    It is about all its members, or about the one that is its `core`, whoever the others are. Of codes that nobody has
    there are no acts: they were `typed`, and only how often is known.
    """

    kind: Kind
    acts: tuple[Act, ...]
    members: tuple[str, ...]
    giver: str = ""
    name: str = ""
    staff: tuple[str, ...] = ()  # the users who are among the members
    core: str = ""
    typed: tuple[Typed, ...] = ()

    @property
    def subject(self) -> str:
        """What it is about: of the same subject no act is told twice."""
        if self.core:
            return self.core
        return " ".join((self.giver, *sorted(self.members)) if self.giver else sorted(self.members))

    @property
    def last_seq(self) -> int:
        """Up to where it tells: a number of the journal, or a slot."""
        return max([one.seq for one in self.acts] + [one.slot for one in self.typed])

    @property
    def times(self) -> int:
        return len(self.entries) + sum(one.tries for one in self.typed)

    @property
    def span(self) -> tuple[int, int]:
        """When the first of it happened, and the last (microseconds)."""
        first = [one.at for one in self.acts] + [one.first_at for one in self.typed]
        return min(first), max([one.at for one in self.acts] + [one.last_at for one in self.typed])

    @property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """Its entries in the journal as (account, entry), in their order; points of two units are one."""
        return tuple(dict.fromkeys((one.account_id, one.id) for one in sorted(self.acts, key=lambda one: one.seq)))

    @property
    def points(self) -> dict[str, int]:
        """How many points all of it gave, by unit."""
        sums: dict[str, int] = {}
        for one in self.acts:
            if one.points:
                sums[one.unit] = sums.get(one.unit, 0) + one.points
        return sums


def by_giver(kind: Kind, acts: Sequence[Act]) -> Finding:
    """A finding about one giver and one member."""
    last = acts[-1]
    return Finding(kind, tuple(acts), (last.member,), last.giver, last.name)


def among_members(kind: Kind, acts: Sequence[Act], *members: str) -> Finding:
    """A finding about what members did among themselves."""
    return Finding(kind, tuple(acts), members)


def repeated_card(acts: Iterable[Act], watching: Watching) -> list[Finding]:
    """One card again and again: more purchases than usual by one cashier on a local day, a finding for each day."""
    days: dict[int, list[Act]] = {}
    for one in acts:
        days.setdefault(one.day, []).append(one)
    return [
        by_giver("repeated_card", of_day)
        for _, of_day in sorted(days.items())
        if _entries(of_day) > watching.purchases_a_day
    ]


def favoured_card(acts: Sequence[Act], given: Mapping[str, int], watching: Watching) -> list[Finding]:
    """A favoured card: points that are more than the share of all that the cashier has `given`, by unit.

    Several units are one finding. A few purchases are a share of nothing: it takes `ALERT_PURCHASES_MIN` of them.
    """
    found: list[Act] = []
    for unit, whole in given.items():
        of_unit = [one for one in acts if one.unit == unit]
        large = sum(one.points for one in of_unit) * 100 > watching.share_percent * whole
        if large and _entries(of_unit) >= limits.ALERT_PURCHASES_MIN:
            found += of_unit
    return [by_giver("favoured_card", found)] if found else []


def own_card(acts: Sequence[Act]) -> list[Finding]:
    """A cashier's own card at the own till: one purchase or return is enough."""
    return [by_giver("own_card", acts)] if acts else []


def repeated_adjustments(acts: Sequence[Act], watching: Watching) -> list[Finding]:
    """Points by hand again and again, by one person to one member."""
    return [by_giver("repeated_adjustments", acts)] if _entries(acts) >= watching.adjustments else []


def many_senders(acts: Sequence[Act], watching: Watching) -> list[Finding]:
    """Many members who give their points to one."""
    if len({one.giver for one in acts}) < watching.senders:
        return []
    (member,) = {one.member for one in acts}
    return [among_members("many_senders", acts, member)]


def new_account(gifts: Sequence[Act], spent: Sequence[int], *, own: bool) -> list[Finding]:
    """A new account that has done nothing of its `own`, was given points more than once, and spent them at once.

    `spent` is when it spent points, each time (microseconds since 1970).
    """
    if own or _entries(gifts) < limits.ALERT_GIFTS_MIN:
        return []
    at_once = limits.ALERT_SPENT_DAYS * 24 * 3600 * 1_000_000
    if not any(0 <= at - one.at <= at_once for at in spent for one in gifts):
        return []
    (member,) = {one.member for one in gifts}
    return [among_members("new_account", gifts, member)]


def rings(gifts: Sequence[Act], *, after: int) -> list[Finding]:
    """Points that came back to where they were given from, by three members or four; the last gift is after the number.

    A ring of the same members is found once, with the last gift of each of them to the next. Of who gives to very many
    only those count to whom they gave last: else the time that it takes would grow with the square of how many.
    """
    given: dict[str, dict[str, Act]] = {}
    for one in sorted(gifts, key=lambda one: one.seq, reverse=True):
        to = given.setdefault(one.giver, {})
        if len(to) < limits.ALERT_GIVES_TO_MAX:
            to.setdefault(one.member, one)
    found: dict[frozenset[str], Finding] = {}
    for giver, to in given.items():
        for member in [member for member, one in to.items() if one.seq > after]:
            for round_ in _rounds(given, giver, member):
                links = [given[who][next_] for who, next_ in zip(round_, (*round_[1:], round_[0]), strict=True)]
                found.setdefault(frozenset(round_), among_members("ring", links, *round_))
    return list(found.values())


def _rounds(given: Mapping[str, Mapping[str, Act]], first: str, second: str) -> Iterable[tuple[str, ...]]:
    """The ways of three or four members by which points came back to the first one from the second."""
    for third in given.get(second, ()):
        if third in (first, second):
            continue
        beyond = given.get(third, {})
        if first in beyond:
            yield first, second, third
        for fourth in beyond:
            if fourth not in (first, second, third) and first in given.get(fourth, {}):
                yield first, second, third, fourth


class Stay(msgspec.Struct, frozen=True):
    """Somebody came into a household and went again, and points changed hands by it.

    Its acts say how many: those of the coming what stayed behind, those of the going what was taken beyond what was
    brought.
    """

    household: str
    member: str
    acts: tuple[Act, ...]

    @property
    def last_seq(self) -> int:
        return max(one.seq for one in self.acts)

    @property
    def left_behind(self) -> bool:
        return any(one.points for one in self.acts if one.way == "join")


def stays(acts: Iterable[Act]) -> list[Stay]:
    """The stays in households, in the order in which they ended, by the acts of coming and going of some days.

    Whoever went with just what was brought has only been there, and of who came before these days nothing is known.
    """
    came: dict[tuple[str, str], list[Act]] = {}
    entries: dict[str, list[Act]] = {}
    for one in sorted(acts, key=lambda one: one.seq):
        entries.setdefault(one.id, []).append(one)
    found: list[Stay] = []
    for entry in entries.values():
        who = (entry[0].giver, entry[0].member)
        if entry[0].way == "join":
            came[who] = entry
        elif who in came and (changed := _changed(came.pop(who), entry)):
            found.append(Stay(*who, changed))
    return found


def _changed(came: Sequence[Act], gone: Sequence[Act]) -> tuple[Act, ...]:
    """What stayed behind and what was taken beyond, unit by unit; nothing where all is as it was."""
    brought = {one.unit: one.points for one in came}
    taken = {one.unit: one.points for one in gone}
    if all(brought.get(unit, 0) == taken.get(unit, 0) for unit in {*brought, *taken}):
        return ()
    behind = [msgspec.structs.replace(one, points=max(0, one.points - taken.get(one.unit, 0))) for one in came]
    beyond = [msgspec.structs.replace(one, points=max(0, one.points - brought.get(one.unit, 0))) for one in gone]
    return (*behind, *beyond)


def pooled(of_household: Sequence[Stay], watching: Watching) -> list[Finding]:
    """A household that is a pot: people come with points and go again, and what they brought stays there."""
    left = [one for one in of_household if one.left_behind]
    if len(left) < watching.household_stays:
        return []
    (household,) = {one.household for one in left}
    return [_household_ring(left, household, (household, *dict.fromkeys(one.member for one in left)))]


def through(of_member: Sequence[Stay], watching: Watching) -> list[Finding]:
    """A member who goes from household to household, and points change hands each time."""
    households = dict.fromkeys(one.household for one in of_member)
    if len(of_member) < watching.household_stays or len(households) == 1:
        return []
    (member,) = {one.member for one in of_member}
    return [_household_ring(of_member, member, (member, *households))]


def _household_ring(found: Sequence[Stay], core: str, members: tuple[str, ...]) -> Finding:
    return Finding("household_ring", tuple(act for one in found for act in one.acts), members, core=core)


def slot(at: int) -> int:
    """The slot of an instant (microseconds), in which wrong codes are counted together."""
    return at // (limits.ALERT_SLOT_SECONDS * 1_000_000)


def wrong_codes(
    typed: Sequence[Typed], watching: Watching, *, name: str = "", staff: Sequence[str] = ()
) -> list[Finding]:
    """Somebody who tries codes out: so many wrong ones within an hour, in whichever it was; one finding for all of it.

    `name` is how people call a key, `staff` are the users behind it.
    """
    tries = {one.slot: one.tries for one in typed}
    many: set[int] = set()
    for last in tries:
        hour = range(last - SLOTS + 1, last + 1)
        if sum(tries.get(one, 0) for one in hour) >= watching.wrong_codes:
            many |= set(hour)
    found = tuple(one for one in typed if one.slot in many)
    return [Finding("wrong_codes", (), (), who, name, tuple(staff), typed=found) for who in {one.who for one in found}]


def _entries(acts: Iterable[Act]) -> int:
    """How many entries: one that gave points of two units is one."""
    return len({one.id for one in acts})

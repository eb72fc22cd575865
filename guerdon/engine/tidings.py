"""News of a member: points that somebody gave, an invitation, what we say to a claim; read off what is remembered."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.core.claims import LIVE, Claim, Step
from guerdon.core.claims import Deed as ClaimDeed
from guerdon.core.letters import Deed, Tiding
from guerdon.engine.transfers import acceptable
from guerdon.features.claims import queries as claims
from guerdon.features.households import queries as households
from guerdon.features.households.queries import Invitation
from guerdon.features.letters import actions, queries
from guerdon.features.members import queries as members
from guerdon.features.transfers import queries as transfers
from guerdon.features.transfers.queries import Transfer
from guerdon.kit import ids, store
from guerdon.kit.store import Store

GIVEN: Final = ("transfer.received", "transfer.offered")
INVITED: Final = "household.invited"
CLAIMED: Final = "claim.changed"
TOPICS: Final = (*GIVEN, INVITED, CLAIMED)
Named = Sequence[tuple[str, str]]  # the accounts and the subjects of news
_GIFTS: Final[dict[str, Deed]] = {"done": "gift", "offered": "offer"}
_SETTLED: Final[dict[str, Deed]] = {"granted": "granted", "refused": "refused", "closed": "closed"}
_SETTLING: Final[tuple[ClaimDeed, ...]] = ("grant", "approve", "refuse", "close")
_WORDS: Final[tuple[ClaimDeed, ...]] = ("ask", "reply")


class Tidings(msgspec.Struct, frozen=True):
    """The latest news of a member first, and how many more there are."""

    news: tuple[Tiding, ...]
    more: int


def of_member(at_hand: Store, programme_id: str, member_id: str, *, now: datetime) -> Tidings:
    """What others did for a member lately that it has not seen; of who shares a household what was given to that, too.

    Raises `member_unknown`.
    """
    news = _unseen(at_hand, programme_id, member_id, now)
    return Tidings(tuple(news[: limits.NEWS_SHOWN_MAX]), len(news[limits.NEWS_SHOWN_MAX :]))


def _unseen(at_hand: Store, programme_id: str, member_id: str, now: datetime) -> list[Tiding]:
    row = members.get(at_hand, programme_id, member_id)
    everybody = [row.id, *members.followers_of(at_hand, [row.id]).get(row.id, [])]
    since = now - timedelta(days=limits.NEWS_DAYS)
    seen, accounts = queries.seen(at_hand, everybody), sorted({*everybody, row.account_id})
    given = transfers.received(at_hand, accounts, since=since, most=limits.PAGE_ROWS_MAX)
    offered = [one for one in given if one.as_of(now) == "offered"]
    ended = {one.id for one in offered} - acceptable(at_hand, programme_id, offered)
    found = [gift(one, now) for one in given if one.id not in ended]
    invited = households.waiting(at_hand, everybody, now=now, most=limits.PAGE_ROWS_MAX)
    found += [invitation(each, now) for each in invited]
    mine = claims.of_member(at_hand, everybody, before="f" * 32, most=limits.PAGE_ROWS_MAX)
    for claim in mine:
        deed = _SETTLED.get(claim.state)
        if deed is not None and claim.settled_at is not None:
            found.append(Tiding(deed, ids.show("claim", claim.id), claim.settled_at))
    found += _questions(at_hand, [one for one in mine if one.state in LIVE and one.answered_at is not None])
    news = [one for one in found if one is not None and one.at > since and one.name not in seen]
    return sorted(news, key=lambda one: one.at, reverse=True)


def _questions(at_hand: Store, live: Sequence[Claim]) -> Iterable[Tiding]:
    """What members were asked about their claims and have not answered."""
    for steps in claims.steps(at_hand, live).values() if live else ():
        words = [one for one in steps if one.deed in _WORDS]
        if words and words[-1].deed == "ask":
            yield Tiding("asked", ids.show("claim", words[-1].claim_id), words[-1].at)


def see(*, programme_id: str, member_id: str, names: Collection[str], now: datetime) -> None:
    """A member has seen those of its news that have these names, and no others, whenever they came.

    Raises `member_unknown`.
    """
    shown = [one.name for one in _unseen(store.current(), programme_id, member_id, now) if one.name in names]

    def write(at_hand: Store) -> None:
        row = members.lock_self(at_hand, programme_id, member_id)
        actions.seen(at_hand, programme_id, row.id, shown, now=now)

    store.committed(write)


# --- what changes tell ---


def given(at_hand: Store, named: Named, now: datetime) -> Iterable[tuple[str, str, Tiding]]:
    """The account, the name and the news of what was sent or offered to it."""
    for one in transfers.of_accounts(at_hand, named).values():
        told = gift(one, now)
        if told is not None:
            yield one.receiver, f"transfer:{one.id}", told


def invited(at_hand: Store, named: Named, now: datetime) -> Iterable[tuple[str, str, Tiding]]:
    """The same of invitations that are open."""
    for one in households.invitations_named(at_hand, named):
        told = invitation(one, now)
        if told is not None:
            yield one.person_id, f"invitation:{one.id}", told


def answered(at_hand: Store, named: Named) -> Iterable[tuple[str, str, Tiding]]:
    """The same of steps by which we asked about claims, or settled them."""
    for one in claims.steps_named(at_hand, named):
        told = answer(one)
        if told is not None:
            yield one.account_id, f"claim:{one.id}", told


def gift(one: Transfer, now: datetime) -> Tiding | None:
    """What was given, or waits to be accepted; None where the member has answered, or it has lapsed."""
    deed = _GIFTS.get(one.as_of(now))
    if deed is None:
        return None
    return Tiding(deed, ids.show("transfer", one.id), one.made_at, one.unit, one.points, one.until)


def invitation(one: Invitation, now: datetime) -> Tiding | None:
    """An invitation that is open."""
    if one.as_of(now) != "open":
        return None
    return Tiding("invited", ids.show("invitation", one.id), one.made_at, until=one.until)


def answer(one: Step) -> Tiding | None:
    """What became of a claim by a step of ours, or what we asked."""
    deed: Deed | None = "asked" if one.deed == "ask" else _SETTLED.get(one.state) if one.deed in _SETTLING else None
    if deed is None:
        return None
    return Tiding(deed, ids.show("claim", one.claim_id), one.at)

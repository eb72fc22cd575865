"""Helpings: how many of a reward each member had in every day, week, month, quarter, year and ever, counted again."""

from collections.abc import Iterator
from itertools import groupby, product
from operator import itemgetter
from typing import Any, Final

import msgspec

from guerdon.core import period, redemptions
from guerdon.core.decisions import Decision, Redeemed
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import LIVE, Had
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock

_decode: Final = msgspec.json.Decoder(Decision).decode


class Helping(msgspec.Struct, gc=False):
    """A redemption with all that became of it, by the number of each entry of the journal."""

    programme_id: str
    account_id: str
    person_id: str | None
    id: str
    reward: str
    version: int
    made_at: int
    seq: int
    free: bool
    of_account: bool = False  # whether it is here because of the account that paid, and whether of who redeemed it
    of_person: bool = False
    steps: dict[int, Redeemed | None] = {}

    def was_had(self, seq: int, at: int) -> bool:
        """Whether it counted when an entry was made: it was neither given up nor over (LAW 5.2)."""
        last = max((one for one in self.steps if one < seq), default=None)
        one = self.steps[last] if last is not None else None
        if one is None or one.state == "fulfilled":
            return one is not None
        return one.state in LIVE and (one.until is None or clock.micros(one.until) > at)


def _question(owner: str, entries: str) -> str:
    return (
        "SELECT [id CASE WHEN m.merged_into IS NULL THEN m.id ELSE m.merged_into END], [id r.id],"  # noqa: S608 - our own
        " [id r.programme_id], [id r.account_id], [id r.person_id], r.reward, r.version, r.made_at, r.seq,"
        " CASE WHEN r.paid = '{}' AND r.money = 0 THEN 1 ELSE 0 END,"
        f" '{owner}', a.seq, a.decision FROM redemptions_redemption r"
        f" JOIN members_member m ON m.id = r.{owner} {entries} WHERE [mine r]"
        f" AND r.number > {redemptions.WON}"  # what was drawn is not what the member took
    )


_MADE: Final = "JOIN activities_activity a ON a.account_id = r.account_id AND a.id = r.id"
_SETTLED: Final = (
    "JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'redemption'"
    " AND k.kind IN ('redemption_confirm', 'redemption_fulfil', 'redemption_cancel', 'redemption_expire')"
    " AND k.external_id = 'rdm_' || [id r.id]"
    " JOIN activities_activity a ON a.account_id = k.account_id AND a.id = k.activity_id"
)


class Helpings(Invariant):
    """Every redemption against those that its member had by then, under the limits of its own version.

    Counted as redeeming counts them (LAW 6.2, 6.3, 8.1): for the account that paid with those merged into it, and for
    who redeemed it, in whichever household. A merge that was undone counts for nothing.
    """

    clause = "10.20"
    part = "helpings"
    sentence = "No member had more of a reward in a day, week, month, quarter, year or ever than its version allowed."

    # Under the member who stands for the account that paid, and under the one who stands for the person.
    ENTRIES: Final = " UNION ALL ".join(
        _question(owner, entries) for owner, entries in product(("account_id", "person_id"), (_MADE, _SETTLED))
    )
    LINKS: Final = (
        "SELECT [id g.account_id], [id g.into_account], g.seq FROM members_merge g"
        " WHERE g.undone_at IS NULL AND [mine g]"
        " UNION ALL SELECT [id b.account_id], [id b.person_id], b.left_seq FROM households_belonging b"
        " WHERE b.how = 'all' AND [mine b]"
    )

    def ask(self, found: Found) -> None:
        followers: dict[str, list[tuple[str, int]]] = {}
        for goes, stays, seq in found.rows(self.LINKS):
            followers.setdefault(stays, []).append((goes, seq))
        for _, rows in groupby(found.rows(f"{self.ENTRIES} ORDER BY 1, 2"), key=itemgetter(0)):
            of_reward: dict[str, list[Helping]] = {}
            for one in sorted(_helpings(rows), key=lambda one: one.seq):
                before = of_reward.setdefault(one.reward, [])
                self._count(found, one, before, followers)
                before.append(one)

    def _count(
        self, found: Found, one: Helping, before: list[Helping], followers: dict[str, list[tuple[str, int]]]
    ) -> None:
        """Hold one redemption against those that were had when it was made."""
        book = found.books[one.programme_id]
        law = book.law(one.version) if book.has(one.version) else None
        reward = law.programme.rewards.get(one.reward) if law is not None else None
        if law is None or reward is None or not (reward.limits.windows() or reward.free_limits.windows()):
            return
        self.count("limited redemptions", one.of_account)
        had = [
            Had(other.account_id, other.person_id, other.reward, clock.instant(other.made_at), other.free)
            for other in before
            if other.was_had(one.seq, one.made_at)
        ]
        accounts = _with_kin(one.account_id, one.seq, followers) if one.of_account else set()
        persons = _with_kin(one.person_id or one.account_id, one.seq, followers) if one.of_person else set()
        day = period.local_day(clock.instant(one.made_at), law.zone)
        try:
            redemptions.check_limits(
                reward, had, accounts=accounts, persons=persons, day=day, zone=law.zone, free=one.free
            )  # fmt: skip
        except Refusal as refusal:
            where = {"member": one.account_id, "redemption": one.id, "reward": one.reward, "seq": one.seq}
            what = "a member had more of a reward than allowed"
            expected = f"at most {refusal.facts['most']} ({refusal.facts['window']})"
            self.breaks(what, expected=expected, found="one more", **where)


def _with_kin(id: str, seq: int, followers: dict[str, list[tuple[str, int]]]) -> set[str]:
    """The member and all who had been merged into it before the entry, directly or by way of others."""
    found, waiting = {id}, [id]
    while waiting:
        for goes, since in followers.get(waiting.pop(), ()):
            if since < seq and goes not in found:
                found.add(goes)
                waiting.append(goes)
    return found


def _helpings(rows: Iterator[tuple[Any, ...]]) -> Iterator[Helping]:
    """The redemptions of one member, one after the other."""
    for _, entries in groupby(rows, key=itemgetter(1)):
        found: Helping | None = None
        for _, id, programme, account, person, reward, version, made_at, seq, free, owner, at, decision in entries:
            if found is None:
                found = Helping(programme, account, person, id, reward, version, made_at, seq, bool(free))
            found.of_account |= owner == "account_id"
            found.of_person |= owner == "person_id" or person is None
            found.steps[at] = _decode(decision).redeemed
        if found is not None:
            yield found

"""Draws: each made again from its seed, each promise of a guarantee kept, each seed the one whose hash was shown."""

from datetime import timedelta
from typing import Final

import msgspec

from guerdon.core import chance
from guerdon.core.decisions import Decision, Drawn
from guerdon.core.rewards import Reward
from guerdon.features.draws.queries import Seed
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock

_decode: Final = msgspec.json.Decoder(Decision).decode
_CLOCKS_APART: Final = timedelta(minutes=1)  # how far the clock of whoever retired a seed may have been behind


class Row(msgspec.Struct, gc=False):
    """A draw as it was told and stored, and the redemption by which its prize was given."""

    programme_id: str
    account_id: str
    id: str
    reward: str
    version: int
    cost: int
    made_at: int
    seq: int
    source: str
    external_id: str
    decision: str
    won: str | None
    prize: str | None
    prize_cost: int | None
    prize_number: int | None


class Streak(msgspec.Struct, frozen=True, gc=False):
    """How many draws in a row have not given what is guaranteed, after one of them."""

    prize: str
    dry: int
    seq: int


class Draws(Invariant):
    """Every draw against its seed, its version and the draws before it; every prize against its draw."""

    clause = "10.20"
    part = "draws"
    sentence = "Every draw can be made again from its seed, gave exactly its prize, and kept what was guaranteed."

    SEEDS: Final = (
        "SELECT [id s.programme_id], s.number, s.hash, s.wrapped_key, s.sealed, s.made_at, s.secret, s.retired_at"
        " FROM draws_seed s WHERE [mine s] ORDER BY s.programme_id, s.number"
    )
    ROWS: Final = (
        "SELECT [id r.programme_id], [id r.account_id], [id r.id], r.reward, r.version, r.cost, r.made_at, a.seq,"
        " a.source, a.external_id, a.decision, [id p.id], p.reward, p.cost, p.number"
        " FROM redemptions_redemption r JOIN activities_activity a ON a.account_id = r.account_id AND a.id = r.id"
        " LEFT JOIN activities_key k ON k.programme_id = r.programme_id AND k.source = 'draw'"
        "  AND k.kind = 'redemption' AND k.external_id = 'rdm_' || [id r.id]"
        " LEFT JOIN redemptions_redemption p ON p.account_id = k.account_id AND p.id = k.activity_id"
        " WHERE [mine r] ORDER BY a.seq"
    )
    UNDRAWN: Final = (
        "SELECT [id p.account_id], [id p.id], p.reward FROM redemptions_redemption p"
        " LEFT JOIN activities_activity a ON a.account_id = p.account_id AND a.id = p.id"
        " LEFT JOIN redemptions_redemption r ON r.account_id = p.account_id"
        "  AND 'rdm_' || [id r.id] = a.external_id AND a.source = 'draw'"
        " WHERE p.number = 0 AND r.id IS NULL AND [mine p] ORDER BY p.id"
    )
    STREAKS: Final = (
        "SELECT [id s.account_id], s.reward, s.prize, s.dry, s.seq FROM draws_streak s WHERE [mine s]"
        " ORDER BY s.account_id, s.reward"
    )
    KIN: Final = "SELECT [id g.account_id], [id g.into_account] FROM members_merge g WHERE [mine g]"

    def ask(self, found: Found) -> None:
        secrets, ends = self._seeds(found)
        self._after: dict[tuple[str, str], Streak] = {}  # by account and reward
        self._kin: dict[str, set[str]] = {}
        for goes, stays in found.rows(self.KIN):
            self._kin.setdefault(stays, set()).add(goes)
        for cells in found.rows(self.ROWS):
            row = Row(*cells)
            book = found.books[row.programme_id]
            reward = book.law(row.version).programme.rewards.get(row.reward) if book.has(row.version) else None
            drawn = _decode(row.decision).drawn
            if reward is None or not (reward.drawn or drawn is not None):
                continue
            self.count("draws", 1)
            if drawn is None or not reward.drawn:
                self._differs(row, "a draw that says nothing of what it gave", "a prize", drawn)
                continue
            name = (row.programme_id, drawn.seed)
            self._draw(row, reward, drawn, secrets.get(name))
            if row.made_at > ends.get(name, row.made_at):
                self._differs(row, "a draw was made with a seed that was shown already", ends[name], row.made_at)
            self._wait(row, reward, drawn)
        for account, redemption, reward in found.rows(self.UNDRAWN):
            where = {"member": account, "redemption": redemption, "reward": reward}
            self.breaks("a prize that nobody drew", expected="a draw", found="none", **where)
        self._streaks(found)

    def _seeds(self, found: Found) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], int]]:
        """Every seed by programme and number, and when those that are shown ended."""
        secrets, ends = dict[tuple[str, int], str](), dict[tuple[str, int], int]()
        for programme, number, hash, wrapped, sealed, made_at, secret, retired_at in found.rows(self.SEEDS):
            self.count("seeds", 1)
            at = clock.instant(made_at)
            seed = Seed(number, hash, wrapped, sealed, at, secret, clock.instant(retired_at)).opened()
            secrets[programme, number] = seed
            if retired_at is not None:
                ends[programme, number] = retired_at + _CLOCKS_APART // timedelta(microseconds=1)
            where: dict[str, object] = {"programme": programme, "seed": number}
            if chance.hash_of(seed) != hash:
                self.breaks("a seed is not the one whose hash was shown", expected=hash, found="another", **where)
            elif secret not in (None, seed):
                self.breaks("another seed was shown than was drawn with", expected=hash, found=secret, **where)
        return secrets, ends

    def _draw(self, row: Row, reward: Reward, drawn: Drawn, seed: str | None) -> None:
        """Make it again: the number, the prize, and what was given for it."""
        if seed is None:
            self._differs(row, "a draw with a seed that there is not", "a seed", drawn.seed)
            return
        number = chance.ticket(
            seed, chance.Name(row.reward, row.version, row.source, row.external_id), chance.total(reward)
        )  # fmt: skip
        there = set(reward.prizes) - set(drawn.gone)
        prize = chance.drawn(reward, number, there=there, dry=drawn.dry)
        if (drawn.ticket, drawn.prize) != (number, prize):
            self._differs(row, "a draw comes out otherwise", (number, prize), (drawn.ticket, drawn.prize))
        told = (drawn.redemption, drawn.prize, row.cost, 0)
        given = (row.won, row.prize, row.prize_cost, row.prize_number)
        if told != given:
            self._differs(row, "a draw gave not its prize", told, given)

    def _wait(self, row: Row, reward: Reward, drawn: Drawn) -> None:
        """How many draws in a row had not given what is guaranteed: counted on from those before, in this account.

        Of who was merged, those of the other account may be the last ones.
        """
        if reward.guarantee is None:
            return
        prize, mine = reward.guarantee.prize, (row.account_id, row.reward)
        before = [self._after.get((one, row.reward)) for one in {row.account_id, *self._kin.get(row.account_id, ())}]
        lawful = {one.dry if one is not None and one.prize == prize else 0 for one in before}
        if drawn.dry not in lawful:
            self._differs(row, "a member waited otherwise for what is guaranteed", sorted(lawful), drawn.dry)
        if drawn.dry >= reward.guarantee.within - 1 and drawn.prize != prize:
            self._differs(row, "a guarantee was not kept", prize, drawn.prize)
        self._after[mine] = Streak(prize, chance.after(reward, drawn.prize, drawn.dry), row.seq)

    def _streaks(self, found: Found) -> None:
        """What is remembered for the next draw is what the last one left."""
        stored = {(account, reward): Streak(*rest) for account, reward, *rest in found.rows(self.STREAKS)}
        for account, reward in sorted(stored.keys() | self._after.keys()):
            name = (account, reward)
            if stored.get(name) != self._after.get(name):
                what = "a member is said to wait otherwise for what is guaranteed"
                self.breaks(what, expected=self._after.get(name), found=stored.get(name), member=account, reward=reward)

    def _differs(self, row: Row, what: str, expected: object, found: object) -> None:
        where: dict[str, object] = {"member": row.account_id, "redemption": row.id, "reward": row.reward}
        self.breaks(what, expected=expected, found=found, seq=row.seq, **where)

"""Rewards in the world of the engine."""

from abc import ABC, abstractmethod
from datetime import datetime
from fractions import Fraction

from guerdon.core import activities as law
from guerdon.core import chance
from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal
from guerdon.core.redemptions import Deed, Redemption, State
from guerdon.engine import cards, draws, redemptions, supplies
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries
from guerdon.features.vouchers import queries as vouchers
from guerdon.insight import catalogue
from guerdon.kit import store
from tests.stories.worlds import Answer, Offered, Wanted


class EngineRewards(ABC):
    """What the engine does with rewards; the world knows its programme, and who is who."""

    programme_id: str
    redeemed: dict[str, str]  # redemptions by what they are called

    def redeem(self, wanted: Wanted, *, key: str, now: datetime, dry_run: bool) -> Answer:
        asked = redemptions.NewRedemption(
            member=law.Member(external_id=wanted.who), reward=wanted.reward, source="app", external_id=key,
            number=wanted.number, points=wanted.points, reserve=wanted.reserve, choices=wanted.choices,
            address=wanted.address,
        )  # fmt: skip
        (result,) = redemptions.redeem_many(programme_id=self.programme_id, wanted=[asked], now=now, dry_run=dry_run)
        if not isinstance(result, Refusal):
            self.redeemed[key] = result.activity_id
        return _answer(result)

    def become(self, redemption: str, deed: Deed, *, now: datetime, dry_run: bool) -> Answer:
        found = [self._redemption(redemption)]
        (result,) = redemptions.settle_many(
            programme_id=self.programme_id, found=found, deed=deed, now=now, by=None, dry_run=dry_run
        )
        return _answer(result)

    def _redemption(self, name: str) -> Redemption:
        return queries.one(store.current(), self.programme_id, self.redeemed[name])

    def became(self, redemption: str, now: datetime) -> tuple[State, datetime | None]:
        one = self._redemption(redemption)
        return one.as_of(now), one.until

    def gives(self, redemption: str, now: datetime) -> str | int | None:
        one = self._redemption(redemption)
        if one.given is None:
            return None
        shown = vouchers.find(store.current(), self.programme_id, [one.given]).get(one.given)
        if shown is not None:
            return shown.voucher if shown.as_of(now) == "active" else None
        return cards.balance(cards.find(self.programme_id, one.given), now) or None

    def plant(self, seed: str, *, now: datetime) -> None:
        for told in (seed, None):  # the next one that is made, and then that in use
            assert draws.rotate(programme_id=self.programme_id, now=now, seed=told)

    def switch(self, who: str, *, on: bool, now: datetime) -> Answer:
        try:
            draws.switch(programme_id=self.programme_id, member_id=self.own_id(who), on=on, now=now)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer()

    def won(self, redemption: str, now: datetime) -> str | None:
        one = self._redemption(redemption)
        drawn = activities.recorded(store.current(), [(one.account_id, one.id)])[one.id].decision.drawn
        return None if drawn is None else drawn.prize

    def odds(self, reward: str, now: datetime) -> dict[str, Fraction]:
        in_force = programmes.latest(store.current(), self.programme_id).current(now)
        left = catalogue.pieces(store.current(), self.programme_id, in_force, now)
        one = in_force.programme.reward(reward)
        return chance.odds(one, catalogue.there(one, in_force, left, now))

    def supply(self, reward: str, variant: str, pieces: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        wanted = supplies.NewSupply(reward, variant, pieces, "a delivery", "Emil", "stock", key)
        try:
            done = supplies.supply(programme_id=self.programme_id, wanted=wanted, now=now, dry_run=dry_run)
        except Refusal as refusal:
            return Answer(refusal=refusal)
        return Answer(decision=Decision(version=0), known=done.replayed)

    def left(self, reward: str, variant: str | None, now: datetime) -> int | None:
        in_force = programmes.latest(store.current(), self.programme_id).current(now)
        found, _ = catalogue.pieces(store.current(), self.programme_id, in_force, now)[reward]
        return found.left if variant is None else found.of[variant]

    def offered(self, who: str, reward: str, now: datetime) -> Offered:
        at_hand = store.current()
        in_force = programmes.latest(at_hand, self.programme_id).current(now)
        member = members.get(at_hand, self.programme_id, self.own_id(who))
        offers = catalogue.of_member(at_hand, self.programme_id, in_force, member, now)
        found = next(one for one in offers if one.reward.key == reward)
        obstacle = None if found.obstacle is None else found.obstacle.code
        return Offered(obstacle is None and found.affordable, obstacle, found.missing, found.begins)

    @abstractmethod
    def own_id(self, who: str) -> str:
        """The id a member was given."""


def _answer(result: Result) -> Answer:
    if isinstance(result, Refusal):
        return Answer(refusal=result)
    told = result.decision.redeemed
    return Answer(decision=result.decision, known=result.replayed, to_pay=None if told is None else told.money)

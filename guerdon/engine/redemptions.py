"""Rewards are redeemed: reserved, confirmed, fulfilled or given up, each deed once for ever (LAW 8.1, 8.2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import chance, households, ledger, redemptions
from guerdon.core.activities import Activity, Key, Member
from guerdon.core.decisions import Decision, Drawn, Issue, Redeemed
from guerdon.core.law import Law
from guerdon.core.redemptions import KIND, KINDS, SOURCE, Deed, Redemption, State, Stock
from guerdon.core.rewards import WHOLE, Address, Price, Reward
from guerdon.core.standing import Standing
from guerdon.engine import desk, entries
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.caution import Caution
from guerdon.engine.desk import Result
from guerdon.engine.draws import Draws, Prospect
from guerdon.engine.handing import NOTHING, Handing
from guerdon.engine.helpings import Helpings
from guerdon.engine.settlement import Settlement
from guerdon.features.activities.actions import Idempotency
from guerdon.features.ledger.actions import Cause
from guerdon.features.redemptions import actions, queries
from guerdon.features.redemptions.queries import Delivery
from guerdon.features.rewards import actions as rewards
from guerdon.features.rewards import queries as stocks
from guerdon.kit import audit, codes, ids
from guerdon.kit.audit import Actor

DEEDS: dict[str, Deed] = {kind: deed for deed, kind in KINDS.items()}
_CHOICE = "choice:"


class NewRedemption(msgspec.Struct, frozen=True):
    """A reward that a member wants; (source, external_id) names it for ever.

    `points` are so many of a price that lets money make up for the rest; where none are said, all that there are.
    """

    member: Member
    reward: str
    source: str
    external_id: str
    number: int = 1  # of the price
    points: int | None = None
    reserve: bool = False
    choices: dict[str, str] = {}
    address: Address | None = None
    store: str | None = None
    channel: str | None = None
    idempotency: Idempotency | None = None


def redeem_many(
    *, programme_id: str, wanted: Sequence[NewRedemption], now: datetime, dry_run: bool = False
) -> list[Result]:
    """Buy rewards, or reserve them: all or nothing each (LAW 8.1). The loser of a race keeps what it has."""
    told = [Told(_fact(one, now), one.idempotency, address=one.address) for one in wanted]
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Redeeming(tried=dry_run), dry_run=dry_run)


def settle_many(
    *,
    programme_id: str,
    found: Sequence[Redemption],
    deed: Deed,
    now: datetime,
    by: Actor | None,
    reason: str = "",
    idempotency: Idempotency | None = None,
    dry_run: bool = False,
    where: Mapping[str, str] | None = None,
) -> list[Result]:
    """Confirm, fulfil, cancel or expire redemptions; the first deed wins, and doing it again answers the same.

    `by` is who does it, for the book of who did what; nobody, where time alone has done it. Where a till hands them
    over, `where` says its source, as `till`, and how it names that, as `act`.
    """
    told = []
    for one in found:
        id, member = ids.show("redemption", one.id), Member(id=ids.show("member", one.account_id))
        step = Activity(KINDS[deed], SOURCE, id, now, member, facts={"redemption": id, **(where or {})})
        noted = None if by is None else audit.Deed(by, KINDS[deed].replace("_", "."), id, reason)
        told.append(Told(step, idempotency, person_id=one.person_id, deed=noted))
    return desk.run(programme_id=programme_id, told=told, now=now, clerk=_Redeeming(found=found), dry_run=dry_run)


def _fact(one: NewRedemption, now: datetime) -> Activity:
    """What is asked, as the journal will keep it: options, but neither texts nor addresses, which may be personal."""
    facts: dict[str, law.FactValue] = {"reward": one.reward, "price": one.number, "reserve": one.reserve}
    if one.points is not None:
        facts["points"] = one.points
    facts |= {_CHOICE + key: value for key, value in one.choices.items()}
    return Activity(
        KIND, one.source, one.external_id, now, one.member, facts=facts, store=one.store, channel=one.channel
    )  # fmt: skip


class _Redeeming(desk.Clerk):
    """The clerk for redemptions."""

    def __init__(self, *, found: Sequence[Redemption] = (), tried: bool = False) -> None:
        self._tried = tried
        self._found = {one.id: one for one in found}  # as they stood before their members were locked
        self._stocks: dict[tuple[str, str], Stock] = {}
        self._claimed: set[str] = set()
        self._moved: dict[str, tuple[State, State]] = {}

    def changed(self, activity: Activity) -> tuple[object, object]:
        before, after = self._moved[activity.external_id]
        return {"state": before}, {"state": after}

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        if activity.kind != KIND:
            return
        reward = in_force.programme.reward(str(activity.facts["reward"]))
        reward.price(int(activity.facts["price"])).paid_with(_points(activity))
        reward.chosen(_choices(activity))
        if reward.drawn and activity.facts["reserve"]:
            raise chance.DRAW_NOT_RESERVED(reward=reward.key)

    def looks_at(self, activity: Activity) -> Sequence[Key]:
        one = self._step(activity)
        return [] if one is None else [*Settlement.keys(one), *Handing.keys(one)]

    def entries_beside(self, activity: Activity, in_force: Law) -> int:
        one = self._step(activity)
        if one is not None:
            return len(one.price.points) + 1  # and what is on a gift card
        reward = in_force.programme.rewards.get(str(activity.facts["reward"]))
        if reward is None:
            return 0
        given = [in_force.programme.rewards[key] for key in reward.outcomes] or [reward]
        beside = max([Handing.entries(each) for each in given]) + reward.drawn  # a prize has an entry of its own
        return max([len(price.points) for price in reward.prices]) + beside

    def needs_active(self, activity: Activity) -> bool:
        return DEEDS.get(activity.kind) not in ("cancel", "expire")  # points go back to whomever they are

    def prepare(self, batch: Batch, told: Sequence[Told]) -> None:
        """Read lots, what redemptions were paid with, and what members have had; lock the stocks, last of all."""
        super().prepare(batch, told)
        steps = [one for each in told if (one := self._step(each.activity)) is not None]
        new = [one for one in told if one.activity.kind == KIND]
        wanted = {str(one.activity.facts["reward"]) for one in new}
        self._paid = Settlement(batch, steps)
        self._helpings = Helpings(batch, new, wanted)
        now = queries.of_accounts(batch.store, [(one.account_id, one.id) for one in steps])
        self._handing = Handing(batch, self._giving(batch, new, now, told), now.values())
        found = [_known(batch, key) for key in sorted(wanted)]
        mysteries = [reward for reward in found if reward is not None and reward.drawn]
        self._draws = Draws(batch, mysteries, self._helpings.ids, tried=self._tried)
        every = sorted(wanted.union([one.reward for one in steps], *[reward.outcomes for reward in mysteries]))
        if every:
            self._stocks = rewards.locked(batch.store, batch.programme_id, every, batch.now)
        self._found |= now
        self._caution = Caution(batch)
        self._draws.take_seed()
        self._claimed = stocks.claimed(batch.store, batch.programme_id, sorted(now))

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        if one.activity.kind == KIND:
            households.check_spending(in_force.programme.sharing, standing.role)
            return self._redeem(batch, one, standing, in_force)
        return self._settle(batch, one.activity, standing, in_force)

    # --- a new one ---

    def _redeem(self, batch: Batch, asked: Told, standing: Standing, in_force: Law) -> Outcome:
        told, reserve = asked.activity, bool(asked.activity.facts["reserve"])
        reward = in_force.programme.reward(str(told.facts["reward"]))
        reward.check_address(asked.address)
        price = _paid(reward.price(int(told.facts["price"])), batch, told, standing.account_id)
        prospect = self._check(batch, reward, price, told, standing, in_force)
        self._caution.spending(standing, price.points)
        variant, cost = reward.variant(_choices(told)), reward.cost if prospect is None else prospect.cost
        stock = self._stocks[reward.key, variant].under(reward.stocked is not None).claim(cost)
        for unit, points in price.points.items():
            ledger.take(batch.books.lots(standing.account_id, unit), points, at=batch.now, unit=unit)
        if reserve:
            batch.holds.check_room(standing.account_id, len(price.points))

        cause, drawn = batch.cause(standing), None
        if prospect is not None:
            drawn, won = self._draw(batch, reward, told, cause, standing, in_force, prospect)
            stock, cost = stock.free(cost).claim(won.cost), won.cost  # the prize is paid, the rest is free again
        made = Redemption(
            id=cause.activity_id, account_id=cause.account_id, reward=reward.key, variant=variant, state="reserved",
            price=price, cost=cost, made_at=batch.now, person_id=standing.person_id, version=in_force.version,
            number=int(told.facts["price"]), choices=_options(reward, told), code=codes.new(), seq=cause.seq,
            until=redemptions.reserved_until(reward, batch.now),
        )  # fmt: skip
        issued = NOTHING
        if not reserve:
            made, stock, issued = self._give(batch, made, reward, stock, cause, in_force)
        self._paid.pay(made, standing, in_force)
        self._keep(batch, made, stock)
        self._helpings.add(made)
        texts = {key: text for key, text in _choices(told).items() if key not in made.choices}
        if asked.address is not None or texts:
            batch.keep(actions.DELIVERIES, actions.delivery_row(made, Delivery(asked.address, texts)))
        private = {_CHOICE + key for key in texts}
        kept = msgspec.structs.replace(told, facts={k: v for k, v in told.facts.items() if k not in private})
        return self._enter(batch, kept, cause, made, in_force, issued=issued, drawn=drawn)

    def _check(
        self, batch: Batch, reward: Reward, price: Price, told: Activity, standing: Standing, in_force: Law
    ) -> Prospect | None:
        """Everything is looked at before anything moves or is drawn: eligibility, limits, budget (LAW 8.1, 9.1).

        Answers what a draw can give, where it is one.
        """
        redemptions.check_open(reward, in_force, standing, told)
        self._helpings.check(reward, price, standing, in_force)
        prospect = None
        if reward.drawn:
            self._draws.check(reward, self._helpings.with_kin(standing.who))
            prospect = self._draws.look(
                reward, in_force, standing, self._stocks, self._handing, self._helpings.with_kin(standing.account_id)
            )  # fmt: skip
        mine = [stock for (key, _), stock in self._stocks.items() if key == reward.key]
        redemptions.for_all(reward, mine, cost=None if prospect is None else prospect.cost)
        self._handing.check(reward, in_force, standing)
        return prospect

    def _give(
        self, batch: Batch, made: Redemption, reward: Reward, stock: Stock, cause: Cause, in_force: Law
    ) -> tuple[Redemption, Stock, tuple[Issue, ...]]:
        """Confirm a new one, with what it gives by a code."""
        made = redemptions.confirmed(made, reward, batch.now, in_force.zone)
        made, issued = self._handing.give(made, reward, cause, in_force, in_force)
        return made, stock.give() if made.state == "fulfilled" else stock, issued

    def _draw(
        self,
        batch: Batch,
        reward: Reward,
        told: Activity,
        cause: Cause,
        standing: Standing,
        in_force: Law,
        prospect: Prospect,
    ) -> tuple[Drawn, Redemption]:
        """Draw, and give the prize as a redemption of its own, for which nothing is paid."""
        name = chance.Name(reward.key, in_force.version, told.source, told.external_id)
        drawn = self._draws.draw(reward, name, prospect)
        self._draws.keep(reward, drawn, account_id=cause.account_id, seq=cause.seq)
        prize, own = in_force.programme.reward(drawn.prize), batch.cause(standing)
        won = Redemption(
            id=own.activity_id, account_id=own.account_id, reward=prize.key, variant=WHOLE, state="reserved",
            price=Price(free=True), cost=prize.cost, made_at=batch.now, person_id=standing.person_id,
            version=in_force.version, number=redemptions.WON, code=codes.new(), seq=own.seq,
        )  # fmt: skip
        stock = self._stocks[prize.key, WHOLE].under(prize.stocked is not None).claim(prize.cost)
        won, stock, issued = self._give(batch, won, prize, stock, own, in_force)
        self._keep(batch, won, stock)
        facts: dict[str, law.FactValue] = {"reward": prize.key, "price": redemptions.WON, "reserve": False}
        entry = msgspec.structs.replace(
            told, source=chance.SOURCE, external_id=ids.show("redemption", cause.activity_id), facts=facts
        )
        self._enter(batch, entry, own, won, in_force, issued=issued)
        return msgspec.structs.replace(drawn, redemption=won.id), won

    def _keep(self, batch: Batch, made: Redemption, stock: Stock) -> None:
        """Write a new redemption, its code, and what it leaves of the stock."""
        self._put(batch, made, stock)
        batch.keep(actions.REDEMPTIONS, actions.row(batch.programme_id, made))
        batch.keep(actions.CODES, actions.code_row(batch.programme_id, made))

    # --- what becomes of one ---

    def _settle(self, batch: Batch, told: Activity, standing: Standing, in_force: Law) -> Outcome:
        one = self._found[ids.read("redemption", told.external_id)]
        deed = DEEDS[told.kind]
        state = redemptions.moved(one, deed, batch.now)
        lapsed = one.until is not None and one.id not in self._claimed
        if deed == "expire":
            if one.until is None or one.until > batch.now:  # it was confirmed meanwhile, and may be fetched longer
                raise redemptions.REDEMPTION_ENDED(state=one.state)
        elif lapsed:  # by another clock its time was over, and its piece has gone to somebody else
            raise redemptions.REDEMPTION_ENDED(state="expired")
        made_under = batch.lawbook.law(one.version)
        reward = made_under.programme.reward(one.reward)
        issued, withdrawn = NOTHING, tuple[str, ...]()
        if deed == "confirm":
            self._handing.check(reward, made_under, standing)
            self._paid.capture(one, in_force)
            cause = batch.cause(standing)
            after = redemptions.confirmed(one, reward, batch.now, in_force.zone)
            after, issued = self._handing.give(after, reward, cause, made_under, in_force)
        else:
            where = {name: str(told.facts[name]) for name in ("till", "act") if name in told.facts}
            after = msgspec.structs.replace(one, state=state, settled_at=batch.now, **where)
            self._handing.check_whole(one, reward)
            if deed in ("cancel", "expire"):
                self._paid.give_back(one, standing, in_force)
            cause = batch.cause(standing)
            withdrawn = self._handing.take_back(one, reward, cause, in_force)
        self._moved[told.external_id] = (one.state, after.state)
        self._put(batch, after, self._stock_after(one, after, lapsed=lapsed))
        batch.keep(actions.MOVES, actions.move(after))
        return self._enter(batch, told, cause, after, in_force, issued=issued, withdrawn=withdrawn)

    def _stock_after(self, one: Redemption, after: Redemption, *, lapsed: bool) -> Stock:
        """Its stock once it went out, or comes back; of what ended by itself the claim has gone already."""
        stock = self._stocks[one.reward, one.variant]
        if after.state == "fulfilled":
            return stock.give()
        if after.state != "cancelled" or lapsed:
            return stock
        return stock.take_back(one.cost) if one.state == "fulfilled" else stock.free(one.cost)

    def _put(self, batch: Batch, after: Redemption, stock: Stock) -> None:
        """Write the stock, and the claim of what ends by itself; one that no longer does is let go."""
        self._found[after.id] = after
        self._stocks[after.reward, after.variant] = stock
        batch.keep(rewards.STOCKS, rewards.stock_row(batch.programme_id, stock))
        if after.state in redemptions.LIVE and after.until is not None:
            batch.keep(rewards.CLAIMS, rewards.claim_row(batch.programme_id, after))
            self._claimed.add(after.id)
        elif after.id in self._claimed:
            self._claimed.remove(after.id)
            batch.keep(rewards.DROPPED, (batch.programme_id, after.id))

    def _enter(
        self,
        batch: Batch,
        told: Activity,
        cause: Cause,
        one: Redemption,
        in_force: Law,
        *,
        issued: tuple[Issue, ...] = NOTHING,
        withdrawn: tuple[str, ...] = (),
        drawn: Drawn | None = None,
    ) -> Outcome:
        redeemed = Redeemed(
            one.id, one.reward, one.variant, one.state, one.price.points, one.price.money, one.cost, one.until
        )  # fmt: skip
        batch.tell(f"redemption.{one.state}", account_id=one.account_id, subject_id=one.id, seq=cause.seq)
        decision = Decision(
            version=in_force.version, redeemed=redeemed, issued=issued, withdrawn=withdrawn, drawn=drawn
        )  # fmt: skip
        return entries.enter(batch, told, cause, decision)

    def _giving(
        self, batch: Batch, new: Sequence[Told], steps: dict[str, Redemption], told: Sequence[Told]
    ) -> Iterator[tuple[Reward, Law]]:
        """The rewards that may be handed over in this batch, each under the law that says what that is."""
        in_force = batch.lawbook.at(batch.now)
        for each in new:
            reward = _known(batch, str(each.activity.facts["reward"]))
            if reward is not None:
                for key in reward.outcomes or [reward.key]:
                    yield in_force.programme.reward(key), in_force
        for each in told:
            if DEEDS.get(each.activity.kind) == "confirm":
                one = steps[ids.read("redemption", each.activity.external_id)]
                made = batch.lawbook.law(one.version)
                yield made.programme.reward(one.reward), made

    def _step(self, activity: Activity) -> Redemption | None:
        if activity.kind == KIND:
            return None
        return self._found[ids.read("redemption", activity.external_id)]


def _known(batch: Batch, reward: str) -> Reward | None:
    return batch.lawbook.at(batch.now).programme.rewards.get(reward)


def _points(told: Activity) -> int | None:
    points = told.facts.get("points")
    return None if points is None else int(points)


def _paid(price: Price, batch: Batch, told: Activity, account: str) -> Price:
    """The price with as many points as were said; where none were and money makes up, with what is there."""
    points = _points(told)
    if points is not None or price.top_up is None:
        return price.paid_with(points)
    (unit,) = price.points
    return price.affordable(ledger.spendable(batch.books.lots(account, unit), at=batch.now))


def _choices(told: Activity) -> dict[str, str]:
    return {key.removeprefix(_CHOICE): str(value) for key, value in told.facts.items() if key.startswith(_CHOICE)}


def _options(reward: Reward, told: Activity) -> dict[str, str]:
    """What was chosen of options; texts may be personal and are kept elsewhere."""
    with_options = {choice.key for choice in reward.choices if choice.options}
    return {key: value for key, value in _choices(told).items() if key in with_options}

"""Gift cards are sold, loaded, spent from and loaded onto members: accounts to which only codes lead (LAW 8.4)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from guerdon.core import activities as law
from guerdon.core import cards as rules
from guerdon.core import codes as spelling
from guerdon.core import errors, limits
from guerdon.core.activities import Activity, Member
from guerdon.core.decisions import Award, Decision, Share, Taken
from guerdon.core.law import Law
from guerdon.core.ledger import Take
from guerdon.core.programme import Unit
from guerdon.core.standing import Standing
from guerdon.core.transfers import Transfers
from guerdon.engine import desk, entries, redeem, transfers
from guerdon.engine.batch import Batch, Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities.actions import Idempotency
from guerdon.features.cards import actions, queries
from guerdon.features.cards.queries import Card
from guerdon.features.ledger import queries as ledger_queries
from guerdon.features.ledger.actions import Cause
from guerdon.features.members import actions as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import codes, ids, store
from guerdon.kit.store import Store

FREELY = Transfers()  # whoever has a card gives what is on it to whom they like


class Deed(msgspec.Struct, frozen=True):
    """Something done with a gift card and so much money; (source, external_id) names it for ever."""

    amount: int
    source: str
    external_id: str
    idempotency: Idempotency | None = None


def find(programme_id: str, typed: str) -> Card:
    """The card with a code, however it was typed. Raises `gift_card_unknown`."""
    code = spelling.read(typed)
    if code is None:
        raise rules.GIFT_CARD_UNKNOWN()
    return queries.one(store.current(), programme_id, code)


def balance(card: Card, now: datetime) -> int:
    """What is on a card and can be spent at the instant."""
    found = ledger_queries.balances(store.current(), card.account_id, now)
    return sum(one.available for one in found if one.unit == card.unit)


def issue(*, programme_id: str, deed: Deed, now: datetime) -> tuple[Card, Outcome]:
    """Sell a gift card. Told again under its name, it is the same card. Raises what loading refuses.

    Its account has an id that follows from that name, so a sale that was broken off in the middle goes on where it was,
    and a card without money on it has a code that nobody was told.
    """
    in_force = programmes.latest(store.current(), programme_id).current(now)
    policy = rules.check(in_force.programme.gift_cards, deed.amount, limits.GIFT_CARD_MAX)
    account_id = ids.derived(programme_id, "gift_card", deed.source, deed.external_id)

    def open_account(at_hand: Store) -> None:
        if queries.of_account(at_hand, programme_id, account_id) is None:
            members.open_card(at_hand, programme_id, account_id, now=now)
            actions.make(at_hand, programme_id, code=codes.new(), account_id=account_id, unit=policy.unit, now=now)

    store.committed(open_account)
    card = queries.of_account(store.current(), programme_id, account_id)
    assert card is not None
    return card, _load(programme_id, card, law.CARD_ISSUE, deed, now)


def top_up(*, programme_id: str, card: Card, deed: Deed, now: datetime) -> Outcome:
    """Load more money onto a card. Raises `gift_card_full` and what selling one refuses."""
    return _load(programme_id, card, law.CARD_TOP_UP, deed, now)


def _load(programme_id: str, card: Card, kind: str, deed: Deed, now: datetime) -> Outcome:
    return _taken(
        desk.run(programme_id=programme_id, told=[_told(card, kind, deed, now)], now=now, clerk=_Loading())[0]
    )


def spend(*, programme_id: str, card: Card, deed: Deed, now: datetime, dry_run: bool = False) -> Outcome:
    """Take money off a card; the rest stays. It is a burn, and is cancelled as one. Raises `insufficient_points`."""
    burn = redeem.Burn(
        member=_whose(card), unit=card.unit, points=deed.amount, source=deed.source, external_id=deed.external_id,
        idempotency=deed.idempotency,
    )  # fmt: skip
    return _taken(redeem.burn_many(programme_id=programme_id, burns=[burn], now=now, dry_run=dry_run, of_cards=True)[0])


def transfer(*, programme_id: str, card: Card, to: Member, deed: Deed, now: datetime, dry_run: bool = False) -> Outcome:
    """Load money of a card onto a member, where it keeps its dates. Raises `insufficient_points`, `member_unknown`."""
    told = msgspec.structs.replace(_told(card, transfers.SEND, deed, now), other=to)
    results = desk.run(programme_id=programme_id, told=[told], now=now, clerk=_Giving(), dry_run=dry_run)
    return _taken(transfers.compared(programme_id, [to], results)[0])


def _told(card: Card, kind: str, deed: Deed, now: datetime) -> Told:
    facts: dict[str, law.FactValue] = {"unit": card.unit, "points": deed.amount}
    return Told(Activity(kind, deed.source, deed.external_id, now, _whose(card), facts=facts), deed.idempotency)


def _whose(card: Card) -> Member:
    return Member(id=ids.show("member", card.account_id))


def _taken(result: Result) -> Outcome:
    if isinstance(result, errors.Refusal):
        raise result
    return result


class _Loading(desk.Clerk):
    """The clerk for cards that are sold or loaded."""

    def check(self, activity: Activity, in_force: Law, now: datetime) -> None:
        unit, amount = entries.asked(activity)
        rules.check(in_force.programme.gift_cards, amount, limits.GIFT_CARD_MAX)
        in_force.programme.unit(unit)

    def takes_cards(self, activity: Activity) -> bool:
        return True

    def decide(self, batch: Batch, one: Told, standing: Standing, in_force: Law) -> Outcome:
        code, amount = entries.asked(one.activity)
        policy = rules.check(in_force.programme.gift_cards, amount, limits.GIFT_CARD_MAX)
        lots = batch.books.lots(standing.account_id, code)
        rules.check_room(policy, amount, sum(lot.free for lot in lots if not lot.lapsed(batch.now)))
        return load(batch, one.activity, batch.cause(standing), in_force)


def load(batch: Batch, activity: Activity, cause: Cause, in_force: Law) -> Outcome:
    """Put the money of the fact onto the card of the entry, and enter it; it lives as points of its unit do."""
    code, amount = entries.asked(activity)
    end = in_force.expires_at(in_force.programme.unit(code).expires, batch.now, batch.now)
    share = Share(rule=rules.GIFT_CARD, points=amount, exact=str(amount))
    award = Award(unit=code, points=amount, shares=(share,), available_at=batch.now, expires_at=end)
    batch.books.credit("earn", cause, unit=code, points=amount, available_at=batch.now, expires_at=end)
    return entries.enter(batch, activity, cause, Decision(version=in_force.version, awards=(award,)))


def unload(batch: Batch, activity: Activity, cause: Cause, in_force: Law, takes: Sequence[Take]) -> Outcome:
    """Take the very money of the fact off the card again, and enter it: what loaded it did not happen after all."""
    code, amount = entries.asked(activity)
    batch.books.debit("claw_back", cause, unit=code, takes=takes, at=batch.now)
    taken = Taken(unit=code, asked=amount, origin=amount)
    return entries.enter(batch, activity, cause, Decision(version=in_force.version, taken=(taken,)))


class _Giving(transfers.Sending):
    """The clerk for what goes from cards to members: whatever the unit says of members among themselves."""

    def takes_cards(self, activity: Activity) -> bool:
        return True

    def policy(self, unit: Unit | None) -> Transfers | None:
        return None if unit is None else FREELY

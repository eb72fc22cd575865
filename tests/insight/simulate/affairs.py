"""Made-up histories with facts that follow from others: a script of deeds, to be played in one café or in two."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from guerdon.core.activities import Tender
from guerdon.core.errors import Refusal
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from tests.engine import catalogue, test_transfers
from tests.insight.simulate import towers, worlds
from tests.shop import Shop, moment

REWARDS = {
    "tea": {
        "name": {"en": "Tea"}, "kind": "free_product", "product": "tea", "prices": [{"points": {"points": 25}}],
        "cost": "0.60", "fulfilment": "by_hand",
    },
    "cup": {
        "name": {"en": "Cup"}, "kind": "merchandise", "prices": [{"points": {"points": 5, "stamps": 2}}],
        "cost": "3.00",
    },
}  # fmt: skip


class Played(NamedTuple):
    """A café with what has happened in it so far, by the names of deeds."""

    cafe: Shop
    done: dict[str, Outcome]


class Deed(NamedTuple):
    """One thing that somebody does: what it is called, what it needs to have happened, and how it is done."""

    name: str
    needs: str
    do: Callable[[Played], Result]


def programme(seed: int, *, tiers: bool = False) -> dict[str, Any]:
    """A programme of the worlds with rewards, or with ladders, too; points that come back may live some days more."""
    chance = random.Random(seed)
    parts = (towers.programme(seed) if tiers else worlds.programme(seed)) | {
        "rewards": REWARDS,
        "causes": {"trees": {"name": {"en": "Trees"}}},
    }
    giving = chance.choice((
        {}, {"fee": {"points": 1}}, {"minimum": 4}, {"fee": {"percent": "12.5"}},
        {"fee": {"points": 2, "percent": "12.5", "rounding": "down"}},
    ))  # fmt: skip
    giving |= {"acceptance": "needed"} if seed % 2 else {}  # the same in both cafés of a draft
    able = {"transfers": giving, "pays": {"points": 1, "money": "0.10"}}
    parts["units"] = parts["units"] | {"points": parts["units"]["points"] | able}
    return parts | chance.choice(({}, {"reinstate": {"grace_days": chance.choice((0, 3, 40))}}))


def play(cafe: Shop, deeds: Sequence[Deed]) -> Played:
    """Do what can be done in the café."""
    played = Played(cafe, {})
    for deed in deeds:
        if not deed.needs or deed.needs in played.done:
            result = deed.do(played)
            if not isinstance(result, Refusal):
                played.done[deed.name] = result
    return played


def takes(outcome: Outcome) -> int:
    """How many times points left an account by it, unit by unit."""
    decision = outcome.decision
    bought = decision.redeemed.paid if outcome.activity.kind == "redemption" and decision.redeemed else {}
    held = outcome.activity.kind == "hold"
    left = outcome.activity.kind != "capture"  # that was counted when it was held
    return left * len(decision.spent) + len(decision.sent) + len(bought) + held


def script(seed: int, kinds: Sequence[str], *, deeds: int = 110, nights: bool = True, taken: bool = True) -> list[Deed]:
    """What is tried in a café: purchases, returns, points by hand and nights, and much of these kinds.

    Where something was burned and given back it is so wholly or in parts, soon or after points have ended. Without
    `taken` nobody takes points by hand, and there are no rules of which a return would give points again.
    """
    chance = random.Random(seed)
    now = moment("2026-01-05")
    found: list[Deed] = []
    names: dict[str, list[str]] = {}
    for number in range(deeds):
        now += timedelta(hours=chance.choice((3, 20, 40, 90)))
        kind = chance.choice(kinds) if chance.random() < 0.4 else "usual"
        made = (
            _usual(number, now.isoformat(), chance, names, nights=nights, taken=taken)
            if kind == "usual" else KINDS[kind](number, now.isoformat(), chance, names)
        )  # fmt: skip
        if made is not None:
            found.append(made)
    return found


Names = dict[str, list[str]]  # of what may have happened, by kind


def _usual(number: int, at: str, chance: random.Random, names: Names, *, nights: bool, taken: bool) -> Deed | None:
    drawn, name = chance.random(), chance.choice(worlds.NAMES)
    late = (moment(at) - timedelta(hours=chance.choice((0, 0, 0, 30, 900)))).isoformat()
    if drawn < 0.68:
        order = f"o{number}"
        names.setdefault("order", []).append(f"{name} {order}")
        bought = random.Random(chance.random())
        seed = bought.random()
        return Deed(order, "", lambda it: it.cafe.tell(
            worlds.purchase(it.cafe, name, order, late, random.Random(seed)), now=at)[0])  # fmt: skip
    if drawn < 0.82 and names.get("order"):
        who, order = chance.choice(names["order"][-12:]).split()
        part: dict[str, Any] = chance.choice(({}, {"amount": 300}, {"amount": 700}))
        return Deed(f"r{number}", order, lambda it: it.cafe.tell(
            it.cafe.giving_back(who, order, at, external_id=f"r{number}", **part))[0])  # fmt: skip
    if drawn < 0.9:
        points = chance.choice((-10, 15, 40) if taken else (15, 40))
        return Deed(f"a{number}", "", lambda it: it.cafe.adjust(name, points, at))
    if nights:
        return Deed(f"n{number}", "", lambda it: it.cafe.night(at))  # type: ignore[arg-type, return-value]
    return None


def _cancel(number: int, at: str, chance: random.Random, names: Names) -> Deed:
    """A burn, or its cancellation: one of the till, or of a reward."""
    name, burned = chance.choice(worlds.NAMES), names.setdefault("burn", [])
    if chance.random() < 0.5 or not burned:
        burn = f"b{number}"
        burned.append(burn)
        if chance.random() < 0.3:
            reward = chance.choice(sorted(REWARDS))
            return Deed(burn, "", lambda it: catalogue.redeem(it.cafe, reward, name, at))
        unit, points = chance.choice(("points", "points", "stamps")), chance.choice((5, 12, 30))
        return Deed(burn, "", lambda it: it.cafe.burn(name, points, at, unit=unit, external_id=burn))
    burn, part = chance.choice((burned[-1], chance.choice(burned))), chance.choice(({}, {"points": 3}, {"points": 9}))

    def back(it: Played) -> Result:
        if it.done[burn].activity.kind == "redemption":
            return catalogue.settle(it.cafe, it.done[burn], "cancel", at)
        return it.cafe.cancel(burn, at, **part)

    return Deed(f"c{number}", burn, back)


def _give(number: int, at: str, chance: random.Random, names: Names) -> Deed:
    """Points for another member or for a cause, or what becomes of an offer."""
    (giver, taker), points = chance.sample(worlds.NAMES, 2), chance.choice((3, 8, 25, 60))
    offers, drawn, day = names.setdefault("offer", []), chance.random(), {"external_id": f"g{number}"}
    if drawn < 0.15:
        return Deed(f"g{number}", "", lambda it: test_transfers.give(it.cafe, giver, points, at, **day))
    if drawn < 0.5 and offers:
        offer, deed = chance.choice(offers[-3:]), chance.choice(("accept", "accept", "accept", "decline", "withdraw"))
        return Deed(
            f"s{number}", offer, lambda it: _tried(lambda: test_transfers.settle(it.cafe, it.done[offer], deed, at))
        )  # fmt: skip
    offers.append(f"g{number}")
    return Deed(f"g{number}", "", lambda it: test_transfers.send(it.cafe, giver, taker, points, at, **day))


def _tried(do: Callable[[], Result]) -> Result:
    """What comes of it, be it a refusal that is raised."""
    try:
        return do()
    except Refusal as refused:
        return refused


def _grant(number: int, at: str, chance: random.Random, names: Names) -> Deed:
    """A tier by hand for some days or weeks."""
    name, tier = chance.choice(worlds.NAMES), chance.choice(("silver", "gold", "gold", "platinum"))
    last = (moment(at) + timedelta(days=chance.choice((0, 9, 40)))).date().isoformat()
    return Deed(f"t{number}", "", lambda it: it.cafe.grant(name, tier, at, last))


def _hold(number: int, at: str, chance: random.Random, names: Names) -> Deed:
    """Points that are reserved, a reward that is, and what becomes of them; also of what was captured."""
    name, holds, drawn = chance.choice(worlds.NAMES), names.setdefault("hold", []), chance.random()
    if drawn < 0.5 or not holds:
        hold = f"h{number}"
        holds.append(hold)
        if chance.random() < 0.3:
            return Deed(hold, "", lambda it: catalogue.redeem(it.cafe, "tea", name, at, reserve=True))
        unit, points = chance.choice(("points", "points", "stamps")), chance.choice((4, 12, 30))
        days = chance.choice((2, 9, 80))
        return Deed(hold, "", lambda it: it.cafe.hold(name, points, at, unit=unit, external_id=hold, days=days))
    hold, verb, part = chance.choice(holds[-6:]), chance.choice(("capture", "capture", "release")), chance.random()

    def became(it: Played) -> Result:
        if it.done[hold].activity.kind == "redemption":
            deed: Any = "confirm" if verb == "capture" else "cancel"
            return catalogue.settle(it.cafe, it.done[hold], deed, at)
        if verb == "release":
            return it.cafe.release(hold, at)
        more: dict[str, Any] = {"points": 3, "final": part < 0.3} if part < 0.6 else {}
        return it.cafe.capture(hold, at, **more)

    return Deed(f"e{number}", hold, became)


def _pay(number: int, at: str, chance: random.Random, names: Names) -> Deed:
    """A purchase that is paid with some points and the rest in cash, or by a card that is no gift."""
    name, order, points = chance.choice(worlds.NAMES), f"o{number}", chance.choice((5, 15, 25))
    seed, by = chance.random(), chance.choice(("cash", "card"))
    names.setdefault("order", []).append(f"{name} {order}")

    def pay(it: Played) -> Result:
        bought = worlds.purchase(it.cafe, name, order, at, random.Random(seed))
        basket = sum(line.net for line in bought.goods)
        paid = (Tender("points", min(points * 10, basket // 10 * 10), unit="points"),)
        paid += (Tender(by, basket - paid[0].amount),) if basket > paid[0].amount else ()
        return it.cafe.tell(msgspec.structs.replace(bought, tenders=paid), now=at)[0]

    return Deed(order, "", pay)


KINDS: dict[str, Callable[[int, str, random.Random, Names], Deed | None]] = {
    "cancel": _cancel, "give": _give, "grant": _grant, "hold": _hold, "pay": _pay,
}  # fmt: skip

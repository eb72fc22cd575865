"""Made-up histories with facts that follow from others: a script of deeds, to be played in one café or in two."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from guerdon.core.errors import Refusal
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from tests.engine import catalogue
from tests.insight.simulate import worlds
from tests.shop import Shop, moment

REWARDS = {
    "tea": {
        "name": {"en": "Tea"}, "kind": "free_product", "product": "tea", "prices": [{"points": {"points": 25}}],
        "cost": "0.60", "fulfilment": "by_hand",
    },
    "cup": {
        "name": {"en": "Cup"}, "kind": "merchandise", "prices": [{"points": {"points": 12, "stamps": 2}}],
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


def programme(seed: int) -> dict[str, Any]:
    """A programme of the worlds with rewards, where points that come back may live some days more."""
    chance = random.Random(seed)
    parts = worlds.programme(seed) | {"rewards": REWARDS}
    return parts | chance.choice(({}, {"reinstate": {"grace_days": chance.choice((0, 3, 40))}}))


def play(cafe: Shop, deeds: Sequence[Deed]) -> list[Deed]:
    """Do what can be done in the café; answers what was."""
    played, found = Played(cafe, {}), []
    for deed in deeds:
        if deed.needs and deed.needs not in played.done:
            continue
        result = deed.do(played)
        if not isinstance(result, Refusal):
            played.done[deed.name] = result
            found.append(deed)
    return found


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


KINDS: dict[str, Callable[[int, str, random.Random, Names], Deed | None]] = {"cancel": _cancel}

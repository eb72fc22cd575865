"""Hypothesis strategies for catalogues of rewards."""

from datetime import UTC, datetime

import msgspec
from hypothesis import strategies as st

from guerdon.core.grammar.rewards import MAY, NEEDS
from guerdon.core.rewards import Choice, Guarantee, Price, Reward, TopUp
from guerdon.core.rules import NO_CAPS, Caps
from tests.words import keys, names

KINDS = ("money_off", "percent_off", "free_product", "free_shipping", "gift_card", "merchandise", "donation")
OWN = {"amount": st.integers(1, 10**9), "percent": st.integers(1, 10_000), "product": st.sampled_from(("tea", "cake"))}
START = datetime(2026, 3, 1, tzinfo=UTC)
MIDNIGHT = datetime(2026, 4, 1, tzinfo=UTC)


@st.composite
def _prices(draw, units):
    points = draw(st.dictionaries(st.sampled_from(units), st.integers(2, 10**9), max_size=2)) if units else {}
    top_up = None
    if len(points) == 1 and draw(st.booleans()):
        (full,) = points.values()
        top_up = TopUp(draw(st.integers(1, 10**6)), draw(st.integers(1, 10**6)), draw(st.integers(0, full - 1)))
    money = draw(st.sampled_from((0, 1, 450)))
    return Price(points, money, top_up, free=not (points or money))


@st.composite
def _choices(draw, languages):
    found = []
    for key in draw(st.lists(keys, max_size=2, unique=True)):
        options = {one: draw(names(languages)) for one in draw(st.lists(keys, max_size=3, unique=True))}
        found.append(Choice(key, draw(names(languages)), options))
    return tuple(found)


@st.composite
def catalogues(draw, units, languages):
    """Rewards whose prices are in the units, all of which can be spent."""
    found = {}
    for key in draw(st.lists(keys, max_size=2, unique=True)):
        kind, choices = draw(st.sampled_from(KINDS)), draw(_choices(languages))
        said = (*NEEDS.get(kind, ()), *(MAY.get(kind, ()) if draw(st.booleans()) else ()))
        cost, begins = draw(st.integers(0, 10**6)), draw(st.sampled_from((None, START)))
        counted = st.sampled_from((None, "whole", *(("per_choice",) if any(one.options for one in choices) else ())))
        prices = tuple(draw(st.lists(_prices(units), min_size=1, max_size=2)))
        endless = () if kind == "gift_card" and any(price.free for price in prices) else (NO_CAPS,)
        found[key] = Reward(
            key, draw(names(languages)), kind, prices,
            terms=draw(st.just({}) | names(languages)), category=draw(st.none() | keys),
            **{name: draw(OWN[name]) for name in said},
            cost=cost, stocked=draw(counted), choices=choices,
            limits=draw(st.sampled_from((*endless, Caps(day=1), Caps(month=3, lifetime=9)))),
            total=draw(st.none() | st.integers(1, 100)), budget=draw(st.integers(1, 10**9)) if cost else None,
            start=begins, until=draw(st.sampled_from((None, MIDNIGHT))),
            early_access=draw(st.dictionaries(keys, st.integers(1, 99), max_size=2)) if begins else {},
            address=draw(st.booleans()), reserve_minutes=draw(st.integers(1, 90)),
            fulfil_days=draw(st.none() | st.integers(0, 90)), fulfilment=draw(_fulfilments(kind)),
        )  # fmt: skip
        if found[key].gives is not None:
            found[key] = msgspec.structs.replace(found[key], address=False, fulfil_days=None)
    return found | (draw(_mysteries(languages)) if draw(st.booleans()) else {})


@st.composite
def _mysteries(draw, languages):
    """A mystery, with a prize that can run out and a fallback that can't."""
    cost, free = draw(st.integers(1, 10**6)), (Price(free=True),)
    prize = Reward("a-prize", draw(names(languages)), "donation", free, cost=cost, stocked="whole", limits=Caps(day=1))
    always = Reward("a-fallback", draw(names(languages)), "carbon", free, cost=draw(st.integers(0, cost)))
    paid = draw(st.booleans())
    box = Reward(
        "a-mystery", draw(names(languages)), "mystery", (Price(money=100), *free) if paid else free,
        prizes={"a-prize": draw(st.integers(1, 10**6)), "a-fallback": draw(st.integers(1, 10**6))},
        fallback="a-fallback", budget=cost + draw(st.integers(0, 10**6)), limits=Caps(day=draw(st.integers(1, 9))),
        guarantee=draw(st.none() | st.integers(2, 1000).map(lambda within: Guarantee("a-prize", within))),
        free_limits=Caps(week=1) if paid else NO_CAPS,
    )  # fmt: skip
    return {one.key: one for one in (prize, always, box)}


def _fulfilments(kind):
    return st.just("by_hand") if kind == "gift_card" else st.sampled_from((None, "by_hand", "at_once"))


def shelves(rewards, languages):
    """Names of the categories in which the rewards stand, and maybe of one more."""
    used = sorted({one.category for one in rewards.values() if one.category is not None})
    return st.lists(keys, max_size=1).flatmap(
        lambda more: st.fixed_dictionaries({key: names(languages) for key in dict.fromkeys((*used, *more))})
    )

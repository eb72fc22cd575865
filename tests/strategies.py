"""Hypothesis strategies for random, lawful programmes and their parts; every test that needs one draws it here."""

from functools import cache

import msgspec
from hypothesis import strategies as st

from guerdon.core import conditions as c
from guerdon.core import effects, expiry, money, period, rules
from guerdon.core.adjustments import ByHand, Reason
from guerdon.core.brands import SHAPES, Brand
from guerdon.core.cards import GiftCards
from guerdon.core.grammar.words import COUNTED_KINDS
from guerdon.core.hold_out import HoldOut
from guerdon.core.households import Households
from guerdon.core.naming import Called
from guerdon.core.programme import Earning, FactSchema, Kind, Programme, Rate, Unit, Worth
from guerdon.core.transfers import Cause, Fee, Transfers
from guerdon.core.vesting import Vesting
from guerdon.core.vouchers import Voucher
from tests.conditions import conditions, line_filters
from tests.ladders import all_ladders, all_plans
from tests.rewards import catalogues, shelves
from tests.words import (
    CURRENCIES,
    LANGUAGES,
    ZONES,
    amounts,
    days,
    instants,
    keys,
    labels,
    names,
    pieces,
)

# --- effects, lives, limits ---


def _steps():
    rising = st.lists(st.integers(0, 10**8), min_size=1, max_size=4, unique=True).map(sorted)
    return rising.flatmap(
        lambda told: st.lists(st.integers(1, 10**6), min_size=len(told), max_size=len(told)).map(
            lambda gives: tuple(effects.Step(*step) for step in zip(told, sorted(gives), strict=True))
        )
    )


@cache
def all_effects(unit="points"):
    """Effects in a unit."""
    gives = st.integers(1, 10**9)
    factors = st.tuples(st.integers(1, 5_000), st.integers(1, 1_000)).filter(
        lambda told: told[1] < told[0] <= 1_000 * told[1]
    )
    return st.one_of(
        st.builds(effects.PerAmount, st.just(unit), gives, amounts),
        st.builds(effects.PerPiece, st.just(unit), gives, pieces),
        st.builds(effects.Fixed, st.just(unit), gives),
        st.builds(effects.Table, st.just(unit), _steps()),
        factors.map(lambda told: effects.Multiply(unit, *told)),
    )


policies = st.one_of(
    st.just(expiry.Never()),
    st.builds(
        expiry.Rolling,
        st.integers(1, 400), st.integers(0, 36), st.integers(0, 5),
        st.none() | st.sampled_from(("month", "quarter", "half_year", "year")),
    ),
    st.sampled_from(("month", "quarter", "half_year", "year")).map(lambda span: expiry.Rolling(round_up=span)),
    st.builds(expiry.Calendar, st.integers(1, 12), st.integers(1, 29), st.integers(0, 3)),
    st.builds(expiry.Sliding, st.integers(1, 400), st.integers(0, 36)),
)  # fmt: skip
vestings = st.integers(0, 90).map(Vesting) | days.map(lambda day: Vesting(until=day))
limits = st.none() | st.integers(1, 10**12)
caps = st.builds(rules.Caps, *[limits] * 7)
sent_caps = st.builds(rules.Caps, st.none(), *[st.none() | st.integers(1, 10**9)] * 6)
uses = st.builds(rules.Caps, st.none(), *[st.none() | st.integers(1, 1_000)] * 6)


@st.composite
def periods(draw):
    """Windows of rules, open on either side."""
    start, until = draw(st.none() | instants), draw(st.none() | instants)
    if start is not None and until is not None:
        if start == until:
            return period.Period(start)
        start, until = sorted((start, until))
    return period.Period(start, until)


@st.composite
def all_rules(draw, key, units, languages, kinds, currencies):
    """One rule; caps and budgets only where it gives one unit."""
    drawn = draw(st.lists(all_effects(), min_size=1, max_size=3))
    then = tuple(msgspec.structs.replace(effect, unit=draw(st.sampled_from(units))) for effect in drawn)
    one = len({effect.unit for effect in then}) == 1
    return rules.Rule(
        key=key,
        name=draw(names(languages)),
        when=tuple(draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3, unique=True))),
        then=then,
        condition=draw(st.none() | conditions(kinds=kinds, currencies=currencies)),
        where=draw(st.none() | line_filters()),
        during=draw(periods()),
        caps=draw(caps) if one else rules.NO_CAPS,
        uses=draw(uses),
        budget=draw(limits) if one else None,
        group=draw(st.none() | st.sampled_from(("happy", "2x"))),
        priority=draw(st.integers(-5, 5)),
        vesting=draw(st.none() | vestings),
        expires=draw(st.none() | policies),
        funder=draw(st.none() | labels),
        owner=draw(st.just("programme") | labels),
        campaign=draw(st.booleans()),
    )


# --- programmes ---


@st.composite
def all_units(draw, languages):
    """One to three units by code."""
    found, shares = {}, (st.none(), st.none() | st.integers(1, 10_000))
    for code in draw(st.lists(keys, min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(("redeemable", "qualifying", "allowance", "money")))
        found[code] = Unit(
            code=code,
            kind=kind,
            name=draw(names(languages)),
            scale=draw(st.integers(0, 6)),
            expires=draw(policies),
            vesting=draw(vestings),
            caps=draw(caps),
            worth=draw(st.none() | st.builds(Worth, st.integers(1, 10**9), amounts, shares[kind != "allowance"])),
            debt_max=draw(st.none() | st.integers(0, 10**9)),
            transfers=draw(st.none() | sendings) if kind in ("redeemable", "money") else None,
        )
    return found


@cache
def _facts():
    number = st.none() | st.integers(-(10**6), 10**6)
    integer = st.tuples(st.booleans(), number, number).map(
        lambda told: FactSchema("integer", told[0], *(sorted(told[1:]) if None not in told[1:] else told[1:]))
    )
    text = st.builds(
        FactSchema, st.just("text"), st.booleans(), choices=st.lists(labels, max_size=3, unique=True).map(tuple)
    )
    return st.dictionaries(
        labels, integer | text | st.builds(FactSchema, st.just("boolean"), st.booleans()), max_size=3
    )


@st.composite
def all_kinds(draw, languages):
    """Own kinds of activity by key; never one that the house has."""
    found = draw(st.lists(st.sampled_from(("survey", "delivered", "2go")), max_size=2, unique=True))
    return {key: Kind(key, draw(names(languages)), draw(_facts())) for key in found}


@st.composite
def _rates(draw, home):
    found = {}
    for currency in draw(st.sets(st.sampled_from(CURRENCIES).filter(lambda code: code != home), max_size=2)):
        starts = sorted(draw(st.sets(days, min_size=1, max_size=3)))
        found[currency] = tuple(Rate(day.isoformat(), draw(amounts), draw(amounts)) for day in starts)
    return found


earnings = st.builds(
    Earning,
    st.sampled_from(("floor", "half_up")), st.sampled_from(("order", "line")), st.sampled_from(("multiply", "add")),
    st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.frozensets(labels, max_size=3),
)  # fmt: skip


fees = st.builds(
    Fee, st.integers(0, 10**9), st.integers(1, 10_000), st.sampled_from(("up", "down"))
) | st.builds(Fee, st.integers(1, 10**9))  # fmt: skip
sendings = st.builds(
    Transfers,
    minimum=st.integers(1, 10**9), caps=sent_caps, per_pair=sent_caps, fee=st.none() | fees,
    acceptance=st.sampled_from(("none", "needed")), offer_days=st.integers(1, 365),
)  # fmt: skip


sharings = st.builds(
    Households, leaving=st.sampled_from(("stay", "take")), persons_max=st.integers(2, 50),
    may_spend=st.lists(st.sampled_from(("owner", "adult", "child")), min_size=1, unique=True).map(tuple),
    invitation_days=st.integers(1, 365),
)  # fmt: skip


@cache
def _called(languages):
    named = st.dictionaries(labels, names(languages), max_size=2)
    return st.builds(Called, products=named, categories=named, stores=named, segments=named, attributes=named)


@st.composite
def _causes(draw, languages):
    return {key: Cause(key, draw(names(languages))) for key in draw(st.lists(keys, max_size=2, unique=True))}


def _of_known_tiers(rule, ladders):
    """A rule that asks for no tier, where ladders say which there are."""
    asked = c.walk(rule.condition) if ladders and rule.condition is not None else ()
    odd = any(isinstance(node, c.Is) and node.what == "tier" for node in asked)
    return msgspec.structs.replace(rule, condition=None) if odd else rule


def _memberships(*asking):
    """The memberships that rules, vouchers or rewards ask for."""
    asked = [node for one in asking if one.condition is not None for node in c.walk(one.condition)]
    return [key for node in asked if isinstance(node, c.Is) and node.what == "membership"
            for key in sorted(node.any_of | node.none_of)]  # fmt: skip


def _giving(draw, rule, offers):
    """A rule that may give vouchers, too."""
    if not offers or rule.group is not None or not draw(st.booleans()):
        return rule
    given = draw(st.lists(st.sampled_from(sorted(offers)), unique=True, max_size=2))
    return msgspec.structs.replace(rule, vouchers=tuple(given))


@st.composite
def by_hand(draw, units, languages):
    """What is asked of adjustments."""
    reasons = draw(st.lists(keys, max_size=2, unique=True))
    most = draw(st.dictionaries(st.sampled_from(units), st.integers(0, 10**9), max_size=2))
    return ByHand({code: Reason(draw(names(languages))) for code in reasons}, most)


@st.composite
def all_vouchers(draw, languages, currencies):
    """Up to three vouchers by key, each of which gives one thing."""
    found = {}
    for key in draw(st.lists(keys, max_size=3, unique=True)):
        gives = draw(
            st.one_of(
                st.fixed_dictionaries({"amount": amounts}),
                st.fixed_dictionaries({"percent": st.integers(1, 10_000), "amount_max": st.none() | amounts}),
                st.fixed_dictionaries({"product": labels}), st.just({"free_shipping": True}),
                st.fixed_dictionaries({"gift": names(languages)}),
            )
        )  # fmt: skip
        codes = draw(st.sampled_from(("generated", "pool")))
        found[key] = Voucher(
            key=key, name=draw(names(languages)), **gives,
            condition=draw(st.none() | conditions(kinds=("purchase",), currencies=currencies, depth=2)),
            where=None if gives.keys() & {"free_shipping", "gift"} else draw(st.none() | line_filters()),
            during=draw(periods()), valid_days=draw(st.none() | st.integers(0, 400)), uses=draw(st.integers(1, 100)),
            uses_per_member=draw(st.none() | st.integers(1, 100)), group=draw(st.none() | keys),
            exclusive=draw(st.booleans()), codes=codes, bearer=codes == "generated" and draw(st.booleans()),
            alarm_below=draw(st.none() | st.integers(1, 100)) if codes == "pool" else None,
        )  # fmt: skip
    return found


@st.composite
def _sold(draw, units, currency):
    """How gift cards are sold, where there is a unit of money for them."""
    fitting = [one.code for one in units.values() if one.kind == "money" and one.scale == money.decimals(currency)]
    if not fitting:
        return None
    least, more, full = draw(st.integers(1, 10**6)), draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    most = draw(st.sampled_from((None, least + more)))
    return draw(st.none() | st.just(GiftCards(draw(st.sampled_from(fitting)), least, most, least + full)))


@st.composite
def programmes(draw, rules_max=4):
    """A whole programme that the grammar accepts."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    currency = draw(st.sampled_from(CURRENCIES))
    units, kinds, rates = draw(all_units(languages)), draw(all_kinds(languages)), draw(_rates(currency))
    every_kind = (*COUNTED_KINDS, *kinds)
    found = [
        draw(all_rules(key, tuple(units), languages, every_kind, (currency, *rates)))
        for key in draw(st.lists(keys, max_size=rules_max, unique=True))
    ]
    ladders = draw(all_ladders(tuple(units), every_kind, languages))
    shared = draw(st.none() | sharings)
    if shared is not None:
        ladders = tuple(msgspec.structs.replace(one, window="rolling") for one in ladders)
    offers = draw(all_vouchers(languages, (currency, *rates)))
    offers = {key: _of_known_tiers(one, ladders) for key, one in offers.items()}
    found = [_giving(draw, _of_known_tiers(rule, ladders), offers) for rule in found]
    spendable = tuple(code for code, unit in units.items() if unit.spendable)
    offered = draw(catalogues(spendable, languages))
    if ladders:
        offered = {key: msgspec.structs.replace(one, early_access={}) for key, one in offered.items()}
    wait = draw(st.sampled_from((0, 1, 24)))
    free = draw(st.dictionaries(st.sampled_from(tuple(units)), st.integers(0, 10**9), max_size=2)) if wait else {}
    return Programme(
        key=draw(keys),
        name=draw(names(languages)),
        zone_key=draw(st.sampled_from(ZONES)),
        currency=currency,
        languages=languages,
        units=units,
        rules=tuple(_of_one_life(_free_of_own_facts(rule, kinds), units) for rule in found),
        earning=draw(earnings),
        kinds=kinds,
        rates=rates,
        enrol_unknown=draw(st.booleans()),
        returns=draw(st.sampled_from(("only_pending", "within_balance", "debt"))),
        remind_days=tuple(draw(st.lists(st.integers(1, 400), max_size=4, unique=True))),
        adjustments=draw(by_hand(tuple(units), languages)),
        causes=draw(_causes(languages)),
        tiers=ladders,
        plans=draw(all_plans(languages, _memberships(*found, *offers.values(), *offered.values()))),
        households=shared,
        vouchers=offers,
        hold_out=draw(st.none() | st.integers(1, 5_000).map(HoldOut)),
        margin=draw(st.none() | st.integers(1, 10_000)),
        till_asks_above=draw(st.none() | st.integers(1, 10**9)),
        called=draw(_called(languages)),
        reward_categories=draw(shelves(offered, languages)),
        rewards=offered,
        gift_cards=draw(_sold(units, currency)),
        review=draw(st.sampled_from(("free", "required"))),
        address_wait_hours=wait,
        address_wait_free=free,
        brand=draw(st.none() | st.builds(Brand, shape=st.sampled_from(SHAPES), portal=st.none() | keys)),
    )


def _of_one_life(rule, units):
    """A rule with a life of its own only where nothing slides."""
    lives = [rule.expires, *(units[effect.unit].expires for effect in rule.then)]
    return (
        msgspec.structs.replace(rule, expires=None) if any(isinstance(one, expiry.Sliding) for one in lives) else rule
    )


def _free_of_own_facts(rule, kinds):
    """A rule that only own kinds trigger may ask only for their facts; a purchase among them makes it free."""
    if set(rule.when) - kinds.keys():
        return rule
    return msgspec.structs.replace(rule, when=("purchase", *rule.when))

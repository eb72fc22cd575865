"""Hypothesis strategies for ladders of tiers and plans of memberships."""

import re

from hypothesis import strategies as st

from guerdon.core.ladders import Basis, Benefit, Ladder, Level
from guerdon.core.plans import Plan, Term
from tests.words import keys, names

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
benefits = st.one_of(
    st.tuples(st.sampled_from(("free_shipping", "birthday_gift", "other")), st.just({})),
    st.tuples(st.just("percent_off"), st.fixed_dictionaries({"percent": st.integers(1, 10_000)})),
    st.tuples(st.just("early_access"), st.fixed_dictionaries({"hours": st.integers(1, 99)})),
    st.tuples(st.just("companion_tickets"), st.fixed_dictionaries({"tickets": st.integers(1, 9)})),
)


@st.composite
def _levels(draw, level_keys, languages):
    levels = []
    thresholds = sorted(draw(st.lists(st.integers(0, 10**9), min_size=len(level_keys), max_size=9, unique=True)))
    for key, threshold in zip(level_keys, thresholds, strict=False):
        invited = draw(st.booleans())
        kinds = draw(st.dictionaries(keys, benefits, max_size=2))
        gives = tuple(Benefit(one, kind, draw(names(languages)), **number) for one, (kind, number) in kinds.items())
        levels.append(Level(key, draw(names(languages)), None if invited else threshold, invited, gives))
    return tuple(levels)


@st.composite
def all_ladders(draw, units, kinds, languages):
    """Ladders over what the programme has."""
    bases = st.builds(Basis, points=st.sampled_from(units)) | st.just(Basis(spend=True))
    bases |= st.builds(Basis, visits=st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True).map(tuple))
    found = []
    tiers = draw(st.lists(keys, min_size=2, max_size=4, unique=True))
    for key, own in zip(draw(st.lists(keys, max_size=2, unique=True)), (tiers[:1], tiers[1:]), strict=False):
        found.append(
            Ladder(
                key, draw(names(languages)), draw(bases), draw(_levels(own, languages)),
                window=draw(st.sampled_from(("calendar_year", "membership_year", "rolling", "lifetime"))),
                downgrade=draw(st.sampled_from(("soft_landing", "earned"))), grace_days=draw(st.integers(0, 99)),
                after_return=draw(st.sampled_from(("immediate", "grace", "period_end"))),
                crossing=draw(st.sampled_from(("before", "after"))),
            )
        )  # fmt: skip
    return tuple(found)


terms = st.one_of(
    st.builds(Term, months=st.integers(1, 120)), st.builds(Term, days=st.integers(1, 999)), st.just(Term())
)


@st.composite
def all_plans(draw, languages, asked):
    """Plans; where rules ask for memberships, either none or all of these among them."""
    if not draw(st.booleans()) or not all(KEY.fullmatch(one) for one in asked):
        return {}
    found = {}
    for key in dict.fromkeys((*asked, *draw(st.lists(keys, max_size=2)))):
        kinds = draw(st.dictionaries(keys, benefits, max_size=2))
        gives = tuple(Benefit(one, kind, draw(names(languages)), **number) for one, (kind, number) in kinds.items())
        prices = st.dictionaries(st.sampled_from(("EUR", "JPY", "KWD")), st.integers(0, 10**6), min_size=1)
        days = {
            name: draw(st.integers(0, 99))
            for name in ("trial_days", "grace_days", "refund_days", "ask_days", "pause_days_max", "rank")
        }
        found[key] = Plan(
            key, draw(names(languages)), draw(prices), draw(terms), renews=draw(st.booleans()),
            joint=draw(st.booleans()), benefits=gives, **days,
        )  # fmt: skip
    return found

"""Points that pay a part of a basket: never less than it costs, never more than may be, and the same both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import paying
from guerdon.core.errors import Refusal
from guerdon.core.paying import Payable, Pays

RATES = st.builds(
    Pays,
    points=st.integers(1, 300),
    amount=st.integers(1, 300),
    minimum=st.integers(1, 500),
    step=st.integers(1, 50),
    share_max=st.integers(1, 10_000),
)
PLAIN = Pays(points=100, amount=50, minimum=200, step=100)


@given(RATES, st.integers(0, 5_000), st.integers(0, 5_000))
def test_what_can_be_paid_is_what_is_taken(pays, basket, available):
    """Every amount is tried: the least and the most that `check` takes with so many points is what `payable` says."""
    found = paying.payable(pays, unit="points", basket=basket, available=available)
    if found is None:
        assert all(not takes(pays, amount, basket, available) for amount in (1, pays.worth(pays.charge(1)), basket))
        return
    assert found.points_max <= available and found.amount_max * 10_000 <= basket * pays.share_max
    for amount, points in ((found.amount_min, found.points_min), (found.amount_max, found.points_max)):
        assert paying.check(pays, unit="points", amount=amount, basket=basket) == points
    assert not any(
        takes(pays, amount, basket, available) for amount in range(found.amount_max + 1, found.amount_max + 400)
    )
    assert not any(
        takes(pays, amount, basket, available) for amount in range(max(0, found.amount_min - 50), found.amount_min)
    )


def takes(pays, amount, basket, available):
    try:
        return paying.check(pays, unit="points", amount=amount, basket=basket) <= available
    except Refusal:
        return False


@given(RATES, st.integers(1, 5_000))
def test_the_fewest_points_pay_it_and_one_step_less_does_not(pays, amount):
    points = pays.charge(amount)
    assert points >= pays.minimum and points % pays.step == 0 and pays.worth(points) >= amount
    less = points - pays.step
    assert less < pays.minimum or less * pays.amount < amount * pays.points


@pytest.mark.parametrize(
    ("amount", "code", "facts"),
    [
        (99, "pays_too_little", {"unit": "p", "amount": 99, "points": 200, "worth": 100}),
        (0, "pays_too_little", {"unit": "p", "amount": 0, "points": 200, "worth": 100}),
        (101, "pays_in_steps", {"unit": "p", "amount": 101, "below": 100, "above": 150}),
        (1001, "pays_too_much", {"unit": "p", "amount": 1001, "limit": 1000}),
    ],
)
def test_what_is_refused(amount, code, facts):
    with pytest.raises(Refusal, match=code) as refused:
        paying.check(PLAIN, unit="p", amount=amount, basket=1000)
    assert refused.value.facts == facts


def test_what_is_taken():
    assert paying.check(PLAIN, unit="p", amount=100, basket=1000) == 200
    assert paying.check(PLAIN, unit="p", amount=1000, basket=1000) == 2000
    assert paying.payable(PLAIN, unit="p", basket=1000, available=350) == Payable("p", 200, 300, 100, 150)
    assert paying.payable(PLAIN, unit="p", basket=1000, available=199) is None
    assert paying.payable(PLAIN, unit="p", basket=99, available=5000) is None
    with pytest.raises(Refusal, match="pays_nothing"):
        paying.check(None, unit="p", amount=1, basket=1)

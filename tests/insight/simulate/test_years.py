"""The years ahead: worked out by hand where the past leaves no choice, and held against what really came."""

from datetime import date, timedelta

import numpy as np
import pytest

from guerdon.core import expiry
from guerdon.core.errors import Refusal
from guerdon.insight.simulate import years
from guerdon.insight.simulate.bootstrap import Resampling
from guerdon.insight.simulate.measures import Side
from guerdon.insight.simulate.responses import Prior
from guerdon.insight.simulate.runs import Flow
from guerdon.insight.simulate.years import Ahead
from tests.insight.simulate import made

ALONE = Resampling(1, 40)
NOBODY = Ahead(years=1, joining=0)


def middles(found, what: str) -> list[int]:
    return [getattr(month, what).middle for month in found.months]


def test_a_steady_member_by_hand():
    """10.00 a month give 10 points, that live 3 months: ahead 10 come and 10 end each month, and 30 are there."""
    side = made.Shop(np.full((1, 12), 1_000)).side(months=3)
    found = years.forecast(years.drawn(side, "points", NOBODY, sample=ALONE))
    assert [month.month for month in found.months[:2]] == ["2026-01", "2026-02"] and len(found.months) == 12
    assert middles(found, "issued") == [100] * 12 == middles(found, "expired")
    assert middles(found, "outstanding") == [300] * 12 and middles(found, "liability") == [30] * 12
    assert found.breakage == years.Spread(10_000, 10_000, 10_000)
    assert all(month.issued.low == month.issued.high for month in found.months)


def test_who_redeems_all_lets_nothing_end():
    side = made.Shop(np.full((1, 12), 1_000), np.ones((1, 12), bool)).side(months=3, price=10)
    found = years.forecast(years.drawn(side, "points", NOBODY, sample=ALONE))
    assert middles(found, "redeemed") == [100] * 12 and middles(found, "cost") == [80] * 12
    assert middles(found, "outstanding") == [0] * 12 == middles(found, "expired")


def test_months_come_in_their_season():
    """Whoever spends in December only does so in December ahead, whichever blocks are drawn."""
    spent = np.zeros((1, 24), np.int64)
    spent[0, [11, 23]] = 5_000
    side = made.Shop(spent).side()
    for block in (1, 3, 12):
        found = years.forecast(years.drawn(side, "points", Ahead(2, block, joining=0), sample=ALONE))
        assert middles(found, "issued") == [0] * 11 + [500] + [0] * 11 + [500]


def test_growth_is_by_the_year():
    side = made.Shop(np.full((1, 12), 1_000)).side(months=3)
    ahead = Ahead(2, growth=Prior(float(np.log(1.2)), 0.0), joining=0)
    found = middles(years.forecast(years.drawn(side, "points", ahead, sample=ALONE)), "issued")
    assert (found[11], found[23]) == (120, 144)
    unsure = years.drawn(side, "points", ahead._replace(growth=Prior(0.0, 0.1)), sample=Resampling(1, 400))
    last = unsure.flows[:, -1, 0]
    assert last.std() == pytest.approx(100 * 0.2, rel=0.3) and np.unique(last).size == years.FUTURES


def test_who_joins_does_as_others_did():
    """One joined in July and gives 20 points in the month of joining, then 10; so do two a month from January on."""
    spent = np.zeros((2, 12), np.int64)
    spent[0] = 1_000
    spent[1, 6:] = [2_000, 1_000, 1_000, 1_000, 1_000, 1_000]
    side = made.Shop(spent).side(months=60)
    whole = years.drawn(side, "points", Ahead(1, 1, joining=2), sample=Resampling(2, 40))
    none = years.drawn(side, "points", Ahead(1, 1, joining=0), sample=Resampling(2, 40))
    more = np.median(whole.flows[:, :, 0] - none.flows[:, :, 0], axis=0)
    assert more[:6] == pytest.approx([400, 600, 800, 1_000, 1_200, 1_400])
    assert years.drawn(side, "points", Ahead(1, 1), sample=ALONE._replace(members=2)).joining == pytest.approx(1 / 11)


def test_who_came_late_goes_on_as_since_they_came():
    spent = np.zeros((1, 12), np.int64)
    spent[0, 9:] = 1_000
    found = years.forecast(years.drawn(made.Shop(spent).side(months=60), "points", NOBODY, sample=ALONE))
    assert middles(found, "issued") == [100] * 12 and middles(found, "outstanding")[-1] == 1_500


def test_points_had_before_the_history_are_there():
    """A replay can begin with points that nothing in it gave; they end as if they were of its first month."""
    side = made.Shop(np.zeros((1, 6), np.int64)).side(months=8)
    flow = side.run.flows["points"]._replace(outstanding=np.full((1, 6), 70))
    side = Side(side.run._replace(flows={"points": flow}), side.programme)
    found = years.forecast(years.drawn(side, "points", Ahead(1, joining=0), sample=ALONE))
    assert middles(found, "expired") == [0, 0, 70] + [0] * 9 and found.breakage.middle == 10_000


@pytest.mark.parametrize(
    ("policy", "first", "expected"),
    [
        (expiry.Rolling(months=2), "2026-01", [0, 0, 1, 2, 3, 4]),
        (expiry.Rolling(months=1, round_up="quarter"), "2026-01", [0, 0, 0, 2, 2, 2]),
        (expiry.Calendar(month=3, day=31), "2026-01", [0, 0, 0, 3, 3, 3]),
        (expiry.Never(), "2026-01", [0] * 6),
        (expiry.Rolling(days=45), "2026-01", [0, 0, 1, 3, 4, 5]),
    ],
)
def test_when_months_end(policy, first, expected):
    assert years.due(policy, first, 6).tolist() == expected
    ends = [expiry.last_day(policy, date(2026, month, 15)) for month in range(1, 7)]
    by_hand = [sum(end is not None and end + timedelta(days=1) < date(2026, month + 1, 1) for end in ends)
               for month in range(1, 7)]  # fmt: skip
    assert expected == by_hand


def test_sliding_points_end_with_silence():
    side = made.Shop(np.array([[1_000, 0, 0, 0, 0, 0]])).side()
    (unit,) = side.programme.units.values()
    units = {"points": type(unit)("points", "redeemable", unit.name, 1, expiry.Sliding(months=8), worth=unit.worth)}
    run = side.run
    programme = type(side.programme)(
        "aurora", {"en": "Aurora"}, "Europe/Sofia", "EUR", ("en",), units, side.programme.rules
    )
    flow = run.flows["points"]._replace(expired=np.zeros((1, 6), np.int64), outstanding=np.full((1, 6), 100))
    quiet = Side(run._replace(flows={"points": flow}), programme)
    still = years.drawn(quiet, "points", Ahead(1, 1, joining=0), sample=ALONE)
    # The one purchase is in the season of January, which is drawn where the history has no July of its own.
    never = (still.flows[:, :3, 0] == 0).all(axis=1)
    assert never.any() and (still.flows[never, 2, 2] == 100).all() and (still.flows[never, :2, 2] == 0).all()


def test_too_short_a_history_is_refused():
    side = made.Shop(np.full((3, 5), 1_000)).side()
    with pytest.raises(Refusal) as raised:
        years.drawn(side, "points", Ahead(block=3))
    assert raised.value.code == "history_too_short" and raised.value.facts == {"months": 5, "least": 6}


def between(side: Side, first: int, end: int) -> Side:
    """The same replay of some of its months only."""
    run, some = side.run, slice(first, end)
    flows = {unit: Flow(*(one[:, some] for one in flow)) for unit, flow in run.flows.items()}
    cost, spent = run.cost[:, some], run.spent[:, some]
    return Side(run._replace(months=run.months[some], spent=spent, flows=flows, cost=cost), side.programme)


def test_what_really_came_lies_in_the_bands():
    """Of four years of a steady shop the second and the third are known; what really came in the fourth is near."""
    side = made.shop(400, 48, 13).side(months=6, price=10)
    drawn = years.drawn(between(side, 12, 36), "points", Ahead(1, 3, joining=0))
    found = years.forecast(drawn)
    for place, of in enumerate(("issued", "redeemed", "expired", "outstanding")):
        real = getattr(side.run.flows["points"], of)[:, 36:].sum(axis=0)
        spreads = [getattr(month, of) for month in found.months]
        held = [one.low <= truth <= one.high for one, truth in zip(spreads, real, strict=True)]
        assert sum(held) >= 8, (of, spreads, real)
        assert np.median(drawn.flows[:, :, place].sum(axis=1)) == pytest.approx(real.sum(), rel=0.1), of


def test_two_programmes_see_the_same_future():
    shop = made.shop(200, 24, 4)
    sample = Resampling(200, 200)
    today, draft = (
        years.drawn(shop.side(give=give, months=6), "points", Ahead(2), sample=sample) for give in (1, "1.1")
    )
    found = {band.of: band for band in years.bands(today, draft)}
    assert found["issued"].middle == pytest.approx(np.median(today.flows[:, :, 0].sum(axis=1)) * 0.1, rel=0.05)
    apart = years.drawn(shop.side(give="1.1", months=6), "points", Ahead(2), sample=sample._replace(seed=9))
    common = (draft.flows - today.flows)[:, :, 0].sum(axis=1)
    assert common.var() * 10 < (apart.flows - today.flows)[:, :, 0].sum(axis=1).var()
    assert years.bands(today, today)[0].high == 0


def test_points_neither_come_from_nowhere_nor_vanish():
    side = made.shop(120, 18, 6).side(months=7, price=60)
    found = years.drawn(side, "points", Ahead(2, 2, Prior(0.1, 0.05), joining=3.0), sample=Resampling(120, 80))
    issued, redeemed, expired, outstanding = (found.flows[:, :, place] for place in range(4))
    kept = np.diff(outstanding, axis=1)
    assert kept == pytest.approx((issued - redeemed - expired)[:, 1:], abs=1e-6)
    assert (found.flows >= -1e-6).all() and (found.ended.sum(axis=1) <= outstanding[:, 0] * 2).all()

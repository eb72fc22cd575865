"""Forecasts: what was held out is told as it was, doubts are told, and what comes of too little is nothing."""

from datetime import date, timedelta

import polars as pl
import pytest

from guerdon.insight.clv import bg_nbd, forecast, gamma_gamma, histories, holdout
from guerdon.insight.clv.buying import Bought
from tests.insight.clv import cdnow

SINCE = date(1997, 12, 31)  # of the last 546 days a third, which is 26 weeks


def bought(rows: pl.DataFrame, *, until: date = cdnow.END, foreign: int = 0) -> Bought:
    """Purchases in dollars of whom all are members: those of an even id have a tier and a segment."""
    told = rows.select(pl.col("customer").cast(pl.String), "day", "amount", known="day")
    even = pl.col("customer").str.tail(1).is_in(["0", "2", "4", "6", "8"])
    people = told.select("customer").unique().with_columns(
        segments=pl.when(even).then(pl.lit(["cd"])).otherwise(pl.lit([], dtype=pl.List(pl.String))),
        tiers=pl.when(even).then(pl.lit(["status/gold"])).otherwise(None),
    )  # fmt: skip
    return Bought(told, people, told["day"].min(), until, "USD", foreign)


@pytest.fixture(scope="module")
def found() -> forecast.Forecast:
    return forecast.make(bought(cdnow.purchases()), months=12, model="bg_nbd")


def test_the_hold_out_is_what_the_model_said_without_having_seen_it(found):
    """The same from the models themselves: fitted to the days before, asked for the 26 weeks from then on."""
    held = found.answer.hold_out
    assert (held.since, held.until) == (SINCE, cdnow.END)
    paid = cdnow.purchases().group_by("customer", "day").agg(pl.col("amount").sum()).filter(pl.col("amount") > 0)
    rows = histories.of(paid, end=SINCE)
    later = paid.filter(pl.col("day") >= SINCE)
    came = later.filter(pl.col("customer").is_in(rows["customer"].implode()))
    assert (held.customers, held.purchases, held.money) == (rows.height, came.height, came["amount"].sum())
    fit = bg_nbd.fit(histories.gathered(rows))
    each = [rows[name].cast(float).to_numpy() for name in ("repeats", "recency", "age")]
    often = bg_nbd.expected(fit, 26, *each)
    again = rows.filter(pl.col("repeats") > 0)
    spend = gamma_gamma.fit(again["repeats"].cast(float).to_numpy(), again["mean"].to_numpy())
    money = often @ gamma_gamma.expected(spend, each[0], rows["mean"].fill_null(0).to_numpy())
    told = {one.model: one for one in held.checked}
    assert told["bg_nbd"].purchases == pytest.approx(often.sum() * 100, rel=1e-3)
    assert told["bg_nbd"].money == pytest.approx(money, rel=1e-3)
    assert held.error == round((told["bg_nbd"].purchases / 100 / held.purchases - 1) * 100 * 100)
    assert 0 < held.error < 300  # 1.6 % too many, on what nobody had seen


def test_everybody_as_before_is_what_has_to_be_beaten(found):
    """Who came x times again in the weeks since the first one goes on like that; nobody ever leaves."""
    told = {one.model: one for one in found.answer.hold_out.checked}
    paid = cdnow.purchases().group_by("customer", "day").agg(pl.col("amount").sum()).filter(pl.col("amount") > 0)
    rows = histories.of(paid, end=SINCE)
    assert told["as_before"].purchases == pytest.approx((rows["repeats"] / rows["age"]).sum() * 26 * 100, abs=1)
    assert told["bg_nbd"].off < told["as_before"].off and told["as_before"].purchases > told["bg_nbd"].purchases


def test_groups_of_the_hold_out_are_all_of_it(found):
    held = found.answer.hold_out
    told = {one.model: one for one in held.checked}["bg_nbd"]
    assert sum(one.customers for one in held.groups) == held.customers
    assert sum(one.purchases for one in held.groups) == held.purchases * 100
    assert sum(one.predicted for one in held.groups) == pytest.approx(told.purchases, abs=len(held.groups))
    assert [(one.least, one.most) for one in held.groups] == list(holdout.GROUPS)


def test_members_and_their_sums(found):
    rows, whole = found.members, found.answer.whole
    assert (rows.height, whole.members) == (found.answer.customers, found.answer.customers)
    assert rows["customer"].is_sorted() and rows["alive"].is_between(0, 10_000).all()
    assert whole.value == rows["value"].sum() == sum(one.value for one in found.answer.bands)
    assert whole.mean == round(whole.value / whole.members)
    gold, cd = found.answer.parts
    assert (gold.of, gold.key, cd.of, cd.key) == ("tier", "status/gold", "segment", "cd")
    even = rows.filter(pl.col("customer").cast(pl.Int64) % 2 == 0)
    assert gold.members == cd.members == even.height and gold.value == even["value"].sum()
    one = rows.row(by_predicate=pl.col("customer") == "1", named=True)
    days = cdnow.purchases().filter(pl.col("customer") == 1)["day"]
    assert one["last"] == days.max() and one["repeats"] == days.n_unique() - 1
    assert not found.answer.warned


def test_the_model_that_missed_less_is_chosen():
    found = forecast.make(bought(cdnow.purchases()), months=6)
    off = {one.model: one.off for one in found.answer.hold_out.checked}
    assert found.answer.model == min(("bg_nbd", "pareto_nbd"), key=lambda one: off[one])


def test_too_little_is_said_and_nothing_is_made_up():
    """Nine people in three weeks, of whom nobody comes again."""
    rows = pl.DataFrame({
        "customer": range(9), "day": [date(2026, 1, 1) + timedelta(days=at) for at in range(9)], "amount": [500] * 9,
    })  # fmt: skip
    found = forecast.make(bought(rows, until=date(2026, 1, 22), foreign=3), months=12)
    assert found.answer.whole is None and found.members.height == 0 and "too few" in found.answer.why
    told = {one.doubt: one.number for one in found.answer.warned}
    assert told == {
        "few_customers": 9, "few_repeats": 0, "short_watch": 3, "not_held_out": 0, "no_spending": 0, "foreign": 3,
    }  # fmt: skip


def test_whoever_spends_more_by_coming_more_is_told():
    """As if everybody paid so many times as much as they have come; the model says that these are two things."""
    rows = cdnow.purchases().with_columns(pl.col("amount") * pl.len().over("customer"))
    found = forecast.make(bought(rows), months=12, model="bg_nbd")
    (told,) = found.answer.warned
    assert told.doubt == "spending_depends" and told.number == found.answer.correlation > 30


def test_a_hold_out_that_was_far_off_is_told():
    """Of those who came in the days that are held out, all but the first hundred stay away."""
    rows = cdnow.purchases().filter(
        (pl.col("day") < SINCE) | (pl.col("customer") < 100) | (pl.col("day").dt.day() == 30)
    )
    held = forecast.make(bought(rows), months=12, model="bg_nbd").answer
    told = {one.doubt: one.number for one in held.warned}
    assert told["far_off"] == held.hold_out.error > 10_000

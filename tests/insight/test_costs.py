"""What is known that a closed month cost and brought, by hand: every kind of it, and nothing twice."""

import pytest
from django.conf import settings

from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.core.cost_book import Count, Entry, Total, month
from guerdon.engine import costs as book
from guerdon.engine import memberships
from guerdon.engine.adjust import Actor
from guerdon.engine.memberships import Joining
from guerdon.features.programmes import queries as programmes
from guerdon.insight import costs, schedule
from guerdon.kit import clock, ids, store
from guerdon.kit.store import Table
from tests import shop, vouchers
from tests.engine import catalogue
from tests.engine.catalogue import COFFEE, MUG
from tests.faces.console import insights
from tests.insight.members_of_a_club import PLANS
from tests.shop import Shop

EMIL = Actor("Emil", "e" * 32, "user")
TWICE = {"when": "purchase", "then": [{"multiply": {"unit": "points", "by": 2}}], "campaign": True}
REWARDS = {
    "coffee": COFFEE, "mug": MUG | {"limits": {"month": 9}},
    "off": {"kind": "money_off", "amount": "5.00", "prices": [{"points": {"points": 50}}], "cost": "4.50"},
    "tip": {"kind": "money_off", "amount": "1.00", "prices": [{"points": {"points": 10}}]},
}  # fmt: skip
OFFERS = vouchers.offers(five={"amount": "5.00", "valid_days": 90})
LETTERS = Table(
    "letters_letter",
    {"id": "uuid", "programme_id": "uuid", "member_id": "uuid", "kind": "text", "cause": "text", "state": "text",
     "attempts": "bigint", "made_at": "bigint", "due_at": "bigint", "settled_at": "bigint"},
)  # fmt: skip


def cafe_of(**more) -> Shop:
    units = {"points": shop.POINTS | {"worth": {"points": 100, "money": "1.00"}}}
    rewards = {key: shop.named(key, one) for key, one in REWARDS.items()}
    rules = {"base": shop.BASE, "twice": TWICE}
    made = Shop({"units": units, "rewards": rewards, "rules": rules, "plans": PLANS, **OFFERS} | more)
    made.enrol("Ann", "Ben")
    return made


def live(made: Shop) -> None:
    """January: Ann buys for 500.00 and gets 1,000 points, 500 of which are the campaign's; then she spends some."""
    made.buy("Ann", 50_000, "2026-01-03")
    catalogue.supply(made, "mug", 5)
    day = {"name": "Ann", "at": "2026-01-10"}
    catalogue.settle(made, catalogue.redeem(made, "coffee", **day), "fulfil", "2026-01-11")
    catalogue.settle(made, catalogue.redeem(made, "mug", number=2, **day), "fulfil", "2026-01-11")  # 6.00 beside points
    catalogue.settle(made, catalogue.redeem(made, "coffee", **day), "cancel", "2026-01-11")
    for reward in ("off", "tip"):  # the voucher of the first is in its cost, the other says none
        code = catalogue.has(made, catalogue.redeem(made, reward, **day)).given
        shop.taken(vouchers.redeem(made, code, day="2026-01-12"))
    shop.taken(made.burn("Ann", 130, "2026-01-13"))
    shop.taken(made.burn("Ann", 70, "2026-01-14", external_id="undone"))
    shop.taken(made.cancel("undone", "2026-01-15"))
    used = shop.taken(vouchers.redeem(made, vouchers.given(made, "Ben", "five"), day="2026-01-16", who="Ben"))
    shop.taken(vouchers.redeem(made, vouchers.given(made, "Ben", "five"), day="2026-01-16", who="Ben"))
    shop.taken(vouchers.roll_back(made, used, "2026-01-17"))
    wanted = Joining(Member(external_id="Ben"), "gold", "EUR", "till", "ben-gold", reference="cash")
    (joined,) = memberships.join_many(programme_id=made.programme_id, wanted=[wanted], now=shop.moment("2026-01-18"))
    shop.taken(joined)
    for at, member in (("2026-01-31", "Ann"), ("2026-02-01", "Ann"), ("2026-01-20", None)):
        instant, whose = clock.micros(shop.moment(at)), made.account(member) if member else None
        row = (ids.new(), made.programme_id, whose, "news", ids.new(), "sent", 1, instant, instant, instant)
        store.committed(lambda here, row=row: here.write([(LETTERS, [row])]))
    made.buy("Ann", 10_000, "2026-02-02")
    shop.taken(catalogue.redeem(made, "coffee", name="Ann", at="2026-02-03"))


@pytest.fixture
def cafe(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    made = cafe_of()
    live(made)
    for name, later in (("2026-01", "2026-02-05"), ("2026-02", "2026-03-02")):
        made.night(later)
        made.close(name, later)
    shop.count(made, at="2026-03-02")
    schedule.write_months.func(made.programme_id)
    return made


def folder(cafe):
    return settings.EXPORTS / cafe.key


def prepared(cafe, now="2026-03-02"):
    lawbook = programmes.latest(store.current(), cafe.programme_id)
    when = {"now": shop.moment(now), "campaigns": True, "between": lambda: None}
    return costs.prepare(folder(cafe), cafe.programme_id, lawbook, **when)


def read(cafe, since, until):
    here = store.current()
    return costs.read(here, cafe.programme_id, folder(cafe), since=since, until=until, this_month="2026-03")


def test_everything_that_is_known_of_a_month(cafe):
    assert prepared(cafe) == 2 and prepared(cafe) == 0  # it is kept
    january, february = costs.find(folder(cafe)).months
    told = sorted(january.counts, key=lambda one: (one.kind, one.of))
    assert told == [
        Count("campaign_points", "points", "EUR", 500, 500),
        Count("memberships", "gold", "EUR", 1, 3_100),
        Count("points", "points", "EUR", 130, 130),
        Count("rewards", "free_product", "EUR", 1, 60),
        Count("rewards", "merchandise", "EUR", 1, 400),
        Count("rewards", "money_off", "EUR", 2, 450),
        Count("top_ups", "", "EUR", 1, 600),
        Count("vouchers", "five", "EUR", 1, 500),
        Count("vouchers", "reward:tip", "EUR", 1, 100),
    ]
    assert [(one.kind, one.of, one.count, one.amount) for one in february.counts] == [
        ("rewards", "free_product", 1, 60), ("letters", "", 1, None), ("campaign_points", "points", 100, 100),
    ]  # fmt: skip


def test_letters_are_forgotten_and_then_nobody_counts_them(cafe):
    """They are kept for sixty days: on the first of April since the thirty-first of January."""
    assert limits.LETTERS_KEPT_DAYS == 60
    prepared(cafe, "2026-04-01")
    assert [[one.kind for one in each.counts].count("letters") for each in costs.find(folder(cafe)).months] == [0, 1]


def test_letters_of_a_month_are_counted_while_all_are_remembered(cafe):
    prepared(cafe, "2026-04-03")
    assert all(one.kind != "letters" for each in costs.find(folder(cafe)).months for one in each.counts)


def test_what_was_told_stands_beside_it(cafe):
    entry = Entry("agency", 5_900, "EUR", month("2026-01").since, month("2026-02").until, "two months: 31 and 28 days")
    book.tell(entry, programme_id=cafe.programme_id, actor=EMIL, now=shop.moment("2026-03-02"))
    found = read(cafe, None, None)
    assert len(found.months) == 12 and found.months[-1] == "2026-03"
    assert (found.states["2026-01"], found.states["2026-03"], found.states["2025-06"]) == ("waiting", "open", "open")
    assert found.totals == (Total("2026-01", "EUR", 3_100, 0, True), Total("2026-02", "EUR", 2_800, 0, True))
    prepared(cafe)
    found = read(cafe, "2026-01", "2026-02")
    assert found.states == {"2026-01": "known", "2026-02": "known"}
    # 31.00 told, 0.60 + 4.00 + 4.50 of rewards, 1.30 of points, 6.00 of vouchers; 31.00 and 6.00 came in.
    assert found.totals == (Total("2026-01", "EUR", 4_740, 3_700, True), Total("2026-02", "EUR", 2_860, 0, True))


def test_the_worker_counts_it_once_a_month_is_there(cafe):
    insights.worked()
    assert [one.month for one in costs.find(folder(cafe)).months] == ["2026-01", "2026-02"]


def test_points_that_say_no_worth_are_missing_in_the_sum(pristine_database, tmp_path, monkeypatch):
    insights.placed(monkeypatch, tmp_path)
    made = cafe_of(units={"points": shop.POINTS})
    made.buy("Ann", 50_000, "2026-01-03")
    shop.taken(made.burn("Ann", 130, "2026-01-13"))
    made.night("2026-02-05")
    made.close("2026-01", "2026-02-05")
    shop.count(made, at="2026-02-05")
    schedule.write_months.func(made.programme_id)
    prepared(made, "2026-02-05")
    found = read(made, "2026-01", "2026-01")
    assert found.totals == (Total("2026-01", "EUR", 0, 0, False),)

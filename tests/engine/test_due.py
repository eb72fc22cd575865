"""Lots and statement are as of the instant asked: before the night they say what it will book, after it what it did."""

from guerdon.kit import store
from guerdon.kit.store import Statement
from tests import shop
from tests.shop import Shop

UNITS = {"points": {"expires": {"rolling": {"days": 20}}}}
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "slow": {
        "when": "review", "then": [{"fixed": {"unit": "points", "give": 25}}], "vesting": {"days": 10},
    },
}  # fmt: skip
LATER = "2026-02-20"


def in_debt_with_points_to_come() -> Shop:
    """Ann owes 15, which 25 pending points repay on the 17th; the rest of them, and what she buys then, expires."""
    cafe = Shop({"units": UNITS, "rules": RULES})
    cafe.enrol("Ann")
    cafe.buy("Ann", 1500, "2026-01-05", external_id="order-1")
    shop.taken(cafe.burn("Ann", 15, "2026-01-05"))
    shop.taken(cafe.tell(cafe.purchase("Ann", None, "2026-01-06", kind="review"))[0])
    shop.taken(cafe.tell(cafe.giving_back("Ann", "order-1", "2026-01-07"))[0])
    return cafe


def test_what_vested_into_a_debt_is_gone_before_it_is_booked(database: str) -> None:
    cafe = in_debt_with_points_to_come()
    assert [lot.remaining for lot in cafe.lots("Ann", "2026-01-10")] == [25]
    assert cafe.due("Ann", "2026-01-10") == []
    assert [lot.remaining for lot in cafe.lots("Ann", "2026-01-18")] == [10]
    assert [(one.kind, one.points, one.balance) for one in cafe.due("Ann", "2026-01-18")] == [("repay", -15, 10)]


def test_the_night_books_what_was_said_to_be_due(database: str) -> None:
    cafe = in_debt_with_points_to_come()
    assert [(one.kind, one.points, one.balance) for one in cafe.due("Ann", LATER)] == [
        ("repay", -15, 10), ("expire", -10, 0),
    ]  # fmt: skip
    before = seen(cafe)
    booked = len(cafe.statement("Ann"))
    due = cafe.due("Ann", LATER)
    cafe.night(LATER)
    assert seen(cafe) == before
    assert cafe.due("Ann", LATER) == []
    assert [(one.unit, one.kind, one.points, one.balance, one.effective_at) for one in due] == [
        (one.unit, one.kind, one.points, one.balance, one.effective_at) for one in cafe.statement("Ann")[booked:]
    ]


def seen(cafe: Shop) -> object:
    """Lots, living and all, what the balance has, and where the statement ends."""
    amounts = cafe.amounts("Ann", LATER)
    ends = [*cafe.statement("Ann"), *cafe.due("Ann", LATER)][-1].balance
    assert ends == amounts.available + amounts.pending + amounts.held
    return cafe.lots("Ann", LATER), cafe.lots("Ann", LATER, spent_too=True), (amounts.available, amounts.debt), ends


def test_held_points_outlive_their_lot_in_the_lists(database: str) -> None:
    cafe = Shop({"units": UNITS, "rules": RULES})
    account = cafe.enrol("Ann")
    cafe.buy("Ann", 4000, "2026-01-05")
    hold = "UPDATE ledger_lot SET held = 7 WHERE account_id = :account"
    store.current().fetch(Statement(f"{hold} AND held >= 0 RETURNING 1"), account=account)
    assert [(lot.remaining, lot.held) for lot in cafe.lots("Ann", LATER)] == [(7, 7)]
    assert [(one.points, one.balance) for one in cafe.due("Ann", LATER)] == [(-33, 7)]


def test_a_fact_that_is_refused_does_not_forget_the_end_of_a_hold(database: str) -> None:
    """The refused one names Ann at the very instant, or later: her points are free all the same; a night says so."""
    cafe = Shop({"units": UNITS, "rules": RULES})
    cafe.enrol("Ann")
    cafe.buy("Ann", 1500, "2026-01-05")
    shop.taken(cafe.hold("Ann", 10, "2026-01-06", days=2))
    assert shop.code(cafe.burn("Ann", 0, "2026-01-08")) == "points_invalid"
    assert (cafe.amounts("Ann", "2026-01-08").held, cafe.amounts("Ann", "2026-01-08").available) == (0, 15)
    cafe.night("2026-01-09")
    assert cafe.purses("Ann") == [("points", 15, 15, 0, 0, 0)]

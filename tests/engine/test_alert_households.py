"""Watching for fraud in households: those that are joined and left again and again, so that points are pooled."""

import pytest

from guerdon.engine import alerts
from guerdon.features.alerts import acts
from guerdon.kit import store
from tests import shop
from tests.engine.alerted import kinds, own, raised
from tests.engine.family import found, holds, joined, left
from tests.shop import POINTS, Shop

NAMES = ("Ann", "Ben", "Cleo", "Dan", "Emil")


def cafe(leaving: str = "stay", **alerted: int) -> Shop:
    """A café where households share, and everybody has a hundred points."""
    parts = {"units": {"points": POINTS}, "households": {"leaving": leaving}}
    at = Shop(parts | ({"alerts": alerted} if alerted else {}))
    at.enrol(*NAMES, now=shop.moment("2025-01-01"))
    for name in NAMES:
        at.buy(name, 10_000, "2026-01-02")
    return at


def guest(at: Shop, household: str, name: str, day: str, by: str = "Ann") -> None:
    """Somebody comes into a household and goes again on the day."""
    joined(at, household, name, day, by=by)
    left(at, household, name, day)


def test_a_household_that_is_a_pot_is_told_once(database):
    at = cafe()
    pot = found(at, "Ann", "2026-01-05").household.id
    at.ids["the pot"] = pot
    guest(at, pot, "Ben", "2026-01-05")
    guest(at, pot, "Cleo", "2026-01-06")
    assert at.night("2026-01-06T23:00").alerts == 0, "twice is a family"
    guest(at, pot, "Dan", "2026-01-07")
    assert kinds(at, "2026-01-08T01:00") == {
        "household_ring": [("", ["Ben", "Cleo", "Dan", "the pot"], 6, {"points": 300})]
    }
    [one] = raised(at)
    assert {account for account, _ in one.entries} == {pot} and one.account_id == pot
    assert at.night("2026-01-09T01:00").alerts == 0
    at.buy("Ben", 10_000, "2026-01-09")
    at.buy("Cleo", 10_000, "2026-01-09")
    at.buy("Dan", 10_000, "2026-01-09")
    guest(at, pot, "Ben", "2026-01-10")
    guest(at, pot, "Cleo", "2026-01-10")
    assert at.night("2026-01-11T01:00").alerts == 0, "what was told is no evidence any more"
    guest(at, pot, "Dan", "2026-01-11")
    assert at.night("2026-01-12T01:00").alerts == 1
    holds(at)


def test_nothing_is_pooled_where_everybody_goes_with_what_was_brought(database):
    at = cafe("take")
    home = found(at, "Ann", "2026-01-05").household.id
    for day, name in enumerate(("Ben", "Cleo", "Dan", "Emil", "Ben"), 5):
        guest(at, home, name, f"2026-01-{day:02}")
    assert at.night("2026-01-12T01:00").alerts == 0
    assert at.count("alerts_act") == 11


def test_nor_where_nobody_brings_anything_or_stays_for_long(database):
    at = cafe()
    for name in NAMES[1:4]:
        shop.taken(at.burn(name, 100, "2026-01-03"))
    home = found(at, "Ann", "2026-01-05").household.id
    for name in NAMES[1:4]:
        guest(at, home, name, "2026-01-06")  # without a point
    assert at.night("2026-01-07T01:00").alerts == 0
    for name in NAMES[1:4]:
        at.buy(name, 10_000, "2026-01-08")
        joined(at, home, name, "2026-01-08")
    for name in NAMES[1:4]:
        left(at, home, name, "2026-02-20")
    assert at.night("2026-02-21T01:00").alerts == 0, "a family that ends after weeks is no ring"


def test_who_goes_from_household_to_household_is_told(database):
    """Each is closed behind them, so that none of them has seen much."""
    at = cafe()
    homes = []
    for day, name in ((5, "Ben"), (6, "Cleo"), (7, "Dan")):
        home = found(at, "Ann", f"2026-01-{day:02}").household.id
        homes.append(home)
        guest(at, home, name, f"2026-01-{day:02}")
        left(at, home, "Ann", f"2026-01-{day:02}")  # with all that is there
        if day < 7:
            assert at.night(f"2026-01-{day + 1:02}T01:00").alerts == 0
    at.ids.update({f"home {number}": home for number, home in enumerate(homes)})
    [one] = kinds(at, "2026-01-08T01:00")["household_ring"]
    assert one == ("", ["Ann", "home 0", "home 1", "home 2"], 6, {"points": 300})
    assert at.night("2026-01-09T01:00").alerts == 0
    holds(at)


def test_a_programme_says_from_where_on(database):
    at = cafe(household_stays=2)
    pot = found(at, "Ann", "2026-01-05").household.id
    guest(at, pot, "Ben", "2026-01-05")
    guest(at, pot, "Cleo", "2026-01-05")
    assert at.night("2026-01-06T01:00").alerts == 1


def test_it_is_about_whoever_has_the_pot(database):
    """Dora founded it, and is staff: what her household gained is for somebody else to judge."""
    at = cafe()
    dora = own(at)
    pot = found(at, "Dora", "2026-01-05").household.id
    for name in NAMES[1:4]:
        guest(at, pot, name, "2026-01-06", by="Dora")
    at.night("2026-01-07T01:00")
    [one] = raised(at)
    assert one.staff == (dora,)
    assert alerts.about(store.current(), at.programme_id, [one], dora) == {one.id}


def test_what_is_too_much_for_a_night_is_raised_in_the_next(database, monkeypatch):
    monkeypatch.setattr(alerts, "_MOST", 1)
    at = cafe()
    for owner in ("Ann", "Emil"):
        pot = found(at, owner, "2026-01-05").household.id
        for name in NAMES[1:4]:
            at.buy(name, 10_000, "2026-01-05")
            guest(at, pot, name, "2026-01-06", by=owner)
    assert [at.night(f"2026-01-{day:02}T01:00").alerts for day in (7, 8, 9)] == [1, 1, 0]


@pytest.mark.parametrize("name", ["_POTS", "_LEAVERS", "_INTO"])
def test_a_look_reads_of_whom_something_is_new(database, name):
    at_hand, statement = store.current(), getattr(acts, name)
    explain = "EXPLAIN " if at_hand.postgresql else "EXPLAIN QUERY PLAN "
    text = statement.text if at_hand.postgresql else statement.sqlite
    told = dict.fromkeys(statement.names, 1) | {"programme": "0" * 32, "way": "leave"}
    told |= {one: "0" * 32 for one in ("after", "giver") if one in statement.names}
    with at_hand.transaction():
        if at_hand.postgresql:  # which reads a small table whole
            at_hand.fetch(store.Statement("SET LOCAL enable_seqscan = off"))
        plan = " ".join(str(row) for row in at_hand.fetch(store.Statement(explain + text), **told))
    assert "Seq Scan on alerts_act" not in plan and "SCAN a" not in plan, plan
    if not at_hand.postgresql:
        second = {"_POTS": "alerts_act_giver", "_LEAVERS": "alerts_act_member", "_INTO": "alerts_act_giver"}[name]
        assert second in plan and (name == "_INTO" or "alerts_act_new" in plan), plan

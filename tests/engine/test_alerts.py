"""Watching for fraud: every pattern is found once, and what only looks like it is not."""

from typing import Any

import pytest

from guerdon.core import alerts as law
from guerdon.core import limits
from guerdon.engine import alerts, night
from guerdon.features.alerts import acts
from guerdon.features.programmes import queries as programmes
from guerdon.kit import jobs, store
from tests import shop
from tests.engine.alerted import at_till, cafe, kinds, own, raised, rung, send, told
from tests.shop import POINTS, Shop


def test_the_same_card_again_and_again_on_a_day_is_told_once(database):
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05", 6)
    at_till(at, "Ben", "2026-01-05", 5)  # as often as is usual
    at_till(at, "Cleo", "2026-01-04", 3)  # over two days
    at_till(at, "Cleo", "2026-01-05", 3)
    at_till(at, "Emil", "2026-01-05", 3)  # by two cashiers
    at_till(at, "Emil", "2026-01-05", 3, cashier="18")
    for name in at.ids:
        at.buy(name, 1000, "2026-01-05")  # of what tells no cashier nobody knows who stood there
    assert kinds(at, "2026-01-06T01:00") == {"repeated_card": [("17 · Vitosha", ["Ann"], 6, {"points": 60})]}
    assert at.night("2026-01-07T01:00").alerts == 0
    at_till(at, "Ann", "2026-01-06", 5)
    assert at.night("2026-01-07T02:00").alerts == 0  # what was told is no evidence any more
    at_till(at, "Ann", "2026-01-06")
    assert at.night("2026-01-07T03:00").alerts == 1


@pytest.mark.parametrize("name", ["_REPEATED", "_SHARES", "_BY_HAND", "_RECEIVERS"])
def test_a_look_reads_of_whom_something_is_new(database, name):
    """It follows the day: by an index to what is new, and by another one to whom it is of.

    What PostgreSQL chooses for the members of an empty table tells nothing; `bench.watching` measures it in a full one.
    """
    at_hand, statement = store.current(), getattr(acts, name)
    explain = "EXPLAIN " if at_hand.postgresql else "EXPLAIN QUERY PLAN "
    text = statement.text if at_hand.postgresql else statement.sqlite
    told = dict.fromkeys(statement.names, 1) | {"programme": "0" * 32, "kind": "repeated_card", "way": "till"}
    with at_hand.transaction():
        if at_hand.postgresql:  # which reads a small table whole
            at_hand.fetch(store.Statement("SET LOCAL enable_seqscan = off"))
        plan = " ".join(str(row) for row in at_hand.fetch(store.Statement(explain + text), **told))
    if at_hand.postgresql:
        assert "Seq Scan on alerts_act" not in plan, plan
        return
    if name == "_SHARES":  # all that a cashier gave is summed of those alone of whom something is new
        assert "alerts_act_giver" in plan and "alerts_act_days" not in plan, plan
    assert "alerts_act_new" in plan and "alerts_act_member" in plan, plan


def test_a_day_is_the_programmes_own(database):
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05T21:00", 3)
    at_till(at, "Ann", "2026-01-05T22:00", 3)  # midnight in Sofia
    assert at.night("2026-01-06T10:00").alerts == 0
    at_till(at, "Ann", "2026-01-05T21:30", 3, amount=1)
    assert at.night("2026-01-06T11:00").alerts == 1


def test_a_programme_says_from_where_on(database):
    at = cafe(purchases_a_day=1, share_percent=100)
    at_till(at, "Ann", "2026-01-05", 2)
    at_till(at, "Ben", "2026-01-05", 1)
    assert kinds(at, "2026-01-06T01:00") == {"repeated_card": [("17 · Vitosha", ["Ann"], 2, {"points": 20})]}


def test_a_large_share_of_what_a_cashier_gave_in_a_week(database):
    at = cafe(purchases_a_day=100)
    for day in range(1, 6):
        at_till(at, "Ann", f"2026-01-0{day}")
    at_till(at, "Ben", "2026-01-05", 2, amount=9_900)  # a large share, but of two purchases
    at_till(at, "Cleo", "2026-01-03", 20, cashier="18", amount=100)  # twenty of a hundred are just the share
    at_till(at, "Emil", "2026-01-03", 4, cashier="18", amount=2_000)
    assert at.night("2026-01-06T01:00").alerts == 1
    assert told(at) == [("favoured_card", "17 · Vitosha", ["Ann"], 5, {"points": 50})]
    at_till(at, "Cleo", "2026-01-04", cashier="18", amount=200)
    assert at.night("2026-01-06T02:00").alerts == 1
    assert at.night("2026-01-07T02:00").alerts == 0


def test_a_share_is_of_a_week(database):
    at = cafe(purchases_a_day=100, share_percent=60)
    at_till(at, "Ben", "2026-01-01", amount=1_000)
    at_till(at, "Ann", "2026-01-08", 5, amount=200)
    assert at.night("2026-01-08T20:00").alerts == 0  # a half
    at_till(at, "Ann", "2026-01-09", amount=100)
    assert at.night("2026-01-09T20:00").alerts == 1  # all, for what was eight days ago counts no more


def test_a_large_share_in_two_units_is_told_once(database):
    both = [{"points": {"unit": unit, "give": 1, "per": "1.00"}} for unit in ("points", "stars")]
    at = Shop({"units": {"points": POINTS, "stars": POINTS}, "rules": {"base": {"when": "purchase", "then": both}}})
    at.enrol("Ann")
    at_till(at, "Ann", "2026-01-05", 5)
    assert kinds(at, "2026-01-06T01:00") == {
        "favoured_card": [("17 · Vitosha", ["Ann"], 5, {"points": 50, "stars": 50})]
    }
    assert at.night("2026-01-07T01:00").alerts == 0


def test_a_look_that_fails_stops_no_night(database, monkeypatch):
    """The night has booked everything and says so; what was not found is found by the next one."""
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05", 6)

    def failing(look: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(alerts._Look, "found", failing)
        report = at.night("2026-01-06T01:00")
    assert (report.alerts, report.alerts_failed) == (0, True)
    assert programmes.last_night(store.current(), at.programme_id) == shop.moment("2026-01-06T01:00")
    report = at.night("2026-01-07T01:00")
    assert (report.alerts, report.alerts_failed) == (1, False)


def test_a_worker_that_stops_is_let_through(database, monkeypatch):
    at = cafe()
    at_till(at, "Ann", "2026-01-05")

    def stopping(entries: int) -> None:
        raise jobs.Stopped

    with pytest.raises(jobs.Stopped):
        night._alerts(at.programme_id, shop.moment("2026-01-06T01:00"), stopping)


def test_what_is_too_much_for_a_night_is_raised_in_the_next(database, monkeypatch):
    monkeypatch.setattr(alerts, "_MOST", 1)
    at = cafe(share_percent=100)
    for name, times in (("Ann", 8), ("Ben", 7), ("Cleo", 6)):
        at_till(at, name, "2026-01-05", times)
    assert [at.night(f"2026-01-0{day}T01:00").alerts for day in (6, 7, 8, 9)] == [1, 1, 1, 0]
    assert [members for _, _, members, *_ in told(at)] == [["Ann"], ["Ben"], ["Cleo"]], "the gravest first"


def test_newcomers_who_only_have_gifts_crowd_nobody_out(database, monkeypatch):
    """Two who keep their gifts, and have more of them, stand before two who spend them."""
    monkeypatch.setattr(alerts, "_MOST", 1)
    at = cafe("A", "B", senders=100)
    for name in "AB":
        at.buy(name, 10_000, "2026-01-05")
    names = ("Ann", "Ben", "Cleo", "Dan")
    at.enrol(*names, now=shop.moment("2026-01-05"))
    for name in names:
        for who in "AABB" if name in ("Ann", "Cleo") else "AB":
            send(at, who, name, "2026-01-06")
    for name in ("Ben", "Dan"):
        shop.taken(at.burn(name, 5, "2026-01-06"))
    assert [at.night(f"2026-01-0{day}T01:00").alerts for day in (7, 8, 9)] == [1, 1, 0]
    assert sorted(members[0] for _, _, members, *_ in told(at)) == ["Ben", "Dan"]


def test_returns_are_no_purchases(database):
    at = cafe(purchases_a_day=5, share_percent=100)
    at_till(at, "Ann", "2026-01-04", 3)
    orders = [at.buy("Ann", 1000, "2026-01-04T13:00").activity.external_id for _ in range(3)]
    at_till(at, "Ann", "2026-01-05", 5)
    for order in orders:
        shop.taken(at.tell(at.giving_back("Ann", order, "2026-01-05", facts={"cashier": "17"}, store="Vitosha"))[0])
    assert at.night("2026-01-06T01:00").alerts == 0
    assert at.count("alerts_act") == 11, "but for an own card they count"


def test_a_cashiers_own_card_at_the_own_till(database):
    at = cafe()
    dora, gita = own(at), own(at, "Gita")
    rung(at, dora, "Dora")
    rung(at, dora, "Ann")
    rung(at, dora, "Gita")  # what a colleague records is as it should be
    at.buy("Gita", 1000, "2026-01-05", source="till:sofia-1:1", external_id="not-a-name-of-the-till")
    assert kinds(at, "2026-01-06T01:00") == {"own_card": [("Dora", ["Dora"], 1, {"points": 10})]}
    assert [one.giver for one in raised(at)] == [dora]
    assert gita not in {one.giver for one in raised(at)}


def test_points_by_hand_again_and_again(database):
    at = cafe()
    for day in ("2025-12-01", "2026-01-01", "2026-01-02"):
        at.adjust("Ann", 50, day)  # the first is older than thirty days
        at.adjust("Ben", 50, day, actor=f"clerk of {day}")  # three persons
    for sign in (1, 1, -1):
        at.adjust("Cleo", sign * 50, "2026-01-03")  # what is taken is no favour
    assert at.night("2026-01-06T01:00").alerts == 0
    at.adjust("Ann", 50, "2026-01-06")
    assert kinds(at, "2026-01-07T01:00") == {"repeated_adjustments": [("Emil", ["Ann"], 3, {"points": 150})]}


@pytest.mark.parametrize("way", [("Ann", "Ben", "Cleo"), ("Ann", "Ben", "Cleo", "Emil")])
def test_points_that_go_round(database, way):
    at = cafe()
    for name in at.ids:
        at.buy(name, 10_000, "2026-01-05")
    hops = list(zip(way, (*way[1:], way[0]), strict=True))
    for who, to in hops[:-1]:
        send(at, who, to, "2026-01-06")
    send(at, way[1], way[0], "2026-01-06")  # there and back is no ring
    assert at.night("2026-01-07T01:00").alerts == 0
    send(at, *hops[-1], "2026-01-07")
    assert kinds(at, "2026-01-08T01:00") == {"ring": [("", sorted(way), len(way), {"points": 5 * len(way)})]}
    send(at, *hops[-1], "2026-01-08")
    assert at.night("2026-01-09T01:00").alerts == 0, "a ring needs new gifts of all"


def test_five_members_are_no_ring(database):
    at = cafe("A", "B", "C", "D", "E")
    for name in at.ids:
        at.buy(name, 10_000, "2026-01-05")
    for who, to in zip("ABCDE", "BCDEA", strict=True):
        send(at, who, to, "2026-01-06")
    assert at.night("2026-01-07T01:00").alerts == 0


def test_many_senders_to_one(database):
    at = cafe(*"ABCDE", "Ann", "Ben")
    for name in at.ids:
        at.buy(name, 10_000, "2026-01-05")
    for who in "ABCD":
        send(at, who, "Ann", "2026-01-06")
    for _ in range(5):
        send(at, "A", "Ben", "2026-01-06")  # one who gives often is one
    assert at.night("2026-01-07T01:00").alerts == 0
    send(at, "E", "Ann", "2026-01-07")
    assert kinds(at, "2026-01-08T01:00") == {"many_senders": [("", ["Ann"], 5, {"points": 25})]}
    [one] = raised(at)
    assert len(one.entries) == 5 and {account for account, _ in one.entries} == {at.account("Ann")}


def new_account(case: str) -> Shop:
    at = cafe("A", "B")
    for name in "AB":
        at.buy(name, 10_000, "2026-01-05")
    at.enrol("Ann", now=shop.moment("2025-06-01" if case == "old" else "2026-01-05"))
    for who in "A" if case == "one gift" else "AB":
        send(at, who, "Ann", "2026-01-06", points=20)
    if case == "buys, too":
        at.buy("Ann", 1000, "2026-01-06")
    if case != "keeps them":
        shop.taken(at.burn("Ann", 20, "2026-01-14" if case == "later" else "2026-01-07"))
    return at


@pytest.mark.parametrize("case", ["old", "one gift", "buys, too", "keeps them", "later"])
def test_what_is_no_account_made_for_gifts(database, case):
    assert new_account(case).night("2026-01-15T01:00").alerts == 0


def test_a_new_account_that_only_is_given_points_and_spends_them(database):
    at = new_account("fraud")
    assert kinds(at, "2026-01-08T01:00") == {"new_account": [("", ["Ann"], 2, {"points": 40})]}
    assert at.night("2026-01-09T01:00").alerts == 0


def test_a_new_account_that_had_spent_before_spends_its_gifts(database):
    """Something that was spent before the first gift hides nothing that is spent after it."""
    at = cafe("A", "B")
    for name in "AB":
        at.buy(name, 10_000, "2026-01-05")
    at.enrol("Ann", now=shop.moment("2026-01-05"))
    at.adjust("Ann", 10, "2026-01-05")
    shop.taken(at.burn("Ann", 10, "2026-01-05T13:00"))
    for who in "AB":
        send(at, who, "Ann", "2026-01-06", points=20)
    shop.taken(at.burn("Ann", 40, "2026-01-07"))
    assert kinds(at, "2026-01-08T01:00") == {"new_account": [("", ["Ann"], 2, {"points": 40})]}


def gift(seq: int, giver: str, to: str) -> law.Act:
    return law.Act(to, f"{seq}", seq, "gift", giver, "", to, "points", 5, seq, 1)


def test_who_gives_to_very_many_is_in_rings_with_the_last_of_them(database):
    others = [gift(10 + n, "hub", f"m{n}") for n in range(limits.ALERT_GIVES_TO_MAX)]
    ring = [gift(1, "hub", "A"), gift(1000, "A", "B"), gift(1001, "B", "hub")]
    assert law.rings(ring + others, after=0) == []
    [found] = law.rings(ring + others[1:], after=0)
    assert sorted(found.members) == ["A", "B", "hub"]
    assert len(law.rings([*ring, *others, gift(2000, "hub", "A")], after=0)) == 1


def test_the_newest_gifts_are_those_that_count(database, monkeypatch):
    monkeypatch.setattr(limits, "ALERT_GIFTS_MAX", 3)
    at = cafe()
    for name in at.ids:
        at.buy(name, 10_000, "2026-01-05")
    for who, to in (("Emil", "Ann"), ("Ann", "Ben"), ("Ben", "Cleo"), ("Cleo", "Ann")):
        send(at, who, to, "2026-01-06")
    assert list(kinds(at, "2026-01-07T01:00")) == ["ring"]


def test_no_address_of_staff_stands_in_an_alert(database):
    """Somebody without a name is called by the address, as long as the address is theirs; the alert has only the id."""
    at = cafe()
    dora = own(at, "Dora")
    with store.current().transaction():
        store.current().fetch(store.Statement("UPDATE users_user SET name = '' WHERE id = :user"), user=dora)
    rung(at, dora, "Dora")
    at.night("2026-01-06T01:00")
    [one] = raised(at)
    assert (one.giver, one.name) == (dora, "")
    assert "@" not in str(store.current().fetch(store.Statement("SELECT name, subject FROM alerts_alert")))
    assert told(at)[0][1] == f"DORA@{at.key.upper()}.EXAMPLE"


def test_old_acts_are_forgotten_and_old_news_gather_none(database):
    at = cafe()
    at_till(at, "Ann", "2026-01-05", 6)
    at.night("2026-01-06T01:00")
    assert at.count("alerts_act") == 6
    at.night("2026-02-05T01:00")
    assert at.count("alerts_act") == 0
    late = [at.purchase("Ben", 1000, "2026-01-05", facts={"cashier": "17"}) for _ in range(9)]
    at.tell(*late, now="2026-03-05")  # brought in long after
    assert at.night("2026-03-06T01:00").alerts == 0
    assert at.count("alerts_act") == 0
    assert len(raised(at)) == 2, "alerts stay"


def test_a_look_beside_another_one_tells_nothing_twice(database, monkeypatch):
    """The other one raises what both have found; with its mark unread this would raise them again."""
    at = cafe()
    at_till(at, "Ann", "2026-01-05", 6)
    found = alerts._Look.found
    looks: list[int] = []

    def slow(look: Any) -> Any:
        mine = list(found(look))
        if not looks:
            looks.append(1)
            assert alerts.run(programme_id=at.programme_id, now=shop.moment("2026-01-06T01:00")) == 2
        return iter(mine)

    monkeypatch.setattr(alerts._Look, "found", slow)
    assert alerts.run(programme_id=at.programme_id, now=shop.moment("2026-01-06T01:00")) == 0
    assert len(raised(at)) == 2


def test_entries_beyond_what_an_alert_names_are_counted(database):
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05", limits.ALERT_ENTRIES_MAX + 1)
    at.night("2026-01-06T01:00")
    [one] = raised(at)
    assert (one.times, len(one.entries)) == (limits.ALERT_ENTRIES_MAX + 1, limits.ALERT_ENTRIES_MAX)

"""Watching for fraud: every pattern is found once, what only looks like it is not, and nobody judges their own."""

from typing import Any

import pytest

from guerdon.core import alerts as law
from guerdon.core import limits
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import alerts, staff, transfers
from guerdon.engine.adjust import Actor
from guerdon.engine.transfers import NewTransfer
from guerdon.features.alerts import queries
from guerdon.features.alerts.queries import Alert
from guerdon.insight import verify
from guerdon.kit import audit, ids, store
from tests import shop
from tests.shop import POINTS, Shop

PARTS: dict[str, Any] = {"units": {"points": POINTS | {"transfers": {}}}}
OPERATOR = audit.Actor("operator", "operator")
EMIL = Actor("Emil", "e" * 32, "user")


def cafe(*names: str, now: str = "2025-01-01", **alerts: Any) -> Shop:
    found = Shop(PARTS | ({"alerts": alerts} if alerts else {}))
    found.enrol(*(names or ("Ann", "Ben", "Cleo", "Emil")), now=shop.moment(now))
    return found


def at_till(at: Shop, name: str, day: str, times: int = 1, cashier: str = "17", amount: int = 1000) -> None:
    """A point of sale tells purchases, and which cashier it was."""
    for _ in range(times):
        at.buy(name, amount, day, facts={"cashier": cashier}, store="Vitosha")


def send(at: Shop, who: str, to: str, day: str, points: int = 5) -> None:
    wanted = NewTransfer(
        member=Member(external_id=who), to=Member(external_id=to), unit="points", points=points, source="app",
        external_id=f"send-{next(at._numbers)}",
    )  # fmt: skip
    shop.taken(transfers.send_many(programme_id=at.programme_id, wanted=[wanted], now=shop.moment(day))[0])


def raised(at: Shop, state: law.State = "open") -> list[Alert]:
    """The alerts of a state, the first one first."""
    found = queries.queue(store.current(), at.programme_id, state=state, before=queries.LAST, most=100)
    return found[::-1]


def told(at: Shop) -> list[tuple[str, str, list[str], int, dict[str, int]]]:
    """What each alert says: kind, giver, members, how many entries, points."""
    names = {id: name for name, id in at.ids.items()}
    return [
        (one.kind, one.name, sorted(names[who] for who in one.members), one.times, one.points) for one in raised(at)
    ]


def kinds(at: Shop, night: str) -> dict[str, list[tuple[str, list[str], int, dict[str, int]]]]:
    """What all alerts say after a night, by kind."""
    at.night(night)
    found: dict[str, list[tuple[str, list[str], int, dict[str, int]]]] = {}
    for kind, *rest in told(at):
        found.setdefault(kind, []).append(tuple(rest))
    return found


def news(at: Shop) -> list[tuple[str, str]]:
    rows = store.current().fetch(
        store.Statement(
            "SELECT topic, subject_id FROM kit_outgoing WHERE programme_id = :programme AND topic LIKE 'alert.%'"
            " ORDER BY id"
        ),
        programme=at.programme_id,
    )
    return [(topic, subject) for topic, subject in rows]


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


def own(at: Shop, name: str = "Dora", role: Any = "cashier") -> str:
    """Somebody who is a member, and staff under the same address; answers the user."""
    email = f"{name.lower()}@{at.key}.example"
    at.enrol(name, person=Person(email=email))
    return staff.appoint(
        programme_id=at.programme_id, email=email.upper(), name=name, role=role, by=OPERATOR, now=shop.OPENING
    )


def rung(at: Shop, user: str, name: str, day: str = "20260105") -> None:
    """A purchase recorded on the till's own pages: its name says whose it is."""
    token = f"{day}-{ids.new()}-{user[-12:]}"
    at.buy(name, 1000, "2026-01-05", source="till:sofia-1:1", external_id=token, store="sofia-1")


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


def settle(at: Shop, one: Alert, who: Actor, outcome: law.Outcome = "cleared") -> None:
    alerts.settle(
        programme_id=at.programme_id, alert_id=one.id, outcome=outcome, reason="she is on the phone all day",
        actor=who, now=shop.moment("2026-01-09"),
    )  # fmt: skip


def test_an_alert_is_settled_once_by_somebody_it_is_not_about(database):
    at = cafe()
    dora = own(at, role="manager")
    rung(at, dora, "Dora")
    at.night("2026-01-06T01:00")
    [one] = raised(at)
    key_of_hers = Actor("till-1", "a key", "key", dora)
    for who in (Actor("Dora", dora, "user"), key_of_hers):
        with pytest.raises(Refusal) as refused:
            settle(at, one, who)
        assert refused.value.kind is law.OWN_ALERT
    settle(at, one, EMIL, "confirmed")
    with pytest.raises(Refusal) as refused:
        settle(at, one, EMIL)
    assert refused.value.facts == {"state": "confirmed"}
    [done] = raised(at, "confirmed")
    assert (done.settled_by, done.reason, done.settled_at) == (
        "Emil", "she is on the phone all day", shop.moment("2026-01-09"),
    )  # fmt: skip
    assert news(at) == [("alert.raised", one.id), ("alert.settled", one.id)]
    [line] = audit.page(store.current(), at.programme_id, most=5, about=ids.show("alert", one.id))
    assert (line.action, line.actor.name, line.reason) == ("alert.confirmed", EMIL.id, done.reason)
    assert verify.run(at.programme_id, at=shop.FAR).ok


def test_nobody_settles_an_alert_about_the_own_membership(database):
    at = cafe(*"ABCDE")
    emil = own(at, "Emil", "owner")
    for name in "ABCDE":
        at.buy(name, 10_000, "2026-01-05")
        send(at, name, "Emil", "2026-01-06")
    at.night("2026-01-07T01:00")
    [one] = raised(at)
    with pytest.raises(Refusal) as refused:
        settle(at, one, Actor("Emil", emil, "user"))
    assert refused.value.kind is law.OWN_ALERT
    settle(at, one, Actor("Maya", "m" * 32, "user"))


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

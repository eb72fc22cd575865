"""`guerdon membership` and `guerdon worth`: the whole life of one at the terminal, and an honest no."""

from datetime import timedelta

from guerdon.core.activities import Member
from guerdon.engine import collecting, memberships
from guerdon.engine.memberships import Joining
from guerdon.faces.cli import installation, terminal
from guerdon.kit import clock, store
from guerdon.kit.payments import events
from tests import shop
from tests.engine import stand_in
from tests.faces.cli.command import guerdon

PLANS = {
    "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}, "rank": 1, "refund_days": 14,
             "benefits": {"off": {"kind": "percent_off", "name": {"en": "Ten off"}, "percent": "10"},
                          "talk": {"kind": "other", "name": {"en": "A talk"}}}},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"months": 1}, "rank": 2},
}  # fmt: skip


def state(who="ann"):
    return [one["state"] for one in guerdon("membership", "show", who, "--json").json["memberships"]]


def test_the_life_of_a_membership(pristine_database):
    cafe = shop.Shop({"plans": PLANS}, key="aurora")
    cafe.enrol("ann", "ben")
    assert "12.00 EUR" in guerdon("membership", "plans").out
    assert list(guerdon("membership", "plans", "--json").json["plans"]) == ["plus", "gold"]
    assert guerdon("membership", "show", "ann").out == "No memberships.\n"
    assert guerdon("membership", "pause", "ann").code == terminal.UNREADABLE
    assert "dry run" in guerdon("membership", "join", "ann", "plus", "--dry-run").out
    joined = guerdon("membership", "join", "ann", "plus")
    assert joined.code == terminal.OK and "Plus: awaiting" in joined.out and "asked" in joined.out
    assert guerdon("membership", "join", "ann", "gold").code == terminal.UNREADABLE
    paid = guerdon("membership", "paid", "ann", "invoice 1")
    assert "Plus: active" in paid.out and "invoice 1" in paid.out
    ahead = guerdon("membership", "paid", "ann", "invoice 2", "--number", "2", "--json").json["memberships"][0]
    assert [one["number"] for one in ahead["periods"]] == [1, 2]
    assert guerdon("membership", "paid", "ann", "invoice 2", "--number", "2").code == terminal.OK  # told again
    assert guerdon("membership", "pause", "ann").code == terminal.OK and state() == ["paused"]
    assert guerdon("membership", "resume", "ann").code == terminal.OK and state() == ["active"]
    tried = guerdon("membership", "change", "ann", "gold", "--dry-run", "--json").json
    assert tried["amount"] > 0 and state() == ["active"]
    assert "Gold: active" in guerdon("membership", "change", "ann", "gold", "--paid", "till 3").out
    assert guerdon("membership", "cancel", "ann").code == terminal.OK and state() == ["cancelled"]
    assert guerdon("membership", "cancel", "ann", "--now").code == terminal.OK and state() == ["ended"]
    assert guerdon("membership", "join", "ben", "plus", "--paid", "1").code == terminal.OK
    assert "to be given back" in guerdon("membership", "refund", "ben", "--dry-run").out and state("ben") == ["active"]
    assert guerdon("membership", "refund", "ben").code == terminal.OK and state("ben") == ["ended"]
    assert guerdon("verify", "--deep").code == terminal.OK


def test_what_is_unresolved(pristine_database):
    cafe = shop.Shop({"plans": PLANS}, key="aurora")
    cafe.enrol("ann")
    assert guerdon("membership", "unresolved").out == "Nothing is unresolved.\n"
    wanted = Joining(Member(external_id="ann"), "plus", "EUR", "app", "j-1", "stripe")
    (joined,) = memberships.join_many(programme_id=cafe.programme_id, wanted=[wanted], now=clock.now())
    named = {"guerdon_membership": shop.taken(joined).decision.membership.id}
    news = [
        ("evt_0", "payout.paid", {"id": "po_1", "object": "payout"}),
        ("evt_1", "invoice.paid", stand_in.new_invoice("in_1", "sub_1", 1100, metadata=named)),
        ("evt_2", "invoice.paid", stand_in.new_invoice("in_2", "sub_1", 0, metadata=named)),
        ("evt_3", "invoice.paid", stand_in.new_invoice("in_3", "sub_x", 1200)),
    ]
    for id, type, thing in news:
        event = events.read(stand_in.event(id, type, thing, clock.now()))
        collecting.hear(cafe.programme_id, event, now=clock.now())
        collecting.apply(cafe.programme_id, id, now=clock.now())
    told = guerdon("membership", "unresolved", "--json").json
    assert [(one["reference"], one["amount"]) for one in told["going_back"]] == [("in_1", 1100)]
    assert [(one["id"], one["state"]) for one in told["news"]] == [("evt_2", "refused"), ("evt_3", "waiting")]
    assert "in_1" in guerdon("membership", "unresolved").out and "sub" not in guerdon("membership", "unresolved").out
    assert "evt_3" not in guerdon("membership", "unresolved", "--done", "evt_3").out
    assert guerdon("membership", "unresolved", "--done", "evt_1").code == terminal.UNREADABLE
    who = store.Statement("SELECT id, done_by, done_at IS NOT NULL FROM memberships_event WHERE state = 'done'")
    assert store.current().fetch(who) == [("evt_3", installation.who(), 1)]
    assert guerdon("verify").code == terminal.OK


def test_whether_it_is_worth_it(pristine_database):
    cafe = shop.Shop({"plans": PLANS}, key="aurora")
    cafe.enrol("ann")
    day = f"{clock.now() - timedelta(days=30):%Y-%m-%d}"
    cafe.buy("ann", 100_000, day)
    found = guerdon("worth", "ann", "--plan", "plus")
    assert found.code == terminal.FINDING and "No: 100.00 EUR for 144.00 EUR, 44.00 EUR less" in found.out
    assert "A talk" in found.out and "not counted" in found.out
    cafe.buy("ann", 44_000, day)
    found = guerdon("worth", "ann", "--plan", "plus")
    assert found.code == terminal.OK and "Yes: 144.00 EUR for 144.00 EUR" in found.out
    assert guerdon("worth", "ann", "--plan", "plus", "--json").json["by"] == 0
    assert guerdon("worth", "ann").code == terminal.USAGE
    assert guerdon("worth", "ann", "--tier", "tin").code == terminal.UNREADABLE

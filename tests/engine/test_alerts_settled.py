"""Alerts are settled once, by nobody whom they are about, and every one and every verdict has its news."""

from typing import Any

import pytest

from guerdon.core import alerts as law
from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import alerts, merge, staff
from guerdon.engine.adjust import Actor
from guerdon.features.alerts.queries import Alert
from guerdon.insight import verify
from guerdon.kit import audit, ids, store
from tests import shop
from tests.engine.alerted import EMIL, OPERATOR, at_till, cafe, own, raised, rung, send
from tests.shop import Shop


def news(at: Shop) -> list[tuple[str, str]]:
    rows = store.current().fetch(
        store.Statement(
            "SELECT topic, subject_id FROM kit_outgoing WHERE programme_id = :programme AND topic LIKE 'alert.%'"
            " ORDER BY id"
        ),
        programme=at.programme_id,
    )
    return [(topic, subject) for topic, subject in rows]


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


def about_emil(at: Shop, role: Any = "owner", name: str = "Emil") -> tuple[str, Alert]:
    """Many give to Emil, who is staff; answers the user, and the alert."""
    emil = own(at, name, role)
    for who in "ABCDE":
        at.buy(who, 10_000, "2026-01-05")
        send(at, who, name, "2026-01-06")
    at.night("2026-01-07T01:00")
    [one] = raised(at)
    return emil, one


def refused(at: Shop, one: Alert, user: str) -> bool:
    try:
        settle(at, one, Actor("Emil", user, "user"))
    except Refusal as refusal:
        assert refusal.kind is law.OWN_ALERT
        return True
    return False


def test_who_was_merged_meanwhile_settles_nothing_about_themselves(database):
    at = cafe(*"ABCDE")
    emil, one = about_emil(at)
    maya = staff.appoint(
        programme_id=at.programme_id, email="maya@x.example", name="Maya", role="owner", by=OPERATOR, now=shop.OPENING
    )
    at.enrol("Maya", person=Person(email="maya@x.example"))
    merge.merge(
        programme_id=at.programme_id, into=at.account("Maya"), goes=Member(external_id="Emil"), actor="clerk",
        now=shop.moment("2026-01-08"),
    )  # fmt: skip
    assert refused(at, one, maya) and refused(at, one, emil)


def test_a_change_of_address_gets_nobody_out(database):
    at = cafe(*"ABCDE")
    emil, one = about_emil(at)
    assert one.staff == (emil,)
    with store.current().transaction():
        store.current().fetch(
            store.Statement("UPDATE members_identifier SET value = 'another' WHERE member_id = :m AND kind = 'email'"),
            m=at.account("Emil"),
        )
    assert refused(at, one, emil)


@pytest.mark.parametrize(
    ("theft", "what"),
    [
        ("DELETE FROM kit_outgoing WHERE topic = 'alert.raised'", "a change without news"),
        ("DELETE FROM kit_outgoing WHERE topic = 'alert.settled'", "a change without news"),
        ("UPDATE kit_outgoing SET subject_id = :nil WHERE topic LIKE 'alert.%'", "that nothing was committed for"),
        ("UPDATE kit_outgoing SET topic = 'alert.raised' WHERE topic = 'alert.settled'", "more news went out"),
    ],
)
def test_every_alert_and_every_verdict_has_its_news(database, theft, what):
    at = cafe(share_percent=100)
    at_till(at, "Ann", "2026-01-05", 6)
    at.night("2026-01-06T01:00")
    alerts.settle(
        programme_id=at.programme_id, alert_id=raised(at)[0].id, outcome="cleared", reason="all is right", actor=EMIL,
        now=shop.moment("2026-01-09"), idempotency=shop.keyed("k"),
    )  # fmt: skip
    assert [str(one.first) for one in verify.run(at.programme_id, at=shop.FAR).broken] == []
    with store.current().transaction():
        mine = f"{theft} AND programme_id = :programme"
        store.current().fetch(
            store.Statement(mine), programme=at.programme_id, **({"nil": ids.NIL} if ":nil" in theft else {})
        )
    [broken] = verify.run(at.programme_id, at=shop.FAR).broken
    assert broken.clause == "10.29" and what in str(broken.first)

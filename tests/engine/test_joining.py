"""Whoever joins in a window of ours has signed up by it: the rules of sign-ups give what they give, once."""

import pytest

from guerdon.core.consents import Said
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment, joining
from guerdon.engine.consents import Agreed
from guerdon.features.activities.actions import Idempotency
from guerdon.features.consents import queries as consents
from guerdon.features.members import queries as members
from guerdon.features.members.records import Enrolment
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from guerdon.kit.store import Statement
from tests.shop import BASE, Shop, moment

NOW = moment("2026-01-05")
WELCOME = {"when": "signup", "then": [{"fixed": {"unit": "points", "give": 100}}]}


def opened(**parts):
    return Shop({"rules": {"base": BASE, "welcome": WELCOME}} | parts)


def join(cafe, name="ann", **more):
    made = Enrolment(external_ids=(name,), person=Person(name=name.title(), email=f"{name}@{cafe.key}.example"))
    more = {"window": "portal"} | more
    id, _ = enrolment.enrol(programme_id=cafe.programme_id, enrolment=made, now=NOW, **more)
    cafe.ids[name] = id
    return id


def told(cafe, name="ann"):
    """The journal of a member: kind, source, channel and when."""
    at_hand = store.current()
    found = at_hand.fetch(
        Statement("SELECT kind, source, external_id FROM activities_activity WHERE account_id = :account ORDER BY seq"),
        account=cafe.ids[name],
    )
    return [(kind, source) for kind, source, _ in found]


@pytest.mark.parametrize("window", ["portal", "till", "console"])
def test_who_joins_gets_what_the_rule_gives(database, window):
    cafe = opened()
    id = join(cafe, window=window)
    assert told(cafe) == [("signup", window)]
    assert cafe.amounts("ann", "2026-01-06").available == 100 and cafe.audit() == []
    found = joining.told(store.current(), cafe.programme_id, id, source=window)
    assert found.activity.channel == window and [one.points for one in found.decision.awards] == [100]


def test_without_a_rule_it_is_told_all_the_same(database):
    cafe = opened(rules={"base": BASE})
    join(cafe)
    assert told(cafe) == [("signup", "portal")] and cafe.amounts("ann", "2026-01-06").available == 0


def test_who_speaks_to_the_api_or_brings_lists_tells_it_themselves(database):
    cafe = opened()
    id = join(cafe, window=None)
    made = {"ben": Enrolment(external_ids=("ben",))}
    assert enrolment.introduce(programme_id=cafe.programme_id, enrolments=made, now=NOW) == 1
    assert told(cafe) == [] and cafe.count("activities_activity") == 0
    assert joining.told(store.current(), cafe.programme_id, id, source="portal") is None


def test_a_form_that_is_sent_again_joins_once(database):
    cafe = opened()
    key = Idempotency("dora", "POST /v1/members", "one-form", "digest")
    assert join(cafe, idempotency=key) == join(cafe, idempotency=key)
    with pytest.raises(Refusal, match="identifier_taken"):
        join(cafe)
    assert told(cafe) == [("signup", "portal")] and cafe.amounts("ann", "2026-01-06").available == 100


def test_a_crash_leaves_both_or_neither(database, monkeypatch):
    """Between enrolling and telling, and after both but before the end of the transaction."""
    cafe = opened()
    tell = joining.tell

    def before(*_, **__):
        raise RuntimeError("power cut")

    def after(*facts, **more):
        tell(*facts, **more)
        raise RuntimeError("power cut")

    for crash in (before, after):
        monkeypatch.setattr(joining, "tell", crash)
        with pytest.raises(RuntimeError, match="power cut"):
            join(cafe)
        assert members.find(store.current(), cafe.programme_id, "external_id", "ann") is None
        assert cafe.count("activities_activity") == cafe.count("kit_outgoing") == 0
    monkeypatch.undo()
    join(cafe)
    assert told(cafe) == [("signup", "portal")]


def test_what_was_agreed_to_is_kept_with_it_or_nobody_joins(database, monkeypatch):
    cafe = opened(consents={"terms": {"name": {"en": "Terms"}, "text": {"en": "The terms"}}})
    agreed = Agreed(1, {"terms": Said(True, 1)}, "portal", "member")
    with pytest.raises(Refusal, match="consent_unknown"):
        join(cafe, agreed=Agreed(1, {"news": Said(True, 1)}, "portal", "member"))
    with monkeypatch.context() as patch:
        patch.setattr(joining, "tell", lambda *_, **__: 1 / 0)  # the last of the three
        with pytest.raises(ZeroDivisionError):
            join(cafe, agreed=agreed)
    for table in ("members_member", "consents_consent", "activities_activity"):
        assert cafe.count(table) == 0
    id = join(cafe, agreed=agreed)
    assert set(consents.of_member(store.current(), id)) == {"@rules", "terms"} and told(cafe) == [("signup", "portal")]


def test_a_rule_that_came_meanwhile_counts(database):
    """The version that another process published is seen in the transaction at hand."""
    cafe = opened(rules={"base": BASE})
    join(cafe, "ben")
    stale = programmes.lawbook(store.current(), cafe.programme_id)
    cafe.publish(rules={"base": BASE, "welcome": WELCOME})
    programmes._lawbooks[cafe.programme_id] = stale
    join(cafe)
    assert cafe.amounts("ann", "2026-01-06").available == 100

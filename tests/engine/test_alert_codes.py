"""Watching for fraud at codes: whoever tries them out is told of, with nothing of the codes."""

from datetime import timedelta

import pytest

from guerdon.core.errors import Refusal
from guerdon.engine import alerts, guessing
from guerdon.features.alerts import queries
from guerdon.features.keys import actions as keys
from guerdon.insight import verify
from guerdon.kit import ids, store
from tests import shop
from tests.engine.alerted import cafe, own, raised
from tests.shop import Shop

NOON = shop.moment("2026-01-05T12:00")
NIGHT = shop.moment("2026-01-06T01:00")


def type_wrong(at: Shop, who: str, times: int, minute: int = 0, client: str = "") -> None:
    """So many wrong codes, at a minute after noon, each for a client of its own where none is named."""
    for number in range(times):
        guessing.count(
            programme_id=at.programme_id, credential=who, client=client or f"{minute}-{number}", watched=True,
            now=NOON + timedelta(minutes=minute),
        )  # fmt: skip


def look(at: Shop, now=NIGHT) -> list[tuple[str, str, int]]:
    """What alerts of codes say after a look: kind, who, how often."""
    alerts.run(programme_id=at.programme_id, now=now)
    called = alerts.called(store.current(), at.programme_id)
    return [(one.kind, one.name or called.get(one.giver, ""), one.times) for one in raised(at)]


def test_who_tries_codes_out_within_an_hour_is_told_once(database):
    at = cafe()
    dora, gita = own(at), own(at, "Gita")
    type_wrong(at, dora, 15)
    type_wrong(at, dora, 15, minute=59)
    type_wrong(at, gita, 29, minute=5)  # one less
    assert look(at) == [("wrong_codes", "Dora", 30)]
    [one] = raised(at)
    assert (one.giver, one.members, one.entries, one.points) == (dora, (), (), {})
    assert (one.first_at, one.last_at) == (NOON, NOON + timedelta(minutes=59))
    assert alerts.about(store.current(), at.programme_id, [one], dora) == {one.id}, "Dora settles it not"
    assert alerts.about(store.current(), at.programme_id, [one], gita) == frozenset()
    assert len(look(at, NIGHT + timedelta(days=1))) == 1
    report = verify.run(at.programme_id, at=shop.FAR, deep=True)
    assert report.ok, [verdict.first for verdict in report.verdicts if not verdict.holds]


def test_an_hour_is_an_hour_wherever_it_begins(database):
    at = cafe(wrong_codes=20)
    dora = own(at)
    type_wrong(at, dora, 10)
    type_wrong(at, dora, 10, minute=60)  # in the next hour, though within two
    assert look(at, NOON + timedelta(minutes=61)) == []
    type_wrong(at, dora, 10, minute=110)
    assert look(at) == [("wrong_codes", "Dora", 20)], "of the last hour, and no more"


def test_of_a_key_whoever_made_it_is_behind_it(database):
    at = cafe(wrong_codes=5)
    dora = own(at)
    key, _ = keys.create(
        store.current(), programme_id=at.programme_id, name="Web shop", scopes=frozenset({"vouchers:redeem"}),
        now=NOON, made_by=dora,
    )  # fmt: skip
    type_wrong(at, key.id, 5)
    assert look(at) == [("wrong_codes", "Web shop", 5)]
    [one] = raised(at)
    assert one.staff == (dora,)
    with pytest.raises(Refusal, match="own_alert"):
        alerts.settle(
            programme_id=at.programme_id, alert_id=one.id, outcome="cleared", reason="It was me, all right.",
            actor=alerts.Actor("Dora", dora, "user"), now=NIGHT,
        )  # fmt: skip
    alerts.settle(
        programme_id=at.programme_id, alert_id=one.id, outcome="confirmed", reason="The shop was tried out.",
        actor=alerts.Actor("Emil", "e" * 32, "user"), now=NIGHT,
    )  # fmt: skip
    assert [one.state for one in raised(at, "confirmed")] == ["confirmed"]


def test_nothing_is_kept_of_codes_and_little_of_who_typed_them(database):
    """A look forgets what no hour to come can hold; what it has told of is not told again."""
    at = cafe(wrong_codes=5)
    dora = own(at)
    type_wrong(at, dora, 4)
    type_wrong(at, dora, 1, minute=50)
    assert at.count("alerts_typed") == 2
    assert len(look(at, NOON + timedelta(minutes=55))) == 1 and at.count("alerts_typed") == 2
    assert len(look(at, NOON + timedelta(minutes=58))) == 1, "told"
    type_wrong(at, dora, 4, minute=62)
    assert len(look(at, NOON + timedelta(minutes=70))) == 1, "four are too few, though five within the hour"
    look(at)
    assert at.count("alerts_typed") == 0


def test_who_must_wait_is_not_counted_on(database):
    """What was not answered told nothing, so it is no evidence: of one client ten in a quarter."""
    at = cafe(wrong_codes=11)
    dora = own(at)
    with pytest.raises(Refusal, match="guesses_too_many"):
        type_wrong(at, dora, 12, client="till")
    [one] = queries.typed(store.current(), at.programme_id, times=1)[dora]
    assert one.tries == 10 and look(at) == []


def test_what_is_too_much_for_a_night_is_raised_in_the_next(database, monkeypatch):
    monkeypatch.setattr(alerts, "_MOST", 1)
    at = cafe(wrong_codes=5)
    many, few = ids.new(), ids.new()
    type_wrong(at, few, 5)
    type_wrong(at, many, 6)
    counts = [len(look(at, NIGHT + timedelta(days=day))) for day in range(3)]
    assert counts == [1, 2, 2] and [one.giver for one in raised(at)] == [many, few]
    assert at.count("alerts_typed") == 0

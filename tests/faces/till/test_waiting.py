"""What was typed without a network is told later: a code that changed since counts as of then, an e-mail as ever."""

from datetime import timedelta

import pytest

from guerdon.core import limits, rotating
from guerdon.engine import revocations as revoking
from guerdon.features.members import revocations
from guerdon.kit import clock, store
from tests.faces.till import counter
from tests.faces.till.counter import at, till


@pytest.fixture
def cafe(database):
    return counter.opened()


def code(cafe, at):
    """What Ann's phone showed at the instant."""
    return rotating.shown(cafe.ids["ann"], revocations.secret(store.current(), cafe.ids["ann"]), at)


def tell(cafe, card, typed_at):
    """What is answered to a purchase that has waited."""
    name = f"20260301-{'a' * 32}-{cafe.ids['dora'][-12:]}"
    fields = {"store": "sofia-1", "number": "1", "amount": "8.00", "name": name, "card": card}
    return till(cafe).post(at(cafe, "waiting"), fields | {"at": typed_at.isoformat()})


def pending(cafe):
    return cafe.amounts("ann", clock.now().isoformat()).pending


def test_a_code_that_was_good_when_it_was_typed_is_taken_hours_later(cafe):
    then = clock.now() - timedelta(hours=3)
    assert tell(cafe, code(cafe, then), then).json()["state"] == "recorded" and pending(cafe) == 8


@pytest.mark.parametrize("minutes", [-5, 5, 170])
def test_a_code_of_another_minute_is_refused(cafe, minutes):
    then = clock.now() - timedelta(hours=3)
    answer = tell(cafe, code(cafe, then + timedelta(minutes=minutes)), then)
    assert answer.status_code == 409 and answer.json()["state"] == "refused" and pending(cafe) == 0


def test_a_refused_one_is_sent_again_with_the_code_that_the_phone_shows_now(cafe):
    now = clock.now()
    assert tell(cafe, code(cafe, now), now - timedelta(hours=3)).json()["state"] == "recorded" and pending(cafe) == 8


def test_a_code_that_is_told_too_late_or_was_revoked_since_is_refused(cafe):
    long_ago = clock.now() - timedelta(hours=limits.TILL_CODE_HOURS_MAX, minutes=1)
    assert tell(cafe, code(cafe, long_ago), long_ago).status_code == 409
    then = clock.now() - timedelta(hours=1)
    shown = code(cafe, then)
    revoking.revoke(programme_id=cafe.programme_id, member_id=cafe.ids["ann"], actor="tests", now=clock.now())
    assert tell(cafe, shown, then).status_code == 409 and pending(cafe) == 0


def test_an_email_is_taken_as_it_is_with_a_network(cafe):
    assert tell(cafe, cafe.email("ann"), clock.now()).json()["state"] == "recorded" and pending(cafe) == 8

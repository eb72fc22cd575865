"""Points that wait for an activity, in the law: their life once it has come, and what time does to them before."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import strategies as st

from guerdon.core import activities, due, expiry, limits, period, vesting
from guerdon.core.activities import Activity, Member, Reference
from guerdon.core.errors import Refusal
from guerdon.core.expiry import Calendar, Never, Policy, Rolling, Sliding
from guerdon.core.ledger import Lot
from guerdon.core.vesting import WAITING, Vesting

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - as it asks
waits = st.timedeltas(timedelta(0), timedelta(days=400))
zones = st.sampled_from(["UTC", "Europe/Sofia", "Asia/Beirut", "America/Sao_Paulo"])
policies = st.one_of(
    st.integers(1, 800).map(lambda days: Rolling(days=days)),
    st.integers(1, 24).map(lambda months: Rolling(months=months, round_up="month")),
    st.integers(1, 12).map(lambda month: Calendar(month, 28)),
    st.integers(1, 24).map(lambda months: Sliding(months=months)),
)


def _released(
    policy: Policy, days: int, earned: datetime, confirmed: datetime, posted: datetime, key: str
) -> vesting.Life:
    waiting = Vesting(days=days, activity="delivered", cancel_after_days=30)
    return vesting.released(
        waiting, policy, earned_at=earned, confirmed_at=confirmed, posted_at=posted, zone=ZoneInfo(key)
    )


@hypothesis.given(policies, st.integers(0, 60), instants, waits, waits, zones)
def test_released_points_are_never_dead_when_they_begin(policy, days, earned, wait, late, key):
    zone = ZoneInfo(key)
    confirmed, posted = earned + wait, earned + wait + late
    life = _released(policy, days, earned, confirmed, posted, key)
    assert life.available_at >= confirmed
    assert life.expires_at is not None
    begins = max(life.available_at, posted)
    own = expiry.last_day(policy, period.local_day(begins, zone))
    assert own is not None
    least = min(period.local_day(begins, zone) + timedelta(days=limits.LATE_GRACE_DAYS), own)
    assert life.expires_at >= period.midnight(least + timedelta(days=1), zone) or period.local_day(
        begins, zone
    ) == period.local_day(earned if not isinstance(policy, Sliding) else confirmed, zone)
    assert life.expires_at > begins


@hypothesis.given(policies, instants, zones)
def test_what_is_confirmed_on_its_own_day_lives_as_if_it_had_never_waited(policy, earned, key):
    life = _released(policy, 0, earned, earned, earned, key)
    assert life.available_at == earned
    assert life.expires_at == expiry.expires_at(policy, effective_at=earned, posted_at=earned, zone=ZoneInfo(key))


@hypothesis.given(instants, waits, zones)
def test_a_confirmation_from_before_the_purchase_counts_with_it(earned, wait, key):
    assert _released(Never(), 0, earned, earned - wait, earned, key) == vesting.Life(earned, None)


def _lot(id: str, *, available_at: datetime, ends: datetime, points: int = 10) -> Lot:
    return Lot(id, "order", points, 0, START, available_at, ends)


def test_what_waited_in_vain_is_cancelled_and_the_rest_expires():
    ends = START + timedelta(days=30)
    lots = [_lot("a", available_at=START, ends=ends), _lot("b", available_at=WAITING, ends=ends, points=7)]
    assert due.due(lots, 0, at=ends - timedelta(microseconds=1)) == []
    found = [(one.kind, one.at, one.points) for one in due.due(lots, 0, at=ends)]
    assert found == [("cancel", ends, 7), ("expire", ends, 10)]


def test_what_waits_repays_no_debt():
    ends = START + timedelta(days=30)
    waiting = _lot("b", available_at=WAITING, ends=ends)
    assert waiting.waits and waiting.pending(START) and not waiting.spendable(ends - timedelta(days=1))
    assert [one.kind for one in due.due([waiting], 50, at=ends)] == ["cancel"]


@pytest.mark.parametrize(
    ("more", "pointer", "reason"),
    [
        ({"kind": "purchase", "amount": 1}, "/confirms", "not_awaited"),
        ({"kind": "return", "returns": Reference("order")}, "/confirms", "not_awaited"),
        ({"kind": "delivered", "currency": "USD"}, "/currency", "confirms"),
        ({"kind": "delivered", "confirms": Reference("")}, "/confirms/external_id", "length"),
        ({"kind": "delivered", "confirms": Reference("o", source="")}, "/confirms/source", "length"),
    ],
)
def test_what_cannot_confirm(more, pointer, reason):
    told = {"confirms": Reference("order"), **more}
    with pytest.raises(Refusal) as refused:
        activities.check(Activity(source="till", external_id="x", occurred_at=START, member=Member(id="m"), **told))
    assert refused.value.facts == {"pointer": pointer, "reason": reason}

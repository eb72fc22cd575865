"""Sealing while others write: what is sealed is settled, nobody waits, and two at once seal everything once."""

import threading

import psycopg
import pytest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.engine import night, seal, settling
from guerdon.features.activities import queries as activities
from guerdon.insight import verify
from guerdon.insight.verify import crew
from guerdon.kit import store
from tests import databases, shop
from tests.shop import Shop

NOW = shop.moment("2026-02-01")


@pytest.fixture
def in_flight(pristine_database):
    """A café, and a batch that has taken a number and not committed; SQLite has one writer, who has none beside it."""
    if databases.is_sqlite(pristine_database):
        pytest.skip("SQLite has one writer: what is there is settled")
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann")
    with psycopg.connect(pristine_database) as batch:
        yield cafe, batch.execute("SELECT nextval('activities_seq')").fetchone()[0], batch  # type: ignore[index]


def test_a_number_in_flight_holds_up_the_seal(in_flight):
    """No seal may reach it. The control: the last number taken does."""
    cafe, taken, batch = in_flight
    with pytest.raises(Refusal, match="database_busy"):
        settling.settled(patience_seconds=0.1)
    assert activities.last_taken(store.current()) == taken, "the control: a naive seal would cover it"
    after = threading.Thread(target=lambda: cafe.buy("Ann"))  # nobody waits for whoever waits
    after.start()
    after.join(5)
    assert not after.is_alive()
    batch.rollback()
    assert settling.settled() > taken


def test_a_number_in_flight_holds_up_no_night(in_flight, monkeypatch):
    cafe, _, batch = in_flight
    monkeypatch.setattr(limits, "NIGHT_SETTLING_SECONDS_MAX", 0.1)
    done = night.run(programme_id=cafe.programme_id, as_of=shop.FAR, ahead=False)
    assert done.held_up and done.expired
    batch.rollback()
    assert verify.run(at=shop.FAR).ok


def test_two_at_once_seal_everything_once(pristine_database):
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.tell(*[cafe.purchase("Ann", 100) for _ in range(2_500)])
    until = settling.settled()
    made: list[int] = []

    def work() -> None:
        seals = seal.run(programme_id=cafe.programme_id, now=NOW, until=until)
        made.extend(one.span.entries for one in seals)
        databases.disconnect()

    rivals = [threading.Thread(target=work) for _ in range(3)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    assert sum(made) == 2_500
    assert verify.run().ok


def test_a_purchase_commits_while_verify_is_in_the_middle_of_its_walk(pristine_database, monkeypatch):
    """Seen by the walk's own progress: the purchase is answered before the proof goes on, and is not part of it."""
    cafe = Shop()
    names = [f"member-{number}" for number in range(200)]
    cafe.enrol(*names)
    cafe.tell(*[cafe.purchase(name, 100) for name in names])
    shop.seal(cafe)
    monkeypatch.setattr(crew, "PROGRESS_SECONDS", 0)  # told after every account
    bought: list[int] = []

    def busy(accounts: int) -> None:
        if len(bought) < 3:
            bought.append(cafe.buy("member-0", 100).seq)

    report = verify.run(progress=busy)
    assert report.ok and len(bought) == 3
    assert report.programmes[0].activities == 200
    assert verify.run().programmes[0].activities == 203

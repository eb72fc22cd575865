"""A what-if from the question to the answer: by a job, on the real history, in a process of its own."""

import json
from datetime import UTC, date, datetime

import msgspec
import pytest

from guerdon.core.simulations import WHOLE, Question
from guerdon.engine import drafts, simulations
from guerdon.engine.adjust import Actor
from guerdon.engine.simulations import Wish
from guerdon.features.programmes import queries as programmes
from guerdon.features.simulations import queries
from guerdon.insight.simulate import answering
from guerdon.insight.simulate.answers import Answer
from guerdon.kit import store
from guerdon.kit.worker import Worker
from tests import shop
from tests.insight.simulate import worlds
from tests.shop import Shop

EMIL = Actor("Emil", "e" * 32, "user")
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
WORTH = {"units": {"points": shop.POINTS | {"worth": {"points": 100, "money": "1.00"}}}}


def source(cafe: Shop) -> str:
    return drafts.source_of(programmes.latest(store.current(), cafe.programme_id).versions[-1])


def doubled(cafe: Shop) -> str:
    """Two points for every euro, and nothing else."""
    document = json.loads(json.dumps(drafts.document_of(source(cafe)), default=str))
    document["rules"]["base"]["then"][0]["points"]["give"] = 2
    return json.dumps(document)


def asked(cafe: Shop, file: str, **days: date) -> Answer:
    wish = Wish(source=file, name="Two", **days)
    one, _ = simulations.ask(wish, programme_id=cafe.programme_id, actor=EMIL, now=NOW)
    worker = Worker(plan=lambda _: None)
    while worker.turn():
        pass
    found = queries.get(store.current(), cafe.programme_id, one.id)
    assert found.state == "answered", found
    text = queries.answer(store.current(), cafe.programme_id, one.id)
    return msgspec.json.decode(text or "", type=Answer)


def test_two_points_a_euro_are_twice_as_many_by_hand(pristine_database: str):
    cafe = Shop(WORTH)
    cafe.enrol("Ann", "Ben")
    for month, amount in ((2, 1_000), (10, 4_000), (11, 2_550)):
        cafe.buy("Ann", amount, f"2026-{month:02}-05")
    cafe.buy("Ben", 500, "2026-11-06")
    found = asked(cafe, doubled(cafe), since=date(2026, 10, 1), until=date(2026, 12, 1))
    (one,) = found.mechanical
    assert (one.whole.today.issued, one.whole.draft.issued) == (40 + 25 + 5, 80 + 51 + 10)  # 25.50 is 51 points, not 50
    assert [(pair.key, pair.today.issued, pair.draft.issued) for pair in one.months] == [
        ("2026-10", 40, 80), ("2026-11", 30, 61),
    ]  # fmt: skip
    assert (one.better_off, one.worse_off) == (2, 0)
    # 80 points are owed with what February gave, against 151: at 100 for a euro.
    assert (one.whole.today.liability, one.whole.draft.liability) == (80, 151)
    bands = {band.of: band for band in one.bands}
    assert bands["issued"].middle == 71
    assert bands["issued"].low <= 71 <= bands["issued"].high
    (responding,) = found.behavioural
    assert responding.whole.today == one.whole.today
    assert responding.whole.draft.issued >= one.whole.draft.issued  # who gets more spends more, as is assumed
    assert found.assumptions


@pytest.mark.parametrize("seed", [4, 8])  # 3 changes its rules half-way
def test_what_is_published_tried_on_its_own_history_differs_in_nothing(pristine_database: str, seed: int):
    cafe = Shop(worlds.programme(seed))
    worlds.live(cafe, seed)
    found = asked(cafe, source(cafe))
    for layer in (found.mechanical, found.behavioural):
        for one in layer:
            assert one.whole.today == one.whole.draft
            assert {(band.low, band.middle, band.high) for band in one.bands} == {(0, 0, 0)}
    assert not any(one.better_off or one.worse_off for one in found.mechanical)


def test_progress_only_grows_and_comes_to_all(pristine_database: str):
    cafe = Shop(worlds.programme(3))
    worlds.live(cafe, 3, deeds=40)
    told: list[tuple[str, int]] = []
    question = Question(cafe.programme_id, source(cafe), "x", date(2026, 1, 1), date(2026, 12, 20))
    answering.answer(question, lambda stage, share: told.append((stage, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == WHOLE
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["reading", "checking", "replaying", "weighing"]

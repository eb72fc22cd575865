"""A replay equals the books, member by member and month by month, whatever happened."""

import pytest

from guerdon.features.programmes import queries as programmes
from guerdon.insight.simulate import gate, questions, scope
from guerdon.insight.simulate.history import History
from guerdon.insight.simulate.prepared import Prepared
from guerdon.insight.simulate.replay import Replayed, replay
from guerdon.kit import store
from tests.insight.simulate import worlds
from tests.shop import Shop

UNTIL = "2026-12-20"


def replayed(cafe: Shop, history: History) -> Replayed:
    regimes = questions.regimes(programmes.latest(store.current(), cafe.programme_id))
    scope.check(history, [one.programme for one in regimes])
    return replay(Prepared(history, [one.programme for one in regimes]), regimes)


@pytest.mark.parametrize("seed", range(25))
def test_the_published_programme_replayed_is_the_ledger(database: str, seed: int):
    cafe = Shop(worlds.programme(seed))
    worlds.live(cafe, seed)
    history = worlds.history(cafe, UNTIL)
    found = replayed(cafe, history)
    wrong = list(gate.differences(history, found.run))
    assert not wrong
    passed = gate.check(history, found.run)
    assert passed.points > 0 and passed.postings > 50

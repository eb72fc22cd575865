"""The house against the book: whatever happens, every lot, balance, counter and posting is what the law says.

By the dice in bulk, and by Hypothesis, which shrinks what goes wrong to the shortest play. `GUERDON_HYPOTHESIS=full`
asks for the full effort: 2,000 programmes of 50 steps in the pure core and 200 in the engine, of either kind.
"""

from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import effort
from tests.model.deeds import DEEDS, STEPS, play
from tests.model.houses import EngineHouse, House, PureHouse
from tests.model.play import Pick, Play

PURE, ENGINE = effort.times(40, 2_000), effort.times(10, 200)
PORTION = 10  # plays of one test, so that a failure names its seed and the list stays short


@pytest.mark.parametrize("first", range(0, PURE, PORTION))
def test_a_play_in_the_pure_core(first):
    for seed in range(first, first + PORTION):
        play(seed, PureHouse())


@pytest.mark.parametrize("first", range(0, ENGINE, PORTION))
def test_a_play_in_the_engine(database, first):
    for seed in range(first, first + PORTION):
        play(seed, EngineHouse())


class Cafe(RuleBasedStateMachine):
    """The same, driven by Hypothesis."""

    make: Callable[[], House] = PureHouse

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        self.play = Play(_by(data), type(self).make())

    @rule(deed=st.sampled_from([deed for deed, often in DEEDS.items() for _ in range(often)]), data=st.data())
    def something_happens(self, deed: str, data: st.DataObject) -> None:
        getattr(self.play, deed)(_by(data))

    @invariant()
    def it_is_all_the_same(self) -> None:
        self.play.compare()

    def teardown(self) -> None:
        if hasattr(self, "play"):
            self.play.end()


class CafeInTheEngine(Cafe):
    make = EngineHouse


def _by(data: st.DataObject) -> Pick:
    return lambda several: data.draw(st.sampled_from(several))


def test_the_pure_core_keeps_the_law():
    _keeps_the_law(Cafe, effort.times(8, 2_000))


def test_the_engine_keeps_the_law(database):
    _keeps_the_law(CafeInTheEngine, effort.times(3, 200))


def _keeps_the_law(machine: type[Cafe], examples: int) -> None:
    settings = hypothesis.settings(max_examples=examples, stateful_step_count=STEPS, print_blob=True)
    run_state_machine_as_test(machine, settings=settings)

"""Processes at the same moment, and processes killed in the middle: what was answered lasts, the rest is told again."""

import itertools
import threading
from collections.abc import Iterator
from random import Random

import pytest

from guerdon.core.activities import Activity
from tests import effort, shop
from tests.races.rival import Died, Rival
from tests.races.test_threads import FIRST, bonus
from tests.shop import Shop

NOW = shop.moment("2026-01-06")
RIVALS = 3


@pytest.fixture
def rivals(database: str) -> Iterator[list[Rival]]:
    """Processes on the database of the run, ready to be told things."""
    found = [Rival() for _ in range(RIVALS)]
    yield found
    for rival in found:
        rival.bury()


def tell_all(rivals: list[Rival], cafe: Shop, batches: list[list[Activity]]) -> list[list[object]]:
    """Each rival gets its batch at the same moment; the answers in the order of the rivals."""
    for rival, batch in zip(rivals, batches, strict=True):
        rival.tell(cafe.programme_id, batch, NOW)
    return [rival.answers() for rival in rivals]


def test_what_threads_cannot_do_processes_cannot_either(rivals):
    """The same orders, first purchases, a cap and a budget; all at once, again and again, in processes of their own."""
    rules = {"first": FIRST, "capped": bonus(20, caps={"day": 50}), "campaign": bonus(40, budget=1_000)}
    for round_number in range(effort.times(8, 40)):
        cafe = Shop({"rules": rules, "enrol_unknown": True})
        names = [f"member-{number}" for number in range(20)]
        cafe.enrol(*names[:10])  # the others enrol themselves
        same = [cafe.purchase(name, 100, external_id=f"same-{name}") for name in names]
        batches = [
            Random(rival * 31 + round_number).sample(
                [*same, *(cafe.purchase(name, 100, external_id=f"{rival}-{name}") for name in names)], 40
            )
            for rival in range(RIVALS)
        ]
        answers = tell_all(rivals, cafe, batches)
        told = [answer for found in answers for answer in found]
        assert [answer for answer in told if isinstance(answer, str)] == []
        assert cafe.audit() == []
        assert cafe.count("members_member") == 20
        assert cafe.count("activities_activity") == 20 * (1 + RIVALS)
        first = sum(answer[2] for answer in told if not answer[1])
        assert first == 20 * 50 + 20 * 50 + 1_000, "each first order once, each cap to the brim, the budget to the brim"


def test_the_last_points_of_a_budget_between_processes(rivals):
    for _ in range(effort.times(10, 60)):
        cafe = Shop({"rules": {"campaign": bonus(40, budget=100)}})
        names = [f"member-{number}" for number in range(RIVALS)]
        cafe.enrol(*names)
        answers = tell_all(rivals, cafe, [[cafe.purchase(name, 100)] for name in names])
        assert sum(answer[0][2] for answer in answers) == 100
        assert cafe.audit() == []


@pytest.mark.parametrize("seed", range(effort.times(6, 40)))
def test_a_process_killed_while_it_writes_loses_and_doubles_nothing(database, seed):
    """Batches one after the other, killed at random; what was answered must be there, and all is told again."""
    dice = Random(seed)
    cafe = Shop({"rules": {"base": shop.BASE, "first": FIRST}, "enrol_unknown": True})
    batches = [
        [cafe.purchase(f"member-{dice.randrange(30)}", 100) for _ in range(dice.choice([1, 5, 60]))] for _ in range(60)
    ]
    prefixes = list(itertools.accumulate(map(len, batches), initial=0))
    answered = interrupted = 0
    for kill_after in [*(dice.uniform(0.0, 0.1) for _ in range(effort.times(3, 8))), None]:
        told_again = max(0, answered - 2)  # after a crash one tells more than one must
        answered = max(answered, told_again + record_until_killed(cafe, batches[told_again:], kill_after))
        interrupted += answered < len(batches)
        recorded = cafe.count("activities_activity")
        assert recorded >= prefixes[answered], "what was answered was lost"
        assert recorded in prefixes, "half a batch was kept"
    assert answered == len(batches) and interrupted, "nobody was killed in the middle, so nothing is proved"
    people = {str(fact.member.external_id) for batch in batches for fact in batch}
    assert cafe.count("members_member") == len(people)
    assert cafe.count("activities_activity") == prefixes[-1]
    assert sum(cafe.amounts(name, "2026-01-06").available for name in people) == prefixes[-1] + 50 * len(people)
    assert cafe.audit() == []


def record_until_killed(cafe: Shop, batches: list[list[Activity]], kill_after: float | None) -> int:
    """Tell the batches to a process that is killed some seconds after its first answer; how many it answered."""
    rival, answered = Rival(), 0
    killer = threading.Timer(kill_after or 0, rival.kill)
    try:
        for batch in batches:
            rival.tell(cafe.programme_id, batch, NOW)
            rival.answers()
            answered += 1
            if answered == 1 and kill_after is not None:
                killer.start()
    except Died:
        pass  # perhaps after its commit and before its answer
    finally:
        killer.cancel()
        rival.bury()
    return answered


def test_a_house_that_answers_too_early_is_found_out(database):
    """The control: had the answer come before the commit, a kill in between would lose what was answered."""
    cafe = Shop({"enrol_unknown": True})
    rival = Rival(hasty=True)
    rival.tell(cafe.programme_id, [cafe.purchase("Ann", 100)], NOW)
    assert rival.answers() == []
    rival.bury()
    assert cafe.count("activities_activity") == 0

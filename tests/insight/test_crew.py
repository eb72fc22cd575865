"""Several processes prove what one proves: the same figures, the same thefts, and one moment for all of them."""

from copy import deepcopy
from typing import Any

import pytest

from guerdon.insight import verify
from guerdon.insight.verify import Report, crew
from guerdon.insight.verify.invariant import Found
from guerdon.insight.verify.proof import ALWAYS
from guerdon.insight.verify.scope import Scope, books
from guerdon.kit import clock, snapshot
from guerdon.kit.snapshot import Snapshot, Watch
from tests import shop
from tests.insight import thief
from tests.insight.lived import Lived
from tests.insight.thefts import THEFTS
from tests.insight.ways import Eyes

# One theft at least for every invariant that adds up what all processes saw.
STOLEN = (
    "points out of thin air", "a stamp that slid on the way", "a budget refilled", "a change without news",
    "a closed month told otherwise", "a second person who never was", "a transfer made smaller", "a tree too many",
    "a passage forgotten", "a sealed entry deleted", "a fact embellished",
)  # fmt: skip


def told(report: Report) -> dict[str, Any]:
    """What a report says, without how long it took."""
    return {one.name: (one.holds, one.figures, one.broken, one.first) for one in report.verdicts}


@pytest.mark.parametrize("deep", [False, True], ids=["shallow", "deep"])
def test_three_prove_what_one_proves(copy: Lived, deep: bool):
    shop.seal(copy.cafe, copy.grocer)
    seen: list[int] = []
    alone, together = verify.run(deep=deep), verify.run(progress=seen.append, deep=deep, processes=3)
    assert together.ok and told(together) == told(alone)
    assert together.programmes == alone.programmes
    assert sum(seen) == sum(totals.members for totals in together.programmes)


def test_whatever_grows_while_looking_is_put_together(copy: Lived):
    shop.seal(copy.cafe, copy.grocer)
    with snapshot.taken() as view:
        scope = Scope()
        found = Found(view, scope, books(view, scope), clock.now())
        invariants = [kind() for kind in ALWAYS]
        for one in invariants:
            one.prepare(found)
        before = [deepcopy(vars(one)) for one in invariants]
        crew.look(view, found.books, crew.Task(scope, True, invariants), lambda _: None)
    for one, was in zip(invariants, before, strict=True):
        grown = {name for name, value in vars(one).items() if value != was[name]}
        assert grown <= {"figures", "seconds", *one.sums}, type(one)


@pytest.mark.parametrize("name", STOLEN, ids=lambda name: name.replace(" ", "-"))
def test_two_find_what_one_finds(copy: Lived, name: str):
    [theft] = [one for one in THEFTS if one.name == name]
    shop.seal(copy.cafe, copy.grocer)
    thief.steal(copy.url, *theft.steal(Eyes(copy)))
    alone, together = verify.run(deep=theft.deep), verify.run(deep=theft.deep, processes=2)
    assert theft.meant in {one.name for one in together.broken}
    assert told(together) == told(alone)


def busy(copy: Lived, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let somebody buy between the moment of the proof and that of its hands, so many times."""
    begin, left = crew._begin, iter(range(times))

    def late(*told: Any) -> None:
        if next(left, None) is not None:
            copy.grocer.buy("Ann", 2000, "2026-05-05")
        begin(*told)

    monkeypatch.setattr(crew, "_begin", late)


def unseen(report: Report) -> int:
    """How many natural keys, which this process counts, are of no entry, which its hands count."""
    figures = {one.name: one.figures for one in report.verdicts}
    return figures["10.16 awards"]["keys"] - figures["3.8"]["entries"]


def test_all_see_one_moment_while_others_write(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    before = unseen(verify.run())
    busy(copy, monkeypatch, 3)
    report = verify.run(processes=2)
    assert report.ok and unseen(report) == before


def test_two_moments_would_be_seen(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    """The negative control: a database that is taken for still, or a moment without its name, makes two halves that
    do not fit."""
    before = unseen(verify.run())
    busy(copy, monkeypatch, 1)
    monkeypatch.setattr(Watch, "is_still", lambda _: True)
    monkeypatch.setattr(Snapshot, "moment", lambda _: "")
    assert unseen(verify.run(processes=2)) == before - 1


def test_who_never_finds_a_still_moment_goes_alone(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crew, "TRIES_MAX", 2)
    monkeypatch.setattr(Watch, "is_still", lambda _: False)
    assert told(verify.run(processes=2)) == told(verify.run())


def test_a_process_that_ends_early_is_no_proof(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crew.Crew, "begin", lambda self, _: [one._process.terminate() for one in self._hands])
    with pytest.raises(RuntimeError, match="has ended"):
        verify.run(processes=2)


def test_what_goes_wrong_in_a_process_is_told(copy: Lived, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crew.Crew, "begin", lambda self, _: [one.pipe.send(None) for one in self._hands])
    with pytest.raises(RuntimeError, match="AssertionError"):
        verify.run(processes=2)

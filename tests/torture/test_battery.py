"""Every torture holds, and finds each fault that is planted: a check that cannot fail proves nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guerdon.faces.cli.torture import battery, deeds, faults, scratch, stand
from guerdon.faces.cli.torture.battery import TORTURES, Findings, Torture, Trial
from guerdon.faces.cli.torture.caller import Caller
from tests import databases

SEED = 20261128
MEMBERS = "SELECT count(*) FROM members_member"
ON_SQLITE = databases.is_sqlite(os.environ[databases.VARIABLE])
SERVER = None if ON_SQLITE else os.environ[databases.VARIABLE]
# In the quick form a torture shows on one database that it finds its faults; `make torture` lets it show on both.
TRIALS = [(one, fault) for one in TORTURES for fault in (None, *(one.faults if ON_SQLITE else ()))]


@pytest.fixture(scope="session")
def samples() -> Iterator[scratch.Samples]:
    """What tortures begin from, made once for all."""
    with scratch.sampling() as made:
        yield made


@pytest.mark.parametrize(
    ("torture", "fault"), TRIALS, ids=[f"{one.name}-{fault or 'nothing planted'}" for one, fault in TRIALS]
)
def test_the_battery(torture: Torture, fault: str | None, tmp_path: Path, samples: scratch.Samples) -> None:
    """Nothing breaks where nothing is planted, and something does where a fault is."""
    server = scratch.OWN if torture.name == "kills" and SERVER else SERVER
    with scratch.place(server, inside=tmp_path, samples=samples) as place:
        outcome = battery.run(torture, Trial(place, SEED, thorough=False, fault=fault))
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert outcome.ok, outcome.broken or f"the fault {fault} was not found"


def test_whoever_lives_in_a_copy_leaves_the_others_alone(tmp_path: Path, samples: scratch.Samples) -> None:
    """Two installations from one sample know the same key and the same programme, and not each other's members."""
    with scratch.place(SERVER, inside=tmp_path, samples=samples) as place:
        trial = Trial(place, SEED, thorough=False)
        told = deeds.programme()
        with (
            stand.standing(trial, programme=told, name="a") as one,
            stand.standing(trial, programme=told, name="b") as two,
        ):
            assert one.key == two.key and one.address != two.address
            Caller(one.serve().port, one.key).enrol(["ann"])
            assert [scratch.number(each.address, MEMBERS) for each in (one, two)] == [1, 0]
            assert scratch.number(samples.made[SERVER, told].address, MEMBERS) == 0
        assert list(place.folder.iterdir()) == []


def test_a_fault_is_planted_under_torture_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds the module can't break an installation with it."""
    monkeypatch.delenv(faults.VARIABLE, raising=False)
    with pytest.raises(SystemExit):
        faults.plant("loses")


def test_every_fault_is_some_torture_s() -> None:
    """No fault is planted by nobody, and none is wanted that there is not."""
    assert {fault for one in TORTURES for fault in one.faults} == set(faults.FAULTS)


def test_only_who_looks_for_a_planted_fault_stops_at_the_first() -> None:
    """Where nothing is planted everything broken is told."""
    for findings, enough in ((Findings(), False), (Findings(one_is_enough=True), True)):
        assert not findings.enough
        findings.expect(False, "broken")
        assert findings.enough is enough

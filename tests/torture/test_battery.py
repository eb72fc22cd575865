"""Every torture holds, and finds each fault that is planted: a check that cannot fail proves nothing."""

import os
from pathlib import Path

import pytest

from guerdon.faces.cli.torture import battery, faults, scratch
from guerdon.faces.cli.torture.battery import TORTURES, Torture, Trial
from tests import databases

SEED = 20261128
ON_SQLITE = databases.is_sqlite(os.environ[databases.VARIABLE])
# In the quick form a torture shows on one database that it finds its faults; `make torture` lets it show on both.
TRIALS = [(one, fault) for one in TORTURES for fault in (None, *(one.faults if ON_SQLITE else ()))]


@pytest.mark.parametrize(
    ("torture", "fault"), TRIALS, ids=[f"{one.name}-{fault or 'nothing planted'}" for one, fault in TRIALS]
)
def test_the_battery(torture: Torture, fault: str | None, tmp_path: Path) -> None:
    """Nothing breaks where nothing is planted, and something does where a fault is."""
    url = os.environ[databases.VARIABLE]
    server = None if ON_SQLITE else scratch.OWN if torture.name == "kills" else url
    with scratch.place(server, inside=tmp_path) as place:
        outcome = battery.run(torture, Trial(place, SEED, full=False, fault=fault))
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert outcome.ok, outcome.broken or f"the fault {fault} was not found"


def test_a_fault_is_planted_under_torture_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds the module can't break an installation with it."""
    monkeypatch.delenv(faults.VARIABLE, raising=False)
    with pytest.raises(SystemExit):
        faults.plant("loses")


def test_every_fault_is_some_torture_s() -> None:
    """No fault is planted by nobody, and none is wanted that there is not."""
    assert {fault for one in TORTURES for fault in one.faults} == set(faults.FAULTS)

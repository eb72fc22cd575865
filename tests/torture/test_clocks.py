"""The clock that a torture turns, and the almanac by which it reckons."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from guerdon.faces.cli.torture import almanac, faults, steering
from guerdon.faces.cli.torture.almanac import Reckoning, Visit
from guerdon.faces.cli.torture.steering import Wheel
from guerdon.kit import clock

NOW = "from guerdon.kit import clock, ids; print(clock.now().isoformat(), ids.new()); "
TURN = "import sys; sys.stdin.readline(); "


def test_a_process_goes_by_the_wheel_and_its_ids_never_go_back(tmp_path: Path) -> None:
    """Also one that has been running since before the wheel was turned."""
    wheel = Wheel(tmp_path / "clock")
    wheel.turn(datetime(2031, 3, 1, tzinfo=UTC))
    code = (
        f"from guerdon.faces.cli.torture import faults; faults.plant('steered'); {NOW}sys.stdout.flush(); {TURN}{NOW}"
    )
    environment = {
        "PYTHONPATH": str(Path.cwd()), "GUERDON_HOME": str(tmp_path), faults.VARIABLE: "1",
        steering.VARIABLE: str(wheel.file),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; {code}"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        first, first_id = process.stdout.readline().split()
        wheel.turn(datetime(2031, 2, 1, tzinfo=UTC))
        process.stdin.write("\n")
        process.stdin.flush()
        second, second_id = process.stdout.readline().split()
    assert (first[:10], second[:10]) == ("2031-03-01", "2031-02-01")
    assert first_id < second_id
    assert abs(wheel.now() - datetime(2031, 2, 1, tzinfo=UTC)) < timedelta(minutes=1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1), "this process goes by the real time"


def test_the_edges_are_those_of_the_next_leap_year() -> None:
    """In the order in which they come."""
    assert list(almanac.edges(date(2026, 11, 28)).items()) == [
        ("leap day", date(2028, 2, 29)),
        ("an hour that is missing", date(2028, 3, 26)),
        ("an hour that comes twice", date(2028, 10, 29)),
        ("new year", date(2029, 1, 1)),
    ]


def test_a_night_at_a_time_that_does_not_exist_comes_when_the_clocks_jump() -> None:
    """At three on the wall of Sofia it is four."""
    jump = datetime(2028, 3, 26, 1, tzinfo=UTC)
    assert almanac.night_of(jump) == date(2028, 3, 26)
    assert almanac.night_of(jump - timedelta(microseconds=1)) == date(2028, 3, 25)


def test_what_is_reckoned_by_hand() -> None:
    """The first visit of a local day counts, an owl's until four, and what lives for a day ends with the next one."""
    reckoning = Reckoning(almanac.edges(date(2026, 11, 28)))
    early = datetime(2028, 2, 29, 1, 59, 59, tzinfo=UTC)
    assert reckoning.gives(early) == dict.fromkeys(("owls", "leaps", "firsts", "olds", "briefs", "lates"), 1)
    reckoning.visits.append(Visit(early, early))
    assert reckoning.gives(early + timedelta(seconds=1)) == dict.fromkeys(("leaps", "olds", "briefs", "lates"), 1)
    ends = datetime(2028, 3, 1, 22, tzinfo=UTC)
    assert [reckoning.briefs(ends - timedelta(seconds=1)), reckoning.briefs(ends)] == [1, 0]
    assert reckoning.lates(datetime(2028, 2, 29, 22, tzinfo=UTC)) == (1, 0)


def test_what_steers_is_no_fault() -> None:
    """It is planted beside a fault, and alone."""
    assert steering.STEERED in faults.CIRCUMSTANCES and not set(faults.CIRCUMSTANCES) & set(faults.FAULTS)

"""Mutation testing itself: a fault that a test sees is found, one that nobody looks at survives and is told."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from tests.mutation import faults, tally, trial
from tests.mutation.ground import ROOT, Ground
from tests.mutation.survivors import WHY

FARES = '''
"""What a ride costs."""


def fare(age: int, price: int = 3) -> int:
    """Children below six ride for nothing."""
    return 0 if age < 6 else price


def spare(price: int) -> int:
    while price > 100:
        price -= 30
    return price
'''
CHECKS = """
from rides import fares


def test_children_ride_for_nothing():
    assert fares.fare(5) == 0 and fares.fare(6) == 3


def test_nobody_looks_at_what_is_left():
    fares.spare(110)
"""


def test_a_toy_is_tried(tmp_path):
    """Also that a fault of a bound is another one than of a number, and that what never ends is ended."""
    for name, text in (("rides/__init__.py", ""), ("rides/fares.py", FARES), ("checks/test_fares.py", CHECKS)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "tests.mutation", "--root", str(tmp_path), "--code", "rides", "--tests", "checks"]
    done = subprocess.run(
        [*command, "--wait", "0.5"], check=False, cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    told = {tuple(line.split(maxsplit=1)) for line in done.stdout.splitlines()}
    outcomes = {line.split("  ")[-2].strip(): line.split()[0] for line in done.stdout.splitlines() if " s  " in line}
    assert outcomes["rides.fares:7:16 age < 6 → age <= 6"] == "found", done.stderr
    assert outcomes["rides.fares:7:22 6 → 5"] == "found"
    assert outcomes["rides.fares:11:10 price > 100 → price >= 100"] == "survived"
    assert outcomes["rides.fares:12:8 price -= 30 → price += 30"] == "endless"
    assert ("survived", "rides.fares:13:4 return price → return None") in told
    assert done.returncode == 1


def test_types_defaults_texts_and_tables_stay():
    source = 'A = 1\n\ndef f(a: "int | None" = 2) -> int | str:\n    """Text."""\n    b: int | None = a\n'
    source += '    return f"{b}" + "b"\n'
    assert [fault.after for fault in faults.find("m", source)] == ["return None"]


def test_what_nobody_can_see_stays():
    source = "def f(at, x):\n    if x[:7]:\n        at.wrong('no')\n        return False\n"
    source += "    assert x, x[:9]\n    x = zip(x, x, strict=True)\n    raise NO(x[:40])\n"
    assert [fault.after for fault in faults.find("m", source)] == [
        "not x[:7]",
        "8",
        "6",
        "nothing",
        "nothing",
    ]


def test_every_fault_of_this_house_can_be_planted():
    file = Path(ROOT / "guerdon/core/period.py")
    source = file.read_text()
    before = compile(source, str(file), "exec", dont_inherit=True)
    found = faults.find("core.period", source)
    assert len({fault.name for fault in found}) == len(found) > 20
    for fault in found:
        changed = [
            new.co_qualname for old, new in faults.pair(before, faults.plant(fault, source, str(file))) if old != new
        ]
        assert fault.function in changed, fault


def test_a_sample_is_drawn_by_module_and_the_same_again():
    every = [
        fault
        for name in "ab"
        for fault in faults.find(name, "def f(x):\n" + "    x += 1\n" * (30 if name == "a" else 10))
    ]
    drawn = tally.sample(every, 20, seed=1)
    assert [fault.module for fault in drawn] == ["a"] * 15 + ["b"] * 5
    assert drawn == tally.sample(every, 20, seed=1) != tally.sample(every, 20, seed=2)


def test_samples_are_told_each_for_itself_and_together():
    every = faults.find("m", "def f(x):\n    x += 1\n    return x\n")
    outcomes = dict(
        zip([fault.name for fault in every], ("found", "survived", "same", "endless", "found"), strict=False)
    )
    trials = {name: trial.Trial(name, outcome) for name, outcome in outcomes.items()}
    assert len(every) == len(trials) == 5
    told = tally.page(every, {1: every[:3], 2: every[2:]}, trials, date(2026, 1, 5))
    assert "- 3 with the seed 1: **1 of 2, 50.0%" in told and "- 3 with the seed 2: **2 of 2, 100.0%" in told
    assert "| `m` | 5 | 4 | 2 | 1 |  | 1 |" in told and told.count("not explained yet") == 1


def test_how_sure_a_share_is():
    """As the textbook has it for 9 of 10."""
    low, high = tally.between(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)


def test_every_reason_is_that_of_a_fault():
    """What has no such function any more, or says something else there, needs no reason."""
    modules = dict(Ground().modules())
    meant = {next(name for name in modules if function.startswith(f"{name}.")) for function, _ in WHY}
    found = {
        (f"{name}.{fault.function}", f"{fault.before} → {fault.after}")
        for name in modules
        if any(name == one or name.startswith(f"{one}.") for one in meant)
        for fault in faults.find(name, modules[name].read_text())
    }
    assert WHY.keys() - found == set()

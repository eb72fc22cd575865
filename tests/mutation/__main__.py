"""Plant faults in the law and the ledger and see which tests find them.

`python -m tests.mutation --sample 300 --seed 1` tries a sample, `--module core.lots` every fault of a module.
What is known from former runs is not tried again, survivors are with `--again`; `--write` prints
docs/reference/mutants.md.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from tests.mutation import faults, pace, reach, tally, trial
from tests.mutation.faults import Fault
from tests.mutation.ground import CODE, ROOT, TESTS, Ground

T = TypeVar("T")
PAGE = "docs/reference/mutants.md"


def main(words: Sequence[str]) -> int:
    """Try what was asked for; 0 when everything was found or is explained."""
    options = _read(words)
    ground = Ground(options.root.resolve(), tuple(options.code), tuple(options.tests))
    _look(ground, options.at_once)
    reached = reach.Reach(ground)
    every = [fault for module, file in ground.modules() for fault in faults.find(module, file.read_text())]
    every = [fault for fault in every if not reached.only_imports(fault.module, fault.lines)]
    meant = [fault for fault in every if fault.module in options.module] if options.module else every
    seeds = (options.seed or [1]) if options.sample else []
    samples = {seed: tally.sample(meant, options.sample, seed) for seed in seeds}
    chosen = tally.together(every, samples.values()) if samples else meant
    kept, given = tally.Kept(ground), trial.Pace(options.patience, options.wait)
    charged = [fault for fault in chosen if _is_open(kept, fault, again=options.again)]
    _share(ground, charged, reached, given, options.at_once)
    kept = tally.Kept(ground)
    left = 0
    for fault in chosen:
        if kept.trials[fault.name].outcome in (trial.SURVIVED, trial.UNREACHED):
            print(f"{kept.trials[fault.name].outcome} {fault.name}")
            print(f"    {fault.function}: {fault.text}\n    {tally.why(fault)}")
            left += not tally.is_explained(fault)
    for seed, drawn in samples.items():
        print(f"seed {seed}: {tally.summary(drawn, kept.trials)}")
    print(tally.summary(chosen, kept.trials))
    if options.write:
        today = datetime.datetime.now(datetime.UTC).date()
        (ground.root / PAGE).write_text(tally.page(every, samples, kept.trials, today))
    return 1 if left else 0


def _read(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="so many, drawn by module; all without")
    parser.add_argument(
        "--seed", type=int, action="append", help="of the draw, 1 without; several draw several samples"
    )
    parser.add_argument("--module", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--again", action="store_true", help="try survivors of former runs again")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds of tests for one fault")
    parser.add_argument(
        "--wait", type=float, default=8.0, help="seconds that a fault may take beyond what its tests take"
    )
    parser.add_argument("--at-once", type=int, default=1, help="so many processes, for as many cores")
    parser.add_argument("--root", type=Path, default=ROOT, help="of another tree")
    parser.add_argument("--code", nargs="+", default=CODE, help="folders of its code")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="folders of its tests")
    return parser.parse_args(words)


def _look(ground: Ground, at_once: int) -> None:
    """See which tests reach what, where that is not known; in programs of their own, which import everything anew."""
    files = [str(file) for file in reach.stale(ground)]
    if files:
        print(f"looking at what {len(files)} files of tests reach", flush=True)
    programs = []
    for share in _shares(files, at_once):
        told = {"root": str(ground.root), "code": ground.code, "tests": ground.tests, "files": share}
        command = [sys.executable, "-m", "tests.mutation.reach", json.dumps(told)]
        programs.append(subprocess.Popen(command, cwd=ROOT))
    if any([program.wait() for program in programs]):
        raise SystemExit("some tests were not looked at")


def _shares(work: Sequence[T], at_once: int) -> list[Sequence[T]]:
    """So many parts of about the same size, none of them empty."""
    return [share for share in (work[nth::at_once] for nth in range(at_once)) if share]


def _is_open(kept: tally.Kept, fault: Fault, *, again: bool) -> bool:
    known = kept.trials.get(fault.name)
    return known is None or (again and known.outcome in (trial.SURVIVED, trial.UNREACHED))


def _share(ground: Ground, charged: Sequence[Fault], reached: reach.Reach, given: trial.Pace, at_once: int) -> None:
    """Try them in so many processes; what each finds out is kept line by line, so any may end at any time."""
    shares = _shares(charged, at_once)
    if len(shares) < 2:  # one needs no process of its own
        return _try(ground, charged, reached, given)
    children = []
    for share in shares:
        child = os.fork()
        if not child:
            code = 1
            try:
                _try(ground, share, reached, given)
                code = 0
            except SystemExit as problem:
                print(problem, file=sys.stderr, flush=True)
            finally:
                os._exit(code)
        children.append(child)
    if any([os.waitpid(child, 0)[1] for child in children]):
        raise SystemExit("some faults were not tried")
    return None


def _try(ground: Ground, charged: Sequence[Fault], reached: reach.Reach, given: trial.Pace) -> None:
    kept = tally.Kept(ground)

    def tell(found: trial.Trial) -> None:
        kept.add(found)
        print(f"{found.outcome:>9} {found.seconds:6.1f} s  {found.name}  {found.test}", flush=True)

    if charged:
        court = trial.Court(ground, charged, reached, tell, given, kept.finders())
        pace.collect(ground, [str(file) for file in ground.test_files()], court)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

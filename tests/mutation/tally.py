"""What trials came to: samples, what is kept of a run so that it can go on, how sure the figure is, and the page."""

import dataclasses
import datetime
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tests.mutation import trial
from tests.mutation.faults import Fault
from tests.mutation.ground import Ground
from tests.mutation.survivors import WHY
from tests.mutation.trial import Trial

SURE = 1.96  # standard deviations of a confidence of 95 %
CAUGHT = (trial.FOUND, trial.ENDLESS)

HEAD = """\
# Mutants

How well the tests hold the law (`guerdon/core`) and the ledger (`guerdon/features/ledger`): small faults are planted in
them, one at a time – a bound moved by one, `+` for `-`, a condition turned round, a statement dropped, nothing
returned – and the tests that reach the place are asked, those of the same noun and the fastest first, for some seconds:
what they have not found until then counts as survived, so the share is the least that is found. What nobody could see
is not drawn: types, defaults, texts, assertions, how much of a word is
repeated, what is answered once a problem is told.
`python -m tests.mutation` plants and asks, `--write` prints this page ([how to run it](../../CONTRIBUTING.md#mutants)).
"""


def sample(faults: Sequence[Fault], count: int, seed: int) -> list[Fault]:
    """So many faults, from each module in proportion to how many it has, the largest remainders first."""
    by_module: dict[str, list[Fault]] = {}
    for fault in faults:
        by_module.setdefault(fault.module, []).append(fault)
    shares = {module: count * len(found) / len(faults) for module, found in by_module.items()}
    drawn = {module: int(share) for module, share in shares.items()}
    remainders = sorted(shares, key=lambda module: (drawn[module] - shares[module], module))
    for module in remainders[: min(count, len(faults)) - sum(drawn.values())]:
        drawn[module] += 1
    chance = random.Random(seed)
    return [
        fault
        for module in sorted(by_module)
        for fault in chance.sample(by_module[module], min(drawn[module], len(by_module[module])))
    ]


def together(faults: Sequence[Fault], samples: Iterable[Sequence[Fault]]) -> list[Fault]:
    """Those that are in any of the samples, once each and in their order."""
    drawn = {fault.name for sample in samples for fault in sample}
    return [fault for fault in faults if fault.name in drawn]


class Kept:
    """Trials of this and former runs, as long as the module is what it was; a line is added after each."""

    def __init__(self, ground: Ground) -> None:
        self._file = ground.kept / "trials.jsonl"
        self._stamps = ground.stamps()
        self.trials: dict[str, Trial] = {}
        if self._file.exists():
            for line in self._file.read_text().splitlines():
                stamp, row = json.loads(line)
                if stamp == self._stamps.get(row["name"].partition(":")[0]):
                    self.trials[row["name"]] = Trial(**row)

    def finders(self) -> dict[str, Counter[str]]:
        """By module, how many of its faults each test has found."""
        found: dict[str, Counter[str]] = {}
        for one in self.trials.values():
            if one.outcome == trial.FOUND and one.test:
                found.setdefault(one.name.partition(":")[0], Counter())[one.test] += 1
        return found

    def add(self, found: Trial) -> None:
        """Keep one more."""
        self.trials[found.name] = found
        with self._file.open("a") as file:
            file.write(json.dumps([self._stamps[found.name.partition(":")[0]], dataclasses.asdict(found)]) + "\n")


def between(caught: int, tried: int) -> tuple[float, float]:
    """Where the true share lies in 95 of 100 samples (Wilson, 1927)."""
    if not tried:
        return 0.0, 1.0
    share, z = caught / tried, SURE * SURE / tried
    middle, half = share + z / 2, SURE * math.sqrt(share * (1 - share) / tried + z / tried / 4)
    return (middle - half) / (1 + z), (middle + half) / (1 + z)


def summary(tried: Sequence[Fault], trials: Mapping[str, Trial]) -> str:
    """The figures of a sample in one line: what was found, and what was found or is explained."""
    real = [fault for fault in tried if trials[fault.name].outcome != trial.SAME]
    caught = sum(trials[fault.name].outcome in CAUGHT for fault in real)
    known = sum(trials[fault.name].outcome in CAUGHT or is_explained(fault) for fault in real)
    return f"{_share(caught, len(real))} found; found or explained {_share(known, len(real))}"


def _share(caught: int, tried: int) -> str:
    low, high = between(caught, tried)
    return f"{caught} of {tried}, {caught / tried if tried else 0.0:.1%} (95 % sure: {low:.1%} to {high:.1%})"


def page(
    faults: Sequence[Fault], samples: Mapping[int, Sequence[Fault]], trials: Mapping[str, Trial], day: datetime.date
) -> str:
    """The page about samples: the figures of each, and of all together by module."""
    chosen = together(faults, samples.values())
    outcomes = {fault.name: trials[fault.name].outcome for fault in chosen}
    lines = [HEAD, f"\nOf {len(faults):,} faults there were drawn, by module, and tried on {day}:\n\n"]
    lines += [f"- {len(drawn)} with the seed {seed}: **{summary(drawn, trials)}**\n" for seed, drawn in samples.items()]
    lines.append(
        "\nWhat survived in the first ones led to tests, and the last one was drawn after that."
        " A survivor is explained where nothing could find it, or no law says which of the two is right. “Endless” are"
        " those that a time limit ended, “unreached” those that no test reaches; of all samples together:\n\n"
        "| module | faults | tried | found | endless | unreached | survived |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    )
    there = Counter(fault.module for fault in faults)
    for module in sorted(there):
        of_it = Counter(outcomes[fault.name] for fault in chosen if fault.module == module)
        figures = (there[module], of_it.total() - of_it[trial.SAME], of_it[trial.FOUND], of_it[trial.ENDLESS])
        shown = " | ".join(str(figure or "") for figure in (*figures, of_it[trial.UNREACHED], of_it[trial.SURVIVED]))
        lines.append(f"| `{module}` | {shown} |\n")
    lines.append("\n## Survivors\n")
    module = ""
    for fault in chosen:
        if outcomes[fault.name] in (trial.SURVIVED, trial.UNREACHED):
            if fault.module != module:
                module = fault.module
                lines.append(f"\n### {module}\n\n")
            change = f"`{fault.before}` → `{fault.after}`" if fault.after != "nothing" else f"without `{fault.before}`"
            lines.append(f"- `{fault.function}`, line {fault.line}: {change} – {why(fault)}\n")
    return "".join(lines)


def why(fault: Fault) -> str:
    """Why nothing finds it."""
    return WHY.get(_key(fault), "**not explained yet**")


def is_explained(fault: Fault) -> bool:
    """Whether it is known why nothing finds it."""
    return _key(fault) in WHY


def _key(fault: Fault) -> tuple[str, str]:
    return f"{fault.module}.{fault.function}", f"{fault.before} → {fault.after}"

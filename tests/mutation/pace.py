"""How pytest is started for mutants: in this process, silent, without time limits, with few examples of each law."""

import os
import sys
from collections.abc import Sequence

import hypothesis
import pytest

from tests.mutation.ground import LEFT_OUT, Ground

EXAMPLES = 30
PROFILE = "mutants"
# Without the terminal nothing is printed; without the others nothing is kept, sent to processes or cut off.
WORDS = ("-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=no", "--timeout=0")


def collect(ground: Ground, files: Sequence[str], plugin: object) -> None:
    """Let pytest collect the files and hand the tests to the plugin, which runs them."""
    # No shrinking: that a law is broken is enough, how small the example may be is nobody's question here.
    hypothesis.settings.register_profile(
        PROFILE,
        max_examples=EXAMPLES,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    os.environ["GUERDON_HYPOTHESIS"] = PROFILE
    os.chdir(ground.root)
    sys.path.insert(0, str(ground.root))
    code = pytest.main([*WORDS, "--rootdir", str(ground.root), *files], plugins=[plugin, _Chooser()])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(f"pytest could not begin: {code}")


class _Chooser:
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not any(name in item.nodeid for name in LEFT_OUT)]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            print(report.longreprtext, file=sys.stderr)

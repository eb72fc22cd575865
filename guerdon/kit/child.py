"""A function that works in a process of its own: it tells how far it is, answers once, and can be ended at any time."""

import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection, get_context
from typing import Any, Final, Literal, NamedTuple

import django
from django.db import connection as django_connection
from django.utils.module_loading import import_string

from guerdon.core.errors import Fact, Refusal

Tell = Callable[[str, int], None]  # at which stage it is, and how much of all is done, in thousandths
Kind = Literal["progress", "answer", "refusal", "failure"]
END_SECONDS: Final = 5  # how long one that is told to end may take before it is killed


class Broken(Exception):
    """The function raised what it must not, or its process ended without an answer; the text tells what it said."""


class Refused(Exception):
    """The function refused; whatever declared the refusal was at hand there and need not be here."""

    def __init__(self, code: str, facts: dict[str, Fact]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Progress(NamedTuple):
    """How far it is."""

    stage: str
    share: int


class Answer(NamedTuple):
    """What the function answered."""

    value: Any


class Child:
    """The process. It ends with its parent, however that ends: nobody computes what nobody waits for."""

    def __init__(self, function: str, *given: object) -> None:
        spawn = get_context("spawn")  # a fork would inherit connections, and threads that hold locks
        self._pipe, theirs = spawn.Pipe()
        name = str(django_connection.settings_dict["NAME"])
        # No daemon: it may have processes of its own.
        self._process = spawn.Process(target=_work, args=(theirs, name, function, given), name="guerdon-child")
        self._process.start()
        theirs.close()

    def hear(self, seconds: float) -> Progress | Answer | None:
        """The next thing it says, None where it says nothing for so long. Raises `Refused` and `Broken`."""
        if not self._pipe.poll(seconds):
            return None
        try:
            kind, *told = self._pipe.recv()
        except EOFError as error:
            self._process.join(END_SECONDS)
            raise Broken(f"the process ended without an answer ({self._process.exitcode})") from error
        if kind == "progress":
            return Progress(*told)
        if kind == "answer":
            return Answer(*told)
        if kind == "refusal":
            raise Refused(*told)
        raise Broken(*told)

    def end(self) -> None:
        """End it, whatever it is at; one that has ended already is only put away."""
        self._pipe.close()
        self._process.terminate()
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _work(pipe: "connection.Connection[Any, Any]", database: str, function: str, given: tuple[object, ...]) -> None:
    """What the process does: find the function, let it work, say what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    threading.Thread(target=_mind, args=(pipe,), name="guerdon-parent", daemon=True).start()
    try:
        django.setup()
        assert str(django_connection.settings_dict["NAME"]) == database, "another database than the parent's"
        work: Callable[..., object] = import_string(function)
        pipe.send(("answer", work(*given, lambda stage, share: pipe.send(("progress", stage, share)))))
    except Refusal as refusal:
        pipe.send(("refusal", refusal.code, refusal.facts))
    except (BrokenPipeError, ConnectionResetError):
        return  # nobody waits for the answer any more
    except Exception:
        pipe.send(("failure", traceback.format_exc()))  # the one who waits raises it


def _mind(pipe: "connection.Connection[Any, Any]") -> None:
    """End this process as soon as nobody holds the other end: whoever was killed can tell no more."""
    with suppress(EOFError, OSError):
        pipe.recv()
    os._exit(1)

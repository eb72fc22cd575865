"""The program as a whole: it teaches, it is quick to help, it ends with codes that mean something."""

import importlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

import guerdon as product
from guerdon.faces.cli import commands as table
from guerdon.faces.cli import faults, terminal
from tests.faces.cli.command import START, environment, guerdon, run, started, wait_until_it_listens

NAMES = [one.name for one in table.COMMANDS]


def test_help_lists_every_command_and_every_exit_code():
    shown = run("--help")
    assert shown.code == terminal.OK
    assert all(f"\n  {name} " in shown.out for name in NAMES)
    assert "4 interrupted" in shown.out


def test_help_loads_neither_django_nor_anything_else_that_is_slow():
    program = (
        "import sys; sys.argv = ['guerdon', '--help']\n"
        "from guerdon.faces.cli import main\n"
        "try: main.main()\n"
        "except SystemExit: pass\n"
        "print('loaded', sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.rpartition("loaded ")[2]
    assert not {name for name in ("django", "polars", "rich", "psycopg", "uvicorn") if f"'{name}'" in loaded}


def commands():
    """Every command there is, with its group."""
    for one in table.COMMANDS:
        module, _, attribute = one.room.partition(":")
        found = getattr(importlib.import_module(f"guerdon.faces.cli.{module}"), attribute)
        if one.group:
            yield from ([one.name, part.name or part.callback.__name__] for part in found.registered_commands)
        else:
            yield [one.name]


@pytest.mark.parametrize(("may_write", "told"), [(False, "can only be read"), (True, "can't be opened")])
def test_a_database_on_a_read_only_disk_is_called_so(tmp_path, monkeypatch, may_write, told):
    """SQLite can't make its log there, and says only that it is unable to open the file."""
    (tmp_path / "guerdon.db").write_bytes(b"")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(tmp_path / "guerdon.db"))
    monkeypatch.setattr(os, "access", lambda path, mode: may_write)
    failure = faults.told(sqlite3.OperationalError("unable to open database file"))
    assert failure.code == terminal.NO_DATABASE and told in failure.what
    assert ("read-only" in failure.hint) is not may_write


@pytest.mark.parametrize("words", [["serve", "--port"], ["demo", "--port"], ["serve", "--processes"]])
@pytest.mark.parametrize("number", ["99999", "-1", "abc", "8000.5", "٣"])
def test_a_number_that_can_not_be_is_told_in_our_words(words, number):
    ended = guerdon(*words, number)
    assert ended.code == terminal.USAGE
    assert f"“{number}” is no whole number from " in ended.err and "Input" not in ended.err


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_teaches_with_examples(words):
    shown = guerdon(*words, "--help")
    assert not re.search(r"^  -.*<", shown.out, re.MULTILINE), "options say what they take in words of ours"
    assert shown.code == terminal.OK
    assert "Example" in shown.out and f"guerdon {' '.join(words)}" in shown.out


def test_a_group_alone_shows_its_commands():
    shown = guerdon("programme")
    assert shown.code == terminal.USAGE and "publish" in shown.out + shown.err


def test_the_version_is_told():
    assert guerdon("--version").out == f"guerdon {product.__version__}\n"


@pytest.mark.parametrize("words", [["nonsense"], ["programme", "chekc"], ["night", "--nonsense"], ["member", "show"]])
def test_wrong_usage_ends_with_2(words):
    ended = guerdon(*words)
    assert ended.code == terminal.USAGE
    assert "Usage:" in ended.err and not ended.out


def test_a_near_miss_is_suggested():
    assert "Did you mean 'migrate'?" in guerdon("migrat").err


def test_a_database_that_is_not_there_ends_with_5(tmp_path):
    ended = run("programme", "list", GUERDON_DATABASE_URL=f"sqlite:///{tmp_path}/none.db", GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.NO_DATABASE
    assert "There is no database" in ended.err and "guerdon migrate" in ended.err
    assert not (tmp_path / "none.db").exists()


def test_a_server_that_does_not_answer_ends_with_5(tmp_path):
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    ended = run("programme", "list", GUERDON_DATABASE_URL=url, GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.NO_DATABASE
    assert "can't be reached" in ended.err and "GUERDON_DATABASE_URL" in ended.err


def test_an_empty_database_says_what_to_do(tmp_path):
    (tmp_path / "empty.db").touch()
    ended = run("programme", "list", GUERDON_DATABASE_URL=f"sqlite:///{tmp_path}/empty.db", GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.NO_DATABASE
    assert "guerdon migrate" in ended.err


def test_a_file_that_is_no_database_ends_with_5(tmp_path):
    (tmp_path / "text.db").write_text("This is a letter to my aunt, and not a database at all. " * 100)
    ended = run("programme", "list", GUERDON_DATABASE_URL=f"sqlite:///{tmp_path}/text.db", GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.NO_DATABASE


def test_an_address_of_another_kind_ends_with_2(tmp_path):
    ended = run("programme", "list", GUERDON_DATABASE_URL="mysql://x/y", GUERDON_HOME=str(tmp_path))
    assert ended.code == terminal.USAGE
    assert "sqlite:///" in ended.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seconds", [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.2])
def test_a_signal_at_any_time_ends_with_4_and_without_a_traceback(tmp_path, number, seconds):
    running = started("migrate", GUERDON_DATABASE_URL=f"sqlite:///{tmp_path}/a.db", GUERDON_HOME=str(tmp_path))
    wait_until_it_listens(running)
    time.sleep(seconds)
    running.send_signal(number)
    _, told = running.communicate(timeout=60)
    assert "Traceback" not in told
    assert running.returncode in (terminal.INTERRUPTED, terminal.OK)  # it may have been done by then


def test_an_interrupt_inside_a_text_that_is_run_ends_with_4(tmp_path):
    """Named tuples and data classes are made by running a text; `python -m` remembers an interrupt in there."""
    (tmp_path / "interrupted.py").write_text(
        "import guerdon.faces.cli.main as cli, guerdon.faces.cli.commands as commands\n"
        "commands.build = lambda _: exec('raise KeyboardInterrupt')\n"
        "cli.main()\n"
    )
    where = environment(PYTHONPATH=os.pathsep.join((str(tmp_path), str(Path(product.__file__).parent.parent))))
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"], check=False, capture_output=True, text=True, timeout=60, env=where
    )
    assert ended.returncode == terminal.INTERRUPTED and "Traceback" not in ended.stderr


def test_a_reader_that_goes_away_is_no_error(pristine_database):
    """`guerdon … | head -1`"""
    pipe = subprocess.Popen(
        [*START, "programme", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    assert pipe.stdout is not None
    pipe.stdout.readline()
    pipe.stdout.close()
    assert "Traceback" not in pipe.stderr.read()
    pipe.wait(30)


@pytest.mark.parametrize("words", [["programme", "list"], ["member", "show", "email:ann@aurora.example"], ["verify"]])
def test_reading_where_there_is_nothing_leaves_nothing_behind(tmp_path, words):
    home = tmp_path / "var"
    ended = run(*words, GUERDON_DATABASE_URL="", GUERDON_HOME=str(home))
    assert ended.code == terminal.NO_DATABASE and "There is no database" in ended.err
    assert not home.exists()


def test_a_signal_while_a_class_is_made_is_a_signal_too(monkeypatch):
    """Python wraps what is raised while a class names its attributes."""

    class Interrupted:
        def __set_name__(self, owner, name):
            raise KeyboardInterrupt

    def make(wanted):
        type("Field", (), {"field": Interrupted()})

    monkeypatch.setattr(table, "build", make)
    ended = guerdon("programme", "list")
    assert ended.code == terminal.INTERRUPTED
    assert "Traceback" not in ended.err


def test_a_signal_that_nobody_can_hear_comes_again(tmp_path):
    """While an object is finalized nothing can be raised: Python drops what is, with a traceback."""
    program = (
        "import os, signal, sys, time\n"
        "from guerdon.faces.cli import commands, main\n"
        "class Deaf:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        time.sleep(0.01)\n"
        "def build(wanted):\n"
        "    def work(prog_name):\n"
        "        Deaf()\n"
        "        time.sleep(30)\n"
        "    return work\n"
        "commands.build = build\n"
        "main.main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=25, env=environment(), check=False
    )
    assert (ended.returncode, "Traceback" in ended.stderr) == (terminal.INTERRUPTED, False), ended.stderr

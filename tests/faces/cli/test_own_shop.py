"""The guide to an own shop: every file of it is written, every command of it is run, beside another programme."""

import re
import shlex
from pathlib import Path

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon

PAGE = Path(__file__).parents[3] / "docs" / "guides" / "manager" / "your-own-shop.md"
ASKING = ({"publish"}, {"import", "--enrol"})  # nobody is at the terminal of a test to be asked


def read(page):
    """The files of the page by name, and its commands, in order."""
    files = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return files, [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]


def test_the_whole_path_can_be_walked(pristine_database, tmp_path, monkeypatch):
    shop.Shop(key="another")
    monkeypatch.chdir(tmp_path)
    files, commands = read(PAGE.read_text("utf-8"))
    assert set(files) == {"corner.yaml", "sales.csv", "map.yaml"} and len(commands) == 9
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    told = {}
    for program, *words in commands:
        assert program == ".venv/bin/guerdon"
        asking = "--dry-run" not in words and any(asked <= set(words) for asked in ASKING)
        ended = guerdon(*words, *(["--yes"] if asking else []))
        assert ended.code == terminal.OK, (words, ended.out, ended.err)
        told[" ".join(words[:2])] = ended.out
    assert "corner is new" in told["programme diff"]
    assert "2 pieces" in told["member show"] and "+14 points" in told["member show"]
    assert guerdon("verify", "--programme", "corner", "--json").json["programmes"][0]["members"] == 2

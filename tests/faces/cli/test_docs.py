"""The page about the command line names every command, every option and every exit code there is."""

import re
from pathlib import Path

import pytest

from guerdon.core.rights import RIGHTS
from guerdon.faces.cli import terminal
from tests.faces.cli.command import guerdon
from tests.faces.cli.test_main import commands

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "reference" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_page_names_the_command_and_its_options(words):
    assert f"`guerdon {' '.join(words)}" in PAGE
    shown = guerdon(*words, "--help").out
    options = set(re.findall(r"^  .*?(--[a-z-]+)", shown.partition("\nOptions:")[2], re.MULTILINE))
    assert "--help" in options
    assert not {option for option in options - {"--help"} if option not in PAGE}


def shown():
    """Every command that a page of the docs shows: the page, its words, and its options."""
    names = {" ".join(words) for words in commands()}
    pages = [DOCS.parent / "README.md", DOCS.parent / "SECURITY.md", *sorted(DOCS.rglob("*.md"))]
    for page in pages:
        text = page.read_text("utf-8")
        fenced = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
        lines = re.findall(
            r"^(?:\w+=\S* |sudo (?:-u \w+ )?|\$ )*(?:\.venv/bin/)?guerdon ([a-z].*)",
            fenced.replace("\\\n", " "),
            re.MULTILINE,
        )
        for line in [*lines, *re.findall(r"`(?:\.venv/bin/)?guerdon ([^`]+)`", re.sub(r"\\?\n", " ", text))]:
            words = re.split(r"\s#|&&|\s\||[)<>]\s?", line)[0].split()
            path = next((" ".join(words[:size]) for size in (2, 1) if " ".join(words[:size]) in names), None)
            yield page.name, path, line, {one for one in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(words))}


def test_every_command_that_the_docs_show_is_there_with_its_options():
    known, found = {}, list(shown())
    wrong = []
    for page, path, line, options in found:
        words = path or line.split()[0]  # else a family of commands
        if words not in known:
            helped = guerdon(*words.split(), "--help")
            known[words] = {"", *re.findall(r"(?<![\w-])--?[a-z][a-z-]*", helped.out)} if helped.code == 0 else None
        if known[words] is None or not options <= known[words]:
            wrong.append((page, line))
    assert not wrong
    assert len(found) > 100 and len(known) > 50


def test_the_page_names_every_exit_code():
    codes = {
        value for name, value in vars(terminal).items() if name.isupper() and isinstance(value, int) and value < 100
    }
    assert codes == {int(code) for code in re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE)}


def test_the_page_and_the_help_name_every_scope_and_no_other():
    told = re.findall(r"^\| `([a-z]+:[a-z]+)` \|", PAGE, re.MULTILINE)
    assert told == list(RIGHTS)
    assert set(re.findall(r"[a-z]+:[a-z]+", guerdon("key", "create", "--help").out)) >= set(RIGHTS)


def test_every_page_of_the_guides_is_linked_from_the_first_pages():
    first = (DOCS.parent / "README.md", DOCS / "start" / "first-points.md")
    linked = {
        (page.parent / to).resolve() for page in first for to in re.findall(r"\]\(([^)#]+\.md)", page.read_text())
    }
    guides = {page.resolve() for page in (DOCS / "guides").rglob("*.md")}
    assert guides and guides <= linked


def test_the_first_pages_tell_every_purchase_under_a_name_of_its_own():
    pages = (DOCS.parent / "README.md", DOCS / "start" / "first-points.md")
    told = [re.findall(r'"external_id": "([\w-]*order[\w-]*)"', page.read_text("utf-8")) for page in pages]
    assert all(told) and not set(told[0]) & set(told[1])


def test_the_page_names_every_variable():
    sources = (DOCS.parent / "guerdon").rglob("*.py")
    used = {name for source in sources for name in re.findall(r"GUERDON_[A-Z_]+", source.read_text("utf-8"))}
    assert used and not {name for name in used if name not in PAGE}

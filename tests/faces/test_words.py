"""Every text of a page stands in every language with the same facts; templates ask only for texts there are."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from guerdon.core import alerts, drafts, redemptions, rights, sentences
from guerdon.faces import words
from guerdon.faces.api import routes
from guerdon.faces.words import purposes

FACES = Path(words.__file__).parent.parent
ASKED = re.compile(r"""\{%\s*say\s+["']([\w.]+)["']""")
TEXTS = [(f"{table}.{name}", text) for table, texts in words.TABLES.items() for name, text in texts.items()]


def _facts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("key", "text"), TEXTS, ids=[key for key, _ in TEXTS])
def test_a_text_says_the_same_in_every_language(key, text):
    assert all(said.strip() for said in text), f"{key} is empty in a language"
    assert len({frozenset(_facts(said)) for said in text}) == 1, f"{key} tells other facts in another language"


def test_templates_ask_only_for_texts_that_there_are():
    known = {key for key, _ in TEXTS}
    asked = {
        f"{template.relative_to(FACES)}: {key}"
        for template in FACES.rglob("*.html")
        for key in ASKED.findall(template.read_text())
        if key not in known
    }
    assert asked == set()


def test_every_act_in_the_book_of_who_did_what_has_words():
    house = FACES.parent
    acts = {act for file in house.rglob("*.py") for act in re.findall(r'action="([a-z_.]+)"', file.read_text())}
    acts |= {f"draft.{verb}" for verb in get_args(drafts.Verb)} - {"draft.begin"}  # which begins without a state before
    acts |= {act for file in house.rglob("*.py") for act in re.findall(r'Deed\([\w.]+, "([a-z_.]+)"', file.read_text())}
    acts |= {kind.replace("_", ".") for deed, kind in redemptions.KINDS.items() if deed != "expire"}
    acts |= {f"alert.{outcome}" for outcome in get_args(alerts.Outcome)}
    acts |= {"adjustment.approved", "adjustment.rejected", "member.active", "member.blocked"}
    assert (
        len(acts) > 30
        and {"burn.cancel", "purchase.undo"} < acts
        and {act for act in acts if f"act_{act}" not in words.TABLES["console_works"]} == set()
    )


def test_every_right_has_words():
    assert words.TABLES["rights"].keys() == set(rights.RIGHTS)


def test_whatever_personal_data_are_looked_at_for_has_words():
    """By routes, by pages and by commands: only what no version of ours notes is called something else."""
    told = "".join(file.read_text() for file in [*FACES.rglob("*.py"), FACES.parent / "engine/viewing.py"])
    pages = set(re.findall(r'people\.names\((?:[^()]|\([^()]*\))*?"(console\.\w+)"', told))
    commands = set(re.findall(r'looker\("([a-z ]+)"\)', told))
    others = set(re.findall(r'"(notes\.read|members\.view)"', told))
    by_route = {
        route.name
        for route in routes.ROUTES
        if route.name.partition(".")[0] in ("members", "privacy", "tills", "merges")
    } | {"tiers.preview", "redemptions.list", "claims.answers", "claims.message"}
    assert (len(pages), len(commands), len(others)) >= (8, 4, 2)
    assert {one for one in pages | commands | others | by_route if purposes.area(one) == "other"} == set()
    assert purposes.area("something.new") == "other"


def test_every_file_of_words_is_a_table():
    files = {one.stem for one in Path(words.__file__).parent.glob("*.py")} - {"__init__", "text"}
    assert files == set(words.TABLES)


_SHARE = r"(?:\d|\})"


def _said(place):
    """Every text in a language, of pages and of sentences, by its key."""
    language = sentences.LANGUAGES[place]
    pages = {key: text[place] for key, text in TEXTS}
    return pages | {
        f"core.{key}": text for key, text in sentences.tongue(language).texts.items() if isinstance(text, str)
    }


@pytest.mark.parametrize(("place", "wrong"), [
    (0, rf"{_SHARE}\s+%|%{_SHARE}"), (1, rf"{_SHARE}\s+%|%{_SHARE}"), (2, rf"{_SHARE}\s*%(?!{_SHARE})|%\s+{_SHARE}"),
])  # fmt: skip
def test_percentages_stand_as_each_language_writes_them(place, wrong):
    """As CLDR has them: 10%, and in Turkish %10."""
    assert not {key: text for key, text in _said(place).items() if re.search(wrong, text)}


def test_turkish_has_one_word_for_tiers():
    other = re.compile(r"kademe|düzey|basamak", re.IGNORECASE)
    found = {key: text for key, text in _said(2).items() if other.search(text)}
    assert not found

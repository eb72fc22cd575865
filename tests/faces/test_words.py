"""Every text of a page stands in every language with the same facts; templates ask only for texts there are."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from guerdon.core import drafts
from guerdon.faces import words

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
    acts |= {"adjustment.approved", "adjustment.rejected", "member.active", "member.blocked"}
    assert len(acts) > 15 and {act for act in acts if f"act_{act}" not in words.TABLES["console_works"]} == set()


def test_every_file_of_words_is_a_table():
    files = {one.stem for one in Path(words.__file__).parent.glob("*.py")} - {"__init__", "text"}
    assert files == set(words.TABLES)

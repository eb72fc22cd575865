"""Every sentence of LAW 2–8 has its story, or a test by name where no story can tell it; no story names any other."""

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.stories import cookbook, reader, sentences
from tests.stories.test_stories import PATHS

ROOT = Path(__file__).parents[2]
LAW = sentences.sentences()
TOLD = {path.stem: reader.read(path).shows for path in PATHS}


def unproved(told: Mapping[str, Iterable[str]]) -> set[str]:
    """Sentences that no story names, and that neither are proved elsewhere nor still to come."""
    named = {name for shown in told.values() for name in shown}
    return LAW.keys() - named - sentences.ELSEWHERE.keys() - sentences.TO_COME.keys()


def unknown(told: Mapping[str, Iterable[str]]) -> set[tuple[str, str]]:
    """What stories name that is no sentence of LAW 2–8; other sections are cited by their clauses."""
    return {
        (story, name)
        for story, shown in told.items()
        for name in shown
        if name not in LAW and (name.split(".")[0] in sentences.SECTIONS or name[-1].isalpha())
    }


def test_the_table_is_the_law():
    assert list(sentences.items()) == list(sentences.BEGINNINGS)
    unlisted = {name: text for name, text in LAW.items() if re.search(r"\. (?=[A-Z`*])", text)}
    assert not unlisted, "a sentence of its own begins here: give it its first words in the table"


def test_a_changed_law_is_seen():
    with pytest.raises(ValueError, match="no sentence begins with “Spending more”"):
        sentences.cut("Buying more never earns less.", sentences.BEGINNINGS["3.6"])
    with pytest.raises(ValueError, match="no sentence begins"):
        sentences.cut("As a rule, spending more: Spending more never earns less.", sentences.BEGINNINGS["3.6"])


def test_every_sentence_has_its_story():
    assert {name: LAW[name] for name in sorted(unproved(TOLD))} == {}, "write a story that shows it"


def test_no_story_names_what_is_no_sentence():
    assert unknown(TOLD) == set(), "name the sentence, as 5.4b: the table is tests/stories/sentences.py"


def test_a_story_of_a_membership_shows_its_invariant():
    named = {path.stem for path in PATHS if re.search(r"^  plans:", path.read_text("utf-8"), re.MULTILINE)}
    assert len(named) >= 28 and {story for story in named if "10.22" not in TOLD[story]} == set()
    assert "10.22" in sentences.items((sentences.INVARIANTS,)), "the law of memberships stands elsewhere now"


def test_a_story_that_is_gone_and_a_sentence_that_is_not_there_are_seen():
    alone = {name: story for story, shown in TOLD.items() for name in shown if name in LAW}
    name, story = next(
        (name, story) for name, story in alone.items() if sum(name in shown for shown in TOLD.values()) == 1
    )
    assert name in unproved({other: shown for other, shown in TOLD.items() if other != story})
    assert unknown({"a": ["5.4z", "5.4", "5.4b", "10.1", "10.1b"]}) == {("a", "5.4z"), ("a", "5.4"), ("a", "10.1b")}


@pytest.mark.parametrize("name", sentences.ELSEWHERE)
def test_what_is_proved_elsewhere_is_proved_there(name):
    assert name in LAW
    assert sentences.ELSEWHERE[name]
    for proof in sentences.ELSEWHERE[name]:
        path, _, test = proof.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        found = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert test in found, f"{path} has no {test} any more"


def test_what_is_to_come_is_told_nowhere_yet():
    named = {name for shown in TOLD.values() for name in shown}
    assert sentences.TO_COME.keys() <= LAW.keys() - sentences.ELSEWHERE.keys()
    assert sentences.TO_COME.keys() & named == set(), "it is told now: take it off the list of what is to come"


def test_there_are_enough_to_be_a_cookbook():
    assert len(PATHS) >= 400


def test_the_cookbook_is_up_to_date():
    assert cookbook.render() == cookbook.PAGE.read_text("utf-8"), "python -m tests.stories.cookbook --write"


def test_whatever_story_the_docs_name_is_there():
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    named = {name for page in pages for name in re.findall(r"tests/stories/(\w+)\.txt", page.read_text("utf-8"))}
    assert len(named) > 30 and named <= TOLD.keys()

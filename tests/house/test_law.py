"""The law stands in the repository: every sentence of it that anybody cites is there."""

import re
from string import ascii_lowercase

import pytest

from tests.house import source

PAGE = source.ROOT / "docs" / "reference" / "law.md"
# A citation goes on over commas: LAW 5.1, 5.6; a letter is a sentence of the clause (`tests/stories/sentences.py`).
CITATION = re.compile(r"\bLAW (\d+(?:\.\d+[a-z]?)?(?:, \d+(?:\.\d+[a-z]?)?)*)")
CITING = {".py", ".md", ".txt", ".yaml"}


def read_clauses(text):
    """Every section, and every numbered sentence of it, as `5` and `5.2`."""
    clauses, section = set(), ""
    for line in text.splitlines():
        if found := re.match(r"## (\d+)\. ", line):
            section = found[1]
            clauses.add(section)
        elif found := re.match(r"(\d+)\. ", line):
            clauses.add(f"{section}.{found[1]}")
    return clauses


def list_citations(text):
    """The clauses that a text cites."""
    return {clause.rstrip(ascii_lowercase) for cited in CITATION.findall(text) for clause in cited.split(", ")}


@pytest.fixture(scope="module")
def clauses():
    return read_clauses(PAGE.read_text("utf-8"))


def test_citations_are_seen():
    assert list_citations("the order of LAW 5.2; (LAW 4, 5.4b, 10.11)") == {"5.2", "4", "5.4", "10.11"}
    assert "5.99" in list_citations("LAW 5.99") - read_clauses("## 5. Lots\n\n1. First.\n")


def test_the_law_says_whatever_is_cited(clauses):
    missing = {}
    for path in source.list_files():
        if path.suffix in CITING and path.name != "test_law.py":
            unknown = list_citations(path.read_text("utf-8")) - clauses
            if unknown:
                missing[source.name(path)] = unknown
    assert not missing


def test_every_invariant_that_is_proved_is_one_of_the_law(clauses):
    proofs = (source.PRODUCT / "insight" / "verify").glob("*.py")
    proved = {clause for path in proofs for clause in re.findall(r'"(\d+\.\d+)"', path.read_text("utf-8"))}
    assert len(proved) > 20 and not proved - clauses
    assert {clause for clause in clauses if clause.startswith("10.")} <= proved

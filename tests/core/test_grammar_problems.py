"""What can't be in a programme is told where it stands, why, and what to write: `wrong.txt` breaks a plain café.

Each block says what is changed and then every problem, `!` an error and `?` a doubt; nothing follows what is right.
"""

from pathlib import Path

import pytest

from guerdon.core.grammar import programmes as grammar
from guerdon.features.programmes import documents
from tests.core.test_told_sentences import PLAIN, merged


def cases():
    for block in (Path(__file__).parent / "wrong.txt").read_text("utf-8").split("\n\n"):
        name, *lines = block.strip().splitlines()
        told = [line for line in lines if line.startswith(("! ", "? "))]
        change = documents.read("\n".join(line for line in lines if line not in told)).document
        yield pytest.param(change, told, id=name.removeprefix("# ").replace(" ", "_"))


def as_told(problem):
    hint = f" ({problem.suggestion})" if problem.suggestion else ""
    return f"{'!' if problem.severity == 'error' else '?'} {problem.path}: {problem.message}{hint} [{problem.reason}]"


@pytest.mark.parametrize(("change", "told"), list(cases()))
def test_what_is_wrong_is_told(change, told):
    reading = grammar.read(merged(PLAIN, change))
    assert [as_told(problem) for problem in reading.problems] == told
    assert (reading.programme is None) is any(line.startswith("!") for line in told)
    if reading.programme is not None:  # what stands at an edge is written as it was meant
        again = grammar.read(grammar.write(reading.programme))
        assert again.programme == reading.programme

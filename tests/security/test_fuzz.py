"""The quick form of the fuzz: nothing is a mistake of ours, and every answer is the described one."""

import os

import pytest

from tests import databases


@pytest.mark.skipif(
    not os.environ.get(databases.VARIABLE, "").startswith("sqlite"), reason="what is described is the same on both"
)
def test_the_api_answers_as_it_is_described(database):
    from tests.security import fuzzing

    fuzz = fuzzing.run(examples=2, seed=20_261_128, share=0.25)
    assert fuzz.wrong == {}
    assert fuzz.asked > 60
    assert len(fuzz.done) > 140, fuzz.not_done()

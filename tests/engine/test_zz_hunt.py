import os
import pytest
from tests.engine import test_model as m
@pytest.mark.parametrize("seed", range(int(os.environ["A"]), int(os.environ["B"])))
def test_hunt(database, seed):
    m.play_long(seed, 250)

"""Every story holds in the pure core, in the engine on the database of the run, and over HTTP."""

from pathlib import Path

import pytest

from tests.stories import reader, teller
from tests.stories.online import OnlineWorld
from tests.stories.pure import PureWorld
from tests.stories.worlds import EngineWorld

PATHS = sorted(Path(__file__).parent.glob("*.txt"))
STORIES = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@STORIES
def test_in_the_pure_core(path):
    teller.tell(reader.read(path), PureWorld())


@STORIES
def test_in_the_engine(path, database):
    teller.tell(reader.read(path), EngineWorld())


@STORIES
def test_over_http(path, database, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # as in the server: hot routes run in the loop's thread
    world = OnlineWorld()
    try:
        teller.tell(reader.read(path), world)
    finally:
        world.close()

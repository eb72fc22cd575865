"""Every story holds in the pure core, in the engine on the database of the run, and over HTTP."""

from pathlib import Path

import pytest

from guerdon.faces.api import routes
from guerdon.insight import verify
from guerdon.insight.verify import proof
from guerdon.insight.verify.walls import AppendOnly, Inside
from tests.stories import reader, teller
from tests.stories.engine_world import EngineWorld
from tests.stories.online import NO_ADDRESS, OnlineWorld
from tests.stories.pure.world import PureWorld
from tests.stories.worlds import World

PATHS = sorted(Path(__file__).parent.glob("*.txt"))
STORIES = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@STORIES
def test_in_the_pure_core(path):
    teller.tell(reader.read(path), PureWorld())


@STORIES
def test_in_the_engine(path, database, monkeypatch):
    """And `guerdon verify` finds nothing to say against the books of any story; its walls are the same in all."""
    monkeypatch.setattr(proof, "ALWAYS", [one for one in proof.ALWAYS if one not in (AppendOnly, Inside)])
    story, world = reader.read(path), EngineWorld()
    teller.tell(story, world)
    report = verify.run(world.programme_id, deep=True, at=story.steps[-1].at)
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


@STORIES
def test_over_http(path, database, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # as in the server: hot routes run in the loop's thread
    world = OnlineWorld()
    try:
        teller.tell(reader.read(path), world)
    finally:
        world.close()


def test_all_but_what_has_no_address_is_told_over_http():
    deeds = {name for name in vars(World) if not name.startswith("_")}
    by_the_engine = {name for name in deeds if getattr(OnlineWorld, name) is getattr(EngineWorld, name)}
    assert by_the_engine == NO_ADDRESS.keys()


def test_what_got_an_address_is_told_there():
    """The day burning can be done over HTTP, the stories must do it so."""
    addresses = {(one.method, one.path) for one in routes.ROUTES}
    assert ("POST", "/v1/adjustments") in addresses, "addresses are written in another way now"
    assert [deed for deed, (address, _) in NO_ADDRESS.items() if address in addresses] == []

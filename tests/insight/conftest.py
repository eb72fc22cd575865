"""The history that the tests of this floor look at: lived once, then copied for each test."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.insight import lived
from tests.insight.lived import Lived


@pytest.fixture(scope="session")
def history(template_database: str) -> Iterator[Lived]:
    """A database with a rich and healthy history; nobody writes to it any more."""
    own = databases.name_new(template_database)
    databases.copy(template_database, to=own)
    with databases.selected(own):
        found = lived.live(own)
    yield found
    databases.drop(own)


@pytest.fixture
def copy(history: Lived) -> Iterator[Lived]:
    """A copy of the history for this test alone, selected."""
    own = databases.name_new(history.url)
    databases.copy(history.url, to=own)
    with databases.selected(own):
        yield Lived(own, history.cafe, history.grocer, history.club)
    databases.drop(own)

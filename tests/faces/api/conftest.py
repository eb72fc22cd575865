"""A shop of its own for every test, and the API to it."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.shop import Shop

if TYPE_CHECKING:
    from tests.faces.api import door


@pytest.fixture(autouse=True)
def _the_loop_may_use_the_database(monkeypatch):
    """As in the server: the hot routes use the database in the thread of the event loop."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def shop(database) -> Shop:
    return Shop({"enrol_unknown": True})


@pytest.fixture
def api(shop) -> "Iterator[door.Api]":
    from tests.faces.api import door  # not before there are settings: the API knows the queue, and so models

    opened = door.opened(shop)
    yield opened
    opened.close()

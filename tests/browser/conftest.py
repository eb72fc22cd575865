"""A real browser before the real server: every page is looked at as people see it."""

from collections.abc import Iterator

import pytest
from playwright import sync_api

from tests import databases
from tests.browser import chromium
from tests.faces.site import Site


@pytest.fixture(scope="module")
def site(template_database: str) -> Iterator[Site]:
    """The server, on a database of its own."""
    own = databases.name_new(template_database)
    databases.copy(template_database, to=own)
    with databases.selected(own):
        running = Site()
        try:
            yield running
        finally:
            running.stop()
    databases.drop(own)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """One browser for the pages of a module. Its loop ends with it, as Django wants to know of no other."""
    program = chromium.find()
    if program is None:
        pytest.skip("there is no Chromium; `make test` installs it where it may")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(program), args=["--no-sandbox", "--force-color-profile=srgb"]
        )
        yield started
        started.close()

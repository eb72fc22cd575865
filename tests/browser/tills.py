"""A counter for the tests in a browser: the café, the ways in of its cashiers, and a till at which one works."""

from contextlib import contextmanager

import pytest

from guerdon.faces.signin import entry
from tests.browser import looks
from tests.browser.looks import said
from tests.faces.till import counter


@pytest.fixture(scope="module", autouse=True)
def cafe(site):
    """Made with its links before there is a browser: beside its loop Django asks no database."""
    found = counter.opened()
    found.give("ann", 1_500)
    found.ways = {
        name: site.url + entry.link(email=found.email(name), to=counter.at(found)) for name in ("dora", "gita")
    }
    return found


@pytest.fixture
def link(cafe):
    return cafe.ways["dora"]


@contextmanager
def till(browser, link, number="1", **how):
    """A browser in which a cashier works at a till; it has nothing to complain of at the end."""
    page = looks.opened(browser, link, **how)
    page.get_by_label(said("till.store", how.get("language", "en"))).fill("sofia-1")
    page.get_by_label(said("till.number", how.get("language", "en"))).fill(number)
    looks.enter(page)
    try:
        yield page
    finally:
        page.context.close()

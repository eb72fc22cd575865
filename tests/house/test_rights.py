"""Every route needs a right that is one, every right is somebody's, and the page says what the program does."""

from django.urls import get_resolver

from guerdon.core import rights
from guerdon.faces.api import routes
from guerdon.site import urls
from tests import rights as page

OPEN = {"public", "signed in", "self"}
# Pages of the installation, which belong to no programme: the style guide, signing in, where letters are stopped, the
# first steps, and the bare address.
WITHOUT_PROGRAMME = ("design", "sign-in/", "enter/", "invited/", "letters/", "start")
BARE = ""


def test_routes_need_rights_that_there_are():
    assert {one.right for one in routes.ROUTES} <= {*rights.RIGHTS, "public"}
    assert {one.needs for one in urls.PAGES} <= {*rights.RIGHTS, *OPEN}


def test_every_address_of_pages_stands_in_the_table():
    told = {one.path for one in urls.PAGES}
    found = {str(one.pattern) for one in get_resolver().url_patterns}
    assert {where for where in found - told if not (where == BARE or where.startswith(WITHOUT_PROGRAMME))} == set()
    assert told <= found


def test_every_right_is_somebodys_and_the_owner_has_them_all():
    assert rights.of("owner") == set(rights.RIGHTS)
    assert all(rights.of(role) <= set(rights.RIGHTS) for role in rights.ROLES)


def test_the_page_is_what_the_program_does():
    assert page.PAGE.read_text("utf-8") == page.text(), "print it again: python -m tests.rights --write"

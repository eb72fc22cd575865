"""A page is called alike in the tab of a browser, in its head and in the menu; no two of a menu are alike."""

import html
import re
from dataclasses import dataclass

import pytest
from django.test import Client

from guerdon.faces import words
from guerdon.faces.console import frame as console
from guerdon.faces.portal import frame as portal
from guerdon.site import urls
from tests.security import world
from tests.security.test_matrix_pages import address

HEADS = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass
class House:
    """A programme with something of everything, and who sees which of its faces."""

    own: world.World
    clients: dict[str, Client]

    def pages(self):
        """Every page that can be got, with its name, who gets it, and its text."""
        for page in urls.PAGES:
            face = page.path.split("/")[0]
            if "GET" in page.methods and face in self.clients:
                answer = self.clients[face].get(address(page, self.own, self.own))
                shown = answer.status_code == 200 and not answer.streaming and answer.content.startswith(b"<!doctype")
                yield page.name, answer.content.decode() if shown else ""

    def get(self, face, name, language="en"):
        path = next(one.path for one in urls.PAGES if one.name == name and "GET" in one.methods)
        answer = self.clients[face].get(
            "/" + path.replace("<slug:programme>", self.own.cafe.key), {"language": language}
        )
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()


@pytest.fixture(scope="module")
def house(scratch_database):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        own = world.opened()
        yield House(own, {"console": own.staffed("owner"), "till": own.staffed("cashier"), "my": own.member("ann")})
        own.api.close()


def title(page):
    return html.unescape(re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)).strip()


def heads(page):
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in HEADS.findall(page)]


def test_every_page_is_called_in_the_tab_as_in_its_head(house):
    wrong, seen = {}, 0
    for name, page in house.pages():
        if page:
            told, head = title(page), heads(page)
            seen += 1
            if len(head) != 1 or (told.rpartition(" · ")[0] or told) != head[0]:
                wrong[name] = (told, head)
    assert not wrong, wrong
    assert seen > 90, seen


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_what_a_menu_leads_to_is_called_as_in_the_menu(house, language):
    menus = {
        "console": [(one.page, one.word) for many in console.AREAS.values() for one in many],
        "my": [(one.page, one.word) for one in portal.PARTS],
    }
    for face, menu in menus.items():
        found = [title(house.get(face, page, language)).rpartition(" · ")[0] for page, _ in menu]
        assert found == [words.say(word, language) for _, word in menu]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_each_part_of_the_settings_is_called_as_its_tab(house, language):
    first = house.get("console", "console.settings", language)
    place = f"/console/{house.own.cafe.key}/settings/"
    tabs = dict(re.findall(rf'<a href="({place}[^"?]+)"[^>]*>\s*([^<]+?)\s*</a>', first))
    assert len(tabs) > 5 and len(set(tabs.values())) == len(tabs)
    for at, word in tabs.items():
        page = house.clients["console"].get(at).content.decode()
        assert heads(page) == [html.unescape(word)] == [title(page).rpartition(" · ")[0]], at
        assert f'href="{place}"' in page

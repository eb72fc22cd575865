"""The counter of Café Aurora as the tests stand at it: Dora the cashier at a till, Ann with points, Ben with none."""

import re

from django.test import Client

from guerdon.engine import staff
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.portal import aurora

OPERATOR = Actor("operator", "tests")


def opened():
    cafe = aurora.opened()
    for name, role in (("dora", "cashier"), ("gita", "cashier")):
        cafe.ids[name] = staff.appoint(
            programme_id=cafe.programme_id, email=cafe.email(name), name=name.title(), role=role, by=OPERATOR,
            now=clock.now(),
        )  # fmt: skip
    return cafe


def at(cafe, page=""):
    return f"/till/{cafe.key}/{page}"


def till(cafe, name="dora", number="1"):
    """A browser in which a cashier works at a till that knows which one it is."""
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email(name), to=at(cafe)))
    assert client.post(at(cafe, "device"), {"store": "sofia-1", "number": number}).status_code == 303
    return client


def member(cafe, name="ann"):
    return f"mem_{cafe.ids[name]}"


def told(answer, status=200):
    text = answer.content.decode()
    assert answer.status_code == status, text[:3000]
    return text


def seen(client, place, query=None, *, status=200):
    """A page as somebody comes to see it: a sale that begins gets its name on the way."""
    return told(client.get(place, query, follow=True), status)


def form(text, place):
    """The hidden fields of the form in a page that is sent to a place, or of its last one."""
    text = text[: text.index("</main>")]
    begin = text.index(f'action="{place}"') if f'method="post" action="{place}"' in text else text.rindex("<form")
    part = text[begin : text.index("</form>", begin)]
    return dict(re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', part))

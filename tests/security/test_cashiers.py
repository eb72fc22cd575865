"""A cashier can do no more to members than a till needs, on whatever page or by whatever key."""

import pytest
from django.test import Client

from guerdon.core import rights
from guerdon.faces.signin import entry
from tests.faces.till import counter
from tests.faces.till.counter import at, member, till, told


@pytest.fixture
def cafe(database):
    return counter.opened()


def test_nobody_is_blocked_changed_or_listed_by_a_cashier(cafe):
    assert not {"members:write", "segments:read"} & rights.of("cashier")
    client = Client(SERVER_NAME="localhost")
    client.get(entry.link(email=cafe.email("dora"), to=f"/console/{cafe.key}/queue"))
    whose = f"/console/{cafe.key}/members/{member(cafe)}"
    for act in ("block", "unblock", "revoke", "adjust", "merge", "notes", "privacy", "view"):
        assert client.get(f"{whose}/{act}").status_code == 403, act
    assert client.get(f"/console/{cafe.key}/members/").status_code == 403
    assert client.post(f"{whose}/block", {"reason": "x"}).status_code == 403
    assert told(till(cafe).get(at(cafe, "enrol")))

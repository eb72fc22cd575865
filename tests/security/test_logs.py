"""What a log says, and that nothing somebody sends can write a line of its own."""

import json
import logging
from datetime import datetime

from _pytest.logging import LogCaptureHandler
from django.test import Client

from guerdon.core import limits
from guerdon.engine import staff, users
from guerdon.features.users.models import User
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.api.conftest import _the_loop_may_use_the_database, api, shop  # noqa: F401 - fixtures
from tests.faces.api.test_trouble import log  # noqa: F401 - a fixture
from tests.shop import Shop


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_says_when_where_and_what(api, log):  # noqa: F811
    api.get("/v1/members/mem_" + "0" * 32, headers={"x-request-id": "from-the-till-7"})
    (told,) = [one for one in lines(log) if one["event"] == "request"]
    assert told["endpoint"] == "members.read" and told["status"] == 404 and told["request_id"] == "from-the-till-7"
    assert datetime.fromisoformat(told["timestamp"]).utcoffset().total_seconds() == 0 and told["level"] == "info"


def test_what_was_refused_is_logged(api, log):  # noqa: F811
    api.get("/v1/programme", key=api.key + "x")
    api.get("/v1/programme", key=api.new_key(("activities:write",)))
    api.post("/v1/activities", b"{")
    assert [one["status"] for one in lines(log) if one["event"] == "request"] == [401, 403, 400]


def test_every_try_to_sign_in_is_logged_with_its_means_and_nobodys_name(database, log):  # noqa: F811
    """Of staff, of a member, and of nobody we know; to come in, and to show again who one is."""
    at, password = Shop(), "four words make one"
    email = f"emil@{at.key}.example"
    emil = staff.appoint(
        programme_id=at.programme_id, email=email, name="Emil", role="cashier", by=Actor("operator", "o"),
        now=clock.now(),
    )  # fmt: skip
    member = users.known(email=f"ann@{at.key}.example", now=clock.now())
    for user in User.objects.filter(pk__in=(emil, member)):
        user.set_password(password)
        user.save()

    def shown(client, who, typed):
        client.post("/sign-in/password", {"login": f"{who}@{at.key}.example", "password": typed})

    ours, hers, other, stranger = (Client(SERVER_NAME="localhost") for _ in range(4))
    for client, who, typed in ((ours, "emil", "wrong"), (ours, "emil", password), (hers, "ann", "wrong"),
                               (hers, "ann", password), (other, "nobody", password)):  # fmt: skip
        shown(client, who, typed)
    for typed in ("wrong", password):
        ours.post("/sign-in/again/password", {"password": typed, "next": "/"})
    for _ in range(limits.SIGN_INS_OF_USER_MAX + 1):
        shown(stranger, "ann", "wrong")
    told = [one for one in lines(log) if one["event"] == "sign_in"]
    usual = [(one["user"], one["outcome"], one["method"], one["again"]) for one in told]
    assert usual[:7] == [
        (f"usr_{emil}", "wrong", "password", False), (f"usr_{emil}", "good", "password", False),
        (f"usr_{member}", "wrong", "password", False), (f"usr_{member}", "good", "password", False),
        (None, "wrong", "password", False),
        (f"usr_{emil}", "wrong", "password", True), (f"usr_{emil}", "good", "password", True),
    ]  # fmt: skip
    assert [outcome for _, outcome, *_ in usual[7:]] == ["wrong"] * limits.SIGN_INS_OF_USER_MAX + ["too_many"]
    assert at.key not in log.getvalue() and password not in log.getvalue()


def test_nothing_breaks_out_of_a_line(log):  # noqa: F811
    forged = 'x\r\n{"event": "request", "status": 200, "forged": true}\u2028\x1b[31m'
    logging.getLogger("x").warning("%s", forged, extra={"told": forged})
    assert len(lines(log)) == 1 == log.getvalue().count("\n") and "forged" not in lines(log)[0]
    assert "\x1b" not in log.getvalue() and "\r" not in log.getvalue()


def test_logs_go_to_standard_error_alone(log):  # noqa: F811
    ours = [one for one in logging.getLogger().handlers if not isinstance(one, LogCaptureHandler)]
    assert [type(one) for one in ours] == [logging.StreamHandler]
    for name in ("django", "django.request", "django.security", "guerdon"):
        assert not logging.getLogger(name).handlers and logging.getLogger(name).propagate

"""What a log says, and that nothing somebody sends can write a line of its own."""

import json
import logging
from datetime import datetime

from _pytest.logging import LogCaptureHandler

from tests.faces.api.conftest import _the_loop_may_use_the_database, api, shop  # noqa: F401 - fixtures
from tests.faces.api.test_trouble import log  # noqa: F401 - a fixture


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

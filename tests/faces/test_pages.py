"""Pages beside the API: a WSGI application gets whole requests and gives whole answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from guerdon.core import limits
from guerdon.faces import intake
from guerdon.faces.lane import Lane
from guerdon.faces.pages import Pages
from guerdon.kit import clock


def page(environment, start):
    """Tells what it was asked."""
    body = environment["wsgi.input"].read()
    if intake.TOO_LARGE in environment:
        start("413 Content Too Large", [("Content-Type", "text/plain")])
        return [environment[intake.TOO_LARGE].encode(), b"|", body]
    if environment["PATH_INFO"] == "/broken":
        raise RuntimeError("secret")
    start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    said = [environment[name] for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE")]
    return [" ".join(said).encode("latin-1"), b"|", body]


@pytest.fixture
def ask():
    pool = ThreadPoolExecutor(1)
    lane = Lane([], now=clock.now, pool=pool, beyond=Pages(page, pool))

    def asked(method, path, *parts, query=b"", kind=b"text/plain"):
        told = []
        pieces = list(parts) or [b""]

        async def receive():
            if not pieces:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message):
            told.append(message)

        headers = [(b"cookie", b"x=1"), (b"cookie", b"y=2"), (b"content-type", kind)]
        scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": headers}
        asyncio.run(lane(scope, receive, send))
        return told

    yield asked
    pool.shutdown()


def test_a_page_is_asked_and_answers(ask):
    head, body = ask("POST", "/кафе", b"ab", b"c", query=b"d=1")
    assert head["status"] == 200
    assert body["body"] == "POST /кафе d=1 x=1; y=2|abc".encode()
    assert head["headers"].count((b"set-cookie", b"a=1")) == 1
    assert (b"content-length", b"%d" % len(body["body"])) in head["headers"]


def test_head_has_no_body_and_the_api_stays_the_apis(ask):
    head, body = ask("HEAD", "/x")
    assert (head["status"], body["body"]) == (200, b"")
    head, body = ask("GET", "/v1/x")
    assert head["status"] == 404
    assert b"route_unknown" in body["body"]


def test_too_much_is_not_read(ask):
    head, body = ask("POST", "/x", b"x" * limits.BODY_BYTES_MAX, b"x", b"x")
    assert (head["status"], body["body"]) == (413, b"gone|")


def test_of_a_form_with_files_that_is_too_large_come_the_parts_that_are_whole(ask):
    first = b'--ab\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello'
    file = b'\r\n--ab\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n'
    kind = b"multipart/form-data; boundary=ab"
    head, body = ask("POST", "/x", first + file, b"x" * limits.BODY_BYTES_MAX, b"\r\n--ab--\r\n", kind=kind)
    assert (head["status"], body["body"]) == (413, b"cut|" + first + b"\r\n--ab--\r\n")
    for odd in (b"multipart/form-data", b"multipart/form-data; boundary=other"):
        assert ask("POST", "/x", first + file, b"x" * limits.BODY_BYTES_MAX, kind=odd)[1]["body"] == b"gone|"


def test_a_broken_page_does_not_talk(ask):
    with pytest.raises(RuntimeError):
        ask("GET", "/broken")  # the protocol answers 500 for it, without the words

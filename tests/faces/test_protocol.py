"""HTTP/1.1 to the byte: order, limits, early answers, and callers who are slow, greedy or rude."""

import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from guerdon.core import limits
from guerdon.faces.protocol import Protocol

HEAD = b"POST /echo HTTP/1.1\r\nhost: x\r\n"


async def echo(scope, receive, send):
    """Answers with what it got; `/early` answers before it reads, `/broken` breaks, `/stream` answers in parts."""
    path = scope["path"]
    if path == "/broken":
        raise RuntimeError("secret")
    body = b""
    more = path != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message["body"]
        more = message["more_body"]
    if path == "/late":
        await asyncio.sleep(0.05)
    told = path.encode() + b"?" + scope["query_string"] + b":" + body
    headers = [(b"x-method", scope["method"].encode())]
    if path == "/split":
        headers.append((b"x-bad", b"a\r\nset-cookie: b"))
    if path != "/stream":
        headers.append((b"content-length", b"%d" % len(told)))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if path == "/stream":
        for letter in told:
            await send({"type": "http.response.body", "body": bytes([letter]), "more_body": True})
        told = b""
    await send({"type": "http.response.body", "body": told if scope["method"] != "HEAD" else b""})


class Site:
    """A server of the protocol for one test, and raw connections to it."""

    def __init__(self):
        self.config = uvicorn.Config(echo, http=Protocol, interface="asgi3", log_config=None)
        self.config.load()
        self.state = ServerState()
        self.state.default_headers = [(b"date", b"today")]

    async def __aenter__(self):
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Protocol(self.config, self.state, {}, loop), "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for protocol in list(self.state.connections):
            protocol.shutdown()

    async def connect(self):
        return await asyncio.open_connection(*self.server.sockets[0].getsockname())

    async def talk(self, *parts, pause=0.0):
        """Send, then read until the server ends the connection or stays silent."""
        reader, writer = await self.connect()
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        told = await self.rest(reader)
        writer.close()
        return told

    async def rest(self, reader, silence=0.3):
        told = b""
        while True:
            try:
                part = await asyncio.wait_for(reader.read(65536), silence)
            except TimeoutError:
                return told
            if not part:
                return told + b"<end>"
            told += part


def run(scene):
    """Play a scene against a site of its own."""

    async def play():
        async with Site() as site:
            await scene(site)

    asyncio.run(play())


def post(body, path=b"/echo", extra=b""):
    return b"POST %b HTTP/1.1\r\nhost: x\r\n%bcontent-length: %d\r\n\r\n%b" % (path, extra, len(body), body)


def test_a_request_is_answered_in_one_piece():
    async def scene(site):
        told = await site.talk(post(b"hello", b"/a%20b?c=d"))
        assert told == (b"HTTP/1.1 200 OK\r\ndate: today\r\nx-method: POST\r\ncontent-length: 14\r\n\r\n/a b?c=d:hello")

    run(scene)


def test_requests_in_a_row_are_answered_in_order():
    async def scene(site):
        told = await site.talk(post(b"1", b"/late") + post(b"2") + post(b"3", b"/late") + post(b"4"))
        assert [told.find(b":%d" % n) for n in (1, 2, 3, 4)] == sorted(told.find(b":%d" % n) for n in (1, 2, 3, 4))
        assert told.count(b"200 OK") == 4
        assert b"<end>" not in told

    run(scene)


def test_many_requests_in_a_row_wait_their_turn():
    async def scene(site):
        told = await site.talk(b"".join(post(b"<%d>" % n, b"/late") for n in range(40)), pause=1)
        told += b""
        assert [told.find(b"<%d>" % n) > 0 for n in range(40)].count(False) == 0

    run(scene)


@pytest.mark.parametrize("size", [1, 70_000, 600_000])
def test_bodies_come_in_any_pieces(size):
    async def scene(site):
        body = b"x" * size
        whole = post(body)
        step = max(1, len(whole) // 7)
        told = await site.talk(*[whole[start : start + step] for start in range(0, len(whole), step)], pause=0.01)
        assert told.endswith(b":" + body)
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body, b"yz")) + b"0\r\n\r\n"
        told = await site.talk(HEAD + b"transfer-encoding: chunked\r\n\r\n", chunks)
        assert told.endswith(b":" + body + b"yz")

    run(scene)


def test_one_byte_at_a_time():
    async def scene(site):
        told = await site.talk(*[bytes([byte]) for byte in post(b"slow")], pause=0.001)
        assert told.endswith(b":slow")

    run(scene)


def test_an_early_answer_leaves_the_connection_in_order():
    async def scene(site):
        big = b"x" * 500_000
        told = await site.talk(post(big, b"/early") + post(b"after"))
        assert told.count(b"200 OK") == 2
        assert told.endswith(b":after")

    run(scene)


def test_the_rest_of_a_refused_body_is_not_read_for_ever():
    async def scene(site):
        _, writer = await site.connect()
        writer.write(HEAD.replace(b"/echo", b"/early") + b"transfer-encoding: chunked\r\n\r\n")
        chunk = b"%x\r\n%b\r\n" % (1_000_000, b"x" * 1_000_000)
        with pytest.raises(OSError):
            for _ in range(2 * limits.BODY_BYTES_MAX // 1_000_000):
                writer.write(chunk)
                await writer.drain()
                await asyncio.sleep(0.005)
        writer.close()

    run(scene)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"rubbish\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00", 400),
        (b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: x\r\nx: " + b"y" * (limits.HEAD_BYTES_MAX + 10), 431),
        (b"GET /" + b"y" * (limits.HEAD_BYTES_MAX + 10), 431),
        (b"GET /broken HTTP/1.1\r\nhost: x\r\n\r\n", 500),
        (b"GET /split HTTP/1.1\r\nhost: x\r\n\r\n", 500),
    ],
)
def test_rude_callers_are_shown_out(sent, status):
    async def scene(site):
        told = await site.talk(sent)
        assert told.startswith(b"HTTP/1.1 %d " % status), told
        assert told.endswith(b"<end>")
        assert b"secret" not in told
        assert b"set-cookie" not in told

    run(scene)


@pytest.mark.parametrize(
    ("head", "ends"),
    [
        (b"GET /x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", True),
        (b"GET /x HTTP/1.0\r\n\r\n", True),
        (b"GET /x HTTP/1.1\r\nhost: x\r\n\r\n", False),
        (b"GET http://x/x HTTP/1.1\r\nhost: x\r\n\r\n", False),
        (b"HEAD /x HTTP/1.1\r\nhost: x\r\n\r\n", False),
        (b"GET /stream HTTP/1.1\r\nhost: x\r\n\r\n", True),
        (b"GET /x HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n", True),
    ],
)
def test_when_the_connection_ends(head, ends):
    async def scene(site):
        told = await site.talk(head)
        assert told.startswith(b"HTTP/1.1 200 OK")
        assert told.endswith(b"<end>") is ends
        assert (b"connection: close" in told) is ends
        assert b"/stream" not in head or told.endswith(b"\r\n\r\n/stream?:<end>")

    run(scene)


def test_who_asks_whether_to_go_on_is_told():
    async def scene(site):
        reader, writer = await site.connect()
        writer.write(b"POST /echo HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"ok")
        assert (await site.rest(reader)).endswith(b":ok")
        writer.close()

    run(scene)


async def after(site, seconds):
    """Judge everybody as if so much time had gone by."""
    now = asyncio.get_running_loop().time() + seconds
    for protocol in list(site.state.connections):
        protocol.judge(now)
    await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("sent", "patience", "told"),
    [
        (b"", limits.IDLE_SECONDS_MAX, b""),
        (b"GET / HTTP/1.1\r\nhos", limits.HEAD_SECONDS_MAX, b"HTTP/1.1 408 "),
        (HEAD + b"content-length: 5\r\n\r\nab", limits.BODY_SECONDS_MAX, b"HTTP/1.1 408 "),
        (post(b"", b"/early") + b"", limits.IDLE_SECONDS_MAX, b"HTTP/1.1 200 "),
        (HEAD.replace(b"/echo", b"/early") + b"content-length: 5\r\n\r\n", limits.BODY_SECONDS_MAX, b"HTTP/1.1 200 "),
    ],
)
def test_slow_callers_are_waited_for_so_long(sent, patience, told):
    async def scene(site):
        reader, writer = await site.connect()
        writer.write(sent)
        await asyncio.sleep(0.05)
        await after(site, patience - 1)
        assert len(site.state.connections) == 1
        await after(site, patience + 1)
        heard = await site.rest(reader)
        assert heard.startswith(told)
        assert heard.endswith(b"<end>")
        assert not site.state.connections
        writer.close()

    run(scene)


def test_who_does_not_read_is_cut_off():
    async def scene(site):
        _, writer = await site.connect()
        writer.transport.pause_reading()
        writer.write(post(b"x" * 7_000_000))
        await writer.drain()
        for _ in range(100):
            await asyncio.sleep(0.02)
            if any(protocol.stalled for protocol in site.state.connections):
                break
        assert any(protocol.stalled for protocol in site.state.connections)
        await after(site, limits.STALLED_SECONDS_MAX - 1)
        assert site.state.connections
        await after(site, limits.STALLED_SECONDS_MAX + 1)
        assert not site.state.connections
        writer.close()

    run(scene)


def test_the_next_answer_waits_until_the_one_before_is_read():
    """Or whoever asks a lot and reads nothing would fill the memory."""

    async def scene(site):
        reader, writer = await site.connect()
        writer.transport.pause_reading()
        writer.write(post(b"x" * 7_000_000))
        await writer.drain()
        writer.write(post(b"second") + post(b"third"))
        for _ in range(100):
            await asyncio.sleep(0.02)
            if site.state.total_requests:
                break
        await asyncio.sleep(0.1)
        assert site.state.total_requests == 1
        writer.transport.resume_reading()
        told = await site.rest(reader)
        assert told.count(b" 200 OK") == 3
        assert told.endswith(b":third")
        assert site.state.total_requests == 3
        writer.close()

    run(scene)


def test_whoever_hangs_up_unread_has_nothing_begun_any_more():
    async def scene(site):
        _, writer = await site.connect()
        writer.transport.pause_reading()
        writer.write(post(b"x" * 7_000_000))
        await writer.drain()
        writer.write(post(b"second") + post(b"third"))
        await asyncio.sleep(0.3)
        writer.transport.abort()
        await asyncio.sleep(0.1)
        assert site.state.total_requests == 1
        assert not site.state.connections

    run(scene)


def test_too_many_connections(monkeypatch):
    monkeypatch.setattr(limits, "CONNECTIONS_MAX", 3)

    async def scene(site):
        several = [await site.connect() for _ in range(3)]
        await asyncio.sleep(0.05)
        told = await site.talk(post(b"x"))
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: 5\r\n" in told
        assert told.endswith(b"<end>")
        several[0][1].close()
        await asyncio.sleep(0.05)
        assert (await site.talk(post(b"x"))).startswith(b"HTTP/1.1 200 ")
        for _, writer in several:
            writer.close()

    run(scene)


def test_a_server_that_stops_finishes_what_it_began():
    async def scene(site):
        idle = await site.connect()
        busy = await site.connect()
        busy[1].write(post(b"x", b"/late"))
        await asyncio.sleep(0.02)
        for protocol in list(site.state.connections):
            protocol.shutdown()
        assert await site.rest(idle[0]) == b"<end>"
        told = await site.rest(busy[0])
        assert told.endswith(b":x<end>")
        idle[1].close()
        busy[1].close()

    run(scene)


def test_a_caller_who_hangs_up_harms_nobody():
    async def scene(site):
        for sent in (b"", b"GET", HEAD + b"content-length: 9\r\n\r\nab", post(b"x", b"/late")):
            _, writer = await site.connect()
            writer.write(sent)
            await asyncio.sleep(0.01)
            writer.transport.abort()
        await asyncio.sleep(0.15)
        assert not site.state.connections
        assert not site.state.tasks
        assert (await site.talk(post(b"x"))).endswith(b":x")

    run(scene)

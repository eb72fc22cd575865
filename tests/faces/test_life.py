"""A serving process: what it does before it answers, and while its database is away."""

import asyncio
import json
import os
import signal

import psycopg
import pytest

from guerdon.faces import life
from guerdon.site import asgi

AWAY = psycopg.OperationalError("the database system is starting up")


@pytest.fixture
def looks(monkeypatch):
    """What looking at the database comes to, one after the other; the last one ever after."""
    found = []

    def check():
        told = found.pop(0) if len(found) > 1 else found[0]
        if told is not None:
            raise told

    monkeypatch.setattr(life, "check_database", check)
    monkeypatch.setattr(life, "AGAIN_SECONDS", 0.01)
    return found


async def ask(path):
    """The status and the code that a path is answered with."""
    said = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await asgi.application(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in said)
    return said[0]["status"], json.loads(body).get("code") if body[:1] == b"{" else None


def lived(scene):
    """Live through the lifespan with a scene in it; answers what was said of the beginning, and of the scene."""

    async def run():
        told, heard = asyncio.Queue(), asyncio.Queue()
        await told.put({"type": "lifespan.startup"})
        living = asyncio.create_task(asgi.application({"type": "lifespan"}, told.get, heard.put))
        began = (await heard.get())["type"]
        seen = await scene() if began == "lifespan.startup.complete" else None
        living.cancel()
        return began, seen

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def own_life(monkeypatch):
    """The pool and the state of the process outlive the test."""
    monkeypatch.setattr(asgi.application, "_life", life.Life(asgi.application.keyring, asgi.pool))
    monkeypatch.setattr(life.gc, "freeze", lambda: None)


@pytest.mark.parametrize("path", ["/v1/activities", "/", "/static/guerdon.css", "/hooks/stripe"])
def test_whoever_asks_while_the_database_is_away_is_told_to_come_again(looks, path):
    looks += [AWAY, AWAY, AWAY]

    async def scene():
        first = await ask(path)
        looks[:] = [None]
        until = asyncio.get_running_loop().time() + 30
        while (last := await ask("/v1/activities"))[0] == 503 and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.01)
        return first, last

    began, (first, last) = lived(scene)
    assert (began, first) == ("lifespan.startup.complete", (503, "database_unavailable"))
    assert last == (401, "key_missing")


def test_a_database_that_must_not_be_served_stops_the_process_however_late(looks, monkeypatch):
    told, killed = [], asyncio.Event()
    monkeypatch.setattr(os, "kill", lambda *one: (told.append(one), killed.set()))
    looks += [AWAY, life.Unfit(["a trigger is gone"])]

    async def scene():
        await asyncio.wait_for(killed.wait(), 30)
        assert told == [(os.getpid(), signal.SIGTERM)]
        return await ask("/v1/activities")

    assert lived(scene) == ("lifespan.startup.complete", (503, "database_unavailable"))


def test_a_database_that_must_not_be_served_is_not(looks):
    looks.append(life.Unfit(["a trigger is gone"]))
    assert lived(None) == ("lifespan.startup.failed", None)

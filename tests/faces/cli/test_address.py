"""Links that commands print: they lead to where the installation is, and say truly how often they open."""

import contextlib
import http.cookiejar
import re
import signal
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from guerdon.faces.cli import address, terminal
from tests import shop
from tests.faces.cli.command import START, START_WITHOUT_SHOPPING, run, started

ONCE, AGAIN = "once, within a day", "as often as you like"


class House:
    """An installation with a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.told = {"GUERDON_HOME": str(folder), "GUERDON_SECRET": settings.SECRET_KEY}

    def run(self, *words, start=START, **more):
        ended = run(*words, start=start, **{**self.told, **more})
        assert ended.code == terminal.OK, ended
        return ended

    def link(self):
        return self.run("staff", "link", "emil@aurora.example", "--to", "/design")

    @contextlib.contextmanager
    def serving(self, *words, **more):
        """A server at any free port, by its words; yields it, its address and what it printed until it was up."""
        running = started(*words, "--port", "0", **{**self.told, **more})
        try:
            for line in running.stderr:
                if found := re.search(r"serves at (http://[\d.:]+)", line):
                    break
            yield running, found[1]
        finally:
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=30)
            assert "Traceback" not in err, err


@pytest.fixture
def house(pristine_database, tmp_path):
    return House(tmp_path / "house")


def opens(link):
    """Whether a link lets in somebody who was never here."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    try:
        return browser.open(link, timeout=20).url.endswith("/design")
    except urllib.error.HTTPError as error:
        error.close()
        return False


def test_links_lead_to_the_server_that_is_up_until_it_ends(house):
    shop.Shop(key="cafe")
    assert house.link().out.startswith("http://127.0.0.1:8000/enter/")
    with house.serving("serve") as (_, url):
        told = house.link()
        assert told.out.startswith(f"{url}/enter/") and ONCE in told.err
        assert opens(told.out.strip()) and not opens(told.out.strip())
        assert house.run("staff", "link", "emil@aurora.example", GUERDON_URL="https://points.example/").out.startswith(
            "https://points.example/enter/"
        )
    assert not (house.folder / address.FILE_NAME).exists()
    assert house.link().out.startswith("http://127.0.0.1:8000/enter/")


def test_a_server_that_was_killed_is_not_named_any_more(house):
    shop.Shop(key="cafe")
    with house.serving("serve") as (running, url):
        running.kill()
        running.wait(30)
        assert url in (house.folder / address.FILE_NAME).read_text()
        assert house.link().out.startswith("http://127.0.0.1:8000/enter/")


def test_the_first_steps_are_where_the_server_is(house):
    with house.serving("serve") as (_, url):
        assert house.run("start").out.startswith(f"{url}/start/open/")


def test_a_server_ends_only_its_own_word(house, monkeypatch):
    monkeypatch.setattr(settings, "HOME", house.folder)
    address.remember("http://127.0.0.1:1")
    address.remember("http://127.0.0.1:2")
    address.forget("http://127.0.0.1:1")
    assert "127.0.0.1:2" in (house.folder / address.FILE_NAME).read_text()
    address.forget("http://127.0.0.1:2")
    assert not (house.folder / address.FILE_NAME).exists()


def test_where_its_word_cannot_be_kept_that_is_said(house, monkeypatch, capsys):
    monkeypatch.setattr(settings, "HOME", house.folder)
    (house.folder / address.FILE_NAME / "taken").mkdir(parents=True)
    address.remember("http://127.0.0.1:1")
    assert "GUERDON_URL=http://127.0.0.1:1" in capsys.readouterr().err


def test_the_demo_says_where_it_is_and_that_its_links_open_again(house):
    told = house.run("demo", start=START_WITHOUT_SHOPPING)
    assert "http://127.0.0.1:8000/enter/" in told.out and ONCE in told.out and AGAIN not in told.out
    assert re.search(r"after: \S+ serve\)", told.out)
    told = house.run("demo", "--port", "9000", "--host", "0.0.0.0", start=START_WITHOUT_SHOPPING)
    assert "http://127.0.0.1:9000/enter/" in told.out and ":8000" not in told.out and "0.0.0.0:" not in told.out
    assert re.search(r"after: \S+ serve --host 0\.0\.0\.0 --port 9000\)", told.out)

    running = started("demo", "--serve", "--port", "0", start=START_WITHOUT_SHOPPING, **house.told)
    told = ""
    try:
        for line in running.stderr:
            if found := re.search(r"serves at (http://[\d.:]+)", line):
                break
        beside, screen = house.link(), house.run("demo", start=START_WITHOUT_SHOPPING).out
        assert beside.out.startswith(f"{found[1]}/enter/") and AGAIN in beside.err
        assert AGAIN in screen and f"{found[1]}/enter/" in screen and "after:" not in screen
        assert opens(beside.out.strip()) and opens(beside.out.strip())
    finally:
        running.send_signal(signal.SIGINT)
        told, _ = running.communicate(timeout=60)
    assert f"{found[1]}/enter/" in told and AGAIN in told and ONCE not in told

"""The style guide is served in three languages, from our own files alone, and tells what is wrong with a brand."""

import re

import pytest
from django.test import Client

from guerdon.faces import documents, refusals, words
from guerdon.faces.design import assets, guide

PARTS = [*guide.PARTS, *guide.WHOLE]


@pytest.fixture
def browser():
    return Client(HTTP_HOST="localhost")


@pytest.mark.parametrize("language", refusals.LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_it_is_there_in_every_language(browser, part, language):
    answer = browser.get(f"/design/{part}", headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in page
    assert words.say(guide.title_key(part), language) in page
    assert "<c-" not in page and "{%" not in page and "{{" not in page and "{#" not in page


def test_it_begins_with_its_foundation_and_has_no_other_parts(browser):
    assert words.say("guide.guide_about", "en") in browser.get("/design").content.decode()
    assert browser.get("/design/nothing").status_code == 404


def test_a_language_that_was_chosen_stays(browser):
    assert browser.get("/design?language=tr").headers["Content-Language"] == "tr"
    assert browser.get("/design", headers={"accept-language": "bg"}).headers["Content-Language"] == "tr"
    answer = browser.get("/design?language=xx")
    assert answer.headers["Content-Language"] == "tr"
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(browser, part):
    answer = browser.get(f"/design/{part}")
    page = answer.content.decode()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    served = documents.load()
    for address in re.findall(r'(?:src|href)="(/static/[^"#]+)', page):
        assert (b"cache-control", b"public, max-age=31536000, immutable") in served[address].headers
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', page)
    assert addresses and all(one[0] in "/#?" or one.startswith(("data:", "mailto:")) for one in addresses)


@pytest.mark.parametrize("part", PARTS)
def test_every_icon_that_is_named_is_there(browser, part):
    there = set(re.findall(r'<symbol id="([^"]+)"', (assets.ROOT / "vendor/lucide/icons.svg").read_text()))
    named = set(re.findall(r"icons\.[0-9a-f]{12}\.svg#([\w-]*)", browser.get(f"/design/{part}").content.decode()))
    assert named and named <= there


@pytest.mark.parametrize("part", PARTS)
def test_no_id_is_there_twice_and_every_one_that_is_asked_for_is_there(browser, part):
    page = browser.get(f"/design/{part}").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    asked = re.findall(r'(?:aria-describedby|aria-labelledby|for|popovertarget)="([^"]+)"', page)
    assert {one for told in asked for one in told.split()} <= set(ids)


def test_a_colour_that_is_none_is_told_at_its_field_and_in_words(browser):
    page = browser.get("/design?colour=%3Cscript%3E&accent=112233").content.decode()
    field = re.search(r'<input[^>]* id="colour"[^>]*>', page)[0]
    assert 'aria-invalid="true" aria-describedby="colour-hint colour-fault"' in field and "&lt;script&gt;" in field
    assert words.say("guide.colour_wrong", "en") in page and "<script>" not in page.replace("<script src", "")
    assert 'id="accent-fault"' not in page


def test_the_style_sheet_of_a_brand_is_kept_for_ever(browser):
    answer = browser.get("/design/brand/7c2d92-c2410c-round.css")
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers and not browser.get(f"{answer.request['PATH_INFO']}?language=bg").cookies
    assert "--radius: 1.25rem" in answer.content.decode()
    assert browser.get("/design/brand/oval.css").status_code == 404

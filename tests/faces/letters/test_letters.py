"""Letters in every language: HTML and text from the same words, readable in any brand, with nothing from elsewhere."""

import re
from importlib import resources

import msgspec
import pytest

from guerdon.core import letters as law
from guerdon.core import sentences
from guerdon.core.letters import Invitation, Redeemed, SignIn
from guerdon.faces.design import colours
from guerdon.faces.design.brand import DARK, LIGHT, Brand
from guerdon.faces.letters import envelope, samples, texts
from guerdon.faces.letters.texts import Reader
from guerdon.features.programmes import forms
from tests.shop import moment

AURORA = forms.load(resources.files("guerdon").joinpath("demo/aurora.yaml").read_bytes())
EACH = [(kind, language) for kind in law.KINDS for language in sentences.LANGUAGES]
HARD = ("000000", "ffffff", "ffff00", "0000ff", "ff0000", "808080", "00ff00")


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_a_letter_is_whole_in_every_language(kind, language):
    made = samples.written(kind, AURORA, language)
    assert f'lang="{language}"' in made.html
    assert "{" not in made.subject + made.text
    assert sentences.tongue(language).named(AURORA.name) in made.text
    assert "\n" not in made.subject and ".." not in made.text
    assert ("letters/stop" in made.text) == ("letters/stop" in made.html) == law.may_stop(kind)


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_nothing_in_it_runs_or_comes_from_elsewhere(kind, language):
    html = samples.written(kind, AURORA, language).html
    assert not re.search(r"<script|<img|<link|<iframe|@import|url\(|\son\w+=|javascript:", html, re.IGNORECASE)
    addresses = set(re.findall(r'(?:src|href|background)="([^"]+)"', html))
    assert all(one.startswith("https://points.aurora.example/") for one in addresses)
    assert "prefers-color-scheme: dark" in html and 'name="color-scheme" content="light dark"' in html


@pytest.mark.parametrize("kind", law.KINDS)
def test_languages_differ_and_what_is_seen_is_what_is_read(kind):
    every = {language: samples.written(kind, AURORA, language) for language in sentences.LANGUAGES}
    assert len({one.subject for one in every.values()}) == len({one.text for one in every.values()}) == 3
    for made in every.values():
        seen = " ".join(re.sub(r"<[^>]+>", " ", made.html).split())
        for line in filter(None, map(str.strip, made.text.replace("&", "&amp;").splitlines())):
            if line != "--" and "https://" not in line:
                for part in re.split(r":\s+|^– |:$", line):
                    assert part in seen, line


@pytest.mark.parametrize("surface", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", HARD)
def test_every_colour_can_be_read_in_any_brand(colour, surface):
    found = envelope.palette(Brand(colours.read(colour)), surface)
    pairs = {
        "ink": (found.ink, found.card), "soft": (found.soft, found.page), "name": (found.brand, found.page),
        "figure": (found.brand, found.card), "button": (found.fill_ink, found.fill),
        "code": (found.tint_ink, found.tint),
    }  # fmt: skip
    for name, (front, back) in pairs.items():
        contrast = colours.contrast(colours.read(front[1:]), colours.read(back[1:]))
        assert contrast >= 4.5, (name, contrast)


def written(content, name="Ann"):
    sheet = texts.sheet(content, Reader(AURORA, "en", name))
    return envelope.render(sheet, language="en", name="Café", brand=Brand(), stop=None)


def test_what_people_write_is_shown_as_they_wrote_it():
    made = written(SignIn("12", 5), '<b>Ann</b> & "Co" {{ x }} <script>')
    assert "<script" not in made.html and "&lt;b&gt;Ann&lt;/b&gt; &amp;" in made.html
    assert 'Hello <b>Ann</b> & "Co" {{ x }} <script>,' in made.text


def test_a_link_can_break_out_of_nothing():
    made = written(Invitation("Emil", 'https://x.example/"><script>', moment("2026-03-01")))
    assert "<script" not in made.html


def test_a_reward_that_is_gone_has_its_key_and_a_code_that_is_not_ours_stays_as_it_is():
    made = written(Redeemed("film", 1, {"coins": 3}, 250, "FILM/1"))
    assert "film" in made.subject and "FILM/1" in made.text and "3 coins + 2.50 EUR" in made.text


def test_money_that_is_collected_at_the_counter_is_not_told_as_paid():
    made = written(Redeemed("film", 1, {"coins": 3}, 250, "FILM/1", owed=True))
    assert "3 coins + 2.50" not in made.text and "At the counter" in made.text and "2.50 EUR" in made.text


@pytest.mark.parametrize("language", sentences.LANGUAGES)
def test_what_was_won_is_named_and_where_from(language):
    sheet = texts.sheet(Redeemed("film", 1, {}, 0, "FILM/1", None, "book"), Reader(AURORA, language, "Ann"))
    made = envelope.render(sheet, language=language, name="Café", brand=Brand(), stop=None)
    assert "book" in made.subject and "film" not in made.subject
    assert "book" in made.text and "film" in made.text and "FILM/1" in made.text


@pytest.mark.parametrize(
    ("said", "language"), [("bg-BG", "bg"), ("TR", "tr"), ("de", "en"), (None, "en"), ("", "en"), ("en", "en")]
)
def test_a_letter_is_in_the_language_of_its_member(said, language):
    assert texts.language_of(said, AURORA) == language


@pytest.mark.parametrize("language", sentences.LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "page"), [("redemption", "mine"), ("expiring", "rewards"), ("tier", "club"), ("statement", "activity")]
)
def test_it_leads_to_the_page_that_it_is_about(kind, page, language):
    made = samples.written(kind, AURORA, language)
    address = f"https://points.aurora.example/my/aurora/{page}?language={language}"
    assert made.text.count(address) == made.html.count(f'href="{address}"') == 1


@pytest.mark.parametrize("kind", ["sign_in", "notice"])
def test_what_guards_an_account_leads_nowhere(kind):
    assert "https://" not in samples.written(kind, AURORA, "en").text


def test_where_nobody_knows_the_address_it_leads_nowhere():
    assert "https://" not in written(Redeemed("mug", 1, {"points": 3}, 0, "CODE")).text


@pytest.mark.parametrize("kind", law.KINDS)
def test_it_has_the_colours_of_its_programme(kind):
    plain = msgspec.structs.replace(AURORA, brand=None)
    blue = msgspec.structs.replace(AURORA, brand=msgspec.structs.replace(AURORA.brand, colour="#1d4ed8"))
    for programme in (AURORA, plain, blue):
        mine = Brand.of(programme.brand)
        html = samples.written(kind, programme, "en").html
        for surface in (LIGHT, DARK):
            assert envelope.palette(mine, surface).brand in html
        others = {one for one in (AURORA.brand, None, blue.brand) if one != programme.brand}
        assert not any(envelope.palette(Brand.of(one), LIGHT).brand in html for one in others)

"""A form that is too large is not done: a page says so in the reader's language, with what was typed where possible."""

import pytest

from guerdon.faces import intake
from guerdon.features.claims.models import Claim
from tests.faces.console.staff import appoint, at, opened

CUT = {intake.TOO_LARGE: "cut"}
GONE = {intake.TOO_LARGE: "gone"}
SAID = {"en": "at most 8 MB", "bg": "най-много 8 MB", "tr": "en fazla 8 MB"}


@pytest.fixture
def cafe(database):
    return opened()


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("mark", [CUT, GONE])
def test_it_is_told_on_a_page_with_the_way_back(cafe, language, mark):
    client = appoint(cafe, "emil", "owner")
    for page in ("versions/upload", "rewards/croissant/picture"):
        told = client.post(
            at(cafe, page),
            {"note": "x"},
            headers={"Accept-Language": language, "Referer": "http://localhost/here"},
            **mark,
        )
        said = told.content.decode()
        assert told.status_code == 413 and SAID[language] in said and f'<html lang="{language}">' in said, page
        assert 'href="http://localhost/here"' in said and 'rel="stylesheet"' in said
        assert (("Aurora" in said) or ("Аврора" in said)) is (mark is CUT), "as far as it is known whose page it is"
        assert told.headers["Cache-Control"] == "no-store, private"


def test_pages_beside_programmes_do_nothing_with_half_a_form(cafe):
    told = cafe.client("emil").post("/sign-in/password", {"login": "x", "password": "y"}, **CUT)
    assert told.status_code == 413 and SAID["en"] in told.content.decode()


def test_the_form_of_a_claim_comes_back_with_what_was_typed(cafe):
    client = cafe.client("ann")
    told = client.post(f"/my/{cafe.key}/claims/new", {"kind": "question", "text": "Where are they?"}, **CUT)
    said = told.content.decode()
    assert told.status_code == 413 and SAID["en"] in said and "Where are they?</textarea>" in said
    assert not Claim.objects.filter(programme_id=cafe.programme_id).exists()

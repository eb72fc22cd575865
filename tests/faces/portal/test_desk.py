"""What members claim, how the programme tells itself, and what they decide about their own data."""

import html
import io
import json
import re
import zipfile
from datetime import timedelta

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guerdon.core import limits, sentences
from guerdon.engine import publish
from guerdon.faces import refusals, words
from guerdon.faces.refusals import people
from guerdon.features.consents import queries as consents
from guerdon.features.looks import actions as looks
from guerdon.features.looks.queries import Looker
from guerdon.features.members import queries as members
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, ids, store
from tests.core.test_images import camera, jpeg, png, segment
from tests.faces.portal import aurora
from tests.faces.portal.test_portal import form, sent, told

RECEIPT = {
    "kind": "missing_points", "store": "Sofia 1", "day": "2026-01-04", "amount": "12,50", "receipt": "A-0117",
    "text": "I forgot my card",
}  # fmt: skip


@pytest.fixture
def cafe(database):
    found = aurora.opened()
    found.give("ann", 1_500)
    return found


def photo(content, kind="image/png"):
    return SimpleUploadedFile("receipt", content, kind)


def claim(cafe, client, **more):
    told = {"token": ids.new(), **RECEIPT, "photos": [photo(png(3, 2))], **more}
    answer = client.post(cafe.at("claims/new"), told)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return answer.headers["Location"]


def test_the_programme_tells_itself_to_everybody(cafe):
    page = told(Client(SERVER_NAME="localhost").get(cafe.at("how")))
    assert re.search(r"40.00 EUR gives \d+ points", page)
    assert "100 points: worth 1.00 EUR as rewards." in page
    for topic in ("earning", "expiry", "tiers", "rewards"):
        folded = rf'(?s)<details class="card fold"[^>]*>(?:(?!</details>).)*<ul class="stack" id="{topic}">'
        assert re.search(folded, page), topic
    assert "<details open" not in page
    secrets = ("costs the programme", "all members together", "paid for by", "with a debt", "are left", "pieces are")
    assert [one for one in secrets if one in page] == []
    assert cafe.at("how") in told(Client(SERVER_NAME="localhost").get(cafe.at("welcome")))


def test_missing_points_are_claimed_with_a_photo_and_a_promise(cafe):
    ann = cafe.client("ann")
    place = claim(cafe, ann)
    page = told(ann.get(place))
    assert "We answer until" in page and "12.50 EUR" in page and "I forgot my card" in page
    assert place in told(ann.get(cafe.at("claims")))
    assert cafe.client("ben").get(place).status_code == 404
    assert cafe.client("ben").post(f"{place}/reply", {"text": "mine"}).status_code == 404


def test_an_answer_is_promised_by_the_tier(cafe):
    now = clock.now()
    cafe.grant("ann", "gold", now.isoformat(), f"{now.year + 1}-06-30")
    assert "within 8 hours" in told(cafe.client("ann").get(cafe.at("claims/new")))
    assert "within 48 hours" in told(cafe.client("ben").get(cafe.at("claims/new")))


def test_a_photo_is_seen_by_its_owner_alone_and_kept_by_nobody(cafe):
    ann = cafe.client("ann")
    place = claim(cafe, ann)
    ann.post(f"{place}/reply", {"text": "and the other side", "photos": [photo(png(5, 4))]})
    first, other = dict.fromkeys(re.findall(rf'src="({place}/photos/\w+)"', told(ann.get(place))))
    answer = ann.get(first)
    assert answer.content == png(3, 2) and ann.get(other).content == png(5, 4)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert cafe.client("ben").get(first).status_code == 404
    assert Client(SERVER_NAME="localhost").get(first).status_code == 302
    assert ann.get(f"{place}/photos/{'0' * 64}").status_code == 404


def test_a_photo_of_a_phone_of_five_megabytes_is_taken_as_it_is(cafe):
    ann = cafe.client("ann")
    large = jpeg(4000, 3000, between=camera(6) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"a" * 5_000_000)
    place = claim(cafe, ann, photos=[photo(large + b"a film of the same moment", "image/jpeg")])
    (shown,) = set(re.findall(rf'src="({place}/photos/\w+)"', told(ann.get(place))))
    assert len(ann.get(shown).content) > 5_000_000
    larger = photo(large + bytes(limits.CLAIM_PHOTO_BYTES_MAX), "image/jpeg")
    assert 'id="photos-fault"' in told(ann.post(f"{place}/reply", {"text": "more", "photos": [larger]}), 422)


def test_what_is_missing_in_a_claim_is_told_at_its_field(cafe):
    ann = cafe.client("ann")
    page = told(ann.post(cafe.at("claims/new"), {**RECEIPT, "receipt": ""}), 422)
    assert 'id="receipt-fault"' in page and "Sofia 1" in page
    assert 'id="amount-fault"' in told(ann.post(cafe.at("claims/new"), {**RECEIPT, "amount": "much"}), 422)
    bare = told(ann.post(cafe.at("claims/new"), {"kind": "missing_points"}), 422)
    assert all(f'id="{name}-fault"' in bare for name in ("store", "day", "amount", "receipt"))
    assert 'id="text-fault"' in told(ann.post(cafe.at("claims/new"), {"kind": "question"}), 422)
    for amount, fault in (("much", "This is no number"), ("-5", "without a minus"), ("1.234", "Is it 1234 or 1.23?")):
        assert fault in told(ann.post(cafe.at("claims/new"), {**RECEIPT, "amount": amount}), 422)
    sent = {**RECEIPT, "photos": [photo(b"no picture")]}
    assert 'id="photos-fault"' in told(ann.post(cafe.at("claims/new"), sent), 422)


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_a_day_that_cannot_be_claimed_is_told_as_such_at_its_field(cafe, language):
    ann = cafe.client("ann")
    tomorrow = (aurora.today() + timedelta(days=1)).isoformat()
    page = told(ann.post(cafe.at(f"claims/new?language={language}"), {**RECEIPT, "day": tomorrow}), 422)
    assert 'id="day-fault"' in page and people.REASONS[language]["day_ahead"] in page
    early = (aurora.OPENING - timedelta(days=1)).date().isoformat()
    page = told(ann.post(cafe.at(f"claims/new?language={language}"), {**RECEIPT, "day": early}), 422)
    began = sentences.tongue(language).day(aurora.OPENING.astimezone(aurora.ZONE).date())
    assert 'id="day-fault"' in page and words.say("claims.day_before", language, day=began) in page


def test_a_claim_is_replied_to_and_withdrawn(cafe):
    ann = cafe.client("ann")
    place = claim(cafe, ann)
    assert ann.post(f"{place}/reply", {"text": "it was in the morning"}).status_code == 303
    assert "it was in the morning" in told(ann.get(place))
    assert "write something" in told(ann.post(f"{place}/reply", {"text": " "}), 422)
    assert sent(ann, f"{place}/withdraw").status_code == 303
    page = told(ann.get(place))
    assert "Withdrawn" in page and f"{place}/reply" not in page


def test_consents_letters_and_the_language_are_chosen(cafe):
    ann = cafe.client("ann")
    page = told(ann.get(cafe.at("privacy")))
    assert "Not given" in page and "Brevo" in page
    who = Looker("key", ids.new(), "till-1", "tills.identify")
    store.committed(lambda at_hand: looks.note(at_hand, cafe.programme_id, [cafe.ids["ann"]], who, now=clock.now()))
    page = told(ann.get(cafe.at("privacy")))
    assert "Serving at a till ·" in page and "tills.identify" not in page
    given = {"consent": "news", "given": "true", "version": "2"}
    assert ann.post(cafe.at("privacy/consents"), given).status_code == 303
    assert "wording 2" in told(ann.get(cafe.at("privacy")))
    assert consents.of_member(store.current(), cafe.ids["ann"])["news"].how == "portal"
    assert ann.post(cafe.at("privacy/letters"), {"wanted[]": ["tier"], "language": "tr"}).status_code == 303
    page = told(ann.get(cafe.at("privacy")))
    assert re.search(r'value="tier" checked', page) and not re.search(r'value="statement" checked', page)
    assert members.person(store.current(), cafe.ids["ann"]).language == "tr"


def test_everything_is_taken_along(cafe):
    ann = cafe.client("ann")
    claim(cafe, ann)
    whole = json.loads(ann.get(cafe.at("privacy/download.json")).content)
    assert "I forgot my card" in json.dumps(whole)
    with zipfile.ZipFile(io.BytesIO(ann.get(cafe.at("privacy/download.zip")).content)) as files:
        assert any(name.startswith("claims_photos/") for name in files.namelist())
    assert "Nobody has looked" in told(ann.get(cafe.at("privacy")))  # what is the own is no look


PAGES = ("", "rewards", "card", "activity", "club", "privacy", "privacy/delete", "how", "claims")


@pytest.mark.parametrize("language", ("en", "bg", "tr"))
def test_being_deleted_is_thought_over_and_taken_back_from_every_page(cafe, language):
    ann = cafe.client("ann")
    ann.get(cafe.at(), {"language": language})
    page = told(ann.get(cafe.at("privacy/delete")))
    tongue = sentences.tongue(language)
    about = words.say("portal_privacy.delete_about", language, days=tongue.counted(14, "day"))
    assert html.unescape(page).count(about) == 1 and about in html.unescape(told(ann.get(cafe.at("privacy"))))
    assert words.say("portal_privacy.delete_at_once", language) not in html.unescape(page)
    assert ann.post(cafe.at("privacy/delete"), form(page)).status_code == 303
    last = tongue.day(aurora.today() + timedelta(days=14))
    banner = words.say("portal_privacy.waits", language, day=last)
    for one in PAGES:
        page = told(ann.get(cafe.at(one)))
        assert banner in page and f'action="{cafe.at("privacy/keep")}"' in page, one
    assert ann.post(cafe.at("privacy/keep")).status_code == 303
    assert not [one for one in PAGES if banner in told(ann.get(cafe.at(one)))]


def test_where_it_happens_at_once_nothing_is_promised(cafe):
    law, now = programmes.latest(store.current(), cafe.programme_id).newest().programme, clock.now()
    at_once = msgspec.structs.replace(law, erase_after_days=0)
    publish.publish(programme=at_once, source=forms.to_yaml(at_once), effective_at=now, now=now, by="Emil")
    programmes.latest(store.current(), cafe.programme_id)  # as every process looks now and then
    page = html.unescape(told(cafe.client("ann").get(cafe.at("privacy/delete"))))
    assert words.say("portal_privacy.delete_at_once", "en") in page and "take it back" not in page


def test_an_erasure_that_is_due_is_not_taken_back_any_more(cafe, monkeypatch):
    ann = cafe.client("ann")
    ann.post(cafe.at("privacy/delete"), form(told(ann.get(cafe.at("privacy/delete")))))
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=16))
    page = html.unescape(told(cafe.client("ann").get(cafe.at())))
    assert words.say("portal_privacy.due", "en") in page and "privacy/keep" not in page


def test_what_is_sensitive_asks_again_who_it_is(cafe, monkeypatch):
    ann = cafe.client("ann")
    real = clock.now
    later = 3 * 3600
    monkeypatch.setattr(clock, "now", lambda: real() + aurora.timedelta(seconds=later))
    for page in ("privacy/delete", "privacy/download.zip", "privacy/download.json"):
        assert "/sign-in/again" in ann.get(cafe.at(page)).headers["Location"]

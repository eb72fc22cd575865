"""Consents through the engine: every word is kept, the last one stands, and a merge leaves the stricter of both."""

import pytest

from guerdon.core.consents import Consent, Said
from guerdon.core.errors import Refusal
from guerdon.engine import consents
from guerdon.features.consents import queries
from guerdon.kit import outbox, store
from tests import shop
from tests.engine.pairs import holds, merged, unmerged
from tests.shop import Shop

PURPOSES = {
    "terms": {"name": {"en": "Rules"}, "text": {"en": "I agree."}, "required": True},
    "news": {"name": {"en": "News"}, "text": {"en": "News may come."}, "version": 3},
    "profile": {"name": {"en": "Profile"}, "text": {"en": "You may add up what I buy."}},
}


def cafe() -> Shop:
    found = Shop({"consents": PURPOSES})
    found.enrol("Ann", "Ben")
    return found


def say(one: Shop, who: str, at: str = "2026-01-05", **said: Said) -> dict[str, Consent]:
    return consents.say(
        programme_id=one.programme_id, member_id=one.account(who), said=said, how="till", actor="Dora",
        now=shop.moment(at),
    )  # fmt: skip


def given(one: Shop, who: str) -> dict[str, tuple[bool, int]]:
    found = queries.of_member(store.current(), one.account(who))
    return {key: (each.given, each.version) for key, each in found.items()}


def history(one: Shop, who: str) -> list[tuple[str, bool, str, str]]:
    found = queries.said(store.current(), [one.account(who)], before="f" * 32, most=50)
    return [(each.purpose, each.given, each.how, each.actor) for each in found]


def test_every_word_is_kept_and_the_last_one_stands(database):
    aurora = cafe()
    before = outbox.waiting(store.current())
    say(aurora, "Ann", news=Said(True, 2), terms=Said(True))
    say(aurora, "Ann", news=Said(True, 2))  # nothing new
    stands = say(aurora, "Ann", "2026-01-06", news=Said(False))
    assert (stands["news"].given, stands["news"].version, stands["news"].actor) == (False, 3, "Dora")
    assert given(aurora, "Ann") == {"news": (False, 3), "terms": (True, 1)}
    words = [("news", False, "till", "Dora"), ("terms", True, "till", "Dora"), ("news", True, "till", "Dora")]
    assert history(aurora, "Ann") == words
    assert outbox.waiting(store.current()) == before + 3
    assert given(aurora, "Ben") == {}


def test_what_was_never_given_needs_no_withdrawal(database):
    aurora = cafe()
    assert say(aurora, "Ann", news=Said(False)) == {}
    assert history(aurora, "Ann") == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"letters": Said(True)}, "consent_unknown"),
        ({"news": Said(True, 4)}, "consent_wording"),
        ({"news": Said(True, 0)}, "consent_wording"),
        ({"news": Said(True), "terms": Said(False)}, "consent_required"),
    ],
)
def test_what_is_not_asked_for_is_refused_with_all_beside_it(database, said, code):
    aurora = cafe()
    with pytest.raises(Refusal) as refused:
        say(aurora, "Ann", **said)
    assert refused.value.code == code
    assert given(aurora, "Ann") == {}


def test_a_merge_leaves_the_stricter_of_both_and_its_undoing_what_was(database):
    """LAW 6.3c: given is only what both gave, to the older wording; what was said since the merge stays."""
    aurora = cafe()
    say(aurora, "Ann", terms=Said(True), news=Said(True), profile=Said(True))
    say(aurora, "Ben", terms=Said(True), news=Said(True, 2))
    merged(aurora, "Ann", "Ben", "2026-01-06")
    assert given(aurora, "Ann") == {"terms": (True, 1), "news": (True, 2), "profile": (False, 1)}
    assert history(aurora, "Ann")[0][2:] == ("merge", "Dora")
    consents.say(
        programme_id=aurora.programme_id, member_id=aurora.account("Ann"), said={"profile": Said(True)}, how="portal",
        actor="Ann", now=shop.moment("2026-01-07"),
    )  # fmt: skip
    unmerged(aurora, "Ann", "Ben", "2026-01-08")
    assert given(aurora, "Ann") == {"terms": (True, 1), "news": (True, 3), "profile": (True, 1)}
    assert [how for _, _, how, _ in history(aurora, "Ann")][:2] == ["unmerge", "portal"]
    assert given(aurora, "Ben") == {"terms": (True, 1), "news": (True, 2)}
    holds(aurora)

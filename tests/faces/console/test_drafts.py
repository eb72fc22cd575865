"""Drafts in the console: two people, one publishes what the other approved; what clashes is told by part."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guerdon.engine import staff
from guerdon.faces import words
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.console import aurora
from tests.faces.console.test_rules import fields, told


@pytest.fixture
def cafe(database):
    return aurora.opened()


@pytest.fixture
def free(database):
    return aurora.opened(aurora.Free)


def drafted(cafe, client, key="weekend", by="3"):
    """A draft in which a rule multiplies by something else; answers its address."""
    place = cafe.at(f"rules/{key}/edit")
    sent = fields(client.get(place).content.decode())
    answer = client.post(place, sent | {"then.0.by": by, "act": "save"})
    assert answer.status_code == 303, told(answer)
    return answer.headers["Location"]


def drafts_of(client, cafe):
    """The ids of the drafts that are listed."""
    return set(re.findall(r"/drafts/(drf_\w+)", told(client.get(cafe.at("drafts/")))))


def revision(client, draft):
    return re.search(r'name="revision" value="(\d+)"', told(client.get(draft))).group(1)


def done(client, draft, deed, **more):
    answer = client.post(f"{draft}/{deed}", {"revision": revision(client, draft), **more})
    return told(answer if answer.status_code != 303 else client.get(answer.headers["Location"]), 200)


def test_a_second_person_approves_and_then_it_is_published(cafe):
    emil, fani = cafe.client("emil"), cafe.client("fani")
    draft = drafted(cafe, emil)
    assert "Publish" not in told(emil.get(draft))[told(emil.get(draft)).index("What next?") :]
    assert "It waits for approval." in done(emil, draft, "submit", why="Summer is slow.")
    assert "It waits for somebody who had no hand in it." in told(emil.get(draft))
    assert emil.post(f"{draft}/approve", {"revision": "3"}).status_code == 422  # nobody approves their own
    page = told(fani.get(draft))
    assert "Summer is slow." in page and "Emil" in page
    answer = told(fani.post(f"{draft}/return", {"revision": "3"}), 422)  # not without words
    assert "Under “A word about it”, say what should change" in answer
    assert "Changes to publish" not in told(emil.get(cafe.at()))
    assert "It is approved." in done(fani, draft, "approve")
    assert "Changes to publish" in told(emil.get(cafe.at())) and "Changes to publish" not in told(fani.get(cafe.at()))
    assert "Somebody who writes drafts publishes it." in told(fani.get(draft))
    assert fani.get(f"{draft}/publish").status_code == 403
    page = told(emil.get(f"{draft}/publish"))
    answer = emil.post(f"{draft}/publish", {"revision": re.search(r'name="revision" value="(\d+)"', page).group(1)})
    assert answer.status_code == 303, told(answer)
    assert "Version 2 is published." in told(emil.get(answer.headers["Location"]))
    assert "It is version 2" in told(emil.get(draft))


def test_what_waits_for_review_is_approved_among_the_approvals_by_another_hand(cafe):
    emil, fani = cafe.client("emil"), cafe.client("fani")
    draft = drafted(cafe, emil)
    assert "Rule: Double points" not in told(fani.get(cafe.at("approvals/")))  # nobody has asked yet
    done(emil, draft, "submit", why="Summer is slow.")
    own = told(emil.get(cafe.at("approvals/")))
    assert "Summer is slow." in own and "You have written it" in own and f'{draft}/approve"' not in own
    assert "Your role may look" in told(cafe.client("gita").get(cafe.at("approvals/")))
    page = told(fani.get(cafe.at("approvals/")))
    assert f'href="{draft}"' in page and f'action="{draft}/approve"' in page and "multipl" in page
    assert "It is approved." in done(fani, draft, "approve")
    assert "Nothing waits" in told(fani.get(cafe.at("approvals/")))


def test_sent_back_with_words_it_is_open_again_and_can_be_discarded(cafe):
    emil, fani = cafe.client("emil"), cafe.client("fani")
    draft = drafted(cafe, emil)
    done(emil, draft, "submit")
    assert "It was sent back." in done(fani, draft, "return", why="Three is too much.")
    assert "Three is too much." in told(emil.get(draft))
    assert "It was discarded." in done(emil, draft, "discard", sure="true")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cafe):
    emil = cafe.client("emil")
    draft = drafted(cafe, emil)
    stale = emil.post(f"{draft}/submit", {"revision": "1"})
    assert 'role="alert"' in told(stale, 422)


def test_a_second_window_is_told_that_the_draft_is_published_already_and_where(free):
    emil = free.client("emil")
    draft = drafted(free, emil)
    stale = revision(emil, draft)
    first = emil.post(f"{draft}/publish", {"revision": stale})
    assert first.status_code == 303 and first.headers["Location"].endswith("versions/"), told(first)
    late = [lambda: emil.get(f"{draft}/publish")]
    late += [lambda deed=deed: emil.post(f"{draft}/{deed}", {"revision": stale, "sure": "true"})
             for deed in ("publish", "discard")]  # fmt: skip
    for deed in late:
        answer = deed()
        assert answer.status_code == 303 and answer.headers["Location"] == draft, told(answer)
        page = told(emil.get(draft))
        assert "This draft is published already." in page and "It is version 2" in page
        assert f'href="{free.at("versions/")}">See the versions' in page and "Somebody else" not in page


def test_a_namesake_is_another_person(cafe):
    emil = cafe.client("emil")
    draft = drafted(cafe, emil)
    done(emil, draft, "submit", why="Summer is slow.")
    staff.appoint(programme_id=cafe.programme_id, email=cafe.email("other"), name="Emil", role="manager",
                  by=Actor("operator", "operator"), now=clock.now())  # fmt: skip
    other = cafe.client("other")
    assert f'action="{draft}/approve"' in told(other.get(draft))
    assert f'action="{draft}/approve"' not in told(emil.get(draft))
    assert "It is approved." in done(other, draft, "approve")


def test_what_waits_for_approval_needs_only_those_who_had_no_hand_in_it(cafe):
    emil, fani = cafe.client("emil"), cafe.client("fani")
    draft, waits = drafted(cafe, emil), words.say("console_home.task_drafts_about", "en")
    done(emil, draft, "submit", why="Summer is slow.")
    assert waits in told(fani.get(cafe.at())) and waits not in told(emil.get(cafe.at()))
    done(fani, draft, "approve")
    assert waits not in told(fani.get(cafe.at()))


def test_of_two_drafts_the_second_says_whose_part_counts(free):
    emil = free.client("emil")
    first, second = drafted(free, emil, by="3"), drafted(free, free.client("mara"), by="4")
    emil.post(f"{first}/publish", {"revision": revision(emil, first)})
    page = told(emil.get(second))
    assert "Version 2 came out meanwhile" in page and "<legend>Rule: Double points at the weekend<" in page
    assert "Rule: Double points at the weekend (changed)" in page
    told(emil.post(f"{second}/rebase", {"revision": revision(emil, second)}), 422)
    page = done(emil, second, "rebase", **{"take.0": "mine", "part.0": "/rules/weekend"})
    assert "It is up to date." in page and "came out meanwhile" not in page


def test_it_is_published_from_an_instant_on(free):
    emil = free.client("emil")
    draft = drafted(free, emil)
    sent = {"revision": revision(emil, draft), "at": "2000-01-01T00:00"}
    told(emil.post(f"{draft}/publish", sent), 422)
    for wrong in ("soon", "0001-01-01T00:00"):  # the first is before there are instants
        told(emil.post(f"{draft}/publish", sent | {"at": wrong}), 422)
    answer = emil.post(f"{draft}/publish", sent | {"at": f"{clock.now().year + 9}-01-01T00:00"})
    page = told(emil.get(answer.headers["Location"]))
    assert f"{clock.now().year + 9}" in page and page.index("Version 2") < page.index("In force")


def test_a_basket_is_tried_and_told_beside_what_is_published(cafe):
    emil = cafe.client("emil")
    draft = drafted(cafe, emil, key="gold", by="3")
    told(emil.get(f"{draft}/try"))
    basket = {"kind": "purchase", "line.0.product": "latte", "line.0.category": "coffee", "line.0.amount": "12,00",
              "line.0.quantity": "2", "tier": "gold", "at": "2026-03-03T12:00"}  # fmt: skip
    page = told(emil.post(f"{draft}/try", basket | {"act": "try"}))
    assert re.search(r'id="given"[^>]* tabindex="-1" data-focus', page)  # what it gave is where one goes on
    given = page[page.index('id="given"') : page.index("<form", page.index('id="given"'))]
    assert "36 points" in given and "16 points" in given
    assert re.search(r"<li>A point for every euro: [^<]* on 12.00 EUR", given)  # whose arithmetic it is, by its name
    assert "line.1.amount" in told(emil.post(f"{draft}/try", basket | {"act": "line"}))
    told(emil.post(f"{draft}/try", basket | {"line.0.amount": "a lot", "act": "try"}), 422)
    told(emil.post(f"{draft}/try", basket | {"member": "nobody", "act": "try"}), 422)
    told(emil.post(f"{draft}/try", basket | {"at": "0001-01-01T00:00", "act": "try"}), 422)


def test_versions_are_compared_downloaded_and_gone_back_to(free):
    emil = free.client("emil")
    draft = drafted(free, emil)
    emil.post(f"{draft}/publish", {"revision": revision(emil, draft)})
    page = told(emil.get(free.at("versions/compare"), {"number": "2", "against": "1"}))
    assert "multiply: {unit: points, by: 3}" in page
    assert emil.get(free.at("versions/1/file")).content.decode() == free.file()
    answer = emil.post(free.at("versions/1/back"))
    back = answer.headers["Location"]
    assert emil.post(free.at("versions/1/back")).headers["Location"] == back  # of a second tab: it is one draft
    assert "multiply: {unit: points, by: 2}" in told(emil.get(back))
    assert emil.get(free.at("versions/9/file")).status_code == 404


def test_a_file_becomes_a_draft_or_is_told_wrong_by_line(cafe):
    emil = cafe.client("emil")
    text = cafe.file()
    wrong = text.replace("give: 1, per: 1.00}", "give: many, per: 1.00}", 1)
    page = told(emil.post(cafe.at("versions/upload"), {"file": SimpleUploadedFile("a.yaml", wrong.encode())}), 422)
    line = wrong[: wrong.index("give: many")].count("\n") + 1
    assert f"Line {line}:" in page
    right = text.replace("days: 14}                   # pending", "days: 10}                   # pending")
    answer = emil.post(cafe.at("versions/upload"), {"file": SimpleUploadedFile("a.yaml", right.encode())})
    draft = answer.headers["Location"]
    again = emil.post(cafe.at("versions/upload"), {"file": SimpleUploadedFile("a.yaml", right.encode())})
    assert again.headers["Location"] == draft
    assert "File a.yaml" in told(emil.get(draft))
    page = told(emil.post(f"{draft}/file", {"file": wrong, "revision": "2"}), 422)
    assert f"Line {line}:" in page and "give: many" in page
    answer = emil.post(f"{draft}/file", {"file": text.replace("\n", "\r\n"), "revision": "2"})
    assert answer.status_code == 303, told(answer)
    assert "Nothing is changed yet" in told(emil.get(draft))
    told(emil.post(cafe.at("versions/upload")), 422)


def test_every_page_reads_in_every_language(free):
    emil = free.client("emil")
    draft = drafted(free, emil).removeprefix(free.at(""))
    for language in ("bg", "tr", "en"):
        own = (draft, f"{draft}/try", f"{draft}/file", f"{draft}/publish")
        for place in (*own, "drafts/", "versions/", "versions/compare", "new-rule", "rules/weekend/edit"):
            told(emil.get(free.at(place), {"language": language}))


def test_a_draft_is_discarded_only_after_a_question(cafe):
    emil = cafe.client("emil")
    place = drafted(cafe, emil)
    asked = emil.post(f"{place}/discard", {"revision": revision(emil, place)})
    assert asked.status_code == 303 and "sure=" in asked.headers["Location"]
    assert "Discard “" in told(emil.get(asked.headers["Location"]))
    assert "Discarded" not in told(emil.get(place))
    assert "It was discarded." in done(emil, place, "discard", sure="true")

"""Letters at the terminal: what waits and failed, tried anew, and a look at each kind."""

import pytest
from django.test import override_settings

from guerdon.core.letters import KINDS, Recipient
from guerdon.engine import letters, posting
from guerdon.faces.cli import terminal
from guerdon.kit import clock, ids, store
from tests import mail as postbox
from tests.faces.cli.command import guerdon
from tests.shop import Shop, moment

NOON = moment("2026-03-01")


def put(cafe):
    to = Recipient("ann@aurora.example")
    given = {"programme_id": cafe.programme_id, "to": to, "code": "1234", "valid_minutes": 1_000_000, "now": NOON}
    return store.committed(lambda at_hand: letters.sign_in(at_hand, **given))


def test_where_letters_are_off_it_says_how_to_switch_them_on(pristine_database):
    told = guerdon("letters", "list")
    assert told.code == terminal.OK
    assert "0 waiting, 0 failed" in told.out
    assert "GUERDON_SMTP_URL" in told.err and "GUERDON_MAIL_FROM" in told.err and "GUERDON_URL" in told.err
    assert guerdon("letters", "list", "--json").json == {"on": False, "counts": {}, "letters": []}


def test_what_failed_is_listed_without_an_address_and_tried_anew(pristine_database):
    with postbox.server() as box:
        id = ids.show("letter", put(Shop()))
        waiting = guerdon("letters", "list")
        assert id in waiting.out and "1 waiting" in waiting.out and "GUERDON" not in waiting.err
        box.refuses = {"ann@aurora.example": "550 nobody"}
        posting.carry(now=lambda: NOON)
        failed = guerdon("letters", "list", "--failed")
        assert id in failed.out and "refused 550" in failed.out and "aurora.example" not in failed.out
        (one,) = guerdon("letters", "list", "--failed", "--json").json["letters"]
        assert (one["id"], one["fault"], one["code"], one["attempts"]) == (id, "refused", 550, 1)
        assert "1 letter will be tried anew" in guerdon("letters", "retry", id).out
        assert guerdon("letters", "retry", id).code == terminal.UNREADABLE
        assert guerdon("letters", "retry", "--all", "--json").json == {"letters": 0}
        box.refuses = {}
        posting.carry(now=clock.now)
    assert box.recipients == ["ann@aurora.example"]


@pytest.mark.parametrize("words", [["retry"], ["retry", "ltr_1", "--all"]])
def test_which_letters_must_be_said(words):
    assert guerdon("letters", *words).code == terminal.USAGE


def test_an_unknown_letter_is_told(pristine_database):
    told = guerdon("letters", "retry", ids.show("letter", ids.new()))
    assert told.code == terminal.UNREADABLE and "There is no letter ltr_" in told.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_look_at_each_kind_needs_no_database(tmp_path, kind):
    made = guerdon("letters", "preview", kind, "--language", "bg", "--into", str(tmp_path / "new"), "--json").json
    html, text = ((tmp_path / "new" / f"{kind}.bg.{ending}").read_text() for ending in ("html", "txt"))
    assert 'lang="bg"' in html and "Кафе „Аврора“" in text and made["subject"]
    assert made["files"] == [str(tmp_path / "new" / f"{kind}.bg.{ending}") for ending in ("html", "txt")]


def test_what_there_is_no_look_at_is_told():
    assert "Use sign_in, invitation" in guerdon("letters", "preview", "love").err
    assert "Use en, bg or tr" in guerdon("letters", "preview", "tier", "--language", "de").err


def test_without_a_server_letters_can_be_written_to_a_folder(pristine_database, tmp_path):
    from guerdon.kit import mail

    out = mail.read(f"file://{tmp_path}/out", postbox.SENDER, url=postbox.URL)
    with override_settings(MAIL=out, PUBLIC_URL=postbox.URL):
        put(Shop())
        assert posting.carry(now=lambda: NOON) == 1
    (file,) = (tmp_path / "out").iterdir()
    assert b"1234" in file.read_bytes()

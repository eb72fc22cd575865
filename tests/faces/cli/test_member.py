"""A member at the terminal: who, how much, why."""

import json
import zipfile

import pytest

from guerdon.core.members import Person
from guerdon.engine import enrolment
from guerdon.faces.cli import terminal
from guerdon.kit import audit, clock, ids, store
from tests import shop
from tests.faces.cli.command import guerdon


@pytest.fixture
def cafe(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("ann", cards=("4711",), person=Person(name="Ann", email="Ann@Aurora.example", phone="+359 88 123456"))
    cafe.buy("ann", 4_020, "2026-01-05", external_id="order-a")
    cafe.buy("ann", 1_000, "2026-01-06", external_id="order-b")
    cafe.tell(cafe.giving_back("ann", "order-b", "2026-01-07"))
    cafe.burn("ann", 15, "2026-02-01")
    return cafe


def test_everything_is_told_and_every_point_explained(cafe):
    ended = guerdon("member", "show", "ann", "--as-of", "2026-02-02")
    assert ended.code == terminal.OK
    assert "Ann · mem_" in ended.out and "card 4711" in ended.out
    assert "purchase 40.20 EUR (till order-a)  → +40 points" in ended.out
    assert "1 point for every 1.00 EUR on 40.20 EUR = 40.2, rounded 40" in ended.out
    assert "taken back 10 points: 10 from what the purchase gave" in ended.out
    balance = next(line.split() for line in ended.out.splitlines() if line.strip().startswith("points"))
    assert balance == ["points", "25", "0", "0", "0"]
    lot = [line.split() for line in ended.out.splitlines() if "order-a" in line][-1]
    assert lot[:8] == ["points", "25", "40", "2026-01-05", "now", "5", "January", "2027"]


def test_a_lost_phone_is_no_longer_taken(cafe):
    told = guerdon("member", "revoke-code", "card:4711")
    assert told.code == terminal.OK and "no longer taken" in told.out
    assert guerdon("member", "revoke-code", "ann", "--json").json["times"] == 2
    assert "has no member “ben”" in guerdon("member", "revoke-code", "ben").err


def test_a_wait_is_lifted_with_a_reason(cafe):
    cafe.publish(since=clock.now(), now=clock.now(), address_wait_hours=24)
    lift = ("member", "lift-wait", "ann", "--reason")
    assert "no new e-mail or phone" in guerdon(*lift, "by passport").err
    enrolment.change(
        programme_id=cafe.programme_id, member_id=cafe.account("ann"), etag=None, now=clock.now(),
        wanted=enrolment.MemberChange(person=enrolment.PersonChange(email="new@aurora.example")),
    )  # fmt: skip
    assert guerdon(*lift, " ").code == terminal.USAGE
    told = guerdon(*lift, "She came by with her passport", "--by", "Emil")
    assert told.code == terminal.OK and "need not wait" in told.out
    [line] = [one for one in audit.page(store.current(), cafe.programme_id, most=9) if one.action.endswith("lifted")]
    assert (line.actor.name, line.reason) == ("Emil", "She came by with her passport")


def test_the_last_activities_stand_in_the_order_in_which_they_happened(cafe):
    cafe.buy("ann", 1_000, "2026-01-02", external_id="late-news")
    told = guerdon("member", "show", "ann").out.partition("by when they happened")[2].partition("Lots")[0]
    assert told.index("order-b") < told.index("order-a")
    assert told.index("purchase 40.20 EUR") < told.index("late-news")


def test_what_expired_is_not_counted_though_no_night_ran(cafe):
    found = guerdon("member", "show", "ann", "--as-of", "2027-02-01", "--json").json
    assert found["balances"][0]["available"] == 0 and found["balances"][0]["lapsed"] == 25
    assert found["lots"] == []


@pytest.mark.parametrize("who", ["ann", "card:4711", "email:ANN@aurora.example", "phone:+35988123456"])
def test_any_identifier_finds_her(cafe, who):
    assert guerdon("member", "show", who, "--json").json["id"] == ids.show("member", cafe.account("ann"))


def test_her_id_finds_her(cafe):
    name = ids.show("member", cafe.account("ann"))
    assert guerdon("member", "show", name, "--json").json["person"]["name"] == "Ann"


def test_the_json_holds_what_the_screen_tells(cafe):
    found = guerdon("member", "show", "ann", "--last", "2", "--json").json
    assert [one["activity"]["kind"] for one in found["activities"]] == ["burn", "return"]
    assert found["lots"][0]["remaining"] == 25 and found["lots"][0]["id"].startswith("lot_")
    assert found["programme"] == "cafe"


@pytest.mark.parametrize("who", ["nobody", "card:1", "email:x@y.example", "mem_" + "0" * 32])
def test_an_unknown_member_ends_with_3(cafe, who):
    ended = guerdon("member", "show", who)
    assert ended.code == terminal.UNREADABLE and not ended.out
    assert who[:10] in ended.err


def test_words_that_can_be_no_identifier_end_with_3(cafe):
    assert guerdon("member", "show", "mem_xyz").code == terminal.UNREADABLE
    assert guerdon("member", "show", "email:nonsense").code == terminal.UNREADABLE


def test_among_several_programmes_the_one_that_knows_her_is_meant(cafe):
    other = shop.Shop(key="other")
    assert guerdon("member", "show", "ann", "--json").json["programme"] == "cafe"
    assert "cafe, other" in guerdon("member", "show", "nobody").err
    other.enrol("ann")
    ended = guerdon("member", "show", "ann")
    assert ended.code == terminal.USAGE and "cafe, other" in ended.err
    assert guerdon("member", "show", "ann", "--programme", "other", "--json").json["programme"] == "other"


def test_markup_in_a_name_is_only_text(pristine_database):
    cafe = shop.Shop(key="cafe")
    cafe.enrol("[red]x[/red]", person=Person(name="[bold]Ann[/]"))
    assert "[bold]Ann[/]" in guerdon("member", "show", "[red]x[/red]").out
    cafe.enrol("a:100:b", person=Person(name=":smile:"))
    told = guerdon("member", "show", "a:100:b").out
    assert ":smile:" in told and "a:100:b" in told


def test_what_a_member_may_ask_for(cafe, tmp_path):
    """All that is known is written down; erasing is told first, and then done."""
    for name in ("ann.json", "ann.zip"):
        assert guerdon("member", "download", "ann", str(tmp_path / name)).code == terminal.OK
    known = json.loads((tmp_path / "ann.json").read_text())
    tables = {one["name"]: one["rows"] for one in known["tables"]}
    assert tables["person"] == [["Ann", "Ann@Aurora.example", "+359 88 123456", None, None]]
    assert tables["who_looked"][0][-3] == 1
    assert zipfile.is_zipfile(tmp_path / "ann.zip")
    told = guerdon("member", "erase", "ann")
    assert "would lose" in told.out and "25 points" in told.out
    assert "was erased" in guerdon("member", "erase", "ann", "--yes").out
    assert "has no member “ann”" in guerdon("member", "show", "ann").err


def test_consents_at_the_terminal(pristine_database):
    cafe = shop.Shop({"consents": {"news": {"name": {"en": "News"}, "text": {"en": "News may come."}}}}, key="cafe")
    cafe.enrol("ann")
    assert "yes" in guerdon("member", "consents", "ann", "--give", "news").out
    (stands,) = guerdon("member", "consents", "ann", "--withdraw", "news", "--json").json
    assert (stands["given"], stands["how"]) == (False, "support")

"""`guerdon tiers`: where a member stands, and what a draft would do."""

from datetime import timedelta

from guerdon.core import sentences
from guerdon.faces.cli import terminal
from guerdon.features.programmes import forms
from guerdon.kit import clock
from tests import shop
from tests.faces.cli.command import guerdon

NAMED = {"name": {"en": "Circle"}, "basis": {"spend": True}}


def circle(silver: str, gold: str):
    levels = {"silver": {"name": {"en": "Silver"}, "from": silver}, "gold": {"name": {"en": "Gold"}, "from": gold}}
    return {"tiers": {"circle": NAMED | {"levels": levels}}}


def test_a_member_and_a_draft(pristine_database, tmp_path):
    cafe = shop.Shop(circle("10.00", "100.00"), key="aurora")
    cafe.enrol("Ann", "Ben")
    now = clock.now()
    cafe.tell(cafe.purchase("Ann", 4_000, f"{now - timedelta(days=30):%Y-%m-%d}"), now=f"{now:%Y-%m-%dT%H:%M:%S}")
    shown = guerdon("tiers", "show", "Ann")
    assert shown.code == terminal.OK
    assert "Circle: Silver" in shown.out and "60.00 EUR more for Gold" in shown.out and "upgrade" in shown.out
    [ladder] = guerdon("tiers", "show", "Ann", "--json").json["ladders"]
    assert (ladder["tier"], ladder["progress"]["missing"]) == ("silver", 6_000)
    last_day = f"{now + timedelta(days=30):%Y-%m-%d}"
    shop.taken(cafe.grant("Ann", "gold", f"{now:%Y-%m-%dT%H:%M:%S}", last_day, reason="gold at the airline"))
    shop.Shop(key="other").enrol("Ben")
    shown = guerdon("tiers", "show", "Ann")  # of two programmes one knows her
    assert "Circle: Gold" in shown.out and "Given by hand" in shown.out and "gold at the airline" in shown.out
    assert f" {sentences.tongue('en').day(now.date() + timedelta(days=30))} " in shown.out, "not the midnight after it"
    assert [one["grant"]["level"] for one in guerdon("tiers", "show", "Ann", "--json").json["grants"]] == ["gold"]
    draft = forms.read_document(shop.document("aurora", **circle("10.00", "30.00"))).programme
    assert draft is not None
    file = tmp_path / "draft.yaml"
    file.write_text(forms.to_yaml(draft), "utf-8")
    found = guerdon("tiers", "preview", str(file))
    assert found.code == terminal.FINDING and "at once" in found.out and "Of 2 members" in found.out
    [move] = guerdon("tiers", "preview", str(file), "--json").json["moves"]
    assert (move["before"], move["after"], move["count"]) == ("silver", "gold", 1)
    assert guerdon("verify", "--deep").code == terminal.OK

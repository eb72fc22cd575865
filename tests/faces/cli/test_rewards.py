"""`guerdon reward` and `guerdon redemption`: the catalogue, pieces, and the way from a wish to the counter."""

import pytest

from guerdon.core.activities import Tender
from guerdon.faces.cli import terminal
from guerdon.kit import clock
from tests import shop as shops
from tests.core.test_images import png
from tests.engine.catalogue import COFFEE, MUG, SHIRT
from tests.faces.cli.command import guerdon
from tests.shop import POINTS, Shop

MUG = MUG | {"category": "goods"}
REWARDS = {key: shops.named(key, one) for key, one in (("coffee", COFFEE), ("mug", MUG), ("shirt", SHIRT))}
ADDRESS = ("--address", "name=Ann Ivanova", "--address", "street=Shipka 1", "--address", "city=Sofia",
           "--address", "country=BG")  # fmt: skip


@pytest.fixture
def cafe(pristine_database):
    found = Shop({"rewards": REWARDS, "reward_categories": {"goods": {"en": "For home"}}}, key="aurora")
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    return found


def test_from_the_catalogue_to_the_counter(cafe):
    listed = guerdon("reward", "list")
    assert listed.code == terminal.OK
    assert "300 points, or 100 points + 6.00 EUR" in listed.out and "always" in listed.out
    assert "For home" in listed.out
    assert "There is nothing left" in guerdon("reward", "list", "--member", "ann").out
    came = guerdon("reward", "supply", "mug", "3", "--because", "delivery", "--as", "d-1")
    assert "mug: +3, 3 left." in came.out
    again = guerdon("reward", "supply", "mug", "4", "--because", "delivery", "--as", "d-1")
    assert "told before" in again.err and "mug: +3" in again.out
    assert "only tried" in guerdon("reward", "supply", "mug", "--because", "lost", "--dry-run", "--", "-1").out
    assert [one["left"] for one in guerdon("reward", "list", "--json").json] == [None, 3, 0]
    offers = {one["reward"]: one["obstacle"] for one in guerdon("reward", "list", "-m", "ann", "--json").json}
    assert offers == {"coffee": None, "mug": None, "shirt": "out_of_stock"}

    made = guerdon("redemption", "make", "ann", "mug", "--reserve", "--json").json
    assert (made["state"], made["points"]) == ("reserved", {"points": 300})
    assert "held    300 points" in guerdon("redemption", "show", made["id"]).out
    assert "mug: confirmed" in guerdon("redemption", "confirm", made["id"]).out
    waiting = guerdon("redemption", "queue")
    assert made["code"] in waiting.out
    assert "mug: fulfilled" in guerdon("redemption", "fulfil", made["code"].lower().replace("-", " ")).out
    assert "Nothing waits." in guerdon("redemption", "queue").out
    gone = guerdon("redemption", "cancel", made["code"])
    assert gone.code == terminal.UNREADABLE and "is handed over" in gone.err
    assert guerdon("verify", "--deep").code == terminal.OK


def test_what_is_given_by_a_code(pristine_database):
    off = {"kind": "money_off", "amount": "5.00", "prices": [{"points": {"points": 100}}]}
    found = Shop({"rewards": {"off": shops.named("off", off)}}, key="aurora")
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    made = guerdon("redemption", "make", "ann", "off", "--json").json
    assert made["state"] == "fulfilled"
    assert f"gives   {made['given']}" in guerdon("redemption", "show", made["id"]).out
    shown = guerdon("voucher", "show", made["given"])
    assert "takes 5.00 EUR off" in shown.out
    assert "off: cancelled" in guerdon("redemption", "cancel", made["id"]).out
    assert "withdrawn" in guerdon("voucher", "show", made["given"]).out


def test_a_picture_is_kept_and_taken_away(cafe, tmp_path):
    file = tmp_path / "mug.png"
    file.write_bytes(png(3, 2))
    assert "mug: /v1/pictures/" in guerdon("reward", "picture", "mug", str(file)).out
    assert guerdon("reward", "picture", "mug", "--remove", "--json").json == {"reward": "mug", "image": None}
    file.write_bytes(b"<svg/>")
    assert "PNG, JPEG or WebP" in guerdon("reward", "picture", "mug", str(file)).err
    assert guerdon("reward", "picture", "mug", str(tmp_path / "none.png")).code == terminal.UNREADABLE
    assert guerdon("reward", "picture", "mug").code == terminal.USAGE
    typed_wrong = guerdon("reward", "picture", "mgu", "--remove")
    assert typed_wrong.code != terminal.OK and "mgu" in typed_wrong.err


def test_choices_and_an_address(cafe):
    guerdon("reward", "supply", "shirt", "1", "--variant", "m", "--because", "delivery")
    told = ("-c", "size=m", "-c", "text=Ann", "--points", "300")
    missing = guerdon("redemption", "make", "ann", "shirt", *told)
    assert missing.code == terminal.UNREADABLE and "/address" in missing.err
    assert "only tried" in guerdon("redemption", "make", "ann", "shirt", *told, *ADDRESS, "--dry-run").out
    made = guerdon("redemption", "make", "ann", "shirt", *told, *ADDRESS, "--as", "s-1")
    assert "size: m; text: Ann; Ann Ivanova, Shipka 1, Sofia, BG" in made.out
    assert "money   1.40 EUR" in made.out and "paid    300 points" in made.out
    assert "Ann Ivanova" in guerdon("redemption", "queue", "--reward", "shirt").out
    again = guerdon("redemption", "make", "ann", "shirt", *told, *ADDRESS, "--as", "s-1", "--json").json
    assert again["delivery"]["address"]["city"] == "Sofia"
    cancelled = guerdon("redemption", "cancel", again["id"])
    assert "shirt: cancelled" in cancelled.out


def test_what_is_printed_on_a_shirt_is_what_was_asked_for(cafe):
    guerdon("reward", "supply", "shirt", "1", "--variant", "m", "--because", ":100: [red]x[/]")
    street = ("--address", "name=:100: [red]x[/]", "--address", "street=:smile:", *ADDRESS[4:])
    wish = ("-c", "size=m", "-c", "text=:100: [b]x[/]", "--points", "300")
    made = guerdon("redemption", "make", "ann", "shirt", *wish, *street)
    assert "text: :100: [b]x[/]; :100: [red]x[/], :smile:, Sofia" in made.out
    assert ":100:" in guerdon("redemption", "queue").out and ":smile:" in guerdon("redemption", "queue").out
    assert "[red]x[/]" in guerdon("redemption", "queue").out


def test_what_can_t_be_meant_is_told(cafe):
    assert "is not WHAT=VALUE" in guerdon("redemption", "make", "ann", "shirt", "-c", "size").err
    assert "there is no “town”" in guerdon("redemption", "make", "ann", "shirt", "--address", "town=Sofia").err
    assert "neither an id nor a code" in guerdon("redemption", "show", "7NX4").err
    assert "no redemption with the code" in guerdon("redemption", "show", "2222222222222").err
    assert "no reward" in guerdon("redemption", "make", "ann", "tea").err
    assert "--because is empty" in guerdon("reward", "supply", "mug", "1", "--because", " ").err


def test_member_show_tells_what_points_were_spent_on(pristine_database):
    named = {"coffee": {**COFFEE, "name": {"en": "A coffee"}}, "cup": {**COFFEE, "name": {"en": "A cup"}}}
    found = Shop({"rewards": named, "units": {"points": {**POINTS, "pays": {"points": 100, "money": "1.00"}}}}, key="a")
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    gone = guerdon("redemption", "make", "ann", "coffee", "--json").json["id"]
    guerdon("redemption", "cancel", gone)
    kept = guerdon("redemption", "make", "ann", "cup", "--reserve", "--json").json["id"]
    tenders = (Tender("points", 100, unit="points"), Tender("card", 900))
    now = clock.now().isoformat()
    shops.taken(found.tell(found.purchase("ann", 1000, now, external_id="o-1", tenders=tenders), now=now)[0])
    told = " ".join(guerdon("member", "show", "ann").out.split())
    for part in (
        "burn → −80 points redeemed for “A coffee”",
        "burn cancel given back into the lots they were spent from, because the redemption of “A coffee” was cancelled",
        "A coffee: cancelled",
        "hold reserved for “A cup”",
        "A cup: reserved",
        "burn → −100 points paid for the order o-1",
    ):
        assert part in told, (part, told)
    guerdon("redemption", "cancel", kept)
    why = [one["why"] for one in guerdon("member", "show", "ann", "--json").json["activities"]]
    assert ["free again, because the reservation of “A cup” was cancelled"] in why
    assert ["A cup: cancelled"] in why


def test_what_a_reward_asks_for_is_told_as_a_sentence(pristine_database):
    asked = [{"not": {"segment": {"in": ["new"]}}}, {"tier": {"in": ["gold"]}}]
    vip = {**COFFEE, "name": {"en": "A table"}, "if": asked}
    found = Shop({"rewards": {"vip": vip}}, key="a")
    found.enrol("ann")
    found.adjust("ann", 1000, clock.now().isoformat())
    refused = guerdon("redemption", "make", "ann", "vip")
    assert refused.code == terminal.UNREADABLE
    told = " ".join(refused.err.split())
    assert "The reward “A table” asks for something that does not hold: the member's tier is gold." in told
    seen = " ".join(guerdon("reward", "list", "--member", "ann").out.split())
    assert "member's tier is gold" in seen

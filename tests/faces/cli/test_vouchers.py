"""`guerdon voucher` and `guerdon gift-card`: from giving to rolling back, with what scripts read."""

import pytest

from guerdon.faces.cli import terminal
from tests import gifts, vouchers
from tests.faces.cli.command import guerdon
from tests.shop import Shop

OFFERS = vouchers.offers(
    five={"amount": "5.00"}, flyer={"percent": 10, "bearer": True},
    film={"gift": {"en": "A film"}, "codes": "pool", "alarm_below": 2},
)  # fmt: skip


@pytest.fixture
def cafe(pristine_database):
    found = Shop({**OFFERS, **gifts.PARTS}, key="aurora")
    found.enrol("ann", "ben")
    return found


def test_from_giving_to_rolling_back(cafe):
    given = guerdon("voucher", "issue", "five", "ann", "--json").json["given"]
    code = given[0]["code"]
    assert "The voucher “five” takes 5.00 EUR off" in guerdon("voucher", "show", code.lower()).out
    tried = guerdon("voucher", "redeem", code, "--amount", "24.50", "--dry-run")
    assert "5.00 EUR off" in tried.out and "only tried" in tried.out
    used = guerdon("voucher", "redeem", code, "--amount", "24.50", "--json").json
    assert used["vouchers"][0]["off"] == 500
    again = guerdon("voucher", "redeem", code, "--amount", "24.50")
    assert (again.code, "has been used as often" in again.err) == (terminal.UNREADABLE, True)
    assert "Can be used once more" in guerdon("voucher", "rollback", used["use"]).out
    assert guerdon("voucher", "show", code, "--json").json["state"] == "active"


def test_many_are_given_at_once_and_it_can_be_begun_again(cafe, tmp_path):
    names = [f"guest-{n}" for n in range(450)]
    cafe.enrol(*names)
    file = tmp_path / "members.txt"
    file.write_text("\n".join([*names, "", "nobody"]))
    first = guerdon(
        "voucher", "issue", "five", "--file", str(file), "--as", "spring", "--programme", "aurora", "--json"
    )
    assert first.code == terminal.FINDING
    assert (len(first.json["given"]), [one["member"] for one in first.json["left_out"]]) == (450, ["nobody"])
    again = guerdon(
        "voucher", "issue", "five", "--file", str(file), "--as", "spring", "--programme", "aurora", "--json"
    )
    assert again.json["given"] == first.json["given"]
    told = guerdon("voucher", "issue", "five", "--file", str(file), "--as", "spring", "--programme", "aurora")
    assert "450 vouchers given" in told.out and "nobody" in told.err
    assert cafe.count("vouchers_voucher") == 450


def test_codes_come_in_and_a_pool_runs_low(cafe, tmp_path):
    file = tmp_path / "codes.txt"
    file.write_text("film-1\nfilm-2\nfilm-1\n")
    assert "2 codes of “film” came in; 0 were there." in guerdon("voucher", "import", "film", str(file)).out
    assert guerdon("voucher", "pool").code == terminal.OK
    moved = guerdon("voucher", "import", "flyer", str(file), "--as", "moved")
    assert "0 codes of “flyer” came in; 0 were there." in moved.out and "2 codes of other vouchers" in moved.err
    assert guerdon("voucher", "issue", "film", "ben", "--json").json["given"] == [{"member": "ben", "code": "FILM-1"}]
    low = guerdon("voucher", "pool", "--json")
    assert (low.code, low.json[0]["low"]) == (terminal.FINDING, True)
    assert "low" in guerdon("voucher", "pool").out
    made = guerdon("voucher", "import", "flyer", "--make", "3", "--json").json["codes"]
    used = guerdon("voucher", "redeem", made[0], "--amount", "10.00", "--member", "ann", "--json")
    assert used.json["vouchers"][0]["off"] == 100
    assert guerdon("voucher", "import", "flyer").code == terminal.USAGE
    assert guerdon("voucher", "issue", "five").code == terminal.USAGE
    assert guerdon("voucher", "import", "flyer", str(tmp_path / "none.txt")).code == terminal.UNREADABLE


def test_a_gift_card_from_the_sale_to_the_member(cafe):
    card = guerdon("gift-card", "sell", "25.00", "--json").json
    code = card["code"]
    assert card["balance"] == 2_500
    spent = guerdon("gift-card", "spend", code, "12.50", "--json").json
    assert (spent["balance"], spent["spend"][:4]) == (1_250, "brn_")
    assert "Give it back with" in guerdon("gift-card", "spend", code, "1.00").out
    assert guerdon("gift-card", "rollback", spent["spend"], "2.50", "--json").json["balance"] == 1_400
    assert guerdon("gift-card", "top-up", code, "6.00", "--json").json["balance"] == 2_000
    few = guerdon("gift-card", "sell", "20000000.00")
    assert "EUR; 20,000,000.00 EUR were asked." in few.err and "minor units" not in few.err
    short = guerdon("gift-card", "spend", code, "99.00").err
    assert "99 credit were asked for, but only 20 can be spent now" in short and "points" not in short
    shown = guerdon("gift-card", "show", code.replace("-", " ").lower())
    assert f"{code}: 20.00 EUR" in shown.out and "until" in shown.out
    assert guerdon("gift-card", "transfer", code, "ann", "5.00", "--json").json["balance"] == 1_500
    assert guerdon("gift-card", "transfer", code, "ann", "--json").json["balance"] == 0
    assert guerdon("gift-card", "spend", code, "0.01").code == terminal.UNREADABLE
    assert guerdon("gift-card", "show", "NONE").code == terminal.UNREADABLE
    assert guerdon("gift-card", "rollback", "brn_" + "0" * 32).code == terminal.UNREADABLE

"""The first page of the console: numbers that are the API's, the lists behind them, and who may see them."""

import csv
import html
import io
import re
from datetime import date
from decimal import Decimal

import pytest

from guerdon.core import kpis
from guerdon.faces import words
from guerdon.faces.console import home
from guerdon.kit import ids
from tests import shop
from tests.faces.console import counted
from tests.faces.console.counted import FEBRUARY, Cafe


@pytest.fixture
def cafe(database):
    return counted.opened()


def told(answer, status=200):
    text = html.unescape(answer.content.decode())
    assert answer.status_code == status, text[:2000]
    return text


def tiles(text):
    """The tiles of a page by their names: all that each says."""
    found = re.findall(r'<div class="card stat".*?>(.*?)\n</div>', text, re.DOTALL)
    return {re.search(r"<a [^>]*>(.*?)</a>", one)[1]: re.sub(r"<[^>]+>", " ", one) for one in found}


def test_every_number_is_told_with_its_change_and_what_it_means(cafe):
    found = tiles(told(cafe.client("analyst").get(cafe.at(f"?{FEBRUARY}"))))
    assert "2 " in found["Purchases"] and "+100%" in found["Purchases"] and "before: 1" in found["Purchases"]
    assert "90.00 EUR" in found["Revenue of members"] and "+125%" in found["Revenue of members"]
    assert "120" in found["Points issued"]
    assert "25%" in found["Redemption rate"]
    assert "worth 1.00 EUR" in found["Points outstanding"]  # 40 + 100 + 20 − 30 − 30
    for name in found:
        assert words.say(next(key for key in (f"figures.{kpi}_about" for kpi in kpis.KPIS)
                              if words.say(key.removesuffix("_about"), "en") == name), "en") in found[name]  # fmt: skip


def test_numbers_that_are_of_thirty_days_say_so_where_more_are_asked(cafe):
    client = cafe.client("analyst")
    long = tiles(told(client.get(cafe.at("?days=own&from=2025-01-01&until=2025-02-28"))))
    said = {name for name in long if "in the last 30 days" in long[name]}
    assert said == {"Active members", "Purchase frequency"}
    short = tiles(told(client.get(cafe.at(f"?{FEBRUARY}"))))
    assert not [name for name in short if "in the last 30 days" in short[name]]


def test_days_that_end_before_today_say_so(cafe, monkeypatch):
    client = cafe.client("analyst")
    for now, month, year in (
        ("2025-03-09", "This month, until yesterday", "This year, until yesterday"),
        ("2025-03-01", "This month", "This year, until yesterday"),
        ("2025-01-01", "This month", "This year"),
    ):
        monkeypatch.setattr("guerdon.faces.console.spans._today", lambda _, now=now: date.fromisoformat(now))
        text = told(client.get(cafe.at()))
        assert dict(re.findall(r'<option value="(month|year)"[^>]*>([^<]+)<', text)) == {"month": month, "year": year}


def test_a_store_has_its_own_numbers(cafe):
    text = told(cafe.client("analyst").get(cafe.at(f"?{FEBRUARY}&store=Plovdiv")))
    found = tiles(text)
    assert "20.00 EUR" in found["Revenue of members"] and "New members" not in found
    assert re.findall(r'<option value="(Plovdiv|Sofia)"', text) == ["Plovdiv", "Sofia"]


@pytest.mark.parametrize("days", ["7", "30", "90", "month", "year", "nonsense"])
@pytest.mark.parametrize("compare", ["previous_period", "previous_year", "none"])
def test_every_preset_is_answered(cafe, days, compare):
    client = cafe.client("analyst")
    assert tiles(told(client.get(cafe.at(f"?days={days}&compare={compare}"))))


@pytest.mark.parametrize(
    "days", ["from=2025-03-01&until=2025-02-01", "from=x&until=y", "from=1999-01-01&until=9999-12-31"]
)
def test_senseless_days_are_refused_where_they_are_asked(cafe, days):
    client = cafe.client("analyst")
    for page in ("", "figures/purchases"):
        text = told(client.get(cafe.at(f"{page}?days=own&{days}")), 422)
        assert words.say("console_home.fault", "en") in text and 'role="alert"' in text


def test_each_tile_leads_to_its_list_and_its_file(cafe):
    client = cafe.client("analyst")
    home = told(client.get(cafe.at(f"?{FEBRUARY}")))
    lists = re.findall(r'<a class="through soft small" href="([^"]+)"', home)
    assert len(lists) == 13
    for there in lists:
        assert told(client.get(there))
        path, _, query = there.partition("?")
        file = client.get(f"{path}.csv?{query}")
        assert file.status_code == 200 and file.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
        if path.endswith("/revenue"):
            assert sum(int(row["amount"]) for row in rows) == 9_000


def lists(client, cafe, kpi):
    """The rows of the file behind a number; its page has as many."""
    file = client.get(cafe.at(f"figures/{kpi}.csv?{FEBRUARY}"))
    found = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
    page = told(client.get(cafe.at(f"figures/{kpi}?{FEBRUARY}")))
    assert page.partition("<tbody")[2].count("<tr") == len(found), kpi
    return found


def test_each_tile_its_list_and_its_file_say_the_same_whatever_happened_since(cafe):
    cafe.buy("Ann", 7_000, "2025-03-05", store="Sofia")
    cafe.buy("Cleo", 1_000, "2025-03-05")
    shop.taken(cafe.burn("Ben", 20, "2025-03-06"))
    shop.count(cafe, at="2025-03-06T14:00")
    cafe.buy("Ann", 500, "2025-02-20", external_id="uncounted")  # told since the figures were counted
    client = cafe.client("analyst")
    file = client.get(cafe.at(f"figures.csv?{FEBRUARY}")).content.decode()
    number = {row["kpi"]: Decimal(row["value"]) for row in csv.DictReader(io.StringIO(file)) if not row["from"]}
    shown = tiles(told(client.get(cafe.at(f"?{FEBRUARY}"))))
    rows = {kpi: lists(client, cafe, kpi) for kpi in home._TILES}

    def total(kpi, of="amount", *what):
        return sum(Decimal(row[of]) for row in rows[kpi] if not what or row["what"] in what)

    bought = sum(row["what"] == "purchase" for row in rows["average_order_value"])
    burned, issued = (
        -total("redemption_rate", "amount", "burn"),
        total("redemption_rate", "amount", "earn", "claw_back"),
    )
    same = {
        "active_members": len(rows["active_members"]),
        "new_members": len(rows["new_members"]),
        "purchases": len(rows["purchases"]),
        "revenue": total("revenue") / 100,
        "average_order_value": total("average_order_value") / 100 / bought,
        "purchase_frequency": total("purchase_frequency", "times") / len(rows["purchase_frequency"]),
        "points_issued": total("points_issued"),
        "points_redeemed": -total("points_redeemed"),
        "points_expired": -total("points_expired"),
        "redemption_rate": 100 * burned / issued,
        "points_outstanding": total("points_outstanding"),
        "expiring_soon": total("expiring_soon"),
        "open_redemptions": len(rows["open_redemptions"]),
    }
    assert set(same) == set(home._TILES)
    assert {kpi: number[kpi] for kpi in same} == {kpi: round(value, 2) for kpi, value in same.items()}
    assert number["points_outstanding"] == 100 and " 100 " in shown["Points outstanding"]  # neither 170 nor 175


def test_a_long_list_is_one_file_with_one_head(cafe, monkeypatch):
    monkeypatch.setattr("guerdon.core.limits.PAGE_ROWS_MAX", 1)
    file = cafe.client("analyst").get(cafe.at(f"figures/purchases.csv?{FEBRUARY}"))
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert len(lines) == 3 and lines[0].startswith("member,") and not lines[1].startswith("member,")


def test_what_is_unknown_is_not_found(cafe):
    client = cafe.client("analyst")
    for page in ("figures/nonsense", "figures/nonsense.csv"):
        assert client.get(cafe.at(page)).status_code == 404


def test_before_anything_is_counted_it_says_how(database):
    cafe = Cafe(counted.WORTH)
    text = told(cafe.client("analyst").get(cafe.at()))
    assert words.say("console_home.uncounted", "en") in text and "guerdon work" in text and not tiles(text)


def test_what_needs_somebody_is_told_to_who_can_do_it(cafe):
    manager = cafe.client("manager")
    rate = {"token": ids.new(), "currency": "USD", "day": "2025-03-10", "rate": "1.08"}
    assert manager.post(cafe.at("finance/rates"), rate).status_code == 303
    cafe.tell(cafe.purchase("Ann", 500, "2025-02-20", currency="USD"))  # of a day that has no rate
    waits = words.say("console_home.task_parked_about", "en")
    home = told(manager.get(cafe.at()))
    assert waits in home and home.count(f'href="{cafe.at("parked/")}"') == 2  # from the side, and from what waits
    nobody = told(cafe.client("analyst").get(cafe.at()))
    assert waits not in nobody and words.say("console_home.tasks", "en") not in nobody  # who only looks has no work
    assert words.say("console_home.tasks_none", "en") in told(cafe.client("marketer").get(cafe.at()))


EMPTY = {
    "cards": "console_cards.off_about", "rewards": "console_rewards.none_about",
    "vouchers": "console_vouchers.none_about", "tiers": "console_tiers.none_about",
    "plans": "console_plans.none_about", "drafts/": "drafts.none_about",
    "finance/closings": "console_finance.closings_none_about",
}  # fmt: skip


def test_who_only_looks_is_not_told_what_others_are_to_do(cafe):
    owner, analyst, cashier = (cafe.client(role) for role in ("owner", "analyst", "cashier"))
    for page, word in EMPTY.items():
        said = words.say(word, "en")
        assert said in told(owner.get(cafe.at(page))), page
        client = cashier if page == "cards" else analyst
        assert said not in told(client.get(cafe.at(page))), page
    assert "Ready to close" not in told(analyst.get(cafe.at("finance/closings")))


@pytest.mark.parametrize("role", ["partner", "cashier", "analyst"])
def test_the_account_counts_nothing_that_it_does_not_look_at(cafe, role):
    page = told(cafe.client(role).get(cafe.at("account"))).partition('id="main"')[2].partition("</main")[0]
    text = re.sub(r"<[^>]+>", " ", page.partition(">")[2])
    assert "Where you are signed in" in text and not re.search(r"\d", text)


@pytest.mark.parametrize("page", ["figures.csv", "figures/purchases", "figures/purchases.csv"])
def test_a_cashier_sees_no_numbers(cafe, page):
    assert cafe.client("cashier").get(cafe.at(page)).status_code == 403


def test_a_cashier_is_led_from_the_console_s_first_page_to_the_till(cafe):
    answer = cafe.client("cashier").get(cafe.at())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/till/{cafe.key}/")


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_it_reads_in_every_language(cafe, language):
    client = cafe.client("analyst")
    for page in ("", "figures/purchases", "figures/open_redemptions"):
        text = told(client.get(cafe.at(f"{page}?{FEBRUARY}&language={language}")))
        assert words.say("console.home", language) in text

"""What reaches the database for a batch does not grow with the batch; counted where the driver hands it over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.engine import households, redeem, redemptions
from guerdon.features.redemptions import queries
from guerdon.kit import ids, store
from tests import shop
from tests.engine import catalogue
from tests.shop import Shop

MOST = 10
SIZES = (2, 60)
MEMBERS_MAX = 250  # of a large batch, so that making them takes no longer than the batch
FRAME = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"}


@contextmanager
def listening(folder: Path) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile; rows of one SQLite statement count as one."""
    raw, found = store.current().raw, list[str]()
    if store.current().postgresql:
        log = folder / "wire"
        with log.open("w") as file:
            raw.pgconn.trace(file.fileno())
            yield found
            raw.pgconn.untrace()
        sent = [line.split("\t") for line in log.read_text().splitlines()]
        found += [parts[4].strip().strip('"') if parts[3] == "Query" else parts[3] for parts in sent
                  if parts[1] == "F" and parts[3] in ("Query", "Execute")]  # fmt: skip
        return
    told: list[str] = []
    raw.set_trace_callback(told.append)
    yield found
    raw.set_trace_callback(None)
    ours = [text for text in told if not text.startswith("--")]  # what triggers do inside comes with a remark
    found += [text for text, _ in groupby(ours, key=lambda text: text if text in FRAME else text[:40])]


def statements(folder: Path, deed: Callable[[], Any]) -> int:
    """How many statements a deed takes, the frame of its transaction left out."""
    with listening(folder) as found:
        deed()
    assert any(text.startswith("BEGIN") for text in found), "nobody listened"
    return len([text for text in found if text not in FRAME])


def buyers(cafe: Shop, size: int) -> list[str]:
    """Members who have bought before."""
    names = [f"guest-{number}" for number in range(size)]
    cafe.enrol(*names)
    cafe.tell(*[cafe.purchase(name, 5000, external_id=f"old-{name}") for name in names])
    return names


def purchases(cafe: Shop, size: int) -> Callable[[], Any]:
    names = buyers(cafe, min(size, MEMBERS_MAX))
    told = [cafe.purchase(names[number % len(names)], 1_200) for number in range(size)]
    return lambda: cafe.tell(*told)


def newcomers(cafe: Shop, size: int) -> Callable[[], Any]:
    buyers(cafe, 1)
    told = [cafe.purchase(f"new-{number}", 1_200) for number in range(size)]
    return lambda: cafe.tell(*told)


def several_names(cafe: Shop, size: int) -> Callable[[], Any]:
    names = buyers(cafe, size)
    shown = [Member(id=ids.show("member", cafe.ids[name])) for name in names]
    told = [*(cafe.purchase(name, 100) for name in names), *(cafe.purchase("", 100, member=one) for one in shown)]
    return lambda: cafe.tell(*told)


def returns(cafe: Shop, size: int) -> Callable[[], Any]:
    """Of old orders, of orders of the same batch, and of orders nobody knows."""
    names = buyers(cafe, size)
    told = [cafe.giving_back(name, f"old-{name}") for name in names]
    for name in names:
        told += [cafe.purchase(name, 300, external_id=f"now-{name}"), cafe.giving_back(name, f"now-{name}")]
        told.append(cafe.giving_back(name, f"never-{name}"))
    return lambda: cafe.tell(*told, now="2026-01-07")


def told_again(cafe: Shop, size: int) -> Callable[[], Any]:
    names = buyers(cafe, size)
    told = [cafe.purchase(name, 5000, external_id=f"old-{name}") for name in names]
    return lambda: cafe.tell(*told)


def burns(cafe: Shop, size: int) -> Callable[[], Any]:
    names = buyers(cafe, size)
    told = [
        redeem.Burn(member=Member(external_id=name), unit="points", points=3, source="till", external_id=name)
        for name in names
    ]
    now = shop.moment("2026-01-07")
    return lambda: redeem.burn_many(programme_id=cafe.programme_id, burns=told, now=now)


def redeemed(cafe: Shop, size: int) -> Callable[[], Any]:
    """Rewards of two units, with limits and a stock."""
    names = buyers(cafe, size)
    catalogue.supply(cafe, "mug", size)
    told = [
        redemptions.NewRedemption(member=Member(external_id=name), reward="mug", source="app", external_id=name)
        for name in names
    ]
    now = shop.moment("2026-01-07")
    return lambda: redemptions.redeem_many(programme_id=cafe.programme_id, wanted=told, now=now)


def given_up(cafe: Shop, size: int) -> Callable[[], Any]:
    """What was burned, and what was held, comes back."""
    made = [shop.taken(one) for one in redeemed(cafe, size)()]
    found = [queries.one(store.current(), cafe.programme_id, one.activity_id) for one in made]
    now = shop.moment("2026-01-08")
    told = {"programme_id": cafe.programme_id, "found": found, "now": now, "by": shop.DORA}
    return lambda: redemptions.settle_many(deed="cancel", **told)


@pytest.mark.parametrize(("deeds", "most"), [(redeemed, MOST + 8), (given_up, MOST + 12)])
def test_redemptions_take_as_many_statements_for_many_as_for_few(database, tmp_path, deeds, most):
    mug = {**catalogue.MUG, "prices": [{"points": {"points": 3}}]}
    parts = {"enrol_unknown": True, "rewards": {"mug": shop.named("mug", mug)}}
    counts = [statements(tmp_path, deeds(Shop(parts), size)) for size in SIZES]
    assert 0 < counts[0] == counts[1] <= most, counts


def families(cafe: Shop, size: int) -> list[str]:
    """Persons who share balances, two by two, and have bought before."""
    names = buyers(cafe, 2 * size)
    asked = households.Asked(cafe.programme_id, "Emil", shop.moment("2026-01-06"))
    for owner, other in zip(names[::2], names[1::2], strict=True):
        both = {"by": Member(external_id=owner), "member": Member(external_id=other)}
        home = households.found(asked, owner=both["by"]).household.id
        made = households.invite(asked, household_id=home, role="adult", **both).invitation
        assert made is not None
        households.answer(asked, household_id=home, invitation_id=made.id, deed="accept")
    return names


def shared(cafe: Shop, size: int) -> Callable[[], Any]:
    names = families(cafe, size)
    told = [cafe.purchase(name, 1_200, "2026-01-07") for name in names]
    return lambda: cafe.tell(*told)


def shared_returns(cafe: Shop, size: int) -> Callable[[], Any]:
    """Of what was bought before, and in the household by both."""
    names = families(cafe, size)
    cafe.tell(*[cafe.purchase(name, 700, "2026-01-07", external_id=f"home-{name}") for name in names])
    told = [cafe.giving_back(name, f"{when}-{name}", "2026-01-08") for name in names for when in ("old", "home")]
    return lambda: cafe.tell(*told)


@pytest.mark.parametrize(("deeds", "most"), [(shared, MOST + 1), (shared_returns, 22)])
def test_who_shares_a_balance_costs_as_many_statements_for_many_as_for_few(database, tmp_path, deeds, most):
    parts = {"enrol_unknown": True, "households": {}}
    counts = [statements(tmp_path, deeds(Shop(parts), size)) for size in (1, 8)]
    assert 0 < counts[0] == counts[1] <= most, counts


def test_a_purchase_takes_ten_statements_at_most_whatever_the_batch(database, tmp_path):
    counts = [statements(tmp_path, purchases(Shop({"enrol_unknown": True}), size)) for size in (1, 10, 1_000)]
    assert 0 < counts[0] == counts[1] == counts[2] <= MOST, counts


@pytest.mark.parametrize(
    ("deeds", "most"),
    [(newcomers, MOST + 1), (several_names, MOST), (told_again, MOST), (returns, 20), (burns, MOST)],
)  # fmt: skip
def test_a_batch_takes_as_many_statements_as_a_few_facts(database, tmp_path, deeds, most):
    counts = [statements(tmp_path, deeds(Shop({"enrol_unknown": True}), size)) for size in SIZES]
    assert 0 < counts[0] == counts[1] <= most, counts


def test_a_night_takes_as_many_statements_for_many_as_for_few(database, tmp_path):
    Shop().night(
        "2028-01-01"
    )  # what others have left in the installation, as sessions that are over, goes by any night
    counts = []
    for size in SIZES:
        cafe = Shop()
        buyers(cafe, size)
        counts.append(statements(tmp_path, lambda cafe=cafe: cafe.night("2028-01-01")))
    assert 0 < counts[0] == counts[1] <= MOST + 84, (
        "four look for what is due, a few wait until what is written is settled, one each for ladders, memberships,"
        " conversions, seeds and pictures, one notes it, six look ahead, two look for accounts that nobody used,"
        " twenty watch for fraud, the rest counts figures: what is new, who joined, and five kinds of different"
        " members"
    )


def test_a_rise_takes_no_statement_of_its_own(database, tmp_path):
    """Whoever is lifted, welcomed or reviewed: it is one read more, whatever the batch."""
    levels = {"silver": {"name": {"en": "Silver"}, "from": "10.00"}}
    ladder = {"name": {"en": "Status"}, "basis": {"spend": True}, "levels": levels}
    bonus = {"when": "tier_upgraded", "then": [{"fixed": {"unit": "points", "give": 5}}]}
    rules = {"base": shop.BASE, "bonus": bonus}
    cafes = [Shop({"tiers": {"status": ladder}, "rules": rules, "enrol_unknown": True}) for _ in SIZES]
    counts = [statements(tmp_path, newcomers(cafe, size)) for cafe, size in zip(cafes, SIZES, strict=True)]
    assert 0 < counts[0] == counts[1] <= MOST + 5, counts


def test_the_count_sees_a_statement_per_fact(database, tmp_path):
    """The control: the same facts told one by one."""
    cafe = Shop({"enrol_unknown": True})
    told = [cafe.purchase(f"new-{number}", 1_200) for number in range(5)]
    assert statements(tmp_path, lambda: [cafe.tell(one) for one in told]) > MOST

"""A year of real shopping, to the cent: what is in the package is what is told, and nothing else."""

import itertools
from collections import Counter
from datetime import UTC, datetime

import pytest

from guerdon.core.errors import Refusal
from guerdon.faces.cli.demo import people
from guerdon.faces.imports import completejourney, wheels
from guerdon.faces.imports.completejourney import CAPPED, EMPTY, MISSING, REASONS, TWICE, CompleteJourney, Sample

try:
    wheels.locate(completejourney.PACKAGE, completejourney.REQUIREMENT)
except Refusal:
    pytest.skip(
        f"{completejourney.REQUIREMENT} is not installed: a year of real shopping is NOT tested",
        allow_module_level=True,
    )


@pytest.fixture(scope="module")
def source():
    return CompleteJourney()


@pytest.fixture(scope="module")
def whole(source):
    """Sums over one pass; the baskets themselves are too many to keep."""
    found = Counter()
    left_out = Counter()
    baskets, members, last = set(), set(), None
    for chunk in source.chunks():
        found["rows"] += chunk.rows
        left_out.update(chunk.left_out)
        for activity in chunk.activities:
            found["baskets"] += 1
            found["lines"] += len(activity.lines)
            found["paid"] += sum(line.net for line in activity.goods)
            found["discount"] += sum(line.discount for line in activity.lines)
            found["gift cards"] += sum(line.kind == "gift_card" for line in activity.lines)
            found["backwards"] += last is not None and activity.occurred_at < last
            found["impossible"] += any(not 0 <= line.discount <= line.amount for line in activity.lines)
            last = activity.occurred_at
            baskets.add(activity.external_id)
            members.add(activity.member.external_id)
    return found, left_out, baskets, members


def test_a_sample_is_the_whole_year_of_some_households(source, whole):
    sample = Sample(25, tuple(map(int, people.HOUSEHOLDS.values())))
    small = CompleteJourney(sample=sample)
    told = [activity for chunk in small.chunks() for activity in chunk.activities]
    visits = Counter(activity.member.external_id for activity in told)
    assert set(people.HOUSEHOLDS.values()) < set(visits) and len(visits) == small.facts.households == 102
    assert all(int(name) % 25 == 0 for name in set(visits) - set(people.HOUSEHOLDS.values()))
    assert len(told) == small.facts.baskets == 8_434 and whole[2] > {activity.external_id for activity in told}
    assert min(visits[name] for name in people.HOUSEHOLDS.values()) > 200
    months = Counter(activity.occurred_at.month for activity in told)
    assert len(months) == 12 and min(months.values()) > 500
    assert [activity.occurred_at for activity in told] == sorted(activity.occurred_at for activity in told)
    known = {one.external_id for one in small.households()}
    assert known and known < {one.external_id for one in source.households()} and known <= set(visits)
    assert small.digest == source.digest and small.mapping_digest != source.mapping_digest


def test_a_sample_is_gone_on_with_where_it_stopped():
    small = CompleteJourney(sample=Sample(500))
    told = [activity for chunk in small.chunks() for activity in chunk.activities]
    [first] = small.chunks(limit=10)
    rest = [activity for chunk in small.chunks(skip=first.position) for activity in chunk.activities]
    assert first.activities + rest == told


def test_what_the_file_holds(source):
    facts = source.facts
    assert (facts.rows, facts.baskets, facts.households) == (1_469_307, 155_848, 2_469)
    assert (facts.sales, facts.coupons) == (459_603_958, 2_635_990)  # cents
    assert facts.first == datetime(2017, 1, 1, 16, 53, 26, tzinfo=UTC)


def test_every_basket_is_told_once_in_order_of_time(whole):
    found, _, baskets, members = whole
    assert (found["rows"], found["baskets"], len(baskets), len(members)) == (1_469_307, 155_848, 155_848, 2_469)
    assert (found["backwards"], found["impossible"]) == (0, 0)


def test_every_line_is_told_or_explained(whole):
    found, left_out, _, _ = whole
    worthless = [left_out[reason] for reason in REASONS.values()]
    assert worthless == [2_978, 2_146, 5_859, 263]
    assert sum(worthless) == 11_246
    assert found["lines"] + 11_246 == 1_469_307
    assert (left_out[CAPPED], left_out[EMPTY], left_out[TWICE], left_out[MISSING]) == (509, 478, 19, 20)


def test_what_customers_paid_is_what_the_store_received_less_the_coupons(whole):
    found, _, _, _ = whole
    # 6,572.29 of coupons stand on lines without a value; 297.48 are worth more than the line they stand on.
    assert found["paid"] == 459_603_958 - (2_635_990 - 657_229) + 29_748
    assert found["gift cards"] == 402


def test_a_known_basket(source):
    basket = next(source.chunks()).activities[0]
    assert (basket.external_id, basket.store, basket.member.external_id, basket.currency) == (
        "31198570044",
        "330",
        "900",
        "USD",
    )
    [line] = basket.lines
    assert (line.product, line.category, line.brand, line.quantity) == ("1095275", "PASTRY", "National", 1)
    assert (line.amount, line.discount) == (50, 0)
    assert line.tags == ("ROLLS", "ROLLS: BAGELS")


def test_a_pass_can_be_taken_up_at_the_end_of_a_chunk(source):
    first, second, third = itertools.islice(source.chunks(), 3)
    [again] = itertools.islice(source.chunks(skip=first.position), 1)
    assert (again.position, again.lines, again.activities) == (second.position, second.lines, second.activities)
    [few] = list(source.chunks(skip=second.position, limit=7))
    assert few.activities == third.activities[:7]
    [rest] = itertools.islice(source.chunks(skip=few.position), 1)
    assert rest.activities[:10] == third.activities[7:17]


def test_little_is_kept_in_memory(source):
    """A pass holds one slice of the file and one chunk."""
    assert completejourney.SLICE_ROWS <= 50_000
    assert max(chunk.rows for chunk in source.chunks()) < completejourney.SLICE_ROWS


def test_households(source):
    households = {household.external_id: household.attributes for household in source.households()}
    assert len(households) == 801
    assert households["1"]["age_band"] == "65+"
    assert households["1"]["income"] == "35-49K"
    assert "home_ownership" not in households["1003"]  # unknown is left out


def test_another_order_of_the_file_is_sorted(tmp_path):
    import polars

    path = wheels.file(completejourney.PACKAGE, completejourney.REQUIREMENT, "data/transactions.parquet")
    rows = polars.scan_parquet(path).head(3_000).collect()
    for name in ("products", "demographics"):
        (tmp_path / f"{name}.parquet").write_bytes(path.with_name(f"{name}.parquet").read_bytes())
    rows.write_parquet(tmp_path / "transactions.parquet")
    expected = [activity for chunk in CompleteJourney(tmp_path).chunks() for activity in chunk.activities]
    rows.sample(fraction=1, shuffle=True, seed=1).write_parquet(tmp_path / "transactions.parquet")
    found = [activity for chunk in CompleteJourney(tmp_path).chunks() for activity in chunk.activities]
    assert [(one.external_id, one.occurred_at) for one in found] == [
        (one.external_id, one.occurred_at) for one in expected
    ]
    assert [sorted(map(repr, one.lines)) for one in found] == [sorted(map(repr, one.lines)) for one in expected]

"""Roll-forwards: worked out by hand, of a history with everything in it on both engines, and refused for one point."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from guerdon.core import closing as law
from guerdon.features.closings import queries as closings
from guerdon.features.programmes import queries as programmes
from guerdon.insight.exports import files, months
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis.asked import NotExported
from guerdon.insight.kpis.engines import Engine
from guerdon.insight.roll_forward import answers, lines
from guerdon.insight.roll_forward.lines import BY, Amounts, Ladders, RollForward, Unit, Worth
from guerdon.kit import snapshot, store
from tests.insight import closed as history
from tests.insight.lived import Lived
from tests.shop import Shop

LADDER = {
    "name": {"en": "Status"}, "basis": {"spend": True}, "window": "calendar_year",
    "levels": {"silver": {"name": {"en": "Silver"}, "from": "100.00"}},
}  # fmt: skip
# A point is worth a third of a cent, so that nothing comes out even.
UNITS = {"points": {"worth": {"points": 3, "money": "0.01"}}}


def export(cafe: Shop, folder: Path) -> list[Month]:
    book = programmes.latest(store.current(), cafe.programme_id)
    with snapshot.taken() as view:
        months.export(view, cafe.programme_id, book, folder, version="1", advance=lambda rows: None)
    return files.months(folder)


@pytest.fixture
def cafe(database: str) -> Shop:
    """Ann becomes silver in February by what she buys; Ben's late purchase of January is told in February."""
    one = Shop({"units": UNITS, "tiers": {"status": LADDER}})
    one.enrol("Ann", "Ben")
    one.buy("Ann", 4_000, "2026-01-10", store="north")
    one.buy("Ben", 2_000, "2026-01-12", store="south")
    one.burn("Ann", 10, "2026-01-20")
    one.night("2026-02-01T08:00")
    one.close("2026-01", "2026-02-01T09:00")
    one.tell(one.purchase("Ben", 700, "2026-01-15"), now="2026-02-03")
    one.buy("Ann", 7_000, "2026-02-05", store="south", external_id="large")
    one.burn("Ann", 50, "2026-02-10")
    one.burn("Ben", 5, "2026-02-11")
    one.night("2026-03-01T08:00")
    one.close("2026-02", "2026-03-01T09:00")
    return one


def told(found: RollForward) -> dict[str, dict[str, int]]:
    """What is not nothing, by what it is of."""
    return {one.of: {name: n for name in lines.COLUMNS if (n := getattr(one.points, name))} for one in found.lines}


def test_two_months_worked_out_by_hand(cafe: Shop, tmp_path: Path):
    export(cafe, tmp_path)
    # By hand: 40 of north and 20 of south come in January, 10 of north are spent. In February Ann spends the last 30
    # of north and 20 of the 70 that she earned in south; Ben's 5 are of south. His late 7 have no store.
    assert told(answers.ask(tmp_path, "store", month="2026-01")) == {
        "north": {"issued": 40, "burned": -10, "closing": 30}, "south": {"issued": 20, "closing": 20},
    }  # fmt: skip
    found = answers.ask(tmp_path, "store")
    assert found.month == "2026-02" and told(found) == {
        "": {"issued": 7, "closing": 7},
        "north": {"opening": 30, "burned": -30},
        "south": {"opening": 20, "issued": 70, "burned": -25, "closing": 65},
    }
    assert [one.late for one in found.lines] == [7, 0, 0]
    # Ann takes her 30 points with her into silver, and all that she does in February she does there.
    by_tier = answers.ask(tmp_path, "tier")
    assert by_tier.ladder == "status" and told(by_tier) == {
        "": {"opening": 50, "moved": -30, "issued": 7, "burned": -5, "closing": 22},
        "silver": {"moved": 30, "issued": 70, "burned": -50, "closing": 50},
    }
    assert told(answers.ask(tmp_path, "unit")) == {"": {"opening": 50, "issued": 77, "burned": -55, "closing": 72}}


def test_money_adds_up_both_ways(cafe: Shop, tmp_path: Path):
    export(cafe, tmp_path)
    for by in BY:
        found = answers.ask(tmp_path, by)
        for one in found.lines:
            assert one.money is not None and one.money.closing == sum(one.money.steps)
            for points, money in zip(one.points.steps, one.money.steps, strict=True):
                assert abs(money - points / 3) < 2
        (whole,) = found.totals
        assert whole.money is not None and (whole.money.opening, whole.money.closing) == (50 // 3, 72 // 3)


def test_money_of_any_lines_adds_up():
    """The control: each of these, rounded down by itself, would lose a minor unit on the way."""
    table = [(1, 1, 1, *[0] * 7), (1, 1, 1, *[0] * 7), (1, 1, 1, *[0] * 7)]
    found = lines._money(table, Worth(3, 1))
    assert found is not None and [one.closing for one in found] == [1, 1, 1]
    assert [sum(getattr(one, name) for one in found) for name in lines.COLUMNS[:3]] == [1, 1, 1]


def _rows(read: list[Month]) -> dict[str, list[dict[str, Any]]]:
    frames: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for month in read:
        for name, table in month.manifest.tables.items():
            for part in table.parts:
                frame = pl.read_parquet(month.folder / name / part.name, hive_partitioning=False)
                frames[name] += [row | {"month": month.manifest.closing.month} for row in frame.to_dicts()]
    return frames


def _levels(frames: dict[str, list[dict[str, Any]]], ladder: str) -> dict[tuple[str, str], str]:
    """By month and account the level, of members and of the accounts that they have."""
    found = {(row["month"], row["member"]): row["level"] for row in frames["tiers"] if row["ladder"] == ladder}
    has = {(row["month"], row["account"]): (row["month"], row["member"]) for row in frames["members"]}
    return found | {account: found[member] for account, member in has.items() if member in found}


def _by_hand(read: list[Month], by: str, ladder: str) -> dict[tuple[str, str], Amounts]:
    """The last month without an engine: every lot and taking in a loop, a dictionary for whatever is looked up."""
    frames, names = _rows(read), [month.manifest.closing.month for month in read]
    stores = {row["activity"]: row["store"] or "" for row in frames["activities"]}
    postings = {row["posting"]: row for row in frames["postings"]}
    lots = {row["lot"]: row for row in frames["lots"]}
    levels = _levels(frames, ladder)
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in [*frames["lots"], *frames["takings"]]:
        lot, posting = lots[row["lot"]], postings[row["posting"]]
        was = now = {"funder": lot["funder"] or "", "store": stores.get(lot["origin"], "")}.get(by, "")
        if by == "tier":
            now = levels.get((names[-1], row["account"]), "")
            was = levels.get((names[-2], row["account"]), "") if len(names) > 1 else now
        if row["month"] < names[-1] or posting["before"]:
            found[row["unit"], was]["opening"] += row["points"]
            found[row["unit"], was]["moved"] -= row["points"]
            found[row["unit"], now]["moved"] += row["points"]
        else:
            found[row["unit"], now][law.COLUMNS[row["kind"]]] += row["points"]
        found[row["unit"], now]["closing"] += row["points"]
    return {key: Amounts(**one) for key, one in found.items() if any(one.values())}


@pytest.mark.parametrize(("which", "many"), [("cafe", True), ("grocer", True), ("club", False)])
def test_a_rich_history_ties_on_both_engines(
    copy: Lived, duckdb: Engine, spark: Engine, tmp_path: Path, which: str, many: bool
):
    """Every cut of a history with everything in it: the closing in the database, to the point, and a loop's numbers."""
    shop: Shop = getattr(copy, which)
    history.close_all(shop)
    read = export(shop, tmp_path)
    closed = {one.closing.month: one.sums or () for one in closings.every(store.current(), shop.programme_id)}
    kinds = 0
    for number in range(1, len(read) + 1):
        some = read[:number]
        name = some[-1].manifest.closing.month
        if not any(one.flows for one in closed[name]) and number < len(read):
            continue
        for by in BY:
            on = (lines.ladders(some) or (None,))[0] if by == "tier" else None
            found = answers.of(duckdb, some, by, on)
            assert {(one.unit.code, one.of): one.points for one in found.lines} == _by_hand(some, by, on or "")
            for whole in found.totals:
                (sums,) = [one for one in closed[name] if one.unit == whole.unit.code]
                assert (whole.points.opening, whole.points.closing) == (sums.opening, sums.closing)
                flows = law.columns(sums)
                assert {one: flow.points for one, flow in flows.items()} == {
                    one: getattr(whole.points, one) for one in flows
                }
                assert whole.late == sum(flow.prior for flow in flows.values()) and whole.points.moved == 0
            kinds = max(kinds, len({one.of for one in found.lines}))
            if number == len(read) or number == len(read) // 2:
                assert answers.of(spark, some, by, on) == found
    assert (kinds > 1) is many


@pytest.mark.parametrize("table", ["lots", "takings"])
def test_one_point_is_found(cafe: Shop, tmp_path: Path, table: str):
    """The planted fault: a file that still looks right, with one point more in it."""
    month = export(cafe, tmp_path)[-1]
    (part,) = month.manifest.tables[table].parts
    path = month.folder / table / part.name
    frame = pl.read_parquet(path, hive_partitioning=False)
    one_more = pl.int_range(pl.len()) == 0
    frame.with_columns(points=pl.col("points") + one_more.cast(pl.Int64)).write_parquet(path, compression="zstd")
    for by in BY:
        with pytest.raises(Damaged, match="lots of 2026-02 do not come to"):
            _tied(tmp_path, by)


def _tied(folder: Path, by: str) -> None:
    """Ask past the length of files, which may stay the same."""
    from guerdon.insight.kpis import engines

    read = [files._month(path) for path in sorted(folder.glob("month=*"))]
    with engines.opened() as engine:
        answers.of(engine, read, by)


def test_a_tier_needs_its_ladder(cafe: Shop, tmp_path: Path):
    export(cafe, tmp_path)
    with pytest.raises(Ladders, match="“other” is no ladder of 2026-02 \\(status\\)"):
        answers.ask(tmp_path, "tier", ladder="other")
    with pytest.raises(NotExported, match="2026-07 is no exported month"):
        answers.ask(tmp_path, "tier", month="2026-07")
    with pytest.raises(NotExported, match="no month"):
        answers.ask(tmp_path / "none", "unit")
    assert told(answers.ask(tmp_path, "tier", month="2026-01")) == {"": {"issued": 60, "burned": -10, "closing": 50}}


def test_a_unit_without_worth_has_no_money():
    sums = [law.Sums("points", 0, (law.Flow("earn", 3),))]
    row = {"was": "", "now": "x", "unit": "points", "part": "earn", "points": 3, "late": 0}
    (line,) = lines.tied([row], "2026-01", sums, {"points": Unit("points")})
    assert line.money is None and line.points == Amounts(issued=3, closing=3)
    for wrong in (row | {"points": 4}, row | {"late": 1}, row | {"unit": "other"}):
        with pytest.raises(Damaged):
            lines.tied([wrong], "2026-01", sums, {})

"""Whatever the engine is told, every cut of every month ties to its closing, and one point off is found and told."""

import random
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from guerdon.core import closing as law
from guerdon.core.activities import Activity
from guerdon.features.closings import queries as closings
from guerdon.insight.exports.files import Damaged, Month
from guerdon.insight.kpis.engines import Engine
from guerdon.insight.roll_forward import answers, expressions, lines
from guerdon.insight.roll_forward.lines import BY, By
from guerdon.kit import store
from tests.insight import test_any_history as any_history
from tests.insight.roll_forward.test_roll_forward import LADDER, _by_hand, export
from tests.shop import Shop

STORES = (None, "north", "south")
ZONE = ZoneInfo("Europe/Sofia")
WORTH = {"worth": {"points": 7, "money": "0.01"}}
STEPS = 40


class Months(any_history.Day):
    """A history by chance, in stores and on a ladder, whose months are closed now and then: some facts come late."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        whole = any_history.programme(chance)
        whole["units"]["points"] |= WORTH
        self.shop = Shop(whole | {"tiers": {"status": LADDER}})
        self.shop.enrol(*any_history.NAMES)
        self.month = "2025-01"

    def _fact(self) -> Activity:
        found = super()._fact()
        return msgspec.structs.replace(found, store=self.chance.choice(STORES)) if found.kind == "purchase" else found

    def close(self) -> None:
        """The night has been, and every month that is over is closed."""
        self.now = max(self.now, law.ends(self.month, ZONE)) + timedelta(days=2)
        self.sleep()
        while law.ends(self.month, ZONE) < self.now - timedelta(days=1):
            self.shop.close(self.month, self._now())
            self.month = law.following(self.month)


def lived(seed: int) -> Shop:
    """A history with a few closed months, the last deeds of which are in the last of them."""
    months = Months(random.Random(seed))
    for _ in range(STEPS):
        months.pass_by()
        if months.chance.random() < 0.15:
            months.close()
    months.close()
    return months.shop


@pytest.mark.parametrize("seed", range(6))
def test_every_cut_of_every_month_ties(database: str, duckdb: Engine, tmp_path: Path, seed: int):
    """The lines are a loop's, their sums the closing's, the opening the closing before, and money adds up both ways."""
    cafe = lived(seed)
    read = export(cafe, tmp_path)
    sums = {one.closing.month: one.sums or () for one in closings.every(store.current(), cafe.programme_id)}
    for by in BY:
        before: dict[tuple[str, str], int] = {}
        for number in range(1, len(read) + 1):
            some = read[:number]
            found = answers.of(duckdb, some, by)
            own = {(one.unit.code, one.of): one.points for one in found.lines}
            assert own == _by_hand(some, by, found.ladder)
            closing = {one.unit: one.closing for one in sums[found.month] if one.closing}
            told = {one.unit.code: one.points.closing for one in found.totals}
            assert {unit: points for unit, points in told.items() if points} == closing
            if number > 1:
                opening = {key: one.opening for key, one in own.items()}
                assert {key: n for key, n in opening.items() if n} == before
            before = {key: one.closing for key, one in own.items() if one.closing}
            for one in (*found.lines, *found.totals):
                assert one.money is None or one.money.closing == sum(one.money.steps)


def test_one_posting_off_is_found_and_told(database: str, duckdb: Engine, tmp_path: Path):
    """The negative control: of each month one row after the other is one point more; none of that may tie."""
    read = export(lived(1), tmp_path)
    off = 0
    for number in range(1, len(read) + 1):
        some = read[:number]
        for by in ("store", "funder"):
            off += _one_off(duckdb, some, by)
    assert off > 30


def _one_off(engine: Engine, some: list[Month], by: By) -> int:
    """Let each number of a month be one off, and be told of it; answers how many there are."""
    last, before = some[-1].manifest, some[-2].manifest.closing.month if len(some) > 1 else None
    name = last.closing.month
    rows = engine.rows(expressions.moved(engine.read(some), name, before, by, ""))
    lines.tied(rows, name, last.sums, {})
    for at, row in enumerate(rows):
        for column in ("points", "late"):
            wrong = [*rows[:at], {**row, column: row[column] + 1}, *rows[at + 1 :]]
            if column == "late" and row["part"] == lines.OPENING:
                continue
            with pytest.raises(Damaged, match=f"{row['unit']}, {row['part']}"):
                lines.tied(wrong, name, last.sums, {})
    return len(rows)

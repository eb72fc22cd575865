"""`guerdon insight roll-forward`: a table, a file and JSON that tie, and a file that was tampered with."""

from pathlib import Path

import polars as pl

from guerdon.faces.cli import terminal
from tests import shop
from tests.faces.cli.command import guerdon

LADDER = {
    "name": {"en": "Status"}, "basis": {"spend": True}, "window": "calendar_year",
    "levels": {"silver": {"name": {"en": "Silver"}, "from": "30.00"}},
}  # fmt: skip
FOREVER = LADDER | {"window": "lifetime", "levels": {"gold": {"name": {"en": "Gold"}, "from": "30.00"}}}


def test_it_is_told_as_a_table_as_a_file_and_as_json(pristine_database: str, tmp_path: Path):
    """October: Ann earns 40 in the north, Ben 20 in the south; Ann spends 10. A point is worth a cent."""
    worth = {"points": {"worth": {"points": 1, "money": "0.01"}}}
    cafe = shop.Shop({"units": worth, "tiers": {"status": LADDER, "forever": FOREVER}}, key="aurora")
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 4_000, "2025-10-05", store="north")
    cafe.buy("Ben", 2_000, "2025-10-06", store="south")
    cafe.burn("Ann", 10, "2025-10-07")
    cafe.night("2025-11-02")
    cafe.close("2025-10", "2025-11-02")
    folder = str(tmp_path / "exports")
    assert guerdon("insight", "export", folder).code == terminal.OK
    file = guerdon("insight", "roll-forward", folder, "--by", "store", "--csv").out.splitlines()
    head = file[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in file[1:]]
    assert [(one["store"], one["issued"], one["burned"], one["closing"], one["worth_closing"]) for one in rows] == [
        ("north", "40", "-10", "30", "0.30"), ("south", "20", "0", "20", "0.20"), ("all", "60", "-10", "50", "0.50"),
    ]  # fmt: skip
    table = guerdon("insight", "roll-forward", folder)
    assert table.code == terminal.OK and "ties to the closing" in table.out and "0.50 EUR" in table.out
    several = guerdon("insight", "roll-forward", folder, "--by", "tier")
    assert several.code == terminal.USAGE and "forever, status" in several.err
    told = guerdon("insight", "roll-forward", folder, "--by", "tier", "--ladder", "status", "--json").json
    lines = {one["of"]: one["points"]["closing"] for one in told["roll_forward"]["lines"]}
    assert lines == {"": 20, "silver": 30}
    wrong = guerdon("insight", "roll-forward", folder, "--by", "weather")
    assert wrong.code == terminal.USAGE and "nothing to cut by" in wrong.err
    assert "no exported month" in guerdon("insight", "roll-forward", folder, "--month", "2025-12").err
    _plant(tmp_path / "exports" / "aurora" / "month=2025-10")
    refused = guerdon("insight", "roll-forward", folder, "--by", "store")
    assert refused.code == terminal.FINDING and "burn: -9, 0 of them late, is not -10" in refused.err


def _plant(month: Path) -> None:
    """A point less was spent, in a file of the same length."""
    path = month / "takings" / "00000.parquet"
    length = path.stat().st_size
    frame = pl.read_parquet(path, hive_partitioning=False).with_columns(pl.col("points") + 1)
    frame.write_parquet(path, compression="zstd", statistics=True)
    manifest = month / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"bytes": {length},', f'"bytes": {path.stat().st_size},'))

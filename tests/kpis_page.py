"""The page of KPIs, docs/reference/kpis.md, from their definitions: `python -m tests.kpis_page --write`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from guerdon.insight.kpis import expressions
from guerdon.insight.kpis.definitions import KPIS, Kpi

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "kpis.md"
KINDS = {
    "count": "a count",
    "percent": "a percentage, in hundredths",
    "ratio": "a ratio, in hundredths",
    "money": "money, in minor units",
    "points": "points, in the smallest step of their unit",
}
HEAD = """\
# KPIs of closed months

Numbers that need all of history are computed from [exported months](../guides/operator/exports.md), never from the
database while somebody waits: by `guerdon insight kpi NAME`, on the console's pages *Insight*, and at
`GET /v1/kpis/{kpi}`. What the last days came to say the
[figures](../guides/manager/figures.md). This page is printed from the definitions
(`python -m tests.kpis_page --write`).

```console
pip install 'guerdon[insight]'      # DuckDB and ibis, without which the programme itself does
guerdon insight export
guerdon insight kpi retention --from 2026-01-01 --until 2026-07-01
guerdon insight kpi churn --tier gold --compare period --json
```

- **Days** are local days of the programme, from the first one up to, not including, the last one; without any it is
  the last exported month. All of them must be exported. `--compare period` also asks for as many days just before,
  `--compare year` for the same days a year earlier.
- **Exact.** What is divided are whole numbers: minor units, smallest steps, different members. The division comes last
  and is rounded half up to hundredths; of nothing nothing can be said. No clock times are subtracted: days are
  compared, months counted.
- **Members.** Who was merged counts as the member who stands for both by now. `--tier` and `--segment` (again for
  several) are those of the end of the month that holds the last day, whatever the member was before; segments are
  those told of the member, and [saved ones](../guides/manager/segments.md) that the member was in when that month was
  written.
- **Months that were written before** a KPI was thought of may lack what it needs. Then it says so: move the folder of
  the programme away, and export anew.
- **Two engines.** DuckDB computes in the command itself, in 1 GB of memory and on disk beyond. Where the data outgrows
  one machine, `--spark sc://HOST:PORT` asks a Spark instead, by Spark Connect (`pip install pyspark-client`); its
  servers must see the folder under the same name. Expressions are the same, and tests hold every KPI to the same
  numbers on both.
- **Stores** (`--store`) are those that the facts were told with. What belongs to no store can't be asked of one.
- **Points** are those of units that can be spent. A posting counts on the day on which the accounts have it.
"""
SQUARES = """
## The segments of RFM

Recency to the right, the mean of frequency and money downwards, 5 is best:

| | 1 | 2 | 3 | 4 | 5 |
| --- | --- | --- | --- | --- | --- |
"""


def _row(key: str, kpi: Kpi) -> str:
    of = " by " + ", ".join(f"`{one}`" for one in kpi.of) if kpi.of else ""
    store = "no" if kpi.whole else "yes"
    return (
        f"\n### {kpi.title}\n\n`guerdon insight kpi {key}` – {kpi.definition}.\n\n| | |\n| --- | --- |\n"
        f"| formula | {kpi.formula} |\n| window | {kpi.window} |\n| it is | {KINDS[kpi.kind]}{of} |\n"
        f"| of one store | {store} |\n| expression | `{kpi.counted}` |\n"
    )


def squares() -> list[tuple[int, list[str]]]:
    """The grid of segments as the expression has it, the best row first."""
    import ibis

    grid = ibis.memtable([{"r": r, "v": v} for v in range(5, 0, -1) for r in range(1, 6)])
    named = grid.select("r", "v", segment=expressions.segment(grid.r, grid.v)).to_pyarrow().to_pylist()
    names = {(row["r"], row["v"]): row["segment"] for row in named}
    return [(v, [names[r, v].replace("_", " ") for r in range(1, 6)]) for v in range(5, 0, -1)]


def render() -> str:
    """The page."""
    grid = "".join(f"| **{value}** | {' | '.join(names)} |\n" for value, names in squares())
    return HEAD + "\n## The KPIs\n" + "".join(_row(key, kpi) for key, kpi in KPIS.items()) + SQUARES + grid


def main(words: Sequence[str]) -> int:
    if list(words) != ["--write"]:
        print(__doc__)
        return 2
    PAGE.write_text(render(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The answer of a sweep as a table, and the programme file of one of its scenarios."""

from typing import Final

import msgspec

from guerdon.core import edits, money
from guerdon.core.edits import Edit
from guerdon.core.programme import Programme
from guerdon.core.simulations import SCENARIO_UNKNOWN
from guerdon.core.sweeping import METRICS, Metric, Value
from guerdon.engine import drafts
from guerdon.faces import tables
from guerdon.features.programmes import rewriting
from guerdon.features.simulations import queries
from guerdon.insight.simulate.answers import Metrics, Scenario, Swept
from guerdon.kit import ids
from guerdon.kit.store import Store

POINTS: Final[frozenset[Metric]] = frozenset({"issued", "redeemed", "expired", "outstanding"})
MONEY: Final[frozenset[Metric]] = frozenset({"cost", "liability", "burden", "kept"})
SHARES: Final[frozenset[Metric]] = frozenset({"worse_off", "better_off", "retained", "roi"})
SHARE_DECIMALS: Final = 2
_decode: Final = msgspec.json.Decoder(Swept).decode


def decoded(text: str) -> Swept:
    """The answer as it is kept."""
    return _decode(text)


def csv_of(swept: Swept | None, programme: Programme) -> str:
    """A row for today's programme and for each scenario: what it is, its values, what it came to as decimals, shares in
    percent; only a head as long as there is no answer."""
    paths = [] if swept is None else [one.path.removeprefix("/").replace("/", ".") for one in swept.vary]
    header = ["number", "scenario", *paths, "breaks", "currency", *METRICS]
    lines: list[list[tables.Cell]] = []
    if swept is not None:
        blank: list[tables.Cell] = [None, "today", *(told(one.today) for one in swept.vary), None]
        lines.append([*blank, programme.currency, *_figures(swept.today, swept.unit, programme)])
        for place, one in enumerate(swept.scenarios):
            head: list[tables.Cell] = [place, _kind(swept, place, one), *map(told, one.values), " ".join(one.breaks)]
            lines.append([*head, programme.currency, *_figures(one.metrics, swept.unit, programme)])
    return tables.write(header, lines)


def decimals(metric: Metric, unit: str, programme: Programme) -> int:
    """How many decimals a figure of the metric has."""
    if metric in MONEY:
        return money.decimals(programme.currency)
    if metric in SHARES:
        return SHARE_DECIMALS
    return programme.units[unit].scale if metric in POINTS and unit in programme.units else 0


def told(value: Value) -> str:
    """A value as a programme file says it."""
    words = {True: "true", False: "false", None: ""}
    return words[value] if value is None or isinstance(value, bool) else str(value)


def source_of(store: Store, programme_id: str, id: str, scenario: int) -> str:
    """The file that a what-if asked about, with the values of a scenario of its sweep; the rest stays as it is written.

    Raises `simulation_unknown` and `scenario_unknown`.
    """
    one = queries.get(store, programme_id, id)
    source, text = queries.source(store, programme_id, id), queries.answer(store, programme_id, id)
    unknown = SCENARIO_UNKNOWN(id=ids.show("simulation", id), scenario=scenario)
    if one.how.sweep is None or text is None:
        raise unknown
    swept = decoded(text)
    if not 0 <= scenario < len(swept.scenarios):
        raise unknown
    pairs = zip(swept.vary, swept.scenarios[scenario].values, strict=True)
    document = edits.edited(drafts.document_of(source), [Edit("put", axis.path, value) for axis, value in pairs])
    return rewriting.rewritten(source, document)


def _kind(swept: Swept, place: int, one: Scenario) -> str:
    if place == swept.best:
        return "best"
    return "front" if one.on_front else "between" if one.between else ""


def _figures(metrics: Metrics, unit: str, programme: Programme) -> list[tables.Cell]:
    return [tables.decimal(getattr(metrics, one), decimals(one, unit, programme)) for one in METRICS]

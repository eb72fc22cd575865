"""Which expression counts which KPI; this room needs the extra `insight`, which the definitions do without."""

from collections.abc import Callable
from typing import Final

from ibis import Table

from guerdon.insight.kpis import deeds, expressions, holdings
from guerdon.insight.kpis.definitions import Kpi
from guerdon.insight.kpis.tables import Scope

_MODULES: Final = (expressions, holdings, deeds)


def of(kpi: Kpi) -> Callable[[Scope], Table]:
    """What counts a KPI."""
    found: Callable[[Scope], Table]
    for module in _MODULES:
        if hasattr(module, kpi.counted):
            found = getattr(module, kpi.counted)
            return found
    raise AssertionError(f"{kpi.counted} is no expression")

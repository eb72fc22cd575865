"""The KPIs by their keys: what each means, its formula and window, what it is of, and which expression counts it."""

from collections.abc import Callable
from typing import Final, Literal

import msgspec
from ibis import Table

from guerdon.core import kpis
from guerdon.insight.kpis import expressions
from guerdon.insight.kpis.tables import Scope

Kind = Literal["count", "percent", "ratio", "money"]


class Kpi(msgspec.Struct, frozen=True):
    """A KPI. `of` are its dimensions; `whole`: it belongs to no store; `projected`: the chain ladder comes after it.

    By `order` its rows are put in order, by its dimensions where nothing is said.
    """

    kind: Kind
    title: str
    definition: str
    formula: str
    window: str
    expression: Callable[[Scope], Table]
    of: tuple[str, ...] = ()
    whole: bool = False
    projected: bool = False
    order: tuple[str, ...] = ()


_DAYS: Final = "the days asked about"
_END: Final = "the end of the month that holds the last day"
_UNTIL: Final = "everything up to the last day"
KPIS: Final[dict[str, Kpi]] = {
    "enrolments": Kpi(
        "count", "Enrolments", "persons who joined, whatever became of them",
        "persons whose day of joining is in the window", _DAYS, expressions.enrolments, whole=True,
    ),
    "active_rate": Kpi(
        "percent", "Active rate", "how many of the members did something themselves: bought, came, spent points",
        "members active in the window × 100 ÷ members at the end", _DAYS, expressions.active_rate,
    ),
    "repeat_purchase_rate": Kpi(
        "percent", "Repeat purchase rate", "how many of those who bought did so more than once",
        "buyers with two purchases or more × 100 ÷ buyers", _DAYS, expressions.repeat_purchase_rate,
    ),
    "average_order_value": Kpi(
        "money", "Average order value", "what a purchase comes to, less what came back",
        "(spent − returned) ÷ purchases, by currency; an amended order is one purchase", _DAYS,
        expressions.average_order_value, ("currency",),
    ),
    "purchase_frequency": Kpi(
        "ratio", "Purchase frequency", "how often who buys, buys", "purchases ÷ different buyers", _DAYS,
        expressions.purchase_frequency,
    ),
    "units_per_basket": Kpi(
        "ratio", "Units per basket", "how many pieces of goods a basket has, as it was bought",
        "pieces ÷ purchases that were told with their lines", _DAYS, expressions.units_per_basket,
    ),
    "earn_rate": Kpi(
        "ratio", "Earn rate", "how many points one whole of the programme's currency gives",
        "(earned − cancelled − clawed back + restored) ÷ (spent − returned in the programme's currency), by unit",
        _DAYS, expressions.earn_rate, ("unit",),
    ),
    "redemption_rate_points": Kpi(
        "percent", "Redemption rate by points", "points spent against points issued in the same days",
        "(burned − reinstated) × 100 ÷ (earned − cancelled), by unit", _DAYS, expressions.redemption_rate_points,
        ("unit",),
    ),
    "redemption_rate_members": Kpi(
        "percent", "Redemption rate by members", "how many of the active members spent points",
        "active members with a burn in the window × 100 ÷ active members", _DAYS, expressions.redemption_rate_members,
    ),
    "first_redemption_rate": Kpi(
        "percent", "First redemption rate", "how many of those who joined have spent points at least once by the end",
        "joined in the window with a burn by its end × 100 ÷ joined in the window",
        f"joined in {_DAYS}; burns: {_UNTIL}", expressions.first_redemption_rate, whole=True,
    ),
    "breakage": Kpi(
        "percent", "Breakage so far", "how many of the points earned in the days have expired by their end",
        "expired × 100 ÷ (earned + restored ± adjusted − cancelled − clawed back), of lots of the window, by unit",
        f"earned in {_DAYS}; expired: {_UNTIL}", expressions.breakage, ("unit",), whole=True,
    ),
    "dormant_points": Kpi(
        "percent", "Dormant points",
        f"how many of the points outstanding are on accounts that nobody used for {expressions.DORMANT_DAYS} days",
        "points of accounts without an active fact in the last days × 100 ÷ points of all accounts, by unit",
        f"balances at the end; the {expressions.DORMANT_DAYS} days up to it", expressions.dormant_points, ("unit",),
        whole=True,
    ),
    "retention": Kpi(
        "percent", "Retention by cohort",
        "how many of those who first bought in a month bought again so many months later",
        "members of the cohort with a purchase in that month × 100 ÷ members of the cohort; no row where nobody bought",
        f"first purchases in the months of {_DAYS}; purchases: {_UNTIL}", expressions.retention, ("cohort", "months"),
    ),
    "churn": Kpi(
        "percent", "Churn", "how many of those who bought in the days just before did not buy in these",
        "buyers of the window before without a purchase in the window × 100 ÷ buyers of the window before",
        f"{_DAYS} and as many just before", expressions.churn,
    ),
    "tier_mix": Kpi(
        "percent", "Tier mix", "how many of the members have which tier; an empty tier is below the first",
        "members with the tier × 100 ÷ members, by ladder", _END, expressions.tier_mix, ("ladder", "tier"), whole=True,
        order=("ladder", "place"),
    ),
    "tier_migration": Kpi(
        "percent", "Tier migration", "where the members of each tier are now, of those who were there both times",
        "members who went from one to the other × 100 ÷ members of the first",
        f"the end of the month before the first day, and {_END}", expressions.tier_migration,
        ("ladder", "before", "after"), whole=True, order=("ladder", "low", "high"),
    ),
    "rfm": Kpi(
        "percent", "RFM segments", "members by how lately, how often and for how much they bought",
        "each by rank in five fifths, equals alike: 1 + ⌊5 × those below ÷ all⌋; the name by recency and by the mean of"
        " the other two, rounded half up", _DAYS, expressions.rfm, ("segment",),
    ),
    "ultimate_redemption_rate": Kpi(
        "percent", "Ultimate redemption rate",
        "how many of the points earned in each month will have been redeemed in the end",
        "chain ladder: redeemed so far × the factors of the ages to come ÷ earned, by unit; “all” is all months",
        f"points earned and redeemed: {_UNTIL}, the end of a month", expressions.triangle,
        ("unit", "cohort"), whole=True, projected=True, order=("unit", "cohort", "months"),
    ),
}  # fmt: skip


def kpi(key: str) -> Kpi:
    """A KPI by its key. Raises `kpi_unknown`."""
    if key not in KPIS:
        raise kpis.KPI_UNKNOWN(kpi=key[:40], known=", ".join(KPIS))
    return KPIS[key]

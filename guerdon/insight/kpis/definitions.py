"""The KPIs by their keys: what each means, its formula and window, what it is of, and which expression counts it."""

from typing import Final, Literal

import msgspec

from guerdon.core import kpis

Kind = Literal["count", "percent", "ratio", "money", "points"]
DORMANT_DAYS: Final = 180
EXPIRING_DAYS: Final = 60


class Kpi(msgspec.Struct, frozen=True):
    """A KPI. `of` are its dimensions; `whole`: it belongs to no store; `projected`: the chain ladder comes after it.

    `counted` is the name of its expression. `needs` is what months have that were written since it was thought of.
    By `order` its rows are put in order, by its dimensions where nothing is said.
    """

    kind: Kind
    title: str
    definition: str
    formula: str
    window: str
    counted: str
    of: tuple[str, ...] = ()
    whole: bool = False
    projected: bool = False
    order: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


_DAYS: Final = "the days asked about"
_END: Final = "the end of the month that holds the last day"
_UNTIL: Final = "everything up to the last day"
KPIS: Final[dict[str, Kpi]] = {
    "enrolments": Kpi(
        "count", "Enrolments", "persons who joined, whatever became of them",
        "persons whose day of joining is in the window", _DAYS, "enrolments", whole=True,
    ),
    "active_rate": Kpi(
        "percent", "Active rate", "how many of the members did something themselves: bought, came, spent points",
        "members active in the window × 100 ÷ members at the end", _DAYS, "active_rate",
    ),
    "repeat_purchase_rate": Kpi(
        "percent", "Repeat purchase rate", "how many of those who bought did so more than once",
        "buyers with two purchases or more × 100 ÷ buyers", _DAYS, "repeat_purchase_rate",
    ),
    "average_order_value": Kpi(
        "money", "Average order value", "what a purchase comes to, less what came back",
        "(spent − returned) ÷ purchases, by currency; an amended order is one purchase", _DAYS,
        "average_order_value", ("currency",),
    ),
    "purchase_frequency": Kpi(
        "ratio", "Purchase frequency", "how often who buys, buys", "purchases ÷ different buyers", _DAYS,
        "purchase_frequency",
    ),
    "units_per_basket": Kpi(
        "ratio", "Units per basket", "how many pieces of goods a basket has, as it was bought",
        "pieces ÷ purchases that were told with their lines", _DAYS, "units_per_basket",
    ),
    "earn_rate": Kpi(
        "ratio", "Earn rate", "how many points one whole of the programme's currency gives",
        "(earned − cancelled − clawed back + restored) ÷ (spent − returned in the programme's currency), by unit",
        _DAYS, "earn_rate", ("unit",),
    ),
    "redemption_rate_points": Kpi(
        "percent", "Redemption rate by points", "points spent against points issued in the same days",
        "(burned − reinstated) × 100 ÷ (earned − cancelled), by unit", _DAYS, "redemption_rate_points",
        ("unit",),
    ),
    "redemption_rate_members": Kpi(
        "percent", "Redemption rate by members", "how many of the active members spent points",
        "active members with a burn in the window × 100 ÷ active members", _DAYS, "redemption_rate_members",
    ),
    "first_redemption_rate": Kpi(
        "percent", "First redemption rate", "how many of those who joined have spent points at least once by the end",
        "joined in the window with a burn by its end × 100 ÷ joined in the window",
        f"joined in {_DAYS}; burns: {_UNTIL}", "first_redemption_rate", whole=True,
    ),
    "breakage": Kpi(
        "percent", "Breakage so far", "how many of the points earned in the days have expired by their end",
        "expired × 100 ÷ (earned + restored ± adjusted − cancelled − clawed back), of lots of the window, by unit",
        f"earned in {_DAYS}; expired: {_UNTIL}", "breakage", ("unit",), whole=True,
    ),
    "dormant_points": Kpi(
        "percent", "Dormant points",
        f"how many of the points outstanding are on accounts that nobody used for {DORMANT_DAYS} days",
        "points of accounts without an active fact in the last days × 100 ÷ points of all accounts, by unit",
        f"balances at the end; the {DORMANT_DAYS} days up to it", "dormant_points", ("unit",),
        whole=True,
    ),
    "retention": Kpi(
        "percent", "Retention by cohort",
        "how many of those who first bought in a month bought again so many months later",
        "members of the cohort with a purchase in that month × 100 ÷ members of the cohort; no row where nobody bought",
        f"first purchases in the months of {_DAYS}; purchases: {_UNTIL}", "retention", ("cohort", "months"),
    ),
    "churn": Kpi(
        "percent", "Churn", "how many of those who bought in the days just before did not buy in these",
        "buyers of the window before without a purchase in the window × 100 ÷ buyers of the window before",
        f"{_DAYS} and as many just before", "churn",
    ),
    "tier_mix": Kpi(
        "percent", "Tier mix", "how many of the members have which tier; an empty tier is below the first",
        "members with the tier × 100 ÷ members, by ladder", _END, "tier_mix", ("ladder", "tier"), whole=True,
        order=("ladder", "place"),
    ),
    "tier_migration": Kpi(
        "percent", "Tier migration", "where the members of each tier are now, of those who were there both times",
        "members who went from one to the other × 100 ÷ members of the first",
        f"the end of the month before the first day, and {_END}", "tier_migration",
        ("ladder", "before", "after"), whole=True,
        order=("ladder", "low", "high"),
    ),
    "rfm": Kpi(
        "percent", "RFM segments", "members by how lately, how often and for how much they bought",
        "each by rank in five fifths, equals alike: 1 + ⌊5 × those below ÷ all⌋; the name by recency and by the mean of"
        " the other two, rounded half up", _DAYS, "rfm", ("segment",),
    ),
    "ultimate_redemption_rate": Kpi(
        "percent", "Ultimate redemption rate",
        "how many of the points earned in each month will have been redeemed in the end",
        "chain ladder: redeemed so far × the factors of the ages to come ÷ earned, by unit; “all” is all months",
        f"points earned and redeemed: {_UNTIL}, the end of a month", "triangle",
        ("unit", "cohort"), whole=True, projected=True,
        order=("unit", "cohort", "months"),
    ),
    "outstanding_points": Kpi(
        "points", "Points outstanding", "how many points members have",
        "all that was ever posted to accounts of members, by unit", f"balances at the end; {_UNTIL}",
        "outstanding_points", ("unit",), whole=True,
    ),
    "cash_liability": Kpi(
        "money", "Cash liability", "what the points outstanding would buy, as the programme says",
        "points outstanding × the unit's worth, rounded down, by unit", f"balances at the end; {_UNTIL}",
        "cash_liability", ("currency", "unit"), whole=True, needs=("units.worth_points",),
    ),
    "expiring_soon": Kpi(
        "percent", "Expiring soon",
        f"how many of the points outstanding end within {EXPIRING_DAYS} days, if nobody spends them",
        "points left in lots that end then × 100 ÷ points outstanding, by unit; sliding ends as they stood when the"
        " month was written", f"the {EXPIRING_DAYS} days after the last one", "expiring_soon", ("unit",), whole=True,
        needs=("lots.expires_day",),
    ),
    "participation": Kpi(
        "percent", "Participation", "how many of the members took part: got points, or spent some",
        "members with points earned or burned in the window × 100 ÷ members at the end", _DAYS, "participation",
    ),
    "engagement": Kpi(
        "percent", "Engagement", "how many of the active members did something else than buy",
        "active members with a visit, a review, a redemption or another deed of their own × 100 ÷ active members",
        _DAYS, "engagement",
    ),
    "active_days": Kpi(
        "ratio", "Active days", "on how many different days an active member did something",
        "days with a deed of each active member ÷ active members", _DAYS, "active_days",
    ),
    "reactivation": Kpi(
        "percent", "Reactivation",
        f"how many of those who had not been active for {DORMANT_DAYS} days came back",
        "dormant members active in the window × 100 ÷ dormant members when it began",
        f"{_DAYS}; dormant: nothing in the {DORMANT_DAYS} days before, but something earlier", "reactivation",
    ),
    "cost_per_reward": Kpi(
        "money", "Cost per reward", "what a piece of each reward that was taken costs the programme",
        "cost ÷ pieces, by reward, of redemptions whose cost is known; also of those that were cancelled later", _DAYS,
        "cost_per_reward", ("currency", "reward"), whole=True,
    ),
    "discount_depth": Kpi(
        "percent", "Discount depth", "how much of the price of goods was taken off",
        "discounts of lines × 100 ÷ prices of lines, by currency, of purchases told with their lines", _DAYS,
        "discount_depth", ("currency",),
    ),
    "net_promoter_score": Kpi(
        "percent", "Net promoter score", "how many more would recommend than warn, from −100 to 100",
        "(members whose last score is 9 or 10 − those of 0 to 6) × 100 ÷ members with a score, by kind of activity;"
        " a score is the fact `score`, a whole number from 0 to 10", _DAYS, "net_promoter_score", ("kind",),
        needs=("activities.score",),
    ),
    "spend_by_redeeming": Kpi(
        "money", "Spend of who redeems, and who does not",
        "a correlation, not an effect: who likes to buy more may redeem more; what the programme causes only a hold-out"
        " can tell. People who are no members are not told to Guerdon, so they can't stand here",
        "(spent − returned) ÷ buyers, of those who have ever spent points by the last day (yes) and of others (no)",
        f"purchases in {_DAYS}; burns: {_UNTIL}", "spend_by_redeeming", ("currency", "redeems"),
    ),
}  # fmt: skip


def kpi(key: str) -> Kpi:
    """A KPI by its key. Raises `kpi_unknown`."""
    if key not in KPIS:
        raise kpis.KPI_UNKNOWN(kpi=key[:40], known=", ".join(KPIS))
    return KPIS[key]

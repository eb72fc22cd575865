"""The grammar of plans: paid memberships, what each costs in which currency, for how long, and what it gives."""

from typing import Final

from guerdon.core import limits, money
from guerdon.core.grammar.places import Currency
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.shapes import Amount, At, Flag, Key, Whole
from guerdon.core.grammar.structures import Adapted, Alternative, Cases, Keyed, Yes
from guerdon.core.grammar.tiers import BENEFITS
from guerdon.core.plans import Plan, Term

YEAR: Final = 12  # months


class Price(Amount):
    """Money of the currency that the key says, in its minor units; nothing for what is free."""

    form = "an amount of money, like 59.00"

    def __init__(self) -> None:
        super().__init__(least=0)

    def _decimals(self, at: At) -> int:
        return money.decimals(at.step)


def _months(value: int, at: At) -> Term:
    return Term(months=value)


def _years(value: int, at: At) -> Term:
    return Term(months=YEAR * value)


def _days(value: int, at: At) -> Term:
    return Term(days=value)


def _in_months(value: object) -> int:
    assert isinstance(value, Term)
    return value.months


def _in_years(value: object) -> int:
    assert isinstance(value, Term)
    return value.months // YEAR


def _in_days(value: object) -> int:
    assert isinstance(value, Term)
    return value.days


def _claims(value: object, *, years: bool) -> bool:
    return isinstance(value, Term) and value.months > 0 and (value.months % YEAR == 0) is years


_PERIOD: Final[Cases[Term]] = Cases(
    "period",
    [
        Alternative(
            "years",
            Adapted(Whole(1, limits.PLAN_MONTHS_MAX // YEAR), _years, _in_years),
            "So many years from the day on which it begins.",
            lambda value: _claims(value, years=True),
        ),
        Alternative(
            "months",
            Adapted(Whole(1, limits.PLAN_MONTHS_MAX), _months, _in_months),
            "So many months from the day on which it begins.",
            lambda value: _claims(value, years=False),
        ),
        Alternative(
            "days",
            Adapted(Whole(1, limits.VALIDITY_DAYS_MAX), _days, _in_days),
            "So many whole days, once.",
            lambda value: isinstance(value, Term) and value.days > 0,
        ),
        Alternative(
            "lifetime",
            Yes(Term()),
            "For ever, once.",
            lambda value: isinstance(value, Term) and value.for_ever,
        ),
    ],
    form="a mapping like {months: 1}, {years: 1}, {days: 30} or {lifetime: true}",
)


_PRICES: Final = Keyed(Currency(), Price(), limits.RATES_MAX, least=1, of="prices, like {EUR: 59.00}")
PLAN: Final = Record(
    Plan,
    Field("name", NAMES, "What members read, in each language."),
    Field("prices", _PRICES, "What a period costs, in each currency in which it is sold; 0 for free."),
    Field("period", _PERIOD, "How long a period lasts; days and lifetime are once."),
    Field("renews", Flag(), "Whether months and years go on until somebody cancels."),
    Field("trial_days", Whole(0, limits.VALIDITY_DAYS_MAX), "For how many whole days it can be tried before paying."),
    Field("grace_days", Whole(0, limits.VALIDITY_DAYS_MAX), "For how many days who has not paid on keeps it."),
    Field("refund_days", Whole(0, limits.VALIDITY_DAYS_MAX), "For how many days a period can be given back."),
    Field("ask_days", Whole(0, limits.VALIDITY_DAYS_MAX), "How many days before its end the next payment is asked."),
    Field(
        "pause_days_max", Whole(0, limits.VALIDITY_DAYS_MAX),
        "For how many whole days it can be paused at most; then it goes on by itself. 0: not at all.",
    ),
    Field("rank", Whole(0, limits.PLAN_RANK_MAX), "Whether a change is up, at once, or down, at the period's end."),
    Field("joint", Flag(), "Whether all persons of the holder's household share it."),
    Field("benefits", BENEFITS, "What it gives besides what rules with a condition on the membership give."),
    form="a plan, with “name”, “prices” and “period”",
    step="key",
)  # fmt: skip
PLANS: Final = Keyed(Key(), PLAN, limits.PLANS_MAX, of="plans")

"""Exchange rates: those that were told beside the programme file, and telling one."""

from datetime import date
from fractions import Fraction
from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, money
from guerdon.core import rates as law
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.api import rates as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.rates import NewRate, NewRates, RateView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame
from guerdon.faces.design.shapes import Cell, Column, Paging, Row
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_FIELDS: Final = {"home": "rate", "units": "rate"}  # where the form asks for what the API calls otherwise


class RateForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rate as banks quote it: so much of the currency for one of the programme's own."""

    currency: str
    day: str
    rate: str


def list_(visit: Visit) -> HttpResponse:
    """All rates that were told, and the form for one more."""
    return _list(visit)


def _list(visit: Visit, faults: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    pen, cursor = Pen(visit), visit.request.GET.get("cursor")
    found = ask(visit, api.list_, query=Part(limit=limits.PAGE_ROWS_DEFAULT, cursor=cursor))
    here = visit.to("console.rates")
    heads = ("currency", "from", "rate", "told_at", "told_by", "state")
    columns = [Column(visit.say(f"console_finance.rate_{one}"), one == "rate") for one in heads]
    later = f"{here}?cursor={found.next}" if found.next else ""
    context: dict[str, Any] = {
        "columns": tuple(columns),
        "rows": tuple([_row(visit, pen, one) for one in found.rates]),
        "paging": Paging("", here if cursor else "", later) if cursor or later else None,
        "faults": faults or {},
        "typed": visit.request.POST,
        "home": visit.programme.currency,
        "may_tell": visit.may("rates:write"),
    }
    return frame.page(visit, "console/rates.html", context, area="console.rates", status=status)


def _row(visit: Visit, pen: Pen, one: RateView) -> Row:
    home = visit.programme.currency
    of_one = Fraction(one.units * 10 ** money.decimals(home), one.home * 10 ** money.decimals(one.currency))
    state = "counts" if one.replaced_at is None else "replaced"
    badge = Cell(visit.say(f"console_finance.rate_{state}"), sign="good" if state == "counts" else "")
    told = (one.currency, pen.day(date.fromisoformat(one.day)), f"1 {home} = {pen.tongue.ratio(of_one)} {one.currency}",
            pen.moment(one.told_at), one.told_by)  # fmt: skip
    return Row((*[Cell(text) for text in told], badge))


def tell(visit: Visit) -> HttpResponse:
    """Tell one rate; what waited for it is decided by the worker."""
    try:
        form = posted.read(visit.request, RateForm)
        home, units = visit.programme.currency, typed.exact(form.rate, at="/rate")
        told = law.quoted(home=home, currency=form.currency.upper(), day=form.day, units_of_one=units)
        rate = NewRate(told.currency, told.day, told.home, told.units)
        ask(visit, api.tell, body=NewRates((rate,)), token=posted.token(visit.request))
    except Refusal as refusal:
        told_of = {name.rpartition(".")[2]: text for name, text in posted.faults(refusal).items()}
        above = "rate" if refusal.code == "money_invalid" else ""
        faults = {_FIELDS.get(name, name or above): text for name, text in told_of.items()}
        return _list(visit, faults, status=422)
    return visit.done(visit.say("console_finance.rate_done"), "console.rates")


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/finance/rates", "figures:read", list_, "console.rates"),
    Page("console/<slug:programme>/finance/rates", "rates:write", tell, "console.rates", methods=("POST",)),
)

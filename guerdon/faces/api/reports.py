"""Reports of months that are over, for owners and accountants, as a document."""

from typing import Final, Literal

import msgspec

from guerdon.core import closing as law
from guerdon.faces.api import calls
from guerdon.faces.api.calls import Call, Endpoint, Paper, Reply
from guerdon.faces.reports import composed, made
from guerdon.features.programmes import queries as programmes
from guerdon.insight import report as insight


class InForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what it is wanted, and in which language."""

    form: Literal["pdf", "html"] = "pdf"
    language: calls.Language | None = None


def read(call: Call, month: str, query: InForm) -> Reply:
    """What a month came to, as a document."""
    law.first_day(month)
    book = programmes.latest(call.store, call.programme_id)
    found = insight.read(call.store, call.programme_id, book, month, now=call.now)
    content = composed.compose(found, query.language or call.language)
    name = f"report-{month}.{query.form}"
    if query.form == "html":
        return Reply(Paper(made.page(content), "text/html; charset=utf-8", name))
    return Reply(Paper(made.paper(content), "application/pdf", name))


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/reports/{month}", "figures:read", read, "Read the report of a month", Paper, query=InForm,
        refuses=(
            law.MONTH_INVALID, law.MONTH_NOT_OVER, law.MONTH_BEFORE_PROGRAMME, made.PAPER_NOT_INSTALLED,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        tag="Figures",
        about="For owners and accountants, in English, Bulgarian or Turkish: in plain words what happened, figures "
        "beside the month and the year before, what points are owed and what revenue is deferred for them, charts, and "
        "what ends next. It is made of what is counted already, as a tagged PDF or a page that needs nothing else.",
    ),
)  # fmt: skip

"""A member's privacy: consents, who looked, all that is known as a download, and what an erasure would take."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.api import privacy as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.privacy import ErasureView, LookView
from guerdon.faces.asking import ask
from guerdon.faces.console import member, members, units
from guerdon.faces.design.shapes import Cell, Column, Fact, Paging, Row
from guerdon.faces.show import Pen
from guerdon.faces.sure import Lines, Question
from guerdon.faces.visits import Page, Visit

_ROWS: Final = limits.PAGE_ROWS_MAX  # hours of somebody, of which many come together in a line
_TAB: Final = "console.privacy"


def show(visit: Visit, id: str) -> HttpResponse:
    """What the member agreed to, and who looked."""
    return _show(visit, id)


def _show(visit: Visit, id: str, fault: str = "", status: int = 200) -> HttpResponse:
    found, pen = member.read(visit, id), Pen(visit)
    told = ask(visit, api.read_consents, found.id)
    page = ask(visit, api.list_lookups, found.id, query=Part(limit=_ROWS, cursor=visit.request.GET.get("cursor")))
    heads = ("who", "purpose", "looks", "last_look")
    context = {
        "consents": told.consents, "rows": _looked(pen, page.lookups), "fault": fault,
        "changes": visit.may("privacy:write"),
        "columns": tuple([Column(visit.say(f"privacy.{one}"), end=one == "looks") for one in heads]),
        "paging": Paging("", later=f"?cursor={page.next}") if page.next else None,
        "erasure": ask(visit, api.preview, found.id),
    }  # fmt: skip
    return member.page(visit, found, _TAB, "console/privacy.html", context, status)


def _looked(pen: Pen, lookups: Sequence[LookView]) -> tuple[Row, ...]:
    """A line for everybody and what they looked for, the latest first, with how often in all of these hours."""
    found: dict[tuple[str, str], list[LookView]] = {}
    for one in lookups:
        found.setdefault((one.who, pen.purpose(one.purpose)), []).append(one)
    return tuple([
        Row((Cell(who), Cell(purpose), Cell(pen.number(sum([one.looks for one in looks]))),
             Cell(pen.moment(max(one.last_at for one in looks)))))
        for (who, purpose), looks in found.items()
    ])  # fmt: skip


def say(visit: Visit, id: str) -> HttpResponse:
    """Give or withdraw a consent as the member has told us."""
    form = visit.request.POST
    said = api.SaidConsents({form.get("consent", ""): api.SaidConsent(form.get("given") == "true")}, "support")
    try:
        ask(visit, api.say, id, body=said)
    except Refusal as refusal:
        return _show(visit, id, posted.fault(refusal), status=422)
    return visit.done(visit.say("privacy.said"), _TAB, id)


def download(visit: Visit, id: str) -> HttpResponse:
    """All that is known of the member as tables in a ZIP; who takes it is noted as a look."""
    archive = ask(visit, api.read_files, id)
    named = {"Content-Disposition": f'attachment; filename="{id}.zip"', "Cache-Control": "no-store, private"}
    return HttpResponse(archive.content, content_type="application/zip", headers=named)


def erase(visit: Visit, id: str) -> HttpResponse:
    """What would be lost, and the question whether it is really meant."""
    found = member.read(visit, id)
    state = ask(visit, api.preview, found.id)
    if state.state != "none":
        return _show(visit, id)
    asked = Question(
        visit.say("privacy.erase_sure", name=members.name(found)), visit.say("privacy.erase_yes"),
        visit.to(_TAB, found.id), visit.say("privacy.erase_about"), "danger", "console.members",
        _facts(visit, state), lists=_lists(visit, state), crumbs=member.crumbs(visit, found),
    )  # fmt: skip
    return visit.sure(asked)


def erase_do(visit: Visit, id: str) -> HttpResponse:
    """Erase, at once or when the days to think are over."""
    if not visit.is_sure:
        return erase(visit, id)
    try:
        ask(visit, api.ask, id, token=posted.token(visit.request))
    except Refusal as refusal:
        return _show(visit, id, posted.fault(refusal), status=422)
    return visit.done(visit.say("privacy.erase_done"), _TAB, id)


def keep(visit: Visit, id: str) -> HttpResponse:
    """Take back an erasure that waits."""
    try:
        ask(visit, api.cancel, id)
    except Refusal as refusal:
        return _show(visit, id, posted.fault(refusal), status=422)
    return visit.done(visit.say("privacy.kept"), _TAB, id)


def _facts(visit: Visit, state: ErasureView) -> tuple[Fact, ...]:
    pen = Pen(visit)
    facts = []
    for one in state.points:
        worth = "" if one.worth is None else f" ({pen.money(one.worth, state.currency)})"
        facts.append(Fact(units.name(pen, one.unit), f"{units.steps(pen, one.unit, one.points)}{worth}"))
    counts = (
        ("vouchers", state.vouchers),
        ("gift_cards", state.gift_cards),
        ("holds", state.holds),
        ("transfers", state.transfers),
    )
    facts += [Fact(visit.say(f"privacy.{key}"), pen.number(number)) for key, number in counts if number]
    return tuple(facts)


def _lists(visit: Visit, state: ErasureView) -> tuple[Lines, ...]:
    programme, named = visit.programme, Pen(visit).tongue.named
    names = {
        "tiers": {level.key: level.name for ladder in programme.tiers for level in ladder.levels},
        "memberships": {key: plan.name for key, plan in programme.plans.items()},
        "redemptions": {key: reward.name for key, reward in programme.rewards.items()},
    }
    told = (("tiers", state.tiers), ("memberships", state.memberships), ("redemptions", state.redemptions))
    return tuple([
        Lines(visit.say(f"privacy.{what}"), tuple([named(names[what].get(key, {"": key})) for key in keys]))
        for what, keys in told
    ])  # fmt: skip


_AT: Final = "console/<slug:programme>/members/<str:id>"
PAGES: Final[tuple[Page, ...]] = (
    Page(f"{_AT}/privacy", "privacy:read", show, _TAB),
    Page(f"{_AT}/consent", "privacy:write", say, "console.consent", ("POST",)),
    Page(f"{_AT}/download.zip", "privacy:read", download, "console.download", fresh=True),
    Page(f"{_AT}/erase", "privacy:write", erase, "console.erase", fresh=True),
    Page(f"{_AT}/erase", "privacy:write", erase_do, "console.erase_do", ("POST",), fresh=True),
    Page(f"{_AT}/keep", "privacy:write", keep, "console.keep", ("POST",)),
)

"""What the member has redeemed: its code to be shown, giving it back while nobody has used it; and vouchers."""

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from guerdon.core import codes, till_names
from guerdon.core.errors import Refusal
from guerdon.faces import pictures, posted, redeemed
from guerdon.faces.api import draws, vouchers
from guerdon.faces.api import redemptions as api
from guerdon.faces.api.calls import CURSOR_INVALID, Trial
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.asking import ask
from guerdon.faces.design.shapes import Paging
from guerdon.faces.portal import frame, own
from guerdon.faces.portal.rewards import tabs
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit

_SIGNS: Final = {
    "reserved": "warn", "confirmed": "warn", "fulfilled": "good", "cancelled": "", "expired": "",
    "given": "good", "active": "good", "used": "", "withdrawn": "",
}  # fmt: skip
_ROWS: Final = 20


def list_(visit: Visit) -> HttpResponse:
    """What was redeemed, the latest first."""
    query = Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
    found = ask(visit, api.list_of_member, own.shown(visit), query=query)
    states = redeemed.states(visit, found.redemptions)
    rows = tuple([(one, _state(visit, states[one.id]), _SIGNS[states[one.id]]) for one in found.redemptions])
    context = {"rows": rows, "paging": paging(found.next), "tabs": tabs(visit, "portal.mine")}
    return frame.page(visit, "portal/mine.html", context, part="portal.rewards")


def from_first(run: Callable[[Visit], HttpResponse]) -> Callable[[Visit], HttpResponse]:
    """A page with a list: where it goes on at a place that nobody gave out, it begins anew."""

    def answer(visit: Visit) -> HttpResponse:
        try:
            return run(visit)
        except Refusal as refusal:
            if refusal.kind is not CURSOR_INVALID:
                raise
            return HttpResponseRedirect(visit.request.path)

    return answer


def paging(cursor: str | None) -> Paging | None:
    """The way on in a list; back one goes as one came."""
    return None if cursor is None else Paging("", later=f"?cursor={cursor}")


def one(visit: Visit, id: str) -> HttpResponse:
    """One of them, with its code as large as it goes."""
    return _shown(visit, own.redemption(visit, id))


def cancel(visit: Visit, id: str) -> HttpResponse:
    """Ask whether it is really meant, then give it back: points return to where they came from."""
    found = own.redemption(visit, id)
    try:
        if not visit.is_sure:
            ask(visit, api.cancel, id, query=Trial(dry_run=True))
            return visit.sure(_question(visit, found))
        ask(visit, api.cancel, id, token=posted.token(visit.request))
    except Refusal as refusal:
        return _shown(visit, found, posted.fault(refusal), status=422)
    return visit.done(visit.say("portal_rewards.cancelled_done"), "portal.mine")


def _question(visit: Visit, one: RedemptionView) -> Question:
    return Question(
        visit.say("portal_rewards.cancel_sure", name=one.name), visit.say("portal_rewards.cancel"),
        visit.to("portal.redemption", one.id), visit.say("portal_rewards.cancel_about"), "danger", "portal.rewards",
    )  # fmt: skip


def proof(visit: Visit, id: str) -> HttpResponse:
    """What a draw was made with, so that anybody can make it again."""
    own.redemption(visit, id)
    return frame.page(visit, "portal/draw.html", {"draw": ask(visit, draws.read, id)}, part="portal.rewards")


def list_vouchers(visit: Visit) -> HttpResponse:
    """The vouchers that the member was given, with their codes."""
    query = Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
    found = ask(visit, vouchers.list_, own.shown(visit), query=query)
    rows = tuple([(one, _state(visit, one.state), _SIGNS[one.state]) for one in found.vouchers])
    context = {"rows": rows, "paging": paging(found.next), "tabs": tabs(visit, "portal.vouchers")}
    return frame.page(visit, "portal/vouchers.html", context, part="portal.rewards")


def voucher(visit: Visit, code: str) -> HttpResponse:
    """One voucher, with its code as large as it goes."""
    stored = own.voucher(visit, code)
    found = ask(visit, vouchers.read, stored).voucher
    context = {"one": found, "state": _state(visit, found.state), "drawn": _drawn(stored)}
    return frame.page(visit, "portal/voucher.html", context, part="portal.rewards")


def _state(visit: Visit, state: str) -> str:
    return visit.say(f"states.{state}")


def _drawn(code: str) -> str:
    return mark_safe(pictures.svg(code, "qr"))  # our own drawing


def _shown(visit: Visit, one: RedemptionView, fault: str = "", status: int = 200) -> HttpResponse:
    live = one.state in ("reserved", "confirmed")
    state, given = redeemed.states(visit, [one])[one.id], one.voucher or one.gift_card
    code = given or one.code
    context = {
        "one": one, "state": _state(visit, state), "sign": _SIGNS[state], "fault": fault, "code": code,
        "owed": not till_names.is_till(one.source),
        "drawn": _drawn(codes.read(code) or code) if live or given else "", "cancels": live or bool(given),
        "proved": visit.programme.rewards[one.reward].drawn if one.reward in visit.programme.rewards else False,
    }  # fmt: skip
    return frame.page(visit, "portal/redemption.html", context, part="portal.rewards", status=status)


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/mine", "self", from_first(list_), "portal.mine"),
    Page("my/<slug:programme>/mine/<str:id>", "self", one, "portal.redemption"),
    Page("my/<slug:programme>/mine/<str:id>/cancel", "self", cancel, "portal.cancel", methods=("POST",)),
    Page("my/<slug:programme>/mine/<str:id>/draw", "self", proof, "portal.draw"),
    Page("my/<slug:programme>/vouchers", "self", from_first(list_vouchers), "portal.vouchers"),
    Page("my/<slug:programme>/vouchers/<str:code>", "self", voucher, "portal.voucher"),
)

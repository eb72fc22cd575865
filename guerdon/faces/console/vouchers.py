"""Vouchers in the console: what there is, their codes, one looked up with its uses, given and withdrawn."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.core.vouchers import State, Voucher
from guerdon.faces import posted, tables
from guerdon.faces.api import voucher_pools, voucher_uses
from guerdon.faces.api import vouchers as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.calls import Spreadsheet
from guerdon.faces.api.voucher_pools import PoolView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, people
from guerdon.faces.design.shapes import Cell, Column, Fact, Paging, Row, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

AREA: Final = "console.vouchers"
_SIGNS: Final[dict[State, Sign]] = {"active": "good", "used": "", "expired": "warn", "withdrawn": "bad"}
_DONE: Final[dict[str, Sign]] = {"use": "", "back": "warn"}
_ROWS: Final = 50


class Giving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is given a voucher: an e-mail, a card, or an id."""

    member: str


class Making(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many codes are to be made."""

    count: voucher_pools.Count


def list_(visit: Visit) -> HttpResponse:
    """What vouchers there are, each in words, with what is left of its codes."""
    return _list(visit)


def _list(visit: Visit, fault: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    pen, programme = Pen(visit), visit.programme
    pools = {one.voucher: one for one in ask(visit, voucher_pools.list_).pools}
    heads = tuple([Column(visit.say(f"console_vouchers.{one}"), end=one == "left") for one in
                   ("name", "what", "state", "left")])  # fmt: skip
    rows = []
    for key, one in programme.vouchers.items():
        state, left = _state(visit, pen, one), _left(visit, pen, one, pools.get(key))
        told = sentences.voucher(one, programme, visit.language)
        rows.append(
            Row((Cell(pen.tongue.named(one.name)), Cell(told), state, left), visit.to("console.voucher_kind", key))
        )
    context = {"columns": heads, "rows": tuple(rows), "fault": fault, "typed": typed}
    return frame.page(visit, "console/vouchers.html", context, area=AREA, status=status)


def _state(visit: Visit, pen: Pen, one: Voucher) -> Cell:
    """Whether it is of use by its days: on, coming or over."""
    if one.during.until is not None and one.during.until <= visit.now:
        return Cell(visit.say("console_vouchers.state_over"), sign="")
    if one.during.start is not None and one.during.start > visit.now:
        return Cell(visit.say("console_vouchers.state_from", day=pen.day(one.during.start)), sign="brand")
    return Cell(visit.say("console_vouchers.state_on"), sign="good")


def _left(visit: Visit, pen: Pen, one: Voucher, pool: PoolView | None) -> Cell:
    """What is left of codes that are brought in; few or none are an alarm as long as it is not over."""
    if pool is None and one.codes != "pool" and not one.bearer:
        return Cell("–")
    left = 0 if pool is None else pool.left
    over = one.during.until is not None and one.during.until <= visit.now
    alarm = not over and (not left or (pool is not None and pool.low))
    return Cell(pen.number(left), sign="bad" if alarm else None)


def find(visit: Visit) -> HttpResponse:
    """On to the voucher of a code."""
    typed = (visit.request.GET.get("code") or "").strip()[: limits.TEXT_CHARS_MAX]
    try:
        ask(visit, api.read, typed or "?")
    except Refusal as refusal:
        return _list(visit, posted.fault(refusal), typed, status=404)
    return visit.on(visit.to("console.voucher", typed))


def kind(visit: Visit, key: str) -> HttpResponse:
    """One of them: what it gives, its codes, and the form to give it to a member."""
    return _kind(visit, key)


def _kind(
    visit: Visit, key: str, *, said: dict[str, Any] | None = None, faults: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    pen, offer = Pen(visit), visit.programme.voucher(key)
    filled = offer.codes == "pool" or offer.bearer
    pool = next((one for one in ask(visit, voucher_pools.list_).pools if one.voucher == key), None)
    free, rows = None, []
    if filled:
        query = Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
        free = ask(visit, voucher_pools.codes, key, query=query)
        rows = [
            Row((Cell(one.code), Cell(f"{pen.number(one.used)} / {pen.number(one.uses)}"),
                 Cell(pen.until(one.expires_at) if one.expires_at else "–")),
                visit.to("console.voucher", one.code))
            for one in free.codes
        ]  # fmt: skip
    facts = [] if pool is None else [
        Fact(visit.say("console_vouchers.added"), pen.number(pool.added)),
        Fact(visit.say("console_vouchers.left"), pen.number(pool.left)),
    ]  # fmt: skip
    faults = faults or {}
    heads = ("code", "used", "until")
    context = {
        "key_": key, "name": pen.tongue.named(offer.name), "filled": filled, "facts": facts, "rows": tuple(rows),
        "sentence": sentences.voucher(offer, visit.programme, visit.language), "low": pool is not None and pool.low,
        "columns": tuple([Column(visit.say(f"console_vouchers.{one}")) for one in heads]),
        "paging": Paging("", later=f"?cursor={free.next}") if free is not None and free.next else None,
        "writes": visit.may("vouchers:write"), "said": said or {}, "faults": faults, "most": limits.CODES_MAX,
        "general": "; ".join(text for name, text in faults.items() if name not in ("member", "count", "codes")),
    }  # fmt: skip
    return frame.page(visit, "console/voucher_kind.html", context, area=AREA, status=status)


def give(visit: Visit, key: str) -> HttpResponse:
    """Give it to a member: once, however often the form is sent."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    try:
        who = people.known(visit, posted.read(visit.request, Giving).member)
        body = api.NewVoucher(who, key, token, source="console")
        made = ask(visit, api.issue, body=body, token=token).voucher
    except Refusal as refusal:
        return _kind(visit, key, said=said, faults={"member": posted.fault(refusal)}, status=422)
    return visit.done(visit.say("console_vouchers.given", code=made.code), "console.voucher", made.code)


def fill(visit: Visit, key: str) -> HttpResponse:
    """Make codes, or bring in those of a file: one in a line, in the first column."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    file = visit.request.FILES.get("codes")
    try:
        if file is None:
            body = voucher_pools.NewCodes(token, count=posted.read(visit.request, Making).count, source="console")
        else:
            typed = _read(file.read(limits.BODY_BYTES_MAX).decode("utf-8-sig", "replace"))
            body = voucher_pools.NewCodes(token, codes=typed, source="console")
        told = ask(visit, voucher_pools.add, key, body=body)
    except Refusal as refusal:
        place = "count" if file is None else "codes"
        return _kind(visit, key, said=said, faults={place: posted.fault(refusal)}, status=422)
    facts = {"made": told.made, "known": told.known, "elsewhere": told.elsewhere}
    return visit.done(visit.say("console_vouchers.filled", **facts), "console.voucher_kind", key)


def _read(text: str) -> tuple[str, ...]:
    """The first column of a file; a head that says `code` is none."""
    found = [line.split(",")[0].split(";")[0].strip().strip('"') for line in text.splitlines()]
    return tuple([one for one in found if one and one.casefold() != "code"][: limits.CODES_MAX + 1])


def download(visit: Visit, key: str) -> HttpResponse:
    """The codes that nobody was given, as a file."""
    lines: list[list[tables.Cell]] = []
    cursor: str | None = None
    while len(lines) < limits.CODES_MAX:
        found = ask(visit, voucher_pools.codes, key, query=Part(limit=limits.PAGE_ROWS_MAX, cursor=cursor))
        lines += [[one.code, one.uses, one.used] for one in found.codes]
        cursor = found.next
        if cursor is None:
            break
    return frame.table(Spreadsheet(tables.write(("code", "uses", "used"), lines), f"{key}.csv"))


def one(visit: Visit, code: str) -> HttpResponse:
    """One voucher: whose, why it is or is not of use, and everything that was done with it."""
    return _one(visit, code)


def _one(visit: Visit, code: str, faults: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    pen, found = Pen(visit), ask(visit, api.read, code).voucher
    query = Part(limit=_ROWS, cursor=visit.request.GET.get("cursor"))
    uses = ask(visit, voucher_uses.list_, code, query=query)
    names = people.names(visit, [found.member or "", *[each.member for each in uses.uses]], "console.voucher")
    facts = {
        "uses": f"{pen.number(found.used)} / {pen.number(found.uses)}", "issued_at": pen.moment(found.issued_at),
        "until": pen.until(found.expires_at) if found.expires_at else "",
        "withdrawn_at": pen.moment(found.withdrawn_at) if found.withdrawn_at else "", "rule": found.rule or "",
    }  # fmt: skip
    told = [Fact(visit.say("console_vouchers.what"), found.offer.name,
                 visit.to("console.voucher_kind", found.offer.voucher)
                 if found.offer.voucher in visit.programme.vouchers else "")]  # fmt: skip
    if found.member:
        told.append(Fact(visit.say("console_queue.member"), names[found.member],
                         visit.to("console.member", found.member)))  # fmt: skip
    told += [Fact(visit.say(f"console_vouchers.{name}"), text) for name, text in facts.items() if text]
    rows = [
        Row((Cell(pen.moment(each.at)), Cell(names[each.member], visit.to("console.member", each.member)),
             Cell(visit.say(f"console_vouchers.{each.direction}"), sign=_DONE[each.direction]),
             Cell(pen.money(each.off.amount, each.off.currency))))
        for each in uses.uses
    ]  # fmt: skip
    context = {
        "one": found, "state": visit.say(f"console_vouchers.{found.state}"), "sign": _SIGNS[found.state],
        "why": _why(visit, found), "facts": told, "rows": tuple(rows),
        "columns": tuple([Column(visit.say(f"console_vouchers.{name}"), end=name == "off")
                          for name in ("when", "who", "done", "off")]),
        "paging": Paging("", later=f"?cursor={uses.next}") if uses.next else None,
        "writes": visit.may("vouchers:write") and found.state != "withdrawn", "faults": faults or {},
    }  # fmt: skip
    return frame.page(visit, "console/voucher.html", context, area=AREA, status=status)


def _why(visit: Visit, found: api.VoucherView) -> str:
    """Why it can be used, or can't: as far as it is seen without a basket."""
    if found.state == "active" and found.member is None:
        offer = visit.programme.vouchers.get(found.offer.voucher)
        return visit.say(f"console_vouchers.why_{'bearer' if offer and offer.bearer else 'nobodys'}")
    return visit.say(f"console_vouchers.why_{found.state}")


def withdraw(visit: Visit, code: str) -> HttpResponse:
    """Make it of no use to anybody, for good, with a reason."""
    token = posted.token(visit.request)
    try:
        ask(visit, api.withdraw, code, body=posted.read(visit.request, api.Withdrawal), token=token)
    except Refusal as refusal:
        return _one(visit, code, {"reason": posted.fault(refusal)}, status=422)
    return visit.done(visit.say("console_vouchers.withdrawn_done"), "console.voucher", code)


_AT: Final = "console/<slug:programme>/vouchers"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "vouchers:read", list_, "console.vouchers"),
    Page(f"{_AT}/find", "vouchers:read", find, "console.voucher_find"),
    Page(f"{_AT}/kinds/<str:key>", "vouchers:read", kind, "console.voucher_kind"),
    Page(f"{_AT}/kinds/<str:key>/give", "vouchers:write", give, "console.voucher_give", methods=("POST",)),
    Page(f"{_AT}/kinds/<str:key>/codes", "vouchers:write", fill, "console.voucher_fill", methods=("POST",)),
    Page(f"{_AT}/kinds/<str:key>/codes.csv", "vouchers:read", download, "console.voucher_codes"),
    Page(f"{_AT}/codes/<str:code>", "vouchers:read", one, "console.voucher"),
    Page(f"{_AT}/codes/<str:code>/withdraw", "vouchers:write", withdraw, "console.voucher_withdraw", methods=("POST",)),
)

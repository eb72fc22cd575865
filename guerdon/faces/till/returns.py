"""Goods that come back at the till: lines of a purchase or an amount of it, once, and told before the yes what goes."""

from typing import Annotated, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, money
from guerdon.core import returns as law
from guerdon.core.activities import PURCHASE, RETURN, Activity, Line, Member, Reference, ReturnedLine
from guerdon.core.decisions import Taken
from guerdon.core.errors import Refusal
from guerdon.core.returns import Kept
from guerdon.faces import posted, typed
from guerdon.faces.api import activities, tills
from guerdon.faces.api.activities import Explaining, Telling
from guerdon.faces.api.views import DecisionView, RecordedActivity
from guerdon.faces.asking import ask, reply
from guerdon.faces.design.shapes import Fact
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.till import device, frame, members, taps, ways
from guerdon.faces.visits import Page, Visit
from guerdon.features.activities import queries
from guerdon.kit import ids


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form says: lines by their numbers, with pieces where not all of a line come back, or an amount."""

    amount: Annotated[str, Meta(max_length=limits.NAME_CHARS_MAX)] | None = None
    line: dict[str, str] = {}
    pieces: dict[str, str] = {}


class Row(msgspec.Struct, frozen=True):
    """A line of which something is left, in words; `pieces` is how many of them there are to choose from."""

    number: int
    label: str
    pieces: int
    about: str = ""
    ticked: bool = False
    typed: str = ""
    fault: str = ""


def list_(visit: Visit, id: str) -> HttpResponse:
    """The last purchases of a member: what comes back is of one of them."""
    who = ask(visit, tills.identify, body=tills.Scanned(id))
    context = {"id": id, "name": members.named(visit, who), "last": members.last(visit, id)}
    return frame.page(visit, "till/purchases.html", context)


def show(visit: Visit, id: str) -> HttpResponse:
    """The form: lines to tick, or the amount; all that is left of a purchase that was told as one sum."""
    return _page(visit, _bought(visit, id), {})


def take_back(visit: Visit, id: str) -> HttpResponse:
    """Ask with all that it takes and gives, then take it back, once however often the form is sent."""
    here, token, bought = device.here(visit), device.token(visit), _bought(visit, id)
    try:
        told = posted.read(visit.request, Told)
        lines = _lines(told)
        fault = _undecided(visit, bought, lines, told.amount)
        if fault:
            return _page(visit, bought, {"amount": fault}, 422)
        fact = _fact(visit, bought, lines, told.amount, token=token)
        if not visit.is_sure:
            tried = reply(visit, activities.record, query=Telling(dry_run=True), body=fact)
            if tried.replayed:  # whoever came back to the form is not asked about what was done
                return _already(visit, id)
            assert isinstance(tried.value, RecordedActivity)
            return visit.sure(_question(visit, tried.value, id), token=token)
        made: RecordedActivity = ask(visit, activities.record, query=Telling(dry_run=here.training), body=fact)
    except Refusal as refusal:
        return _page(visit, bought, _faults(visit, bought, refusal), 422)
    if here.training:
        return visit.done(visit.say("till.trained"), "till.receipt", id)
    if ways.differs(made):
        return _already(visit, id)
    back = ways.hands_back(visit, made)
    said = visit.say("till.undo_reward_money", money=back) if back else ""
    return visit.done(f"{visit.say('till_returns.done')} {said}".strip(), "till.receipt", id)


def _faults(visit: Visit, bought: RecordedActivity, refusal: Refusal) -> dict[str, str]:
    """What is wrong, by the field where it stands; more than there is, in money as it is at the counter."""
    if refusal.kind is not law.RETURN_TOO_MUCH:
        return posted.faults(refusal)
    left = Pen(visit).money(int(str(refusal.facts["left"])), _currency(visit, bought))
    line = refusal.facts["line"]
    if line is None:
        return {"amount": visit.say("till_returns.too_much", money=left)}
    said, pieces = visit.request.POST.get(f"pieces.{line}", "").strip(), _pieces_left(visit, bought, int(str(line)))
    at = f"pieces.{line}" if pieces > 1 else ""  # of a single one nobody is asked how many
    if said and 0 < pieces < typed.number(said, scale=0, at=f"/pieces.{line}"):
        word = "too_many_pieces" if pieces > 1 else "too_many_pieces_one"
        return {at: visit.say(f"till_returns.{word}", count=Pen(visit).number(pieces))}
    return {at: visit.say("till_returns.too_much_line", line=line, money=left)}


def _pieces_left(visit: Visit, bought: RecordedActivity, line: int) -> int:
    return _left(visit, bought.activity.id).lines[line - 1].quantity


def _already(visit: Visit, id: str) -> HttpResponse:
    """What was taken back stays as it was, and its money is not given out once more."""
    return visit.done(visit.say("till.already"), "till.receipt", id)


class Slip(msgspec.Struct, frozen=True):
    """Goods of a purchase that came back, in words: how much, when, and what was handed back for it at the counter."""

    money: str
    about: str


def slips(visit: Visit, made: RecordedActivity) -> tuple[Slip, ...]:
    """What came back of a purchase, the first of it first."""
    pen, found = Pen(visit), queries.named(visit.store, visit.programme_id, _returns(made))
    told = []
    for one in sorted(found.values(), key=lambda each: each.seq):
        refund = one.decision.refund
        if refund is None:
            continue
        back = ways.handed_back(visit, refund)
        parts = [visit.say("states.taken_back"), pen.moment(one.recorded_at)]
        parts += [visit.say("till_returns.handed_back", money=back)] if back else []
        told.append(Slip(pen.money(refund.amount, refund.currency), " · ".join(parts)))
    return tuple(told)


def _returns(made: RecordedActivity) -> list[str]:
    return [ids.read("activity", one) for one in made.activity.returned_by]


def rest(visit: Visit, made: RecordedActivity) -> str:
    """What is left of a purchase of which something came back; empty where nothing did."""
    if not made.activity.returned_by:
        return ""
    return Pen(visit).money(_left(visit, made.activity.id).left, _currency(visit, made))


def any_left(visit: Visit, made: RecordedActivity) -> bool:
    """Whether it is a purchase of which something can come back."""
    one = made.activity
    return one.kind == PURCHASE and one.status == "recorded" and _left(visit, one.id).left > 0


def _left(visit: Visit, id: str) -> Kept:
    """What is left of a purchase, by its id as it is shown, after all that came back of it."""
    found = queries.one(visit.store, visit.programme_id, ids.read("activity", id))
    back = queries.returns(visit.store, [(found.account_id, found.activity_id)]).get(found.activity_id, [])
    return law.kept(found.activity, law.current([one.slice for one in back]))


def _bought(visit: Visit, id: str) -> RecordedActivity:
    """The purchase. What is none of those, or waits for its rate, has nothing that can come back."""
    found: RecordedActivity = ask(visit, activities.read, id, query=Explaining())
    if found.activity.kind != PURCHASE or found.activity.status == "parked":
        raise queries.ACTIVITY_UNKNOWN(id=id)
    return found


def _undecided(visit: Visit, bought: RecordedActivity, lines: tuple[ReturnedLine, ...], amount: str | None) -> str:
    """What is to be said where a receipt has lines and none was chosen, nor an amount typed; or both were."""
    word = "both" if lines and amount is not None else ""
    if not lines and amount is None and bought.activity.lines:
        word = "nothing"
    return visit.say(f"till_returns.{word}") if word else ""


def _fact(
    visit: Visit, bought: RecordedActivity, lines: tuple[ReturnedLine, ...], typed_amount: str | None, *, token: str
) -> Activity:
    """The return as the journal knows it: named by the till and the token, so that it is there once for ever.

    Raises `value_refused`.
    """
    one, here, amount = bought.activity, device.here(visit), None
    if not lines:
        currency = _currency(visit, bought)
        amount = typed.number(typed_amount, scale=money.decimals(currency), at="/amount", currency=currency)
    return Activity(
        kind=RETURN, source=here.source, external_id=token, occurred_at=max(visit.now, one.occurred_at),
        member=Member(id=one.member), amount=amount, channel=frame.CHANNEL, store=here.store,
        returns=Reference(external_id=one.external_id, source=one.source, lines=lines),
    )  # fmt: skip


def _lines(told: Told) -> tuple[ReturnedLine, ...]:
    """The lines that were ticked, or of which pieces were typed, in the order of the receipt."""
    numbers = {int(name) for name in (*told.line, *told.pieces) if name.isdecimal() and len(name) < 6}
    return tuple([ReturnedLine(number, quantity=_pieces(told, number)) for number in sorted(numbers)])


def _pieces(told: Told, number: int) -> int | None:
    text = told.pieces.get(str(number))
    at = f"/pieces.{number}"
    return None if text is None else typed.number(text, scale=0, at=at, most=limits.QUANTITY_MAX)


def _currency(visit: Visit, bought: RecordedActivity) -> str:
    total = bought.activity.total
    return visit.programme.currency if total is None else total.currency


def _page(visit: Visit, bought: RecordedActivity, faults: dict[str, str], status: int = 200) -> HttpResponse:
    one, pen, rest = bought.activity, Pen(visit), _left(visit, bought.activity.id)
    currency = _currency(visit, bought)
    rows = _rows(visit, bought, rest, faults)
    who = ask(visit, tills.identify, body=tills.Scanned(one.member))
    plain = "" if rows else money.plain(rest.left, money.decimals(currency))
    at_field = {"amount", *[f"pieces.{row.number}" for row in rows]}
    context = {
        "id": one.id, "name": members.named(visit, who), "rows": rows, "currency": currency, "faults": faults,
        "general": " ".join(dict.fromkeys([text for name, text in faults.items() if name not in at_field])),
        "any": rest.left > 0, "amount": visit.request.POST.get("amount", plain), "token": device.token(visit),
        "of": visit.say(
            "till_returns.of", moment=pen.moment(one.occurred_at), money=pen.money(rest.total, currency)
        ),
        "left": visit.say("till_returns.left", money=pen.money(rest.left, currency)),
    }  # fmt: skip
    return frame.page(visit, "till/return.html", context, status=status)


def _rows(visit: Visit, bought: RecordedActivity, rest: Kept, faults: dict[str, str]) -> tuple[Row, ...]:
    """The lines of which something is left; none where the purchase was told as one sum."""
    pen, said = Pen(visit), visit.request.POST
    return tuple(
        [
            Row(
                number,
                visit.say(
                    "till_returns.line", name=_name(visit, pen, line),
                    money=pen.money(min(line.net, rest.left), _currency(visit, bought)),
                ),
                line.quantity, visit.say("till_returns.pieces", pieces=pen.number(line.quantity)),
                f"line.{number}" in said, said.get(f"pieces.{number}", ""), faults.get(f"pieces.{number}", ""),
            )
            for number, line in enumerate(rest.lines, 1)
            if bought.activity.lines and line.net and rest.left
        ]
    )  # fmt: skip


def _name(visit: Visit, pen: Pen, line: Line) -> str:
    """A line as people call it: by its product, else by its category or brand."""
    words = (("product", line.product), ("category", line.category), ("brand", line.brand))
    return next((pen.word(what, key) for what, key in words if key), visit.say("till_returns.goods"))


def _question(visit: Visit, tried: RecordedActivity, id: str) -> Question:
    refund = tried.decision.refund
    assert refund is not None, "what is not parked says what it gives back"
    total = Pen(visit).money(refund.amount, refund.currency)
    return Question(
        visit.say("till_returns.sure", money=total), visit.say("till_returns.yes"), visit.to("till.return", id),
        facts=(*_facts(visit, tried), *_vouchers(visit, id)),
    )  # fmt: skip


def _vouchers(visit: Visit, id: str) -> tuple[Fact, ...]:
    """The vouchers that were taken off the purchase: a return leaves them used."""
    one = _bought(visit, id).activity
    used = taps.of_sale(visit, one.member, one.external_id)
    told = ", ".join([f"{tap.name} (−{tap.off})" for tap in used])
    return (Fact(visit.say("till_rewards.stay_used"), told),) if told else ()


def _facts(visit: Visit, tried: RecordedActivity) -> tuple[Fact, ...]:
    """What is taken and what is given: points, money, what goes back onto a gift card, and vouchers."""
    pen, decision, refund = Pen(visit), tried.decision, tried.decision.refund
    assert refund is not None
    points: dict[str, int] = {}
    for tender in refund.tenders:
        if tender.unit is not None and tender.points:
            points[tender.unit] = points.get(tender.unit, 0) + tender.points
    card = sum([tender.amount for tender in refund.tenders if tender.kind == "gift_card"])
    told = (
        ("taken", _taken(visit, pen, decision)),
        ("restored", ", ".join([pen.points(one.points, one.unit) for one in decision.restored if one.points])),
        ("points_back", ", ".join([pen.points(steps, unit) for unit, steps in points.items()])),
        ("money_back", ways.hands_back(visit, tried)),
        ("card_back", pen.money(card, refund.currency) if card else ""),
        ("vouchers_back", ", ".join(decision.withdrawn)),
        ("rest", pen.money(refund.left, refund.currency)),
    )
    return tuple([Fact(visit.say(f"till_returns.{word}"), text) for word, text in told if text])


def _taken(visit: Visit, pen: Pen, decision: DecisionView) -> str:
    asked = [_of_unit(visit, pen, one) for one in decision.taken if one.asked]
    return "; ".join(asked) if asked else visit.say("till_returns.taken_none")


def _of_unit(visit: Visit, pen: Pen, one: Taken) -> str:
    """What of a unit goes, and what of that is no loss now: owed, expired before, or given up."""
    aside = (("debt", one.debt), ("lapsed", one.lapsed), ("shortfall", one.shortfall))
    notes = [visit.say(f"till_returns.{word}", points=pen.points(steps, one.unit)) for word, steps in aside if steps]
    return " · ".join([pen.points(one.asked, one.unit), *notes])


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till("till/<slug:programme>/members/<str:id>/purchases", "activities:read", list_, "till.purchases"),
    frame.at_till("till/<slug:programme>/receipts/<str:id>/return", "activities:write", show, "till.return"),
    frame.at_till(
        "till/<slug:programme>/receipts/<str:id>/return", "activities:write", take_back, "till.take_back",
        methods=("POST",),
    ),
)  # fmt: skip

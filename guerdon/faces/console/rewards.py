"""Rewards in the console: the catalogue with what is left, one reward with its rules, pieces, picture and odds."""

import re
from datetime import timedelta
from typing import Annotated, Any, Final

import msgspec
from django.http import HttpResponse
from msgspec import Meta

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.faces import posted, wares
from guerdon.faces.api import draws, pictures, stocks
from guerdon.faces.api import rewards as api
from guerdon.faces.api.calls import Page as Part
from guerdon.faces.api.rewards import RewardView
from guerdon.faces.asking import ask
from guerdon.faces.console import frame, meanwhile
from guerdon.faces.design.shapes import Cell, Choice, Column, Fact, Paging, Row, Sign
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.rewards import queries

AREA: Final = "console.rewards"
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")
_SUPPLIES: Final = 20
_NONE: Final = "-"  # what a form says for no picture
_FUNNEL: Final = ("redeemed", "reserved", "confirmed", "fulfilled", "cancelled", "expired")


class Pieces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pieces that came in, or were lost."""

    pieces: Annotated[int, Meta(ge=1, le=limits.QUANTITY_MAX)]
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    variant: str = ""
    lost: bool = False
    seen: int | None = None  # how many had come in when the page was opened
    over: int | None = None  # or since, where somebody else has told so meanwhile


class Tile(msgspec.Struct, frozen=True):
    """A reward in the catalogue, in words."""

    key: str
    name: str
    price: str
    picture: str
    icon: str
    kind: str
    left: str
    redeemed: str
    state: str
    sign: Sign


def list_(visit: Visit) -> HttpResponse:
    """The whole catalogue; of a kind or a category where one is asked for."""
    asked = visit.request.GET
    category, kind = asked.get("category") or "", asked.get("kind") or ""
    found = ask(visit, api.list_, query=api.Shelf(limit=limits.PAGE_ROWS_MAX))
    pen, out = Pen(visit), _out(visit)
    kinds = sorted({one.kind for one in found.rewards})
    wanted = [
        one
        for one in found.rewards
        if kind in ("", one.kind) and (not category or (one.category is not None and one.category.key == category))
    ]
    every = Choice("", visit.say("console_rewards.every"))
    context = {
        "tiles": tuple([_tile(visit, pen, one, out.get(one.key)) for one in wanted]),
        "none": not found.rewards, "kind": kind, "category": category,
        "kinds": (every, *[Choice(one, _kind(visit, one)) for one in kinds]),
        "categories": (every, *[Choice(one.key, one.name) for one in found.categories]),
    }  # fmt: skip
    return frame.page(visit, "console/rewards.html", context, area=AREA)


def _out(visit: Visit) -> dict[str, int]:
    """How many of each reward are promised or went out."""
    every = ask(visit, stocks.list_).rewards
    return {one.reward: sum(each.claimed + each.given for each in one.stocks) for one in every}


def _tile(visit: Visit, pen: Pen, one: RewardView, out: int | None) -> Tile:
    price = pen.tongue.capital(pen.tongue.any_of([wares.told(visit, pen, each) for each in one.prices]))
    state, sign = _state(visit, pen, one)
    left = visit.say("console_rewards.always") if one.left is None else pen.number(one.left)
    redeemed = "" if out is None else pen.number(out)
    return Tile(
        one.key, one.name, price, wares.picture(one.image), wares.ICONS[one.kind], _kind(visit, one.kind), left,
        redeemed, state, sign,
    )  # fmt: skip


def _kind(visit: Visit, kind: str) -> str:
    return visit.say(f"console_rewards.kind_{kind}")


def _state(visit: Visit, pen: Pen, one: RewardView) -> tuple[str, Sign]:
    """Whether it can be had now."""
    if one.ends is not None and one.ends <= visit.now:
        return visit.say("console_rewards.over"), ""
    if one.begins is not None and one.begins > visit.now:
        return visit.say("console_rewards.from", day=pen.day(one.begins)), "warn"
    if one.left == 0:
        return visit.say("console_rewards.gone"), "bad"
    return visit.say("console_rewards.offered"), "good"


def one(visit: Visit, key: str) -> HttpResponse:
    """One reward from all sides."""
    return _shown(visit, key)


def supply(visit: Visit, key: str) -> HttpResponse:
    """Bring pieces in, or write lost ones off."""
    token, said = posted.token(visit.request), visit.request.POST.dict()
    try:
        body = posted.read(visit.request, Pieces)
        pieces = -body.pieces if body.lost else body.pieces
        seen = body.seen if body.over is None else body.over
        wanted = api.NewSupply(pieces, body.reason, token, variant=body.variant, source="console", seen=seen)
        told = ask(visit, api.supply, key, body=wanted)
    except Refusal as refusal:
        faults = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _shown(visit, key, said=said, faults=faults, status=422)
    left = "" if told.left is None else Pen(visit).number(told.left)
    return visit.done(visit.say("console_rewards.supplied", left=left), "console.reward", key)


def put_picture(visit: Visit, key: str) -> HttpResponse:
    """Show another picture."""
    file = visit.request.FILES.get("picture")
    try:
        content = b"" if file is None else file.read(limits.PICTURE_BYTES_MAX + 1)
        ask(visit, pictures.put, key, body=pictures.NewPicture(content, _looked(visit)))
    except Refusal as refusal:
        return _unpictured(visit, key, refusal)
    return visit.done(visit.say("console_rewards.picture_put"), "console.reward", key)


def take_picture(visit: Visit, key: str) -> HttpResponse:
    """Show what the programme file says again."""
    try:
        ask(visit, pictures.take, key, query=pictures.Seen(_looked(visit)))
    except Refusal as refusal:
        return _unpictured(visit, key, refusal)
    return visit.done(visit.say("console_rewards.picture_taken"), "console.reward", key)


def _looked(visit: Visit) -> str | None:
    """The picture that the form was read of, or that was looked at since, by its address; "" is none, None any."""
    form = visit.request.POST
    told = form.get(meanwhile.OVER) or form.get("looked")
    return None if told is None else str(told).removeprefix(_NONE)


def _unpictured(visit: Visit, key: str, refusal: Refusal) -> HttpResponse:
    """The page with what somebody else did to the picture meanwhile, or with what is wrong with the file."""
    faults = {} if refusal.kind in meanwhile.REFUSALS else {"picture": posted.fault(refusal)}
    return _shown(visit, key, faults=faults, looked=_looked(visit), status=422)


def _shown(
    visit: Visit, key: str, *, said: dict[str, Any] | None = None, faults: dict[str, str] | None = None,
    looked: str | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    pen, reward = Pen(visit), ask(visit, api.read, key)
    told, faults = visit.programme.reward(key), faults or {}
    now = queries.supplied(visit.store, visit.programme_id, key)
    seen = int(said["seen"]) if said and _NUMBER.fullmatch(said.get("seen", "")) else now
    shown = reward.image or ""
    another = meanwhile.in_picture(visit, key, shown or _NONE) if looked is not None and looked != shown else None
    variants, found = told.variants(), ask(visit, stocks.list_supplies, key, query=_part(visit))
    rows = tuple([
        Row((Cell(pen.moment(one.at)), Cell(_variant(visit, one.variant)), Cell(pen.signed(one.pieces)),
             Cell("" if one.left is None else pen.number(one.left)), Cell(one.reason), Cell(one.actor)))
        for one in found.supplies
    ])  # fmt: skip
    context = {
        "looked": (shown if looked is None else looked) or _NONE, "another": another,
        "seen": seen, "meanwhile": meanwhile.in_stock(visit, key, seen) if said else None,
        "reward": reward, "tile": _tile(visit, pen, reward, None), "said": said or {}, "faults": faults,
        "general": "; ".join(text for name, text in faults.items() if name not in ("pieces", "reason", "picture")),
        "rules": sentences.reward(told, visit.programme, visit.language),
        "writes": visit.may("rewards:write"), "counted": told.stocked is not None,
        "variants": tuple([Choice(one, _variant(visit, one)) for one in variants]) if len(variants) > 1 else (),
        "columns": _columns(visit), "stock": _stock(visit, pen, key), "supplied": rows,
        "paging": None if found.next is None else Paging("", later=f"?cursor={found.next}"),
        "funnel": _funnel(visit, pen, key), "days": stocks.DAYS,
        "odds": _odds(visit, reward), "seeds": _seeds(visit, pen) if reward.chance is not None else (),
        "chance": reward.chance, "own": reward.image is not None and reward.image.startswith("/"),
    }  # fmt: skip
    return frame.page(visit, "console/reward.html", context, area=AREA, status=status)


def _part(visit: Visit) -> Part:
    return Part(limit=_SUPPLIES, cursor=visit.request.GET.get("cursor"))


def _variant(visit: Visit, variant: str) -> str:
    return variant or visit.say("console_rewards.whole")


def _columns(visit: Visit) -> dict[str, tuple[Column, ...]]:
    def heads(*names: str, end: tuple[str, ...] = ()) -> tuple[Column, ...]:
        return tuple([Column(visit.say(f"console_rewards.{one}"), end=one in end) for one in names])

    numbers = ("supplied_in", "claimed", "given", "left", "pieces")
    return {
        "stock": heads("variant", "supplied_in", "claimed", "given", "left", end=numbers),
        "supplies": heads("when", "variant", "pieces", "left", "reason", "who", end=numbers),
        "seeds": heads("seed_number", "seed_hash", "seed_shown"),
    }


def _stock(visit: Visit, pen: Pen, key: str) -> tuple[Row, ...]:
    found = ask(visit, stocks.read, key).stocks
    return tuple([
        Row((Cell(_variant(visit, one.variant)), Cell(pen.number(one.initial + one.supplied)),
             Cell(pen.number(one.claimed)), Cell(pen.number(one.given)),
             Cell("–" if one.left is None else pen.number(one.left))))
        for one in found
    ])  # fmt: skip


def _funnel(visit: Visit, pen: Pen, key: str) -> tuple[Fact, ...]:
    until = visit.now.astimezone(visit.zone).date() + timedelta(days=1)
    query = stocks.FunnelDays(since=until - timedelta(days=stocks.DAYS), until=until)
    found = ask(visit, stocks.funnel, key, query=query)
    words = {one: f"console_rewards.{one}" if one == "redeemed" else f"states.{one}" for one in _FUNNEL}
    return tuple([Fact(visit.say(words[one]), pen.number(getattr(found, one))) for one in _FUNNEL])


def _odds(visit: Visit, reward: RewardView) -> tuple[Fact, ...]:
    if reward.chance is None:
        return ()
    return tuple([
        Fact(one.name, visit.say("portal_rewards.odds", weight=one.weight, total=one.total))
        for one in reward.chance.odds
    ])  # fmt: skip


def _seeds(visit: Visit, pen: Pen) -> tuple[Row, ...]:
    """The last seeds with their hashes; each is shown once nothing is drawn with it any more."""
    hidden = visit.say("console_rewards.seed_hidden")
    found = ask(visit, draws.list_seeds).seeds[:_SUPPLIES]
    return tuple([Row((Cell(pen.number(one.number)), Cell(one.hash), Cell(one.seed or hidden))) for one in found])


_AT: Final = "console/<slug:programme>/rewards"
PAGES: Final[tuple[Page, ...]] = (
    Page(_AT, "figures:read", list_, "console.rewards"),
    Page(f"{_AT}/<str:key>", "figures:read", one, "console.reward"),
    Page(f"{_AT}/<str:key>/supply", "rewards:write", supply, "console.supply", methods=("POST",)),
    Page(f"{_AT}/<str:key>/picture", "rewards:write", put_picture, "console.picture", methods=("POST",)),
    Page(f"{_AT}/<str:key>/picture/take", "rewards:write", take_picture, "console.picture_take", methods=("POST",)),
)

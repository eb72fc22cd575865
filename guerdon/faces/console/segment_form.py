"""The form in which a segment is said: its name in each language, what it asks as a tree of sentences, and why."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.grammar import segments as grammar
from guerdon.core.segments import SEGMENT_INVALID
from guerdon.faces import posted
from guerdon.faces.api import segments as api
from guerdon.faces.api.segments import PreviewView, SegmentView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import asks, frame, meanwhile, members
from guerdon.faces.console.asks import Group, Leaf, Part
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.design.shapes import Choice, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_AREA: Final = "console.segments"
Place = tuple[str, tuple[Choice, ...], str]  # its key, what can be chosen, else as what it is typed
_HOW: Final = {
    "tier": ("in", "not_in"), "segment": ("in", "not_in"), "balance": asks.BOUNDS, "counter": asks.BOUNDS,
    "joined": asks.SPANS, "last": asks.SPANS,
}  # fmt: skip


class Chip(msgspec.Struct, frozen=True):
    """A place in a sentence: one of some choices, or a value."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...] = ()
    type: str = "text"
    size: int = 8


class Shown(msgspec.Struct, frozen=True):
    """A part of the tree as it is drawn; a group has parts, a condition a sentence with its places."""

    path: str
    of: str = ""
    parts: "tuple[Shown, ...]" = ()
    word: str = ""
    says: str = ""
    chips: tuple[Chip, ...] = ()
    fault: str = ""


def new(visit: Visit) -> HttpResponse:
    """The form of a segment that is not there yet, with a first condition."""
    if visit.request.method == "POST":
        return _sent(visit, None)
    return _page(visit, Group("all", (Leaf("last", {"how": "days_min", "value": "90"}),)), None)


def edit(visit: Visit, key: str) -> HttpResponse:
    """The form of a segment that is saved."""
    saved = ask(visit, api.read, key)
    if visit.request.method == "POST":
        return _sent(visit, saved)
    return _page(visit, asks.read(saved.condition), saved)


def _sent(visit: Visit, saved: SegmentView | None) -> HttpResponse:
    """One more condition or one less, a look at whom it finds, or its saving."""
    form = visit.request.POST
    tree, act = asks.posted(form), form.get("act", "preview")
    if act not in ("save", "preview"):
        where = act.partition(" ")[2]
        return _page(visit, asks.acted(tree, act, form.get(f"{where}.new", "")), saved)
    try:
        if act == "preview":
            found = ask(visit, api.preview, body=posted.shaped({"if": asks.document(tree)}, api.Unsaved))
            return _page(visit, tree, saved, found=found)
        key = _save(visit, tree, saved)
    except Refusal as refusal:
        now = saved and ask(visit, api.read, saved.key)  # somebody else may have changed it since it was read above
        return _page(visit, tree, now, refusal=refusal)
    return visit.done(visit.say("segments.saved"), "console.segment", key)


def _save(visit: Visit, tree: Group, saved: SegmentView | None) -> str:
    form = visit.request.POST
    names = {code: text for code in LANGUAGES if (text := form.get(f"name.{code}", "").strip())}
    why = form.get("why", "").strip() or visit.say("segments.no_why")
    said = {"name": names, "if": asks.document(tree), "why": why}
    if saved is None:
        body = posted.shaped({"key": form.get("key", "").strip(), **said}, api.NewSegment)
        return str(ask(visit, api.add, body=body).key)
    etag = meanwhile.seen(visit, saved.version)
    reply(visit, api.change, saved.key, body=posted.shaped(said, api.Definition), etag=etag)
    return saved.key


def _page(
    visit: Visit, tree: Group, saved: SegmentView | None, *, found: PreviewView | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    form, pen = visit.request.POST, Pen(visit)
    names = saved.names if saved is not None else {}
    wrong = "" if refusal is None or refusal.kind in meanwhile.REFUSALS else posted.fault(refusal)
    at = ""
    if refusal is not None and refusal.kind is SEGMENT_INVALID:
        at = asks.place(tree, str(refusal.facts["pointer"]))
    others = saved and meanwhile.in_segment(visit, saved.key, saved.sentence, saved.version)
    title = visit.say("segments.new") if saved is None else saved.name
    context: dict[str, Any] = {
        "title": title, "crumbs": crumbs(visit, saved), "tree": _group(visit, pen, tree, "0", at, wrong),
        "names": tuple([(one, form.get(f"name.{one}", names.get(one, "")), text) for one, text in LANGUAGES.items()]),
        "key_said": form.get("key", ""), "why": form.get("why", ""), "saved": saved,
        "fault": "" if at else wrong, "meanwhile": others,
        "revision": meanwhile.seen(visit, saved.version) if saved else "",
        "words": tuple([Choice(one, visit.say(f"segments.new_{one}")) for one in asks.WORDS]),
        "found": found, "saves": visit.may("segments:write"), "columns": members.columns(visit),
        "rows": members.rows(visit, found.first) if found is not None and visit.may("profiles:read") else (),
    }  # fmt: skip
    return frame.page(visit, "console/segment_edit.html", context, area=_AREA, status=422 if refusal else 200)


def crumbs(visit: Visit, saved: SegmentView | None = None) -> tuple[Link, ...]:
    """The way to what lies below the list of segments."""
    way = [Link(visit.say("console.segments"), visit.to("console.segments"))]
    if saved is not None:
        way.append(Link(saved.name, visit.to("console.segment", saved.key)))
    return tuple(way)


# --- the tree as it is drawn ---


def _group(visit: Visit, pen: Pen, tree: Group, path: str, at: str, wrong: str) -> Shown:
    parts = [_part(visit, pen, one, f"{path}.{place}", at, wrong) for place, one in enumerate(tree.parts)]
    return Shown(path, of=tree.of, parts=tuple(parts))


def _part(visit: Visit, pen: Pen, part: Part, path: str, at: str, wrong: str) -> Shown:
    if isinstance(part, Group):
        return _group(visit, pen, part, path, at, wrong)
    chips = tuple(
        [
            Chip(
                f"{path}.{key}", visit.say(f"segments.place_{key}"), part.said.get(key, ""), choices, kind,
                max(4, min(40, len(part.said.get(key, "")))),
            )
            for key, choices, kind in _places(visit, pen, part)
        ]
    )  # fmt: skip
    says = visit.say(f"segments.says_{part.word}")
    return Shown(path, word=part.word, says=says, chips=chips, fault=wrong if path == at else "")


def _places(visit: Visit, pen: Pen, leaf: Leaf) -> list[Place]:
    """The places of a sentence in their order."""
    if leaf.word == asks.RAW:
        return [("text", (), "text")]
    value: Place = ("value", _values(visit, pen, leaf), "date" if leaf.said.get("how") in ("from", "until") else "text")
    if leaf.word in ("voucher", "birthday_month"):
        return [value]
    how: Place = ("how", _words(visit, *_HOW[leaf.word]), "")
    what = _whats(visit, pen, leaf)
    return [*what, how, value]


def _values(visit: Visit, pen: Pen, leaf: Leaf) -> tuple[Choice, ...]:
    """What can be chosen of, where a value is not typed; what was chosen before stays, also a list of several."""
    programme, value = visit.programme, leaf.said.get("value", "")
    found: list[Choice] = []
    if leaf.word == "tier":
        levels = [level for ladder in programme.tiers for level in ladder.levels]
        found = [Choice(one.key, pen.tongue.named(one.name)) for one in levels]
    elif leaf.word == "voucher":
        found = [Choice(key, pen.tongue.named(one.name)) for key, one in programme.vouchers.items()]
    elif leaf.word == "birthday_month":
        months = [pen.tongue.capital(one) for one in pen.tongue.months]
        found = [Choice("", visit.say("segments.this_month"))]
        found += [Choice(str(number), month) for number, month in enumerate(months, 1)]
    if found and value and value not in {one.value for one in found}:
        found.append(Choice(value, value))
    return tuple(found)


def _whats(visit: Visit, pen: Pen, leaf: Leaf) -> list[Place]:
    """Of what something is asked: points of a unit, what is counted, an activity."""
    programme = visit.programme
    if leaf.word == "balance":
        return [("what", tuple([Choice(code, pen.tongue.unit(one)) for code, one in programme.units.items()]), "")]
    if leaf.word == "counter":
        return [("what", tuple([Choice(one, _counted(visit, pen, one)) for one in grammar.counted(programme)]), "")]
    if leaf.word == "last":
        kinds = [Choice("", pen.tongue.kind("purchase", programme)["one"])]
        kinds += [Choice(one, pen.tongue.kind(one, programme)["one"]) for one in programme.kinds]
        return [("kind", tuple(kinds), "")]
    return []


def _words(visit: Visit, *keys: str) -> tuple[Choice, ...]:
    return tuple([Choice(one, visit.say(f"segments.how_{one}")) for one in keys])


def _counted(visit: Visit, pen: Pen, told: str) -> str:
    """What is counted of members, by which calendar period."""
    what, _, period = told.partition(" ")
    named = visit.say("segments.spend")
    if what != "spend":
        noun = pen.tongue.kind(what.partition(":")[2], visit.programme)
        named = noun.get("many", noun["one"])  # Turkish counts in the singular
    return f"{named}, {visit.say(f'segments.period_{period}')}"


assert limits.CONDITION_DEPTH_MAX >= asks.DEPTH_MAX
PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/segments/new", "segments:write", new, "console.segment_new", ("GET", "POST")),
    Page(
        "console/<slug:programme>/segments/<slug:key>/edit", "segments:write", edit, "console.segment_edit",
        ("GET", "POST"),
    ),
)  # fmt: skip

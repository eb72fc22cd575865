"""The form in which a segment is said: its name in each language, what it asks as a tree of sentences, and why."""

from typing import Any, Final

from django.http import HttpResponse

from guerdon.core.errors import Refusal
from guerdon.core.segments import SEGMENT_INVALID
from guerdon.faces import posted, typed
from guerdon.faces.api import segments as api
from guerdon.faces.api.segments import PreviewView, SegmentView
from guerdon.faces.asking import ask, reply
from guerdon.faces.console import frame, meanwhile, members, trees
from guerdon.faces.console.filling import Filling
from guerdon.faces.console.leaves import Leaf
from guerdon.faces.console.trees import Branch
from guerdon.faces.design.guide import LANGUAGES
from guerdon.faces.design.shapes import Fault, Link
from guerdon.faces.refusals import filled as sayings
from guerdon.faces.refusals import people
from guerdon.faces.visits import Page, Visit

_AREA: Final = "console.segments"
_PATH: Final = "0"  # of the tree in the form


def new(visit: Visit) -> HttpResponse:
    """The form of a segment that is not there yet, with a first condition."""
    if visit.request.method == "POST":
        return _sent(visit, None)
    return _page(visit, Branch("all", (Leaf("last", {"op": "days_min", "value": "90"}),)), None)


def edit(visit: Visit, key: str) -> HttpResponse:
    """The form of a segment that is saved."""
    saved = ask(visit, api.read, key)
    if visit.request.method == "POST":
        return _sent(visit, saved)
    return _page(visit, trees.read(saved.condition, trees.SEGMENTS), saved)


def _sent(visit: Visit, saved: SegmentView | None) -> HttpResponse:
    """One more condition or one less, a look at whom it finds, or its saving."""
    form = visit.request.POST
    tree, act = trees.posted(form, _PATH, trees.SEGMENTS), form.get("act", "preview")
    if act not in ("save", "preview"):
        return _page(visit, trees.acted(tree, _PATH, act, form, trees.SEGMENTS), saved)
    unclear = trees.faults(tree, _PATH, trees.SEGMENTS, visit.language, fine=typed.fine(visit.programme))
    if unclear:
        return _page(visit, tree, saved, unclear=unclear | (_missing(visit, saved) if act == "save" else {}))
    try:
        if act == "preview":
            found = ask(
                visit, api.preview, body=posted.shaped({"if": trees.document(tree, trees.SEGMENTS)}, api.Unsaved)
            )
            return _page(visit, tree, saved, found=found)
        key = _save(visit, tree, saved)
    except Refusal as refusal:
        now = saved and ask(visit, api.read, saved.key)  # somebody else may have changed it since it was read above
        return _page(visit, tree, now, refusal=refusal)
    return visit.done(visit.say("segments.saved"), "console.segment", key)


def _missing(visit: Visit, saved: SegmentView | None) -> dict[str, str]:
    """What is blank and may not be, where something else can't be read so that nothing is asked of the engine."""
    wanted = [f"name.{one}" for one in visit.programme.languages] + ([] if saved else ["key"])
    blank = people.at_field("missing", "", visit.language) or ""
    return {name: blank for name in wanted if not visit.request.POST.get(name, "").strip()}


def _save(visit: Visit, tree: Branch, saved: SegmentView | None) -> str:
    form = visit.request.POST
    names = {code: text for code in LANGUAGES if (text := form.get(f"name.{code}", "").strip())}
    why = form.get("why", "").strip() or visit.say("segments.no_why")
    said = {"name": names, "if": trees.document(tree, trees.SEGMENTS), "why": why}
    if saved is None:
        body = posted.shaped({"key": form.get("key", "").strip(), **said}, api.NewSegment)
        return str(ask(visit, api.add, body=body).key)
    etag = meanwhile.seen(visit, saved.version)
    reply(visit, api.change, saved.key, body=posted.shaped(said, api.Definition), etag=etag)
    return saved.key


def _page(
    visit: Visit, tree: Branch, saved: SegmentView | None, *, found: PreviewView | None = None,
    refusal: Refusal | None = None, unclear: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    form = visit.request.POST
    names = saved.names if saved is not None else {}
    faults = unclear or ({} if refusal is None else _faults(visit, tree, refusal))
    others = saved and meanwhile.in_segment(visit, saved.key, saved.sentence, saved.version)
    title = visit.say("segments.new") if saved is None else saved.name
    drawn = Filling(visit.programme, visit.language, faults)
    context: dict[str, Any] = {
        "title": title, "crumbs": crumbs(visit, saved), "tree": drawn.tree(tree, _PATH, trees.SEGMENTS),
        "names": tuple([
            (one, form.get(f"name.{one}", names.get(one, "")), text, faults.get(f"name.{one}", ""))
            for one, text in LANGUAGES.items()
        ]),
        "key_said": form.get("key", ""), "why": form.get("why", ""), "saved": saved,
        "faults": faults, "failing": tuple([Fault(name, text) for name, text in faults.items()]), "meanwhile": others,
        "revision": meanwhile.seen(visit, saved.version) if saved else "",
        "found": found, "saves": visit.may("segments:write"), "columns": members.columns(visit),
        "rows": members.rows(visit, found.first) if found is not None and visit.may("profiles:read") else (),
    }  # fmt: skip
    return frame.page(
        visit, "console/segment_edit.html", context, area=_AREA, status=422 if refusal or unclear else 200
    )


def _faults(visit: Visit, tree: Branch, refusal: Refusal) -> dict[str, str]:
    """All that is wrong by the field where it stands; nothing where others were quicker, which is told by itself."""
    if refusal.kind in meanwhile.REFUSALS:
        return {}
    if refusal.kind is not SEGMENT_INVALID:
        return posted.faults(refusal)
    form, where = visit.request.POST, dict(trees.places(tree, "/if", _PATH))
    nameless = iter([f"name.{one}" for one in visit.programme.languages if not form.get(f"name.{one}", "").strip()])
    told: dict[str, str] = {}
    for pointer, reason, message in refusal.faults:
        field = trees.place(where, pointer, "/if") or pointer.strip("/").replace("/", ".")
        text = sayings.tell(reason, message, visit.language)
        if field.split(".")[0] == "if":
            field = _PATH
        elif reason == "language_missing" or field == "name":  # of the whole name, once for each that has none
            field = next(nameless, "name.en")
        if field in ("key", "name.en", "name.bg", "name.tr") and not form.get(field, "").strip():
            text = people.at_field("missing", "", visit.language) or text
        if text not in told.get(field, ""):  # once, however many places of a sentence are blank
            told[field] = f"{told[field]} {text}" if field in told else text
    return told


def crumbs(visit: Visit, saved: SegmentView | None = None) -> tuple[Link, ...]:
    """The way to what lies below the list of segments."""
    way = [Link(visit.say("console.segments"), visit.to("console.segments"))]
    if saved is not None:
        way.append(Link(saved.name, visit.to("console.segment", saved.key)))
    return tuple(way)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/segments/new", "segments:write", new, "console.segment_new", ("GET", "POST")),
    Page(
        "console/<slug:programme>/segments/<slug:key>/edit", "segments:write", edit, "console.segment_edit",
        ("GET", "POST"),
    ),
)  # fmt: skip

"""Entries of the programme file as forms of their own: a ladder of tiers, a plan; each is changed in a draft."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as ReadMapping
from typing import Any, Final, Protocol

import msgspec
from django.http import HttpResponse, QueryDict

from guerdon.core import documents, edits, limits, sentences
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import posted, typed
from guerdon.faces.console import fields, folding, frame, meanwhile, naming, sources
from guerdon.faces.console.parts import KEY, NEW, Group, Part, value
from guerdon.faces.console.sources import Source
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Fault, Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.programmes import forms
from guerdon.features.programmes.forms import Problem

_TOLD: Final = 5  # of what else no longer fits


class Grouped(Protocol):
    """Makes the groups of an entry, from what there is of it and what a form has told."""

    def __call__(
        self, source: Source, entry: Mapping, told: ReadMapping[str, object], *, is_new: bool
    ) -> tuple[Group, ...]: ...


class Folder(msgspec.Struct, frozen=True):
    """A folder of the file whose entries have forms: how those are made, and the pages that they stand on.

    `opened` and `closed` bring an entry into the shape that fields have, and back; `spot` does so with pointers below
    it. `pages` begins the names of the pages, `stem` a key that no name gives.
    """

    key: str
    area: str
    pages: str
    stem: str
    icon: str
    groups: Grouped
    opened: Callable[[Mapping], Mapping]
    closed: Callable[[Mapping, Mapping], Mapping]
    spot: Callable[[str], str]
    said: Callable[[Programme, str, str], Sequence[str]]  # the sentences of an entry in a language
    previewed: "Callable[[Visit, Mapping], dict[str, Any]] | None" = None  # what a document would do, for the page

    def entries(self, whole: Mapping) -> Mapping:
        """All entries by key."""
        found = whole.get(self.key)
        return found if isinstance(found, dict) else {}


class Entry(msgspec.Struct, frozen=True):
    """An entry under its key as it stands, with the part that its form is; `before` is None where it is new."""

    key: str
    part: Part
    opened: Mapping
    before: "Mapping | None"


class Tried(msgspec.Struct, frozen=True):
    """What comes of a form: its edits, the document and programme with them, or what is wrong by field."""

    edits: tuple[Edit, ...] = ()
    document: Mapping = {}
    programme: Programme | None = None
    faults: dict[str, str] = {}


# --- the pages ---


def listed(visit: Visit, folder: Folder, draft: str) -> HttpResponse:
    """All entries of a draft. Raises `draft_unknown`."""
    source = sources.of(visit, draft)
    rows = tuple([
        (_name(visit, one), tuple(folder.said(source.programme, key, visit.language)),
         visit.to(f"{folder.pages}_edit", key) + source.query)
        for key, one in folder.entries(source.written).items()
    ])  # fmt: skip
    context = {
        "source": source, "rows": rows, "icon": folder.icon, "title": visit.say(f"console_{folder.key}.title"),
        "links": (Link(source.title, visit.to("console.draft", source.draft)),),
        "none": visit.say(f"console_{folder.key}.none"), "add": visit.say(f"entries.new_{folder.stem}"),
        "adds": visit.to(f"{folder.pages}_new") + source.query,
    }  # fmt: skip
    return frame.page(visit, "console/entries.html", context, area="console.drafts")


def new(visit: Visit, folder: Folder) -> HttpResponse:
    """An entry that is yet to be."""
    return _page(visit, folder, sources.of(visit), "", None, {})


def edit(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """An entry as a form. Raises `part_unknown`."""
    source = sources.of(visit)
    edits.part(source.written, documents.under(f"/{folder.key}", key))
    return _page(visit, folder, source, key, None, {})


def save(visit: Visit, folder: Folder, key: str = "") -> HttpResponse:
    """What was posted: another blank entry within, a look at how it reads or what it would do, or saving it."""
    source = sources.of(visit)
    form: QueryDict = visit.request.POST
    if key and posted.revision(form.get("revision", "")) in (0, source.revision):  # else somebody may have removed it
        edits.part(source.written, documents.under(f"/{folder.key}", key))
    act = form.get("act", "save")
    entry = _entry(folder, source, key, form)
    form = _keyed(form, entry)
    tried = _try(visit, folder, source, entry, form)
    if act == "look" or act.startswith("add "):
        return _page(visit, folder, source, key, form, {}, reads=tried)
    if tried.faults:
        return _page(visit, folder, source, key, form, tried.faults, status=422)
    try:
        if act == "preview" and folder.previewed is not None and visit.may("profiles:read"):
            return _page(
                visit, folder, source, key, form, {}, reads=tried, more=folder.previewed(visit, tried.document)
            )
        draft = sources.save(visit, source, tried.edits, _title(visit, folder, "writing", tried.document, entry.key))
    except Refusal as refusal:
        refused = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _page(visit, folder, sources.after(visit, refusal), key, form, refused, reads=tried, status=422)
    return sources.saved(visit, draft, visit.say("rules.saved"))


def remove(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """Take an entry out, in a draft."""
    source = sources.of(visit)
    pointer = documents.under(f"/{folder.key}", key)
    edits.part(source.written, pointer)
    made = [Edit("remove", pointer)]
    wrong = forms.read_document(edits.edited(source.written, made)).errors
    if wrong:
        return _page(visit, folder, source, key, None, {"": _elsewhere(visit, wrong)}, status=422)
    try:
        draft = sources.save(visit, source, made, _title(visit, folder, "removing", source.written, key))
    except Refusal as refusal:
        refused = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _page(visit, folder, sources.after(visit, refusal), key, None, refused, status=422)
    return sources.saved(visit, draft, visit.say("entries.removed"))


def _title(visit: Visit, folder: Folder, deed: str, whole: Mapping, key: str) -> str:
    name = _name(visit, folder.entries(whole).get(key)) or key
    return visit.say(f"entries.{deed}_{folder.stem}", name=name)[: limits.NAME_CHARS_MAX]


def _name(visit: Visit, entry: documents.Document) -> str:
    found = value(entry, "name")
    return Pen(visit).tongue.named({k: str(v) for k, v in found.items()}) if isinstance(found, dict) and found else ""


def _page(
    visit: Visit, folder: Folder, source: Source, key: str, form: QueryDict | None, faults: dict[str, str], *,
    reads: Tried | None = None, status: int = 200, more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    entry = _entry(folder, source, key, form)
    view = fields.View(visit, source, entry.part, entry.opened, form, faults, words="entries")
    there = folder.entries(source.written).get(key)
    back = visit.to(f"console.draft_{folder.key}", source.draft) if source.draft else visit.to(folder.area)
    links = [Link(visit.say(f"console_{folder.key}.title"), back)]
    if source.draft:
        links.insert(0, Link(source.title, visit.to("console.draft", source.draft)))
    programme = source.programme if form is None and key else reads.programme if reads else None
    context: dict[str, Any] = {
        "said": _reads(folder, programme, entry.key) if programme else (),
        "source": source, "meanwhile": sources.since(visit, source), "cards": view.groups(), "links": tuple(links),
        "title": _name(visit, there) if key else visit.say(f"entries.new_{folder.stem}"), "is_new": not key,
        "failing": tuple([Fault(name, text) for name, text in faults.items() if name]), "general": faults.get("", ""),
        "previews": folder.previewed is not None and visit.may("profiles:read"), "back": back,
        "removes": visit.to(f"{folder.pages}_remove", key) if key else "", "folder": folder.key,
        "here": visit.to(f"{folder.pages}_edit", key) if key else visit.to(f"{folder.pages}_new"),
    }  # fmt: skip
    return frame.page(visit, "console/entry.html", context | (more or {}), area=folder.area, status=status)


def _reads(folder: Folder, programme: Programme, key: str) -> tuple[tuple[str, str, str], ...]:
    """The languages of pages by their own names, with how the entry reads in each."""
    return tuple([
        (one, guide.LANGUAGES[one], " ".join(folder.said(programme, key, one))) for one in sentences.LANGUAGES
    ])  # fmt: skip


# --- what a form says ---


def _entry(folder: Folder, source: Source, key: str, form: QueryDict | None) -> Entry:
    """The entry of the key; a new one is under the key that was typed, or that its name gives."""
    told: ReadMapping[str, object] = {} if form is None else form.dict()
    there = folder.entries(source.written)
    here = key or str(told.get(KEY, "")).strip()
    here = here or naming.key(_said(told, ""), there, folder.stem)
    before = there.get(key) if key else None
    found = before if isinstance(before, dict) else None
    opened = folder.opened(found or {})
    base = documents.under(f"/{folder.key}", here)
    return Entry(here, Part(base, folder.groups(source, opened, told, is_new=not key)), opened, found)


def _said(told: ReadMapping[str, object], path: str) -> str:
    """The name that a form says at a path, in English before all else."""
    names = {one: str(text).strip() for one, text in told.items() if one.startswith(f"{path}name.")}
    return names.get(f"{path}name.en") or next(filter(None, names.values()), "")


def _keyed(form: QueryDict, entry: Entry) -> QueryDict:
    """The form with a key for every new entry within that has none, made of its name."""
    made, told = form.copy(), form.dict()
    for one in entry.part.fields:
        above, _, last = one.path.rpartition(".")
        holder, _, name = above.rpartition(".")
        if last != KEY or not name.startswith(NEW) or folding.told(made, one):
            continue
        if any(str(text).strip() for key, text in told.items() if key.startswith(f"{above}.")):
            within = value(entry.opened, holder)
            taken = {
                str(made[each]) for each in made if each.startswith(f"{holder}.{NEW}") and each.endswith(f".{KEY}")
            }
            taken |= set(within) if isinstance(within, dict) else set()
            made[one.path] = naming.key(_said(told, f"{above}."), taken, holder.rpartition(".")[2].removesuffix("s"))
    return made


def _try(visit: Visit, folder: Folder, source: Source, entry: Entry, form: QueryDict) -> Tried:
    """Try what a form says of an entry on the programme; nothing is changed."""
    there, part = folder.entries(source.written), entry.part
    if entry.before is None and entry.key in there:
        return Tried(faults={KEY: visit.say("settings.key_taken")})
    shaped = source.written | {folder.key: there | {entry.key: entry.opened}}
    twice = folding.taken(shaped, part, form)
    if twice:
        return Tried(faults={twice: visit.say("settings.key_taken")})
    unclear = folding.faults(shaped, part, form, fine=typed.fine(source.programme))
    if unclear:
        return Tried(faults=unclear)
    after = folder.closed(folding.written(entry.opened, part, form), entry.before or {})
    after = {key: one for key, one in after.items() if key != KEY}
    made = [_added(folder, source, entry.key, after)]
    if entry.before is not None:
        made = folding.differing(part.base, entry.before, after)
    document = edits.edited(source.written, made)
    reading = forms.read_document(document)
    mine = [one for one in reading.errors if f"{one.path}/".startswith(f"{part.base}/")]
    wrong = [msgspec.structs.replace(one, path=_place(folder, part, one)) for one in mine]
    faults = folding.problems(wrong, part, form, visit.language)
    others = [one for one in reading.errors if one not in mine]
    if others:
        faults[""] = _elsewhere(visit, others)
    return Tried(tuple(made), document, reading.programme, faults)


def _elsewhere(visit: Visit, wrong: Sequence[Problem]) -> str:
    """What else in the programme no longer fits, and why."""
    told = dict.fromkeys(f"{one.path}: {folding.problem(one, visit.language)}" for one in wrong)
    return visit.say("entries.still_used", where="; ".join([one.removesuffix(".") for one in told][:_TOLD]))


def _place(folder: Folder, part: Part, one: Problem) -> str:
    """Where the form has what is wrong; a key at its own field."""
    path = part.base + folder.spot(one.path.removeprefix(part.base))
    if one.reason == "invited_or_earned" and not path.endswith("/from"):
        return f"{path}/from"
    return f"{path}/{KEY}" if one.reason in ("bad_key", "duplicate") else path


def _added(folder: Folder, source: Source, key: str, entry: Mapping) -> Edit:
    """The edit that puts a new entry into its folder, which may not be there yet."""
    if isinstance(source.written.get(folder.key), dict):
        return Edit("put", documents.under(f"/{folder.key}", key), entry)
    return Edit("put", f"/{folder.key}", {key: entry})

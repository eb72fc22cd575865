"""Entries of the programme file as forms over the draft – of every folder that has them: added, changed, taken out."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse
from django.utils.http import urlencode

from guerdon.core import edits, limits, sentences
from guerdon.core.documents import Document, Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import called, posted
from guerdon.faces.console import draft_tabs, entry_form, fields, frame, meanwhile, origins, places, sources
from guerdon.faces.console.entry_form import Entry, Folder, Tried
from guerdon.faces.console.filling import Filling
from guerdon.faces.console.folders import FOLDERS
from guerdon.faces.console.parts import value
from guerdon.faces.console.sources import Source
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Fact, Link
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms

_JUDGED: Final = ("save", "look", "preview")  # the other buttons only change the form: what they added is still blank


def listed(visit: Visit, folder: Folder, draft: str) -> HttpResponse:
    """All entries as a draft has them, each leading to its form. Raises `draft_unknown`."""
    source = sources.of(visit, draft)
    programme = called.speaking(visit.store, visit.programme_id, source.programme)
    rows = tuple([
        (_name(visit, one), " ".join(folder.said(programme, key, visit.language)),
         visit.to(f"console.{folder.noun}_edit", key) + source.query)
        for key, one in folder.entries(source.written).items()
    ])  # fmt: skip
    context = {
        "source": source, "rows": rows, "icon": folder.icon, "title": visit.say(f"console_{folder.key}.title"),
        "links": (Link(source.title, visit.to("console.draft", source.draft)),),
        "none": visit.say(f"console_{folder.key}.none"), "add": visit.say(f"entries.new_{folder.noun}"),
        "adds": visit.to(f"console.{folder.noun}_new") + source.query,
        "tabs": draft_tabs.of(visit, source.draft, f"console.draft_{folder.key}"),
    }  # fmt: skip
    return frame.page(visit, "console/entries.html", context, area="console.drafts")


def new(visit: Visit, folder: Folder) -> HttpResponse:
    """One that is yet to be, with nothing said or like another one."""
    like = _like(visit)
    source = sources.begun(visit, folder.pointer(like) if like else "")
    return _page(visit, source, entry_form.of(folder, source, "", like=like))


def edit(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """One as a form. Raises `part_unknown`."""
    source = sources.begun(visit, folder.pointer(key))
    edits.part(source.written, folder.pointer(key))
    return _page(visit, source, entry_form.of(folder, source, key))


def save(visit: Visit, folder: Folder, key: str = "") -> HttpResponse:
    """What was sent: a button that changes the form, a look at how it reads or what it would do, or saving it."""
    source, form = sources.of(visit), visit.request.POST
    if key and posted.revision(form.get("revision", "")) in (0, source.revision):  # else somebody may have removed it
        edits.part(source.written, folder.pointer(key))
    act = form.get("act", "save")
    entry = entry_form.of(folder, source, key, like=_like(visit), form=form)
    tried = entry_form.tried(entry, source, visit.language)
    preview = folder.previewed if act == "preview" and visit.may("profiles:read") else None
    if act != "save" and preview is None:
        faults = tried.faults if act in _JUDGED else {}
        return _page(visit, source, entry, msgspec.structs.replace(tried, faults=faults))
    if tried.faults:
        return _page(visit, source, entry, tried, status=422)
    try:
        if preview is not None:
            return _page(visit, source, entry, tried, more=preview(visit, tried.document))
        title = visit.say(f"entries.writing_{folder.noun}", name=_named(visit, folder, tried.document, entry.key))
        return sources.save(visit, source, tried.edits, title[: limits.NAME_CHARS_MAX], visit.say("rules.saved"))
    except Refusal as refusal:
        return _refused(visit, entry, tried, refusal, key)


def remove(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """Ask whether it is really meant, with what waits for it; then take it out, in a draft. Raises `part_unknown`."""
    source = sources.of(visit)
    edits.part(source.written, folder.pointer(key))
    made = [Edit("remove", folder.pointer(key))]
    entry, before = entry_form.of(folder, source, key), Tried(programme=source.programme)
    wrong = forms.read_document(edits.edited(source.written, made)).errors
    asking = places.asking(source.written, folder.key, key)  # without any ladder a tier would be whatever one is told
    if wrong or asking:
        faults = {"": entry_form.elsewhere(wrong, source.written, visit.language, asking)}
        return _page(visit, source, entry, msgspec.structs.replace(before, faults=faults), status=422)
    name = _named(visit, folder, source.written, key)
    if not visit.is_sure:
        return visit.sure(_question(visit, source, folder, key, name))
    try:
        title = visit.say("entries.removing", name=name)[: limits.NAME_CHARS_MAX]
        return sources.save(visit, source, made, title, visit.say("entries.removed"))
    except Refusal as refusal:
        return _refused(visit, entry, before, refusal)


def _question(visit: Visit, source: Source, folder: Folder, key: str, name: str) -> Question:
    back = visit.to(f"console.{folder.noun}_edit", key) + source.query
    waiting = None if folder.waiting is None else folder.waiting(visit, key)
    told = (
        Fact(visit.say(f"entries.waiting_{folder.noun}"), Pen(visit).number(waiting)) if waiting is not None else None
    )
    return Question(
        visit.say("entries.remove_sure", name=name), visit.say("entries.remove_yes"), back,
        visit.say(f"entries.remove_{folder.noun}"), "danger", folder.page, (told,) if told else (),
        crumbs=(*_links(visit, source, folder), Link(name, back)),
    )  # fmt: skip


def _refused(visit: Visit, entry: Entry, tried: Tried, refusal: Refusal, key: str = "") -> HttpResponse:
    """The form once more with what is wrong, or over what somebody else has changed meanwhile, which is told."""
    source = sources.after(visit, refusal)
    if refusal.kind not in meanwhile.REFUSALS:
        tried = msgspec.structs.replace(tried, faults=posted.faults(refusal))
    elif entry.form is not None:
        entry = entry_form.of(entry.folder, source, key, like=_like(visit), form=visit.request.POST)
        tried = entry_form.tried(entry, source, visit.language)
    return _page(visit, source, entry, tried, status=422)


def _like(visit: Visit) -> str:
    return visit.request.GET.get("like", "")


def _named(visit: Visit, folder: Folder, whole: Mapping, key: str) -> str:
    return _name(visit, folder.entries(whole).get(key)) or key


def _name(visit: Visit, entry: Document) -> str:
    found = value(entry, "name")
    return Pen(visit).tongue.named({k: str(v) for k, v in found.items()}) if isinstance(found, dict) and found else ""


def _page(
    visit: Visit, source: Source, entry: Entry, tried: Tried | None = None, *, status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    folder = entry.folder
    if tried is None:  # nobody has sent anything: it is as it stands, or begins with what may be nothing yet
        tried = Tried(programme=source.programme)
        if entry.is_new:
            tried = msgspec.structs.replace(entry_form.tried(entry, source, visit.language), faults={})
    faults = tried.faults
    told, noun = Filling(source.programme, visit.language, faults), folder.noun
    groups = fields.View(visit, source, entry.part, entry.opened, entry.form, faults, "entry_fields").groups()
    here = visit.to(f"console.{noun}_new") if entry.is_new else visit.to(f"console.{noun}_edit", entry.key)
    like = f"?{urlencode({'like': _like(visit)})}" if entry.is_new and _like(visit) else ""
    title = visit.say(f"entries.new_{noun}")
    if not entry.is_new:
        title = visit.say("entries.edit", name=_name(visit, entry.before or entry.opened) or entry.key)
    context: dict[str, Any] = {
        "source": source, "meanwhile": sources.since(visit, source, here), "folder": folder.key, "title": title,
        "about": frame.known(visit, f"entries.about_{noun}", visit.say("rules.editing_about")),
        "said": _reads(visit, entry, tried.programme) if tried.programme else (), "unread": visit.say("entries.unread"),
        "failing": fields.failing(groups, faults), "general": faults.get("", ""),
        "cards": tuple([one for one in groups if not one.folded]), "folded": [one for one in groups if one.folded],
        "trees": tuple([
            (visit.say(f"entries.tree_{noun}_{name}"), visit.say(f"entries.tree_{noun}_{name}_none"),
             told.tree(entry.trees[name], name, grammar))
            for name, grammar in folder.trees.items()
        ]),
        "previews": folder.previewed is not None and visit.may("profiles:read"), "here": here + like,
        "removes": "" if entry.is_new else visit.to(f"console.{noun}_remove", entry.key),
        "links": _links(visit, source, folder, entry), "back": _all(visit, source, folder),
        "was": "" if entry.is_new else origins.carried(entry.before),
    }  # fmt: skip
    return frame.page(visit, "console/entry.html", context | (more or {}), area=folder.page, status=status)


def _reads(visit: Visit, entry: Entry, programme: Programme) -> tuple[tuple[str, str, str], ...]:
    """The languages of pages by their own names, with how the entry reads in each."""
    speaking = called.speaking(visit.store, visit.programme_id, programme)
    return tuple([
        (one, guide.LANGUAGES[one], " ".join(entry.folder.said(speaking, entry.key, one)))
        for one in sentences.LANGUAGES
    ])  # fmt: skip


def _all(visit: Visit, source: Source, folder: Folder) -> str:
    """Where all entries stand: of the draft that one is in, or of what is in force."""
    return visit.to(f"console.draft_{folder.key}", source.draft) if source.draft else visit.to(folder.page)


def _links(visit: Visit, source: Source, folder: Folder, entry: Entry | None = None) -> tuple[Link, ...]:
    found = [Link(visit.say(f"console_{folder.key}.title"), _all(visit, source, folder))]
    if source.draft:
        found.insert(0, Link(source.title, visit.to("console.draft", source.draft)))
    elif folder.own and entry is not None and entry.before is not None:
        found.append(Link(_name(visit, entry.before) or entry.key, visit.to(folder.own, entry.key)))
    return tuple(found)


def _pages(folder: Folder) -> tuple[Page, ...]:
    """The pages of a folder: those of every folder have the same names and addresses."""
    at, name = "console/<slug:programme>/", f"console.{folder.noun}"
    fresh, one = f"{at}new-{folder.noun}", f"{at}{folder.at}/<str:key>"
    return (
        Page(f"{at}drafts/<str:id>/{folder.key}", "rules:read", lambda visit, id: listed(visit, folder, id),
             f"console.draft_{folder.key}"),
        Page(fresh, "programme:write", lambda visit: new(visit, folder), f"{name}_new"),
        Page(fresh, "programme:write", lambda visit: save(visit, folder), f"{name}_new", methods=("POST",)),
        Page(f"{one}/edit", "programme:write", lambda visit, key: edit(visit, folder, key), f"{name}_edit"),
        Page(f"{one}/edit", "programme:write", lambda visit, key: save(visit, folder, key), f"{name}_edit",
             methods=("POST",)),
        Page(f"{one}/remove", "programme:write", lambda visit, key: remove(visit, folder, key), f"{name}_remove",
             methods=("POST",)),
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = tuple([page for folder in FOLDERS for page in _pages(folder)])

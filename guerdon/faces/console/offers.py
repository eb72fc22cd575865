"""Rewards and vouchers as forms over the draft: added, changed, and taken out."""

from typing import Any, Final

from django.http import HttpResponse

from guerdon.core import edits, limits
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.faces import called, posted
from guerdon.faces.console import fields, folding, frame, meanwhile, offer_form, sources
from guerdon.faces.console.filling import Filling
from guerdon.faces.console.offer_form import SECTIONS, Folder, Offer, Section, Tried
from guerdon.faces.console.parts import KEY
from guerdon.faces.console.sources import Source
from guerdon.faces.design import guide
from guerdon.faces.design.shapes import Fact, Fault, Link
from guerdon.faces.show import Pen
from guerdon.faces.sure import Question
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms
from guerdon.features.redemptions import queries as redemptions


def new(visit: Visit, folder: Folder) -> HttpResponse:
    """One to be written, from nothing or like another one."""
    source, section = sources.of(visit), SECTIONS[folder]
    offer = offer_form.read(section, source, "", like=visit.request.GET.get("like", ""))
    return _page(visit, source, offer)


def edit(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """One as a form."""
    source, section = sources.of(visit), SECTIONS[folder]
    _check(section, source, key)
    return _page(visit, source, offer_form.read(section, source, key))


def save(visit: Visit, folder: Folder, key: str = "") -> HttpResponse:
    """What was sent: a button that changes the form, a look at how it reads, or saving it in the draft."""
    source, section = sources.of(visit), SECTIONS[folder]
    if key:
        _check(section, source, key)
    offer = offer_form.posted(section, source, key, visit.request.POST)
    tried = offer_form.tried(offer, source, visit.language)
    if visit.request.POST.get("act", "save") != "save":
        return _page(visit, source, offer, tried=tried)
    if tried.programme is None:
        return _page(visit, source, offer, tried=tried, status=422)
    name = Pen(visit).tongue.named(section.named(tried.programme)[offer.key])
    title = visit.say(f"offers.writing_{section.noun}", name=name)[: limits.NAME_CHARS_MAX]
    try:
        draft = sources.save(visit, source, offer_form.edited(offer, source), title)
    except Refusal as refusal:
        faults = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _page(visit, sources.after(visit, refusal), offer, tried=Tried(tried.programme, faults), status=422)
    return sources.saved(visit, draft, visit.say("rules.saved"))


def _check(section: Section, source: Source, key: str) -> None:
    """Raises `reward_unknown` or `voucher_undefined` for one that there is not."""
    if section.folder == "rewards":
        source.programme.reward(key)
    else:
        source.programme.voucher(key)


def retire(visit: Visit, folder: Folder, key: str) -> HttpResponse:
    """Ask whether it is really meant, with what becomes of those who have it; then take it out, in the draft."""
    source, section = sources.of(visit), SECTIONS[folder]
    _check(section, source, key)
    made = [Edit("remove", offer_form.pointer(section, key))]
    offer = offer_form.read(section, source, key)
    wrong = forms.read_document(edits.edited(source.document, made)).errors
    if wrong:  # something else names it
        told = [f"{one.path}: {folding.problem(one, visit.language)}" for one in wrong]
        text = visit.say("offers.still_named", places="; ".join(dict.fromkeys(told)))
        return _page(visit, source, offer, tried=Tried(faults={"": text}), status=422)
    name = Pen(visit).tongue.named(section.named(source.programme)[key])
    if not visit.is_sure:
        return visit.sure(_question(visit, source, section, key, name))
    title = visit.say("offers.retiring", name=name)[: limits.NAME_CHARS_MAX]
    try:
        draft = sources.save(visit, source, made, title)
    except Refusal as refusal:
        faults = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _page(visit, sources.after(visit, refusal), offer, tried=Tried(faults=faults), status=422)
    return sources.saved(visit, draft, visit.say("offers.retired"))


def _question(visit: Visit, source: Source, section: Section, key: str, name: str) -> Question:
    back = visit.to(f"console.{section.noun}_edit", key) + source.query
    facts: tuple[Fact, ...] = ()
    if section.folder == "rewards":
        waiting = redemptions.count_open(visit.store, visit.programme_id, key)
        facts = (Fact(visit.say("offers.waiting"), Pen(visit).number(waiting)),)
    return Question(
        visit.say("offers.retire_sure", name=name), visit.say("offers.retire_yes"), back,
        visit.say(f"offers.retire_{section.noun}"), "danger", f"console.{section.folder}", facts,
        crumbs=(Link(name, back),),
    )  # fmt: skip


def _page(visit: Visit, source: Source, offer: Offer, *, tried: Tried | None = None, status: int = 200) -> HttpResponse:
    section, posts = offer.section, visit.request.method == "POST"
    tried = tried or offer_form.tried(offer, source, visit.language)
    faults = tried.faults if posts and (status != 200 or offer.form is not None) else {}
    told = Filling(source.programme, visit.language, faults)
    view = fields.View(visit, source, offer.part, offer.entry, offer.form, faults, "offers")
    groups = view.groups()
    context: dict[str, Any] = {
        "source": source, "meanwhile": sources.since(visit, source), "offer": offer,
        "said": _said(visit, offer, tried), "unread": visit.say("offers.unread"),
        "faults": faults, "general": faults.get("", ""),
        "failing": tuple([Fault(name, text) for name, text in faults.items() if name]),
        "title": visit.say(f"offers.{'new' if offer.is_new else 'edit'}_{section.noun}"),
        "about": visit.say(f"offers.about_{section.noun}"), "links": _links(visit, source, offer),
        "cards": tuple([one for one in groups if not one.folded]),
        "more": tuple([one for one in groups if one.folded]),
        "trees": tuple([
            (visit.say(f"offers.tree_{section.noun}_{name}"), visit.say(f"offers.tree_{section.noun}_{name}_none"),
             told.tree(offer.trees[name], name, grammar))
            for name, grammar in section.trees.items()
        ]),
        "typed": "" if offer.form is None else str(offer.form.get(KEY, "")),
        "retire": "" if offer.is_new else visit.to(f"console.{section.noun}_retire", offer.key),
        "back": visit.to(f"console.{section.folder}") + source.query,
    }  # fmt: skip
    return frame.page(visit, "console/offer_edit.html", context, area=f"console.{section.folder}", status=status)


def _said(visit: Visit, offer: Offer, tried: Tried) -> tuple[tuple[str, str, str], ...]:
    """How it reads in every language of pages; nothing while something is wrong."""
    if tried.programme is None:
        return ()
    programme = called.speaking(visit.store, visit.programme_id, tried.programme)
    reads = offer_form.said(programme, offer.section, offer.key)
    return tuple([(language, guide.LANGUAGES[language], sentence) for language, sentence in reads.items()])


def _links(visit: Visit, source: Source, offer: Offer) -> tuple[Link, ...]:
    section = offer.section
    title = visit.say(f"console_{section.folder}.title")
    if source.draft:
        draft = Link(source.title, visit.to("console.draft", source.draft))
        return (draft, Link(title, visit.to(f"console.draft_{section.folder}", source.draft)))
    found = [Link(title, visit.to(f"console.{section.folder}"))]
    if not offer.is_new:
        name = Pen(visit).tongue.named(section.named(source.programme)[offer.key])
        found.append(Link(name, visit.to(section.page, offer.key)))
    return tuple(found)


def in_draft(visit: Visit, id: str, folder: Folder) -> HttpResponse:
    """All of them as a draft has them, each leading to its form."""
    source, section = sources.of(visit, id), SECTIONS[folder]
    programme = called.speaking(visit.store, visit.programme_id, source.programme)
    tongue, page = Pen(visit).tongue, f"console.{section.noun}_edit"
    rows = tuple([
        (tongue.named(name), offer_form.said(programme, section, key)[visit.language],
         visit.to(page, key) + source.query)
        for key, name in section.named(programme).items()
    ])  # fmt: skip
    context = {
        "source": source, "rows": rows, "title": visit.say(f"console_{folder}.title"),
        "links": (Link(source.title, visit.to("console.draft", source.draft)),),
        "add": visit.say(f"offers.new_{section.noun}"), "to": visit.to(f"console.{section.noun}_new") + source.query,
        "none": visit.say(f"console_{folder}.none"), "icon": "gift" if folder == "rewards" else "ticket",
    }  # fmt: skip
    return frame.page(visit, "console/offers.html", context, area="console.drafts")


_AT: Final = "console/<slug:programme>/"


def _pages(folder: Folder, noun: str, at: str) -> tuple[Page, ...]:
    """The pages of a section, whose entries stand at an address."""
    return (
        Page(f"{_AT}new-{noun}", "programme:write", lambda visit: new(visit, folder), f"console.{noun}_new"),
        Page(
            f"{_AT}new-{noun}", "programme:write", lambda visit: save(visit, folder), f"console.{noun}_new",
            methods=("POST",),
        ),
        Page(
            f"{at}/<str:key>/edit", "programme:write", lambda visit, key: edit(visit, folder, key),
            f"console.{noun}_edit",
        ),
        Page(
            f"{at}/<str:key>/edit", "programme:write", lambda visit, key: save(visit, folder, key),
            f"console.{noun}_edit", methods=("POST",),
        ),
        Page(
            f"{at}/<str:key>/retire", "programme:write", lambda visit, key: retire(visit, folder, key),
            f"console.{noun}_retire", methods=("POST",),
        ),
        Page(
            f"{_AT}drafts/<str:id>/{folder}", "rules:read", lambda visit, id: in_draft(visit, id, folder),
            f"console.draft_{folder}",
        ),
    )  # fmt: skip


PAGES: Final[tuple[Page, ...]] = (
    *_pages("rewards", "reward", f"{_AT}rewards"), *_pages("vouchers", "voucher", f"{_AT}vouchers/kinds"),
)  # fmt: skip

"""Settings of the programme as forms over parts of its file; each is changed in a draft."""

from typing import Any, Final

from django.http import HttpResponse, QueryDict

from guerdon.core import edits
from guerdon.core.documents import Mapping
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.console import fields, folding, frame, meanwhile, origins, palette, parts, sources
from guerdon.faces.console.sources import Source
from guerdon.faces.design.shapes import Link
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms


def show(visit: Visit, part: str) -> HttpResponse:
    """One part of the settings as a form."""
    return _page(visit, sources.begun(visit, parts.pointer(part)), part, None, {})


def first(visit: Visit) -> HttpResponse:
    """The settings of the first unit."""
    source = sources.begun(visit)
    return _page(visit, source, f"unit-{next(iter(source.programme.units))}", None, {}, first=True)


def save(visit: Visit, part: str) -> HttpResponse:
    """Put what was changed into the draft."""
    source = sources.of(visit)
    found, form = parts.find(source, part), _sent(visit, source, part)
    twice = folding.taken(source.written, found, form)
    if twice:
        return _page(visit, source, part, form, {twice: visit.say("settings.key_taken")}, 422)
    unclear = folding.faults(source.written, found, form, fine=typed.fine(source.programme))
    if unclear:
        return _page(visit, source, part, form, unclear, 422)
    made = folding.changed(source.written, found, form)
    reading = forms.read_document(edits.edited(source.written, made))
    if reading.programme is None:
        return _page(visit, source, part, form, folding.problems(reading.errors, found, form, visit.language), 422)
    title = visit.say("settings.changing", part=_title(visit, source, part))
    try:
        return sources.save(visit, source, made, title, visit.say("rules.saved"))
    except Refusal as refusal:
        refused = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        source = sources.after(visit, refusal)
        return _page(visit, source, part, _sent(visit, source, part), refused, 422)


def _sent(visit: Visit, source: Source, part: str) -> QueryDict:
    """What was sent, over what there is now."""
    form, found = visit.request.POST, parts.find(source, part)
    was = origins.read(form)
    if was is None:
        return form
    return origins.rebased(form, found.fields, folding.unfolded(was), folding.unfolded(_before(source, part)))


def _before(source: Source, part: str) -> Mapping:
    """What the fields of a part stand for in the file."""
    found = parts.find(source, part)
    whole = edits.part(source.written, found.base)
    assert isinstance(whole, dict), "a part of the programme is a mapping"
    heads = {one.path.partition(".")[0] for one in found.fields}
    return {key: one for key, one in whole.items() if key in heads}


def _title(visit: Visit, source: Source, part: str) -> str:
    unit = source.programme.units.get(part.removeprefix("unit-"))
    if unit is not None and part.startswith("unit-"):
        tongue = Pen(visit).tongue
        return tongue.capital(tongue.named(unit.name))
    return visit.say(f"settings.part_{part}")


def _page(
    visit: Visit,
    source: Source,
    part: str,
    form: QueryDict | None,
    faults: dict[str, str],
    status: int = 200,
    *,
    first: bool = False,
) -> HttpResponse:
    """A part as a form; the first one stands under the name of them all, too."""
    found = parts.find(source, part)
    groups = fields.View(visit, source, found, edits.part(source.written, found.base), form, faults).groups()
    context: dict[str, Any] = {
        "source": source, "meanwhile": sources.since(visit, source),
        "part": part, "cards": groups,
        "title": visit.say("settings.settings") if first else _title(visit, source, part),
        "links": () if first else (Link(visit.say("settings.settings"), visit.to("console.settings") + source.query),),
        "tabs": tuple([
            Link(
                _title(visit, source, one), visit.to("console.setting", one) + source.query, current=one == part
            )
            for one in parts.names(source)
        ]),
        "failing": fields.failing(groups, faults), "general": faults.get("", ""),
        "can": visit.may("programme:write"), "was": origins.carried(_before(source, part)),
    }  # fmt: skip
    if part == "brand":
        context |= palette.looked(visit, source.programme, form or {})
    return frame.page(visit, "console/settings.html", context, area="console.settings", status=status)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/settings/", "rules:read", first, "console.settings"),
    Page("console/<slug:programme>/settings/<str:part>", "rules:read", show, "console.setting"),
    Page("console/<slug:programme>/settings/<str:part>", "programme:write", save, "console.setting", methods=("POST",)),
)

"""Settings of the programme as forms over parts of its file; each is changed in a draft."""

from typing import Any, Final

import msgspec
from django.http import HttpResponse, QueryDict

from guerdon.core import edits
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.console import folding, frame, meanwhile, palette, parts, sources
from guerdon.faces.console.parts import Group, Kind, Part, Setting
from guerdon.faces.console.sources import Source
from guerdon.faces.design.shapes import Choice, Fault, Link
from guerdon.faces.refusals import filled
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms


class FieldView(msgspec.Struct, frozen=True):
    """A field as the page shows it; `ticked` are the values of one that has several."""

    name: str
    kind: Kind
    label: str
    hint: str
    value: str
    fault: str
    unit: str = ""
    ticked: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class GroupView(msgspec.Struct, frozen=True):
    """Fields that belong together, with their title and what is said below it."""

    title: str
    about: str
    fields: tuple[FieldView, ...]


def show(visit: Visit, part: str) -> HttpResponse:
    """One part of the settings as a form."""
    return _page(visit, sources.of(visit), part, None, {})


def first(visit: Visit) -> HttpResponse:
    """The settings of the first unit."""
    source = sources.of(visit)
    return _page(visit, source, f"unit-{next(iter(source.programme.units))}", None, {}, first=True)


def save(visit: Visit, part: str) -> HttpResponse:
    """Put what was changed into the draft."""
    source, form = sources.of(visit), visit.request.POST
    found = parts.find(source, part)
    twice = folding.taken(source.written, found, form)
    if twice:
        return _page(visit, source, part, form, {twice: visit.say("settings.key_taken")}, 422)
    unclear = folding.faults(source.written, found, form, fine=typed.fine(source.programme))
    if unclear:
        return _page(visit, source, part, form, unclear, 422)
    made = folding.changed(source.written, found, form)
    reading = forms.read_document(edits.edited(source.written, made))
    if reading.programme is None:
        faults: dict[str, str] = {}
        for one in reading.errors:
            name = folding.field(one.path, one.reason, found, form)
            faults.setdefault(name, filled.tell(one.reason, one.message, visit.language))
        return _page(visit, source, part, form, faults, 422)
    title = visit.say("settings.changing", part=_title(visit, source, part))
    try:
        draft = sources.save(visit, source, made, title)
    except Refusal as refusal:
        refused = {} if refusal.kind in meanwhile.REFUSALS else posted.faults(refusal)
        return _page(visit, sources.after(visit, refusal), part, form, refused, 422)
    return sources.saved(visit, draft, visit.say("rules.saved"))


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
    view = _View(visit, source, found, form, faults)
    context: dict[str, Any] = {
        "source": source, "meanwhile": sources.since(visit, source),
        "part": part, "cards": tuple([view.group(one) for one in found.groups]),
        "title": visit.say("settings.settings") if first else _title(visit, source, part),
        "links": () if first else (Link(visit.say("settings.settings"), visit.to("console.settings") + source.query),),
        "tabs": tuple([
            Link(
                _title(visit, source, one), visit.to("console.setting", one) + source.query, current=one == part
            )
            for one in parts.names(source)
        ]),
        "failing": tuple([Fault(name, text) for name, text in faults.items() if name]), "general": faults.get("", ""),
        "can": visit.may("programme:write"),
    }  # fmt: skip
    if part == "brand":
        context |= palette.looked(visit, source.programme, form or {})
    return frame.page(visit, "console/settings.html", context, area="console.settings", status=status)


class _View:
    """Writes the fields of a part for one page: with what stands in the file, or what a form has just told."""

    def __init__(
        self, visit: Visit, source: Source, part: Part, form: QueryDict | None, faults: dict[str, str]
    ) -> None:
        found = edits.part(source.written, part.base)
        assert isinstance(found, dict), "a part of the programme is a mapping"
        self._visit, self._form, self._faults = visit, form, faults
        self._document = folding.unfolded(found)
        tongue = Pen(visit).tongue
        self._units = {f"unit-{code}": tongue.named(one.name) for code, one in source.programme.units.items()}
        self._units |= {"unit": self._units.get(f"unit-{part.unit}", ""), "money": source.programme.currency}

    def group(self, one: Group) -> GroupView:
        title = Pen(self._visit).tongue.named(one.name) if one.name else self._say(f"group_{one.word}")
        return GroupView(
            title, self._say(f"group_{one.word}_about") if one.about else "", tuple(map(self.field, one.fields))
        )

    def field(self, one: Setting) -> FieldView:
        told = folding.shown(self._document, one) if self._form is None else folding.told(self._form, one)
        usual = () if one.kind == "several" else (Choice("", self._say("usual")),)
        return FieldView(
            one.path, one.kind, frame.known(self._visit, f"settings.{one.word}", one.word), self._hint(one), told,
            self._faults.get(one.path, ""), self._unit(one.of),
            tuple(each.strip() for each in told.split(",")) if one.kind == "several" else (),
            (*usual, *[Choice(key, self._say(f"is_{key}")) for key in one.choices]),
        )  # fmt: skip

    def _unit(self, of: str) -> str:
        return self._units[of] if of in self._units else self._say(f"of_{of}") if of else ""

    def _hint(self, one: Setting) -> str:
        """What the field is for, within which bounds, and what counts where it is left blank."""
        said = [frame.known(self._visit, f"settings.hint_{one.word}", "")]
        if one.kind == "words":
            said.append(self._say("hint_words"))
        if one.most:
            said.append(self._say("hint_between", least=one.least, most=one.most))
        if one.usual:
            said.append(self._say("hint_usual", usual=one.usual))
        return " ".join(filter(None, said))

    def _say(self, key: str, **facts: object) -> str:
        return self._visit.say(f"settings.{key}", **facts)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/settings/", "rules:read", first, "console.settings"),
    Page("console/<slug:programme>/settings/<str:part>", "rules:read", show, "console.setting"),
    Page("console/<slug:programme>/settings/<str:part>", "programme:write", save, "console.setting", methods=("POST",)),
)

"""Settings of the programme as forms over parts of its file; each is changed in a draft."""

from typing import Any, Final, Literal

import msgspec
from django.http import HttpResponse, QueryDict

from guerdon.core import documents, edits
from guerdon.core.brands import SHAPES
from guerdon.core.documents import Document, Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.faces import posted
from guerdon.faces.console import frame, leaves, rule_form, sources
from guerdon.faces.console.sources import Source
from guerdon.faces.design.shapes import Choice, Fault, Link
from guerdon.faces.visits import Page, Visit
from guerdon.features.programmes import forms

Kind = Literal["text", "number", "words", "choice", "colour", "yaml"]


class Setting(msgspec.Struct, frozen=True):
    """One field: where its value stands below the part, and what it may be."""

    path: str
    kind: Kind = "number"
    choices: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The key of its label."""
        return "settings." + self.path.replace(".", "_")


class FieldView(msgspec.Struct, frozen=True):
    """A field as the page shows it."""

    name: str
    kind: Kind
    label: str
    hint: str
    value: str
    fault: str
    choices: tuple[Choice, ...] = ()


_UNIT: Final = (
    Setting("worth.points"), Setting("worth.money"), Setting("expires", "yaml"), Setting("vesting.days"),
    Setting("caps.order"), Setting("caps.day"), Setting("caps.month"), Setting("caps.year"), Setting("debt_max"),
    Setting("transfers", "yaml"), Setting("pays", "yaml"),
)  # fmt: skip
_PARTS: Final[dict[str, tuple[Setting, ...]]] = {
    "earning": (
        Setting("earning.rounding", "choice", ("floor", "half_up")),
        Setting("earning.per", "choice", ("order", "line")), Setting("earning.stacking", "choice", ("multiply", "add")),
        Setting("earning.without_tenders", "words"), Setting("earning.include", "words"),
    ),
    "returns": (
        Setting("returns", "choice", ("only_pending", "within_balance", "debt")),
        Setting("refunds", "choice", ("pro_rata", "points_first", "card_first")), Setting("reinstate.grace_days"),
    ),
    "members": (
        Setting("country"), Setting("remind_days", "words"), Setting("households", "yaml"), Setting("support", "yaml"),
        Setting("consents", "yaml"), Setting("erase_after_days"),
    ),
    "brand": (
        Setting("brand.colour", "colour"), Setting("brand.accent", "colour"),
        Setting("brand.shape", "choice", SHAPES),
    ),
    "drafts": (Setting("review", "choice", ("free", "required")),),
}  # fmt: skip


def show(visit: Visit, part: str) -> HttpResponse:
    """One part of the settings as a form."""
    return _page(visit, sources.of(visit), part, None, {})


def first(visit: Visit) -> HttpResponse:
    """The settings of the first unit."""
    source = sources.of(visit)
    return _page(visit, source, f"unit-{next(iter(source.programme.units))}", None, {})


def save(visit: Visit, part: str) -> HttpResponse:
    """Put what was changed into the draft."""
    source, told = sources.of(visit), visit.request.POST
    base, fields = _of(source, part)
    made = changed(source.written, base, fields, told)
    after = edits.edited(source.written, made)
    reading = forms.read_document(after)
    if reading.programme is None:
        faults: dict[str, str] = {}
        for one in reading.errors:
            name = one.path.removeprefix(base).strip("/").replace("/", ".")
            field = next((each.path for each in fields if name == each.path or name.startswith(f"{each.path}.")), "")
            field = field or next((each.path for each in fields if each.path.startswith(f"{name}.")), fields[0].path)
            faults[field] = one.message
        return _page(visit, source, part, told, faults, 422)
    title = frame.say(visit, "settings.changing", part=_title(visit, source, part))
    try:
        draft = sources.save(visit, source, made, title, str(told.get("revision", "")))
    except Refusal as refusal:
        return _page(visit, source, part, told, posted.faults(refusal), 422)
    return sources.saved(visit, draft, frame.say(visit, "rules.saved"))


def changed(whole: Mapping, base: str, fields: tuple[Setting, ...], told: QueryDict) -> list[Edit]:
    """The edits that put the fields' values where they stand; what is left blank is taken out."""
    part = edits.part(whole, base)
    assert isinstance(part, dict), "a part of the programme is a mapping"
    after = part
    for one in fields:
        text = str(told.get(one.path, "")).strip()
        if text != _shown(part, one):
            after = _put(after, one.path.split("."), _value(one, text))
    made = []
    for key in dict.fromkeys([*part, *after]):
        pointer = documents.under(base, key)
        if key not in after:
            made.append(Edit("remove", pointer))
        elif key not in part or part[key] != after[key]:
            made.append(Edit("put", pointer, after[key]))
    return made


def _put(part: Mapping, steps: list[str], value: Document) -> Mapping:
    """The mapping with a value at the end of the steps; without one and all that is empty then."""
    step, *more = steps
    inner = part.get(step)
    new = _put(inner if isinstance(inner, dict) else {}, more, value) if more else value
    if new in (None, {}):
        return {key: one for key, one in part.items() if key != step}
    return part | {step: new}


def _value(one: Setting, text: str) -> Document:
    if not text:
        return None
    if one.kind == "number":
        return leaves.number(text)
    if one.kind == "words":
        return [leaves.number(word) for word in (each.strip() for each in text.split(",")) if word]
    return rule_form.unwritten(one.path, text) if one.kind == "yaml" else text


def _shown(part: Mapping, one: Setting) -> str:
    found: Document = part
    for step in one.path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    if one.kind == "yaml":
        return rule_form.written(one.path, found)
    if isinstance(found, list):
        return ", ".join(str(each) for each in found)
    return "" if found is None else str(found)


def _of(source: Source, part: str) -> tuple[str, tuple[Setting, ...]]:
    """Where the part stands, and its fields. Raises `part_unknown`."""
    if part in _PARTS:
        return "", _PARTS[part]
    base = f"/units/{part.removeprefix('unit-')}" if part.startswith("unit-") else f"/{part}"
    edits.part(source.written, base)
    if not part.startswith("unit-"):
        raise edits.PART_UNKNOWN(pointer=base)
    names = tuple(Setting(f"name.{language}", "text") for language in source.programme.languages)
    return base, (*names, *_UNIT)


def _title(visit: Visit, source: Source, part: str) -> str:
    unit = source.programme.units.get(part.removeprefix("unit-"))
    if unit is not None:
        return unit.name.get(visit.language) or unit.code
    return frame.say(visit, f"settings.part_{part}")


def _page(
    visit: Visit, source: Source, part: str, told: QueryDict | None, faults: dict[str, str], status: int = 200
) -> HttpResponse:
    base, fields = _of(source, part)
    found = edits.part(source.written, base)
    assert isinstance(found, dict), "a part of the programme is a mapping"
    shown = tuple([
        FieldView(
            one.path, one.kind, frame.say(visit, one.word),
            frame.say(visit, f"settings.hint_{one.kind}") if one.kind in ("words", "yaml") else "",
            str(told.get(one.path, "")) if told is not None else _shown(found, one), faults.get(one.path, ""),
            (Choice("", frame.say(visit, "settings.usual")),
             *[Choice(key, frame.say(visit, f"settings.is_{key}")) for key in one.choices]),
        )
        for one in fields
    ])  # fmt: skip
    parts = (*[f"unit-{code}" for code in source.programme.units], *_PARTS)
    context: dict[str, Any] = {
        "source": source, "part": part, "fields": shown, "title": _title(visit, source, part),
        "tabs": tuple([
            Link(
                _title(visit, source, one), frame.to(visit, "console.setting", one) + source.query, current=one == part
            )
            for one in parts
        ]),
        "failing": tuple([Fault(name, text) for name, text in faults.items()]),
        "can": visit.may("programme:write"),
    }  # fmt: skip
    return frame.page(visit, "console/settings.html", context, area="console.settings", status=status)


PAGES: Final[tuple[Page, ...]] = (
    Page("console/<slug:programme>/settings/", "programme:read", first, "console.settings"),
    Page("console/<slug:programme>/settings/<str:part>", "programme:read", show, "console.setting"),
    Page("console/<slug:programme>/settings/<str:part>", "programme:write", save, "console.setting", methods=("POST",)),
)

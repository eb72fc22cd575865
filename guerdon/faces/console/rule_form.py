"""A rule as the editor's form has it: read from its document or from what was posted, and written back as edits."""

from typing import Final

import msgspec
from django.http import QueryDict

from guerdon.core import documents, edits, sentences
from guerdon.core.documents import Document, Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.faces import posted as sent
from guerdon.faces import typed
from guerdon.faces.console import folding, leaves, origins, trees
from guerdon.faces.console.leaves import Grammar
from guerdon.faces.console.trees import Branch
from guerdon.faces.refusals import filled as sayings
from guerdon.features.programmes import documents as texts
from guerdon.features.programmes import forms

WINDOWS: Final = ("day", "week", "month", "quarter", "year", "lifetime")
CAPS: Final = ("order", *WINDOWS)
_TEXTS: Final = ("group", "funder", "owner")
_NUMBERS: Final = ("budget", "priority")
_WRITTEN: Final = ("vesting", "expires")  # their small pieces of YAML
_DIGITS: Final = 10  # far more than there are days to live
_TREES: Final = (("if", trees.CONDITIONS), ("lines", trees.GOODS), ("then", trees.EFFECTS))


class RuleForm(msgspec.Struct, frozen=True):
    """Everything that the form has, as it stands in its fields."""

    key: str
    when: tuple[str, ...]
    told: dict[str, str]  # names, windows, limits and the rest, by the name of their field
    trees: dict[str, Branch]


class Faulty(msgspec.Struct, frozen=True):
    """What comes of trying an edit: the programme with it, or what is wrong by field."""

    programme: Programme | None = None
    faults: dict[str, str] = {}


def of_document(key: str, found: Mapping) -> RuleForm:
    """The form of a rule of the canonical document."""
    when = found.get("when")
    told: dict[str, str] = {}
    for name in ("name", "caps", "uses"):
        inner = found.get(name)
        for part, value in inner.items() if isinstance(inner, dict) else ():
            told[f"{name}.{part}"] = str(value) if name == "name" else typed.shown(str(value))
    for name in _TEXTS:
        told[name] = str(found.get(name, ""))
    for name in _NUMBERS:
        told[name] = typed.shown(str(found.get(name, "")))
    told["campaign"] = "yes" if found.get("campaign") is True else ""
    for name, field in (("from", "window_from"), ("until", "window_until")):
        told[field] = folding.local(str(found.get(name, "")))
    for name in _WRITTEN:
        told[name] = written(name, found.get(name))
    kinds = tuple(str(one) for one in when) if isinstance(when, list) else (str(when),) if when else ()
    return RuleForm(key, kinds, told, {name: trees.read(found.get(name), grammar) for name, grammar in _TREES})


def posted(key: str, form: QueryDict) -> RuleForm:
    """The form as it was sent, after the button that was pressed."""
    act = form.get("act", "")
    grown = {name: trees.acted(trees.posted(form, name, grammar), name, act, form, grammar) for name, grammar in _TREES}
    when = tuple(dict.fromkeys(one for one in map(str, form.getlist("when")) if one))
    ours = ("when", "act", "token", "csrfmiddlewaretoken", origins.FIELD)
    told = {
        name: str(form[name]) for name in form if name not in ours and not name.startswith(("if.", "lines.", "then."))
    }
    told.setdefault("campaign", "")  # an empty box says nothing
    return RuleForm(key, when, told, grown)


def rebased(form: RuleForm, was: RuleForm, now: RuleForm) -> RuleForm:
    """The form with what there is now wherever its user has left what was read."""
    told = {
        name: now.told.get(name, "") if text.strip() == was.told.get(name, "").strip() else text
        for name, text in form.told.items()
    }
    grown = {
        name: now.trees[name] if _same(form.trees[name], was.trees[name], grammar) else form.trees[name]
        for name, grammar in _TREES
    }
    return RuleForm(form.key, now.when if form.when == was.when else form.when, told, grown)


def _same(one: Branch, other: Branch, grammar: Grammar) -> bool:
    return trees.document(one, grammar) == trees.document(other, grammar)


def document(form: RuleForm) -> Mapping:
    """What the form says, as the programme file would."""
    told = form.told
    found: Mapping = {
        "name": dict(_group(told, "name")),
        "when": form.when[0] if len(form.when) == 1 else list(form.when),
    }
    for name, grammar in _TREES:
        parts = trees.document(form.trees[name], grammar)
        if parts or name == "then":
            found[name] = parts
    return found | _bounds(told)


def _bounds(told: dict[str, str]) -> Mapping:
    """What a rule says beside its trigger, conditions and effects, as far as it is filled in."""
    found: Mapping = {}
    for name in ("caps", "uses"):
        inner = {key: leaves.number(value) for key, value in _group(told, name).items()}
        if inner:
            found[name] = inner
    filled = {name: text.strip() for name, text in told.items() if text.strip()}
    windows = (("from", "window_from"), ("until", "window_until"))
    found |= {name: filled[field].removesuffix("T00:00") for name, field in windows if field in filled}
    found |= {name: leaves.number(filled[name]) for name in _NUMBERS if filled.get(name, "0") != "0"}
    found |= {name: filled[name] for name in _TEXTS if name in filled}
    if filled.get("campaign") == "yes":
        found["campaign"] = True
    return found | {name: unwritten(name, filled[name]) for name in _WRITTEN if name in filled}


def edited(form: RuleForm, before: "Mapping | None") -> list[Edit]:
    """The edits that make the rule what the form says; of one that is there only what differs."""
    found, pointer = document(form), f"/rules/{documents.under('', form.key)[1:]}"
    if before is None:
        return [Edit("put", pointer, found)]
    made = [Edit("put", f"{pointer}/{key}", value) for key, value in found.items() if before.get(key) != value]
    return made + [Edit("remove", f"{pointer}/{key}") for key in before if key not in found]


def tried(form: RuleForm, programme: Programme, language: str) -> Faulty:
    """The programme with the rule in it, or what is wrong with it and where."""
    unclear = _unclear(form, language, fine=typed.fine(programme))
    whole = forms.to_document(programme)
    found: Mapping = {**whole, "rules": {**_rules(whole), form.key: document(form)}}
    reading = forms.read_document(found)
    if reading.programme is None or unclear:
        wrong = tuple((one.path, one.reason, one.message) for one in reading.errors)
        return Faulty(faults=faults(form, wrong, language) | unclear)
    return Faulty(reading.programme)


def _unclear(form: RuleForm, language: str, *, fine: bool) -> dict[str, str]:
    """What was typed as a number and is none, or could be two, by its field."""
    told: dict[str, str] = {}
    for name, grammar in _TREES:
        told |= trees.faults(form.trees[name], name, grammar, language, fine=fine)
    for name, text in form.told.items():
        if text.strip() and (name in _NUMBERS or name.startswith(("caps.", "uses."))):
            try:
                typed.exact(text, at=f"/{name}", fine=fine)
            except Refusal as refusal:
                told |= sent.faults(refusal, language)
    return told


def said(programme: Programme, key: str) -> dict[str, str]:
    """The rule in every language of pages."""
    rule = next(one for one in programme.rules if one.key == key)
    return {language: sentences.rule(rule, programme, language) for language in sentences.LANGUAGES}


def faults(form: RuleForm, found: tuple[tuple[str, str, str], ...], language: str) -> dict[str, str]:
    """What is wrong by the field where it stands, in words of a form."""
    own = f"/rules/{documents.under('', form.key)[1:]}"
    where = {
        pointer: path for name, _ in _TREES for pointer, path in trees.places(form.trees[name], f"{own}/{name}", name)
    }
    told: dict[str, str] = {}
    nameless = iter([name for name, text in form.told.items() if name.startswith("name.") and not text.strip()])
    for pointer, reason, message in found:
        text = sayings.tell(reason, message, language)
        field = _field(pointer, own, where)
        if reason == "language_missing":  # of the whole name, once for each language that has none
            field = next(nameless, field)
        if text not in told.get(field, ""):  # once, however many places of a sentence are blank
            told[field] = f"{told[field]} {text}" if field in told else text
    return told


def _field(pointer: str, own: str, where: dict[str, str]) -> str:
    part = trees.place(where, pointer, own)
    if part is not None:
        return part
    if not pointer.startswith(f"{own}/"):
        return "key" if pointer == own else ""
    name = pointer.removeprefix(f"{own}/").replace("/", ".")
    first = name.partition(".")[0]
    if first in ("from", "until"):
        return "window"
    return name if first in ("name", "caps", "uses") else first


def _rules(whole: Mapping) -> Mapping:
    rules = whole.get("rules")
    return rules if isinstance(rules, dict) else {}


def part(document: Mapping, key: str) -> Mapping:
    """A rule of the canonical document. Raises `part_unknown`."""
    found = edits.part(document, f"/rules/{documents.under('', key)[1:]}")
    assert isinstance(found, dict), "a rule is a mapping"
    return found


def _group(told: dict[str, str], name: str) -> dict[str, str]:
    found = {key.removeprefix(f"{name}."): value.strip() for key, value in told.items() if key.startswith(f"{name}.")}
    return {key: value for key, value in found.items() if value}


def written(key: str, value: Document) -> str:
    """A value as the piece of YAML that stands behind its key."""
    if value is None:
        return ""
    return value if isinstance(value, str) else texts.write({key: value}).partition(":")[2].strip("\n ")


def unwritten(key: str, text: str) -> Document:
    """The value of a piece of YAML that stands behind its key; a plain number is one of days."""
    inner = text.strip()
    if inner.isascii() and inner.isdecimal():
        days: Mapping = {"days": int(inner.lstrip("0")[:_DIGITS] or "0")}
        return days if key == "vesting" else {"rolling": days}
    below = "\n".join(f"  {line}" for line in inner.splitlines())
    found = texts.read(
        f"{key}: {inner}" if "\n" not in inner and (inner[:1] == "{" or ":" not in inner) else f"{key}:\n{below}"
    ).document
    return found.get(key) if isinstance(found, dict) else inner

"""Parts of the programme file as forms have them, every value at the end of a path; and back into the file."""

from collections.abc import Callable
from typing import Final

from django.http import QueryDict

from guerdon.core import documents, edits
from guerdon.core.documents import Document, Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed
from guerdon.faces.console import leaves
from guerdon.faces.console.parts import GONE, KEY, KEYED, NEW, WAYS, Part, Setting, value

_WAY: Final = "expires.way"
_LACKING: Final = ("missing_key", "needs_one")  # of which a blank field is meant


# --- what is shown, and what was told ---


def shown(part: Mapping, one: Setting) -> str:
    """The value of a field as text, several values with commas between; `yes` for what is on."""
    found = value(part, one.path)
    if one.kind == "switch":
        return "yes" if isinstance(found, dict) else ""
    if isinstance(found, bool):
        return "yes" if found else ""
    if one.kind == "several" and isinstance(found, list):
        return ", ".join(each for each in one.choices if each in found)
    if isinstance(found, list):
        return ", ".join(str(each) for each in found)
    text = "" if found is None else str(found).replace("\r\n", "\n").strip()
    return typed.shown(text) if one.kind == "number" else text


def told(form: QueryDict, one: Setting) -> str:
    """What a form says of a field, in the same way."""
    if one.kind == "several":
        return ", ".join(str(each) for each in form.getlist(one.path))
    return str(form.get(one.path, "")).replace("\r\n", "\n").strip()


def changed(whole: Mapping, part: Part, form: QueryDict) -> list[Edit]:
    """The edits that put the fields' values where they stand; what is left blank is taken out."""
    before = edits.part(whole, part.base)
    assert isinstance(before, dict), "a part of the programme is a mapping"
    found = unfolded(before)
    after = found
    for one in part.fields:
        text = told(form, one)
        if one.kind != "switch" and text != shown(found, one):
            after = _put(after, one.path.split("."), _value(one, text))
    for one in part.fields:
        if one.kind == "switch" and not told(form, one):
            after = _put(after, one.path.split("."), None)
        elif one.kind == "switch" and value(after, one.path) is None:
            after = after | {one.path: {}}
    after = folded(after)
    made = []
    for key in dict.fromkeys([*before, *after]):
        pointer = documents.under(part.base, key)
        if key not in after:
            made.append(Edit("remove", pointer))
        elif key not in before or before[key] != after[key]:
            made.append(Edit("put", pointer, after[key]))
    return made


def _put(part: Mapping, steps: list[str], new: Document) -> Mapping:
    """The mapping with a value at the end of the steps; without one and all that is empty then."""
    step, *more = steps
    if more:
        inner = part.get(step)
        new = _put(inner if isinstance(inner, dict) else {}, more, new)
    if new in (None, {}):
        return {key: one for key, one in part.items() if key != step}
    return part | {step: new}


def _value(one: Setting, text: str) -> Document:
    if not text:
        return None
    if one.kind == "number":
        return leaves.number(text)
    if one.kind in ("words", "several"):
        return [leaves.number(word) for word in (each.strip() for each in text.split(",")) if word]
    return True if one.kind == "check" else text


# --- what the file has in another shape than forms ---


def unfolded(part: Mapping) -> Mapping:
    """The part with every value at the end of a path: lists of mappings by place, an expiry by its way."""
    found = part
    expires = part.get("expires")
    if isinstance(expires, str):
        found = found | {"expires": {"way": expires}}
    elif isinstance(expires, dict) and len(expires) == 1:
        way, inner = next(iter(expires.items()))
        found = found | {"expires": {"way": way, **(inner if isinstance(inner, dict) else {})}}
    return _with_recipients(
        found, lambda many: {str(at): each for at, each in enumerate(many)} if isinstance(many, list) else many
    )


def folded(part: Mapping) -> Mapping:
    """The same as the file has it; entries that are to go are gone, and a new one stands under its key."""
    found = part
    for path in KEYED:
        found = _settled(found, path.split("."))
    expires = found.get("expires")
    if isinstance(expires, dict):
        way = expires.get("way")
        kept: Mapping = {key: one for key, one in expires.items() if key in WAYS.get(str(way), ())}
        new: Document = way if way == "never" or not isinstance(way, str) else {way: kept}
        found = _put(found, ["expires"], new)
    return _with_recipients(found, lambda many: list(many.values()) if isinstance(many, dict) else many)


def _with_recipients(part: Mapping, shape: Callable[[Document], Document]) -> Mapping:
    """The part with the recipients of every consent in another shape."""
    consents = part.get("consents")
    if not isinstance(consents, dict):
        return part
    shaped: Mapping = {
        key: one | {"recipients": shape(one["recipients"])} if isinstance(one, dict) and "recipients" in one else one
        for key, one in consents.items()
    }
    return part | {"consents": shaped}


def _settled(part: Mapping, steps: list[str]) -> Mapping:
    """The part whose entries at the end of the steps are as the form wants them."""
    step, *more = steps
    inner = part.get(step)
    if not isinstance(inner, dict):
        return part
    if more:
        return _put(part, [step], _settled(inner, more)) if more[0] in inner else part
    entries: Mapping = {}
    for key, one in inner.items():
        if key == NEW and isinstance(one, dict):
            entries[str(one.get(KEY, ""))] = {name: each for name, each in one.items() if name != KEY}
        elif not isinstance(one, dict) or one.get(GONE) is not True:
            entries[key] = one
    return part | {step: entries} if entries or not inner else {key: one for key, one in part.items() if key != step}


# --- where something is wrong ---


def faults(whole: Mapping, part: Part, form: QueryDict, *, fine: bool) -> dict[str, str]:
    """What was typed anew as a number and is none, or could be two, by its field; `fine` as for `typed.exact`."""
    before = edits.part(whole, part.base)
    assert isinstance(before, dict), "a part of the programme is a mapping"
    found, wrong = unfolded(before), dict[str, str]()
    for one in part.fields:
        text = told(form, one)
        if one.kind == "number" and text and text != shown(found, one):
            try:
                typed.exact(text, at="", fine=fine)
            except Refusal as refusal:
                wrong[one.path] = posted.fault(refusal)
    return wrong


def taken(whole: Mapping, part: Part, form: QueryDict) -> str:
    """The field of a new entry's key that another entry has already; "" where all is well."""
    for one in part.fields:
        above, _, last = one.path.rpartition(f".{NEW}.")
        found = value(edits.part(whole, part.base), above) if last == KEY else None
        if isinstance(found, dict) and told(form, one) in found:
            return one.path
    return ""


def field(pointer: str, reason: str, part: Part, form: QueryDict) -> str:
    """The path of the field where something is wrong in the file, for the reason; "" where it is in none of them."""
    if part.base and not pointer.startswith(f"{part.base}/"):
        return ""
    name = pointer.removeprefix(part.base).strip("/").replace("/", ".")
    for way in WAYS:
        name = "expires." + name.removeprefix(f"expires.{way}.") if name.startswith(f"expires.{way}.") else name
        name = _WAY if name in ("expires", f"expires.{way}") else name
    for path in KEYED:
        key = str(form.get(f"{path}.{NEW}.{KEY}", "")).strip()
        if name == f"{path}.{key}" or name.startswith(f"{path}.{key}."):
            name = f"{path}.{NEW}{name.removeprefix(f'{path}.{key}')}"
    paths = [one.path for one in part.fields]
    if name in paths:
        return name
    below = [one for one in paths if name and one.startswith(f"{name}.")]
    if below:
        blank = [one for one in below if not str(form.get(one, "")).strip()] if reason in _LACKING else []
        return [*blank, *below][0]
    return max([one for one in paths if name.startswith(f"{one}.")], key=len, default="")

"""Parts of the programme file as forms have them, every value at the end of a path; and back into the file."""

import re
from collections.abc import Callable, Container, Sequence
from typing import Final

import msgspec
from django.http import QueryDict

from guerdon.core import documents, edits
from guerdon.core.documents import Document, Mapping
from guerdon.core.edits import Edit
from guerdon.core.errors import Refusal
from guerdon.faces import posted, typed, words
from guerdon.faces.console import leaves
from guerdon.faces.console.parts import GONE, KEY, KEYED, NEW, WAYS, Part, Setting, value
from guerdon.faces.refusals import filled
from guerdon.features.programmes.forms import Problem

PRIZES: Final = "prizes"  # rewards with the weight of each, which a form has in rows of both
_LINK: Final = re.compile(r"https?://[^\s/]+\S*\Z")
_WAY: Final = "expires.way"
_MISSING: Final = ("language_missing", "missing_key", "needs_one")  # what is wrong with something blank
_LISTED: Final = ("consents.*.recipients", "prices")  # mappings behind each other


# --- what is shown, and what was told ---


def shown(part: Mapping, one: Setting) -> str:
    """The value of a field as text, several values with commas between; `yes` for what is on."""
    found = value(part, one.path)
    if one.kind == "switch":
        return "yes" if isinstance(found, dict) else ""
    if isinstance(found, bool):
        return "yes" if found else ""
    if one.kind == "several" and isinstance(found, list):
        return ", ".join(each for each in (*one.named, *one.choices) if each in found)
    if isinstance(found, list):
        return ", ".join(str(each) for each in found)
    text = "" if found is None else str(found).replace("\r\n", "\n").strip()
    if one.kind == "moment":
        return local(text)
    if one.kind == "choice" and text == one.usual:
        return ""  # said, though it is so anyway
    return typed.shown(text) if one.kind == "number" else text


def local(moment: str) -> str:
    """A day or a local time of the file as a field of a browser has it."""
    return f"{moment}T00:00" if moment and "T" not in moment else moment[:16]


def told(form: QueryDict, one: Setting) -> str:
    """What a form says of a field, in the same way."""
    if one.kind == "several":
        return ", ".join(str(each) for each in form.getlist(one.path))
    return str(form.get(one.path, "")).replace("\r\n", "\n").strip()


def changed(whole: Mapping, part: Part, form: QueryDict) -> list[Edit]:
    """The edits that put the fields' values where they stand; what is left blank is taken out."""
    before = edits.part(whole, part.base)
    assert isinstance(before, dict), "a part of the programme is a mapping"
    return differing(part.base, before, written(before, part, form))


def differing(base: str, before: Mapping, after: Mapping) -> list[Edit]:
    """The edits that make a part what it is after them, key by key."""
    made = []
    for key in dict.fromkeys([*before, *after]):
        pointer = documents.under(base, key)
        if key not in after:
            made.append(Edit("remove", pointer))
        elif key not in before or before[key] != after[key]:
            made.append(Edit("put", pointer, after[key]))
    return made


def written(before: Mapping, part: Part, form: QueryDict) -> Mapping:
    """The part as the form says it; what no field says of it stays."""
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
    return folded(after)


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
    if one.kind == "moment":
        return text.removesuffix("T00:00")
    return True if one.kind == "check" else text


# --- what the file has in another shape than forms ---


def unfolded(part: Mapping) -> Mapping:
    """The part with every value at the end of a path: lists of mappings by place, an expiry by its way, prizes too."""
    found = part
    expires = part.get("expires")
    if isinstance(expires, str):
        found = found | {"expires": {"way": expires}}
    elif isinstance(expires, dict) and len(expires) == 1:
        way, inner = next(iter(expires.items()))
        found = found | {"expires": {"way": way, **(inner if isinstance(inner, dict) else {})}}
    for path in _LISTED:
        found = _reshaped(found, path.split("."), _placed)
    return _reshaped(found, [PRIZES], _paired)


def folded(part: Mapping) -> Mapping:
    """The same as the file has it; entries that are to go are gone, and a new one stands under its key."""
    found = part
    for path in KEYED:
        found = _reshaped(found, path.split("."), _settled)
    expires = found.get("expires")
    if isinstance(expires, dict):
        way = expires.get("way")
        kept: Mapping = {key: one for key, one in expires.items() if key in WAYS.get(str(way), ())}
        new: Document = way if way == "never" or not isinstance(way, str) else {way: kept}
        found = _put(found, ["expires"], new)
    for path in _LISTED:
        found = _reshaped(found, path.split("."), _listed)
    return _reshaped(found, [PRIZES], _unpaired)


def _reshaped(part: Mapping, steps: list[str], shape: Callable[[Document], Document]) -> Mapping:
    """The part with what stands at the end of the steps in another shape, and without what is empty only then."""
    step, *more = steps
    found: Mapping = {}
    for key, one in part.items():
        new = one
        if step in ("*", key):
            new = shape(one) if not more else _reshaped(one, more, shape) if isinstance(one, dict) else one
        if new == one or new not in ({}, []):
            found[key] = new
    return found


def _placed(many: Document) -> Document:
    return {str(at): each for at, each in enumerate(many)} if isinstance(many, list) else many


def _listed(many: Document) -> Document:
    return [one for _, one in sorted(many.items(), key=_place)] if isinstance(many, dict) else many


def _place(entry: tuple[str, Document]) -> int:
    return int(entry[0])


def _paired(prizes: Document) -> Document:
    every = enumerate(prizes.items()) if isinstance(prizes, dict) else ()
    return {str(at): {"reward": reward, "weight": weight} for at, (reward, weight) in every}


def _unpaired(prizes: Document) -> Document:
    every = [one for _, one in sorted(prizes.items(), key=_place)] if isinstance(prizes, dict) else []
    return {str(one.get("reward", "")): one.get("weight") for one in every if isinstance(one, dict)}


def _settled(entries: Document) -> Document:
    """Entries as the form wants them."""
    found: Mapping = {}
    for key, one in entries.items() if isinstance(entries, dict) else ():
        if key.startswith(NEW) and isinstance(one, dict):
            found[str(one.get(KEY, ""))] = {name: each for name, each in one.items() if name != KEY}
        elif not isinstance(one, dict) or one.get(GONE) is not True:
            found[key] = one
    return found


# --- where something is wrong ---


def faults(whole: Mapping, part: Part, form: QueryDict, *, fine: bool) -> dict[str, str]:
    """What was typed anew as a number and is none, or could be two, by its field; `fine` as for `typed.exact`."""
    before = edits.part(whole, part.base)
    assert isinstance(before, dict), "a part of the programme is a mapping"
    found, wrong = unfolded(before), dict[str, str]()
    for one in part.fields:
        text = told(form, one)
        if one.kind == "link" and text and text != shown(found, one) and not _LINK.match(text):
            wrong[one.path] = filled.tell("bad_address", "", words.language())
        if one.kind == "number" and text and text != shown(found, one):
            try:
                typed.exact(text, at="", fine=fine)
            except Refusal as refusal:
                wrong[one.path] = posted.fault(refusal)
    return wrong


def taken(whole: Mapping, part: Part, form: QueryDict) -> str:
    """The field of a new entry's key that another entry has already; "" where all is well."""
    found = edits.part(whole, part.base)
    seen: set[str] = set()
    for one in part.fields:
        above, _, key = one.path.rpartition(".")
        name = told(form, one) if key == KEY else ""
        there = f"{above.rpartition('.')[0]}.{name}"
        if name and (there in seen or value(found, there) is not None):
            return one.path
        seen.add(there)
    return ""


def twice(part: Part, form: QueryDict) -> list[str]:
    """The fields of prizes that stand above already: the file has each of them once."""
    seen, found = set[str](), list[str]()
    for one in part.fields:
        name = told(form, one) if one.path.startswith(f"{PRIZES}.") and one.path.endswith(".reward") else ""
        if name in seen:
            found.append(one.path)
        seen |= {name} if name else set()
    return found


def problems(errors: Sequence[Problem], part: Part, form: QueryDict, language: str) -> dict[str, str]:
    """What is wrong in the file by the field where it stands; "" is what is in none of them."""
    found: dict[str, str] = {}
    blank = {one.path for one in part.fields if not told(form, one)}
    for one in errors:
        name = field(one.path, part, form, but=found if one.reason in _MISSING else None)
        unread = one.reason == "wrong_type" and name in blank
        found.setdefault(name, problem(msgspec.structs.replace(one, reason="empty") if unread else one, language))
    return found


def problem(one: Problem, language: str) -> str:
    """What is wrong, in the words of forms."""
    return filled.tell(one.reason, one.message, language)


def field(pointer: str, part: Part, form: QueryDict, *, but: Container[str] | None = None) -> str:
    """The path of the field where something is wrong in the file; "" where it is in none of them.

    With `but` something is missing: then it is the first of several that is blank, and none of those.
    """
    if part.base and not pointer.startswith(f"{part.base}/"):
        return ""
    name = pointer.removeprefix(part.base).removeprefix("/").replace("/", ".")
    for way in WAYS:
        name = "expires." + name.removeprefix(f"expires.{way}.") if name.startswith(f"expires.{way}.") else name
        name = _WAY if name in ("expires", f"expires.{way}") else name
    name = _as_told(_in_rows(name, part, form), part, form)
    paths = [one.path for one in part.fields]
    below = [one for one in part.fields if name and one.path.startswith(f"{name}.")]
    blank = [one for one in below if but is not None and one.path not in but and not told(form, one)]
    if name in paths or not below:
        return max([one for one in paths if f"{name}.".startswith(f"{one}.")], key=len, default="")
    return [*blank, *below][0].path


def _as_told(name: str, part: Part, form: QueryDict) -> str:
    """A name in the file as the form has it, where an entry that is yet to be has no key."""
    for one in part.fields:  # what is within another one comes behind it
        above, _, key = one.path.rpartition(".")
        if key == KEY:
            there = f"{above.rpartition('.')[0]}.{told(form, one)}"
            name = f"{above}{name.removeprefix(there)}" if f"{name}.".startswith(f"{there}.") else name
    return name


def _in_rows(name: str, part: Part, form: QueryDict) -> str:
    """A name in a list of the file as the form has it, where rows that are left blank are none."""
    head, _, rest = name.partition(".")
    step, _, more = rest.partition(".")
    rows = [one.path.split(".")[1] for one in part.fields if one.path.startswith(f"{head}.") and told(form, one)]
    rows = list(dict.fromkeys(rows))
    if head == PRIZES:
        row = next((one for one in rows if str(form.get(f"{head}.{one}.reward", "")) == step), "")
        return f"{head}.{row}.{'weight' if step else 'reward'}" if row else name
    if head in _LISTED and step.isdecimal() and int(step) < len(rows):
        return ".".join(filter(None, (head, rows[int(step)], more)))
    return name

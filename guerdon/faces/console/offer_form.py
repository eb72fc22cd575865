"""A reward or voucher as its form has it: read from its document or from what was sent, and written back as edits."""

from collections.abc import Callable
from collections.abc import Mapping as Reading
from typing import Final, Literal

import msgspec
from django.http import QueryDict

from guerdon.core import documents, edits, sentences
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit
from guerdon.core.grammar.rewards import NEEDS
from guerdon.core.programme import Programme
from guerdon.faces import typed, words
from guerdon.faces.console import folding, naming, offer_parts, trees
from guerdon.faces.console.leaves import Grammar
from guerdon.faces.console.parts import KEY, Part
from guerdon.faces.console.sources import Source
from guerdon.faces.console.trees import Branch
from guerdon.features.programmes import forms
from guerdon.features.programmes.forms import Problem

Folder = Literal["rewards", "vouchers"]
_NEEDED: Final = ("name", "prices")
_MYSTERY: Final = ("prizes.0.reward", "fallback", "budget", "limits.day")  # the fields that a draw can't do without


class Section(msgspec.Struct, frozen=True):
    """A folder of the programme file whose entries have forms: their fields, their conditions, and the page of one."""

    folder: Folder
    fields: Callable[[Source, str, Mapping, Reading[str, object]], Part]
    trees: dict[str, Grammar]
    page: str  # of an entry

    @property
    def noun(self) -> str:
        """What one of them is called in addresses and keys."""
        return self.folder.removesuffix("s")

    def named(self, programme: Programme) -> dict[str, dict[str, str]]:
        """The name of every entry, by its key."""
        found = programme.rewards if self.folder == "rewards" else programme.vouchers
        return {key: one.name for key, one in found.items()}


SECTIONS: Final[dict[Folder, Section]] = {
    "rewards": Section("rewards", offer_parts.reward, {"if": trees.MEMBERS}, "console.reward"),
    "vouchers": Section(
        "vouchers", offer_parts.voucher, {"if": trees.CONDITIONS, "lines": trees.GOODS}, "console.voucher_kind"
    ),
}  # fmt: skip


class Offer(msgspec.Struct, frozen=True):
    """An entry and everything that its form has: `form` is what was sent, if anything."""

    section: Section
    key: str
    is_new: bool
    entry: Mapping  # as it stands
    part: Part
    trees: dict[str, Branch]
    form: QueryDict | None = None

    @property
    def document(self) -> Mapping:
        """What the form says of it, as the programme file would."""
        found = self.entry if self.form is None else folding.written(self.entry, self.part, self.form)
        for name, grammar in self.section.trees.items():
            told = trees.document(self.trees[name], grammar)
            found = {key: one for key, one in found.items() if key != name} | ({name: told} if told else {})
        return found


class Tried(msgspec.Struct, frozen=True):
    """What comes of trying it: the programme with it, or what is wrong by field; "" is what is in none of them."""

    programme: Programme | None = None
    faults: dict[str, str] = {}


def read(section: Section, source: Source, key: str, *, like: str = "") -> Offer:
    """An entry as it stands; a new one where no key is told, `like` another one or with nothing said."""
    entry = _entry(source, section, key or like)
    own = key or naming.key("", section.named(source.programme), section.noun)
    part = section.fields(source, pointer(section, own), entry, {})
    told = {name: trees.read(entry.get(name), grammar) for name, grammar in section.trees.items()}
    return Offer(section, own, not key, entry, part, told)


def posted(section: Section, source: Source, key: str, form: QueryDict) -> Offer:
    """An entry as it was sent, after the button that was pressed; a new one is given a key like its name."""
    there = section.named(source.programme)
    is_new = not key
    if is_new:
        name = next((one for one in (str(form.get(f"name.{at}", "")) for at in source.programme.languages) if one), "")
        key = str(form.get(KEY, "")).strip() or naming.key(name, there, section.noun)
    entry = {} if is_new else _entry(source, section, key)
    part = section.fields(source, pointer(section, key), entry, dict(form.items()))
    act = str(form.get("act", ""))
    grown = {
        name: trees.acted(trees.posted(form, name, grammar), name, act, form, grammar)
        for name, grammar in section.trees.items()
    }
    return Offer(section, key, is_new, entry, part, grown, _keyed(part, form))


def _entry(source: Source, section: Section, key: str) -> Mapping:
    found = source.document.get(section.folder)
    entry = found.get(key) if isinstance(found, dict) else None
    return entry if isinstance(entry, dict) else {}


def pointer(section: Section, key: str) -> str:
    """Where an entry stands in the programme file."""
    return documents.under(f"/{section.folder}", key)


def _keyed(part: Part, form: QueryDict) -> QueryDict:
    """The form with a key for every new choice and option that has a name and none."""
    told = form.copy()
    for one in part.fields:
        above, _, last = one.path.rpartition(".")
        if last != KEY or folding.told(told, one):
            continue
        names = [each.path for each in part.fields if each.path.rpartition(".")[0] in (above, f"{above}.name")]
        name = next((text for text in (str(told.get(at, "")).strip() for at in names) if text), "")
        if name:
            there = f"{above.rpartition('.')[0]}."
            beside = [each.path.removeprefix(there) for each in part.fields if each.path.startswith(there)]
            taken = {each.partition(".")[0] for each in beside}
            taken |= {str(told.get(there + each, "")) for each in beside if each.endswith(f".{KEY}")}
            told[one.path] = naming.key(name, taken, "option" if ".options." in one.path else "choice")
    return told


def edited(offer: Offer, source: Source) -> list[Edit]:
    """The edits that make the entry what its form says; of one that is there only what differs."""
    at = pointer(offer.section, offer.key)
    if not offer.is_new:
        return folding.differing(at, offer.entry, offer.document)
    if offer.section.folder not in source.document:
        return [Edit("put", f"/{offer.section.folder}", {offer.key: offer.document})]
    return [Edit("put", at, offer.document)]


def tried(offer: Offer, source: Source, language: str) -> Tried:
    """The programme with the entry as its form says it, or what is wrong with it and where."""
    unclear = _unclear(offer, source, language)
    reading = forms.read_document(edits.edited(source.document, edited(offer, source)))
    if reading.programme is None or unclear:
        return Tried(faults=_faults(offer, reading.errors, language) | unclear)
    return Tried(reading.programme)


def _unclear(offer: Offer, source: Source, language: str) -> dict[str, str]:
    """What can't be read as it was typed, and what was said twice, by its field."""
    if offer.form is None:
        return {}
    fine = typed.fine(source.programme)
    base: Mapping = {offer.section.folder: {offer.key: offer.entry}}
    told = folding.faults(base, offer.part, offer.form, fine=fine)
    for name, grammar in offer.section.trees.items():
        told |= trees.faults(offer.trees[name], name, grammar, language, fine=fine)
    if offer.is_new and offer.key in offer.section.named(source.programme):
        told[KEY] = words.say("settings.key_taken", language)
    twice = folding.taken(base, offer.part, offer.form)
    if twice:
        told[twice] = words.say("settings.key_taken", language)
    prizes = [str(offer.form.get(at, "")) for at in _prizes(offer)]
    for place, at in enumerate(_prizes(offer)):
        if prizes[place] and prizes[place] in prizes[:place]:
            told[at] = words.say("offers.prize_twice", language)
    return told


def _prizes(offer: Offer) -> list[str]:
    return [one.path for one in offer.part.fields if one.label == "prize"]


def _faults(offer: Offer, errors: list[Problem], language: str) -> dict[str, str]:
    """What is wrong by the field where it stands; what a kind needs and has not is told where it is to be filled in."""
    base, form = pointer(offer.section, offer.key), offer.form or QueryDict()
    where = {
        at: path
        for name, grammar in offer.section.trees.items()
        for at, path in trees.places(offer.trees[name], f"{base}/{name}", name)
    } | {f"{base}/{name}": name for name in offer.section.trees}
    told: dict[str, str] = {}
    others = []
    for one in errors:
        place = trees.place(where, one.path, base)
        needed = _needed(offer, one, base)
        if place is not None:
            told.setdefault(place, folding.problem(one, language))
        elif needed:
            told |= dict.fromkeys(needed, words.say("offers.needed", language))
        elif one.path == base and one.reason in ("one_key", "needs_one"):
            told["amount"] = words.say("offers.gives_one", language)
        elif one.path == base and one.reason == "bad_key":
            told[KEY] = folding.problem(one, language)
        else:
            others.append(one)
    return folding.problems(others, offer.part, form, language) | told


def _needed(offer: Offer, one: Problem, base: str) -> tuple[str, ...]:
    """The blank fields without which it is nothing, or the kind of a reward says nothing."""
    if offer.form is None:
        return ()
    if one.reason == "missing_key" and one.path == base:
        missing = [key for key in _NEEDED if key not in offer.document]
        firsts = [
            next((each.path for each in offer.part.fields if each.path.startswith(f"{key}.")), "") for key in missing
        ]
        return tuple(filter(None, firsts))
    if one.reason != "kind_incomplete" or one.path != f"{base}/kind":
        return ()
    kind = str(offer.form.get("kind", ""))
    names = _MYSTERY if kind == "mystery" else next((needs for of, needs in NEEDS.items() if of == kind), ())
    return tuple(name for name in names if not str(offer.form.get(name, "")).strip())


def said(programme: Programme, section: Section, key: str) -> dict[str, str]:
    """The entry in every language of pages."""
    if section.folder == "rewards":
        reward = programme.rewards[key]
        return {one: " ".join(sentences.reward(reward, programme, one)) for one in sentences.LANGUAGES}
    voucher = programme.vouchers[key]
    return {one: sentences.voucher(voucher, programme, one) for one in sentences.LANGUAGES}

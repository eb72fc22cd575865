"""An entry of the programme file as its form has it: read or sent, tried on the programme, written back as edits."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Reading
from typing import Any, Final, Protocol

import msgspec
from django.http import QueryDict

from guerdon.core import documents, edits, sentences
from guerdon.core.documents import Mapping
from guerdon.core.edits import Edit
from guerdon.core.programme import Programme
from guerdon.faces import typed, words
from guerdon.faces.console import folding, naming, origins, places, trees
from guerdon.faces.console.leaves import Grammar
from guerdon.faces.console.parts import KEY, NEW, Group, Part, value
from guerdon.faces.console.sources import Source
from guerdon.faces.console.trees import Branch
from guerdon.faces.visits import Visit
from guerdon.features.programmes import forms
from guerdon.features.programmes.forms import Problem

_TOLD: Final = 5  # of what else no longer fits

Told = Reading[str, object]  # what a form has told, by the names of its fields


class Grouped(Protocol):
    """Makes the groups of an entry, from what there is of it and what a form has told."""

    def __call__(self, source: Source, key: str, entry: Mapping, told: Told, *, is_new: bool) -> tuple[Group, ...]: ...


def _as_it_is(entry: Mapping) -> Mapping:
    return entry


def _there(one: Problem, told: Told) -> Sequence[Problem]:
    return (one,)


class Folder(msgspec.Struct, frozen=True):
    """A folder of the file whose entries have forms: what those ask for, and the pages around them.

    `noun` is what one is called in the names of pages and words, `at` where its pages stand, `page` that of all of
    them, and `own` that of one, if it has one. `opened` and `closed` bring an entry into the shape that fields have,
    and back; `spots` tells where a form has what is wrong, by pointers below the entry. `trees` are its conditions.
    """

    key: str
    noun: str
    at: str
    icon: str
    groups: Grouped
    said: Callable[[Programme, str, str], Sequence[str]]  # the sentences of an entry in a language
    closed: Callable[[Mapping, Mapping], Mapping]
    opened: Callable[[Mapping], Mapping] = _as_it_is
    spots: Callable[[Problem, Told], Sequence[Problem]] = _there
    trees: dict[str, Grammar] = {}
    own: str = ""
    waiting: Callable[[Visit, str], int | None] | None = None  # how many have to do with an entry that is taken out
    previewed: Callable[[Visit, Mapping], dict[str, Any]] | None = None  # what a document would do, for the page

    @property
    def page(self) -> str:
        """The page of all its entries."""
        return f"console.{self.key}"

    def entries(self, whole: Mapping) -> Mapping:
        """All entries by key."""
        found = whole.get(self.key)
        return found if isinstance(found, dict) else {}

    def pointer(self, key: str) -> str:
        """Where an entry stands in the file."""
        return documents.under(f"/{self.key}", key)


class Entry(msgspec.Struct, frozen=True):
    """An entry under its key, with all that its form has: `form` is what was sent, if anything.

    `before` is what the file has of it, None where it has nothing; `opened` is in the shape of fields what there is, or
    what a new one begins with.
    """

    folder: Folder
    key: str
    is_new: bool
    part: Part
    before: "Mapping | None"
    opened: Mapping
    trees: dict[str, Branch]
    form: QueryDict | None = None

    @property
    def document(self) -> Mapping:
        """What the form says of it, as the file would; conditions that are the same stay as the file writes them."""
        found = self.opened if self.form is None else folding.written(self.opened, self.part, self.form)
        found = self.folder.closed(found, self.before or {})
        for name, grammar in self.folder.trees.items():
            told = trees.document(self.trees[name], grammar)
            if told != trees.document(trees.read(found.get(name), grammar), grammar):
                found = {key: one for key, one in found.items() if key != name} | ({name: told} if told else {})
        return {key: one for key, one in found.items() if key != KEY}

    def edits(self, source: Source) -> list[Edit]:
        """What makes the file say what the form does; of an entry that is there only what differs."""
        if self.before is not None:
            return folding.differing(self.part.base, self.before, self.document)
        if isinstance(source.written.get(self.folder.key), dict):
            return [Edit("put", self.part.base, self.document)]
        return [Edit("put", f"/{self.folder.key}", {self.key: self.document})]


class Tried(msgspec.Struct, frozen=True):
    """What comes of it: the edits, the document and the programme with them, or what is wrong by field.

    "" is what is in none of them.
    """

    edits: tuple[Edit, ...] = ()
    document: Mapping = {}
    programme: Programme | None = None
    faults: dict[str, str] = {}


def of(folder: Folder, source: Source, key: str, *, like: str = "", form: QueryDict | None = None) -> Entry:
    """The entry of the key as it stands, or as it was sent after the button that was pressed.

    A new one has none: it begins `like` another one or with nothing, under the key that was typed or its name gives.
    """
    there = folder.entries(source.written)
    told: Told = {} if form is None else form.dict()
    here = key or str(told.get(KEY, "")).strip() or naming.key(_name(told, ""), there, folder.noun)
    before, begun = there.get(key), there.get(key or like)
    opened = folder.opened(begun if isinstance(begun, dict) else {})
    part = Part(folder.pointer(here), folder.groups(source, here, opened, told, is_new=not key))
    grown = {name: trees.read(opened.get(name), grammar) for name, grammar in folder.trees.items()}
    if form is not None:
        act = str(form.get("act", ""))
        grown = {
            name: trees.acted(trees.posted(form, name, grammar), name, act, form, grammar)
            for name, grammar in folder.trees.items()
        }
        form = _keyed(form, part, opened)
        was = origins.read(form) if key and isinstance(before, dict) else None  # of what is gone all of it is written
        if was is not None:
            form, grown = _rebased(folder, part, form, grown, folder.opened(was), opened)
    return Entry(folder, here, not key, part, before if isinstance(before, dict) else None, opened, grown, form)


def _rebased(
    folder: Folder, part: Part, form: QueryDict, grown: dict[str, Branch], was: Mapping, now: Mapping
) -> tuple[QueryDict, dict[str, Branch]]:
    """The form and its trees with what there is now wherever its user has left what was read."""
    found: dict[str, Branch] = {}
    for name, grammar in folder.trees.items():
        left = trees.document(grown[name], grammar) == trees.document(trees.read(was.get(name), grammar), grammar)
        found[name] = trees.read(now.get(name), grammar) if left else grown[name]
    return origins.rebased(form, part.fields, folding.unfolded(was), folding.unfolded(now)), found


def _name(told: Told, path: str) -> str:
    """The name that a form says at a path, in English before all else."""
    said = [str(told.get(f"{path}{way}{one}", "")).strip() for one in sentences.LANGUAGES for way in ("name.", "")]
    return next(filter(None, said), "")


def _keyed(form: QueryDict, part: Part, opened: Mapping) -> QueryDict:
    """The form with a key for every new entry within that has none, made of its name."""
    made, told = form.copy(), form.dict()
    for one in part.fields:
        above, _, last = one.path.rpartition(".")
        holder, _, name = above.rpartition(".")
        if last != KEY or not name.startswith(NEW) or folding.told(made, one):
            continue
        if any(str(text).strip() for key, text in told.items() if key.startswith(f"{above}.")):
            within = value(opened, holder)
            taken = {
                str(made[each]) for each in made if each.startswith(f"{holder}.{NEW}") and each.endswith(f".{KEY}")
            }
            taken |= set(within) if isinstance(within, dict) else set()
            made[one.path] = naming.key(_name(told, f"{above}."), taken, holder.rpartition(".")[2].removesuffix("s"))
    return made


def tried(entry: Entry, source: Source, language: str) -> Tried:
    """Try what the form says on the programme; nothing is changed."""
    made = tuple(entry.edits(source))
    document = edits.edited(source.written, made)
    reading = forms.read_document(document)
    faults = _faults(entry, reading.errors, document, language) | _unclear(entry, source, language)
    return Tried(made, document, None if faults else reading.programme, faults)


def elsewhere(wrong: Sequence[Problem], whole: Mapping, language: str, asking: Sequence[str] = ()) -> str:
    """What else in the programme no longer fits, and why: by name alone what asks for something that is not there."""
    told = [places.called(one, whole, language) for one in asking]
    for one in wrong:
        name, unknown = places.called(one.path, whole, language), one.reason.endswith("_unknown")
        told.append(name if unknown else f"{name} – {folding.problem(one, language).removesuffix('.')}")
    return words.say("entries.still_used", language, where="; ".join(list(dict.fromkeys(told))[:_TOLD]))


def _unclear(entry: Entry, source: Source, language: str) -> dict[str, str]:
    """What can't be read as it was typed, and what was said twice, by its field."""
    if entry.form is None:
        return {}
    folder, fine = entry.folder, typed.fine(source.programme)
    shaped: Mapping = {folder.key: {entry.key: entry.opened}}
    told = folding.faults(shaped, entry.part, entry.form, fine=fine)
    for name, grammar in folder.trees.items():
        told |= trees.faults(entry.trees[name], name, grammar, language, fine=fine)
    if entry.before is None and entry.key in folder.entries(source.written):
        told[KEY] = words.say("settings.key_taken", language)
    twice = folding.taken(shaped, entry.part, entry.form)
    if twice:
        told[twice] = words.say("settings.key_taken", language)
    return told | dict.fromkeys(folding.twice(entry.part, entry.form), words.say("entries.prize_twice", language))


def _faults(entry: Entry, errors: Sequence[Problem], whole: Mapping, language: str) -> dict[str, str]:
    """What is wrong in the file by the field where it stands; a key at its own field, and "" what is elsewhere."""
    base, form = entry.part.base, entry.form or QueryDict()
    where = {
        at: path for name in entry.folder.trees for at, path in trees.places(entry.trees[name], f"{base}/{name}", name)
    } | {f"{base}/{name}": name for name in entry.folder.trees}
    told: dict[str, str] = {}
    mine, others = list[Problem](), list[Problem]()
    for one in errors:
        place = trees.place(where, one.path, base)
        if place is not None:
            told.setdefault(place, folding.problem(one, language))
        elif f"{one.path}/".startswith(f"{base}/"):
            mine += [msgspec.structs.replace(each, path=base + each.path) for each in _spots(entry, one)]
        else:
            others.append(one)
    found = folding.problems(mine, entry.part, form, language) | told
    if others:
        found[""] = " ".join(filter(None, (found.get(""), elsewhere(others, whole, language))))
    return found


def _spots(entry: Entry, one: Problem) -> Sequence[Problem]:
    """What is wrong by the places where the form has it, with pointers below the entry."""
    path = one.path.removeprefix(entry.part.base)
    path = f"{path}/{KEY}" if one.reason in ("bad_key", "duplicate") else path
    return entry.folder.spots(msgspec.structs.replace(one, path=path), {} if entry.form is None else entry.form.dict())

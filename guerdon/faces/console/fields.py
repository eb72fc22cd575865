"""The fields of a part of the programme file as its page shows them, with what stands there or was just told."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from django.http import QueryDict

from guerdon.core.documents import Document
from guerdon.faces import words
from guerdon.faces.console import folding, frame
from guerdon.faces.console.parts import Group, Kind, Part, Setting
from guerdon.faces.console.sources import Source
from guerdon.faces.design.shapes import Choice, Fault
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


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
    """Rows of fields that belong together, with their title and what is said below it; what is folded may be open.

    With `adds`, the path of entries, one can have one more than the `blanks` that there are.
    """

    title: str
    about: str
    rows: tuple[tuple[FieldView, ...], ...]
    folded: bool = False
    open: bool = False
    inner: "tuple[GroupView, ...]" = ()
    adds: str = ""
    blanks: int = 0
    add: str = ""
    entry: bool = False  # whether its title says which of several entries its fields are of


def failing(groups: Sequence[GroupView], faults: Mapping[str, str]) -> tuple[Fault, ...]:
    """What is wrong in the order of the page, each with its field and the entry that the field is of."""
    told = dict(_labels(groups, ()))
    found = [Fault(name, f"{label}: {faults[name]}") for name, label in told.items() if name in faults]
    return (*found, *[Fault(name, text) for name, text in faults.items() if name and name not in told])


def _labels(groups: Sequence[GroupView], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in groups:
        titles = (*above, one.title) if one.entry else above
        for row in one.rows:
            for each in row:
                yield each.name, ", ".join((*titles, each.label))
        yield from _labels(one.inner, titles)


class View:
    """Writes the fields of a part for one page; `words` is the table that has their labels.

    Without a `form` they have what stands in the `document` of the part.
    """

    def __init__(
        self, visit: Visit, source: Source, part: Part, document: Document, form: QueryDict | None,
        faults: Mapping[str, str], words: str = "settings",
    ) -> None:  # fmt: skip
        assert isinstance(document, dict), "a part of the programme is a mapping"
        self._visit, self._part, self._form, self._faults, self._words = visit, part, form, faults, words
        self._document = folding.unfolded(document)
        tongue = Pen(visit).tongue
        self._units = {f"unit-{code}": tongue.named(one.name) for code, one in source.programme.units.items()}
        self._units |= {"unit": self._units.get(f"unit-{part.unit}", ""), "money": source.programme.currency}

    def groups(self) -> tuple[GroupView, ...]:
        """All groups, in the order of the page."""
        return tuple(map(self._group, self._part.groups))

    def _group(self, one: Group) -> GroupView:
        title = Pen(self._visit).tongue.named(one.name) if one.name else self._say(f"group_{one.word}")
        rows: list[list[FieldView]] = []
        for each in one.fields:
            if each.row or not rows:
                rows.append([])
            rows[-1].append(self._field(each))
        inner = tuple(map(self._group, one.inner))
        there = any((each.value and not one.shut) or each.fault for row in rows for each in row)
        there = there or any(each.open for each in inner)
        about = self._say(f"group_{one.word}_about") if one.about else ""
        asked = bool(one.adds) and self._form is not None and self._form.get("act") == f"add {one.adds}"
        add = self._say(f"add_{one.word}") if one.adds else ""
        return GroupView(
            title,
            about,
            tuple(map(tuple, rows)),
            one.folded,
            there or asked,
            inner,
            one.adds,
            one.blanks,
            add,
            bool(one.name) or one.word.startswith("new_"),
        )

    def _field(self, one: Setting) -> FieldView:
        told = folding.shown(self._document, one) if self._form is None else folding.told(self._form, one)
        return FieldView(
            one.path, one.kind, self._label(one), self._hint(one), told, self._faults.get(one.path, ""),
            self._unit(one.of), tuple(each.strip() for each in told.split(",")) if one.kind == "several" else (),
            self._choices(one),
        )  # fmt: skip

    def _label(self, one: Setting) -> str:
        tongue = Pen(self._visit).tongue
        if one.name:
            return tongue.capital(tongue.named(one.name))
        return self._known(one.word, one.word)

    def _choices(self, one: Setting) -> tuple[Choice, ...]:
        if one.kind not in ("choice", "several"):
            return ()
        tongue = Pen(self._visit).tongue
        usual = () if one.kind == "several" or not one.blank else (Choice("", self._say(one.blank)),)
        named = [Choice(key, tongue.named(name)) for key, name in one.named.items()]
        says = one.says or f"{self._words}.is_"
        return (*usual, *named, *[Choice(key, self._visit.say(f"{says}{key}")) for key in one.choices])

    def _unit(self, of: str) -> str:
        return self._units[of] if of in self._units else self._say(f"of_{of}") if of else ""

    def _hint(self, one: Setting) -> str:
        """What the field is for, within which bounds, and what counts where it is left blank."""
        said = [self._known(f"hint_{one.word}", "")]
        if one.kind == "words":
            said.append(self._visit.say("settings.hint_words"))
        if one.most:
            said.append(self._visit.say("settings.hint_between", least=one.least, most=one.most))
        if one.usual and one.kind != "choice":
            said.append(self._visit.say("settings.hint_usual", usual=one.usual))
        return " ".join(filter(None, said))

    def _known(self, key: str, fallback: str) -> str:
        return (
            self._say(key)
            if key in words.TABLES[self._words]
            else frame.known(self._visit, f"settings.{key}", fallback)
        )

    def _say(self, key: str) -> str:
        """Words of the table, or those of every form."""
        return self._visit.say(f"{self._words if key in words.TABLES[self._words] else 'settings'}.{key}")

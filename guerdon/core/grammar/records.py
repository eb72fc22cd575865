"""The shape of a mapping with known keys: one declaration per field, each with what it means to a manager."""

from collections.abc import Callable
from typing import Generic, TypeVar, cast

import msgspec

from guerdon.core import documents
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.shapes import WRONG, At, Shape, Wrong

R_co = TypeVar("R_co", bound=msgspec.Struct, covariant=True)


class Field(msgspec.Struct, frozen=True):
    """One key of a record: the attribute it fills, its shape, and what it means to a manager."""

    name: str
    shape: Shape[object]
    about: str
    attribute: str = ""  # where the value calls it otherwise
    always: bool = False  # written even when it is the default

    @property
    def target(self) -> str:
        return self.attribute or self.name


class Record(Shape[R_co], Generic[R_co]):
    """A mapping with known keys that becomes one struct; keys at their default are not written.

    `fixed` fills attributes that are not in the document, `step` one that is the record's own key in its
    parent. `needs_one` names keys of which one must be there. `enter` and `leave` set what holds below, before
    reading and before writing; `check` looks at the whole value.
    """

    def __init__(
        self,
        of: type[R_co],
        *fields: Field,
        form: str = "a mapping",
        fixed: dict[str, object] | None = None,
        step: str | None = None,
        needs_one: tuple[str, ...] = (),
        enter: Callable[[Mapping, At], At] | None = None,
        leave: Callable[[R_co, At], At] | None = None,
        check: Callable[[R_co, At], bool] | None = None,
    ) -> None:
        self.of = of
        self.fields = {field.name: field for field in fields}
        self.form = form
        self.fixed = fixed or {}
        self.step = step
        self.needs_one = needs_one
        self.enter, self.leave, self.check = enter, leave, check
        infos = {info.name: info for info in msgspec.structs.fields(of)}
        self.required = [field.name for field in fields if infos[field.target].required]
        self.defaults: dict[str, object] = {
            field.name: info.default_factory() if info.default_factory is not msgspec.NODEFAULT else info.default
            for field in fields
            if not (info := infos[field.target]).required
        }

    def read(self, found: Document, at: At) -> R_co | Wrong:
        if not isinstance(found, dict):
            return at.mistyped(found, self.form, f"write keys such as {documents.listed(self._keys()[:4])}")
        whole = self._known(found, at)
        inside = self.enter(found, at) if self.enter else at
        values: dict[str, object] = dict(self.fixed)
        if self.step is not None:
            values[self.step] = at.step
        for name, field in self.fields.items():
            if name in found:
                value = field.shape.read(found[name], inside.under(name))
                whole = whole and not isinstance(value, Wrong)
                values[field.target] = value
        if not whole:
            return WRONG
        value = self.of(**values)
        return value if self.check is None or self.check(value, inside) else WRONG

    def _keys(self) -> list[str]:
        return list(self.fields)

    def _known(self, found: Mapping, at: At) -> bool:
        """Whether the keys are right: none unknown, none missing."""
        whole = True
        for step in [step for step in found if step not in self.fields]:
            whole = False
            if self._split_by_comma(step, found, at):
                continue
            told = documents.shortened(step)
            meant = documents.nearest(step, self._keys())
            hint = f"did you mean “{meant}”?" if meant else f"possible here: {documents.listed(self._keys(), 20)}"
            at.under(step).wrong("unknown_key", f"There is no key “{told}” here.", hint, of_key=True)
        for name in self.required:
            if name not in found:
                whole = False
                about = self.fields[name].about
                at.wrong("missing_key", f"“{name}” is missing: {about}", f"add “{name}: …”", of_key=True)
        if self.needs_one and not found.keys() & set(self.needs_one):
            whole = False
            told = " or ".join(f"“{name}”" for name in self.needs_one)
            at.wrong("needs_one", f"At least one of the keys {told} is needed.", f"add “{self.needs_one[0]}: …”")
        return whole

    def _split_by_comma(self, step: str, found: Mapping, at: At) -> bool:
        """Whether the step is what a decimal comma cut off, `{per: 1,00}`; told at the key whose number it was."""
        steps = list(found)
        before = steps[steps.index(step) - 1] if steps.index(step) else ""
        whole = found.get(before)
        cut = step.isdecimal() and found[step] is None and before in self.fields
        if not cut or isinstance(whole, bool) or not isinstance(whole, int):
            return False
        told = f"“{before}: {whole},{step}” is two entries to YAML, “{whole}” and “{step}”."
        at.under(before).wrong(
            "not_a_number", told, f"write {before}: {whole}.{documents.shortened(step)}, with a point"
        )
        return True

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, self.of)
        inside = self.leave(value, at) if self.leave else at
        written: Mapping = {}
        for name, field in self.fields.items():
            part = getattr(value, field.target)
            if field.always or name not in self.defaults or part != self.defaults[name]:
                written[name] = field.shape.write(part, inside.under(name))
        return written

    def schema(self, defs: Mapping) -> Mapping:
        parts: Mapping = {}
        for name, field in self.fields.items():
            parts[name] = {"description": field.about, **field.shape.schema(defs)}
            default = self.defaults.get(name)
            if isinstance(default, bool | str):
                cast(Mapping, parts[name])["default"] = default
        found: Mapping = {"type": "object", "properties": parts, "additionalProperties": False}
        if self.required:
            found["required"] = list(self.required)
        if self.needs_one:
            found["anyOf"] = [{"required": [name]} for name in self.needs_one]
        return found

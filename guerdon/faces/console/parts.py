"""The parts of the settings: which fields each has, and where in the programme file their values stand."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

import msgspec

from guerdon.core import edits, limits
from guerdon.core.brands import SHAPES
from guerdon.core.documents import Document
from guerdon.core.households import ROLES
from guerdon.faces.console.sources import Source

Kind = Literal["text", "area", "number", "words", "choice", "several", "check", "switch", "colour", "moment", "link"]
NEW: Final = "+"  # begins what stands for the key of an entry that is yet to be: no key can begin so
KEY: Final = "key"
GONE: Final = "gone"
WAYS: Final[dict[str, tuple[str, ...]]] = {
    "never": (), "rolling": ("years", "months", "days", "round_up"), "calendar": ("month", "day", "after_years"),
    "sliding": ("months", "days"),
}  # fmt: skip
# Entries under keys of their own, those within others first; "*" is any key.
KEYED: Final = (
    "support.answers", "consents", "adjustments.reasons", "causes", "choices.*.options", "choices",
    "levels.*.benefits", "levels", "benefits",
)  # fmt: skip
WINDOWS: Final = ("day", "week", "month", "quarter", "year", "lifetime")


Names = Mapping[str, dict[str, str]]


class Setting(msgspec.Struct, frozen=True):
    """One field: where its value stands below the part, what it may be, and what it is counted in.

    What may be chosen has words of the faces, or is `named` by the programme. `blank` is the word for choosing nothing,
    and "" where something must be chosen.
    """

    path: str
    kind: Kind = "number"
    choices: tuple[str, ...] = ()
    of: str = ""  # days, hours, percent, money, persons, the part's unit, or unit-… of another
    least: int = 0
    most: int = 0
    label: str = ""  # the key of its label, where the path is not it
    usual: str = ""  # what counts where it is left blank
    name: dict[str, str] = {}  # its label by language, where the programme has one
    named: dict[str, dict[str, str]] = {}
    says: str = ""  # how the keys of its choices' words begin, where they are those of another page
    blank: str = "usual"
    row: bool = False  # whether it begins a row of its own

    @property
    def word(self) -> str:
        """The key of its label."""
        return self.label or self.path.replace(".", "_")


class Group(msgspec.Struct, frozen=True):
    """Fields that belong together. `word` is the key of their title, or a name by language is it.

    What is `folded` is in sight only where something is filled in; where it is `shut`, too, only where something is
    wrong. Groups within stand on the same card. With `adds`, the path of entries, there can be more `blanks` of them.
    """

    word: str
    fields: tuple[Setting, ...]
    name: dict[str, str] = {}
    about: bool = False  # whether something is said below the title
    folded: bool = False
    shut: bool = False
    inner: "tuple[Group, ...]" = ()
    adds: str = ""
    blanks: int = 0

    @property
    def every(self) -> tuple[Setting, ...]:
        """All fields, with those of the groups within, in the order of the page."""
        return (*self.fields, *[field for group in self.inner for field in group.every])


class Part(msgspec.Struct, frozen=True):
    """A part with its groups; `base` is the pointer below which its values stand."""

    base: str
    groups: tuple[Group, ...]
    unit: str = ""

    @property
    def fields(self) -> tuple[Setting, ...]:
        """All fields, in the order of the page."""
        return tuple([field for group in self.groups for field in group.every])


def days(path: str, most: int = limits.VALIDITY_DAYS_MAX, *, least: int = 0, usual: str = "") -> Setting:
    """A number of days."""
    return Setting(path, of="days", least=least, most=most, usual=usual)


def caps(path: str, windows: tuple[str, ...] = WINDOWS, *, of: str = "unit") -> tuple[Setting, ...]:
    """The most in each window, in the part's unit where nothing else is said."""
    return tuple([Setting(f"{path}.{one}", of=of, label=f"caps_{one}") for one in windows])


def said(source: Source, path: str, what: str = "name", kind: Kind = "text") -> tuple[Setting, ...]:
    """A text in every language of the programme."""
    texts = [
        Setting(f"{path}.{what}.{one}" if path else f"{what}.{one}", kind, label=f"{what}_{one}")
        for one in source.programme.languages
    ]
    return tuple(texts)


_EXPIRES: Final = (
    Setting("expires.way", "choice", tuple(WAYS)), Setting("expires.years", most=100),
    Setting("expires.months", most=limits.VALIDITY_MONTHS_MAX), days("expires.days"),
    Setting("expires.round_up", "choice", ("month", "quarter", "half_year", "year")),
    Setting("expires.month", least=1, most=12), Setting("expires.day", least=1, most=31),
    Setting("expires.after_years", most=100),
)  # fmt: skip
_PAYS: Final = (
    Setting("pays.points", of="unit"), Setting("pays.money", of="money"),
    Setting("pays.minimum", of="unit"), Setting("pays.step", of="unit"), Setting("pays.share_max", of="percent"),
)  # fmt: skip
_SENDING: Final = (
    Setting("transfers", "switch", label="transfers_on"), Setting("transfers.minimum", of="unit"),
    Setting("transfers.acceptance", "choice", ("none", "needed")),
    days("transfers.offer_days", limits.OFFER_DAYS_MAX, least=1, usual="14"),
    Setting("transfers.fee.points", of="unit"), Setting("transfers.fee.percent", of="percent"),
    Setting("transfers.fee.rounding", "choice", ("up", "down")),
)  # fmt: skip
_HOUSEHOLDS: Final = (
    Setting("households", "switch", label="households_on"),
    Setting("households.leaving", "choice", ("stay", "take")), Setting("households.may_spend", "several", ROLES),
    Setting("households.persons_max", of="persons", least=2, most=limits.HOUSEHOLD_PERSONS_MAX, usual="6"),
    days("households.invitation_days", limits.INVITATION_DAYS_MAX, least=1, usual="14"),
)  # fmt: skip
_PLAIN: Final[dict[str, tuple[Setting, ...]]] = {
    "earning": (
        Setting("earning.rounding", "choice", ("floor", "half_up")),
        Setting("earning.per", "choice", ("order", "line")), Setting("earning.stacking", "choice", ("multiply", "add")),
        Setting("earning.without_tenders", "words"), Setting("earning.include", "words"),
    ),
    "returns": (
        Setting("returns", "choice", ("only_pending", "within_balance", "debt")),
        Setting("refunds", "choice", ("pro_rata", "points_first", "card_first")), days("reinstate.grace_days"),
    ),
    "members": (
        Setting("enrol_unknown", "check"), Setting("country"), Setting("remind_days", "words", of="days"),
        days("erase_after_days", limits.ERASE_AFTER_DAYS_MAX),
        Setting("address_wait_hours", of="hours", least=0, most=limits.ADDRESS_WAIT_HOURS_MAX, usual="0"),
    ),
    "households": _HOUSEHOLDS,
    "brand": (
        Setting("brand.colour", "colour"), Setting("brand.accent", "colour"),
        Setting("brand.shape", "choice", SHAPES),
    ),
    "measure": (Setting("hold_out.share", of="percent"), Setting("margin", of="percent")),
    "drafts": (Setting("review", "choice", ("free", "required")),),
}  # fmt: skip


def value(document: Document, path: str) -> Document:
    """What stands at the end of a path, if anything."""
    for step in path.split("."):
        document = document.get(step) if isinstance(document, dict) else None
    return document


def names(source: Source) -> tuple[str, ...]:
    """Every part of the programme that has a page, units first."""
    units = [f"unit-{code}" for code in source.programme.units]
    return (*units, "programme", "earning", "returns", "members", "households", *_MADE, "brand", "measure", "drafts")


def pointer(name: str) -> str:
    """Where in the file a part stands: a unit by itself, all else at its top."""
    return f"/units/{name.removeprefix('unit-')}" if name.startswith("unit-") else ""


def find(source: Source, name: str) -> Part:
    """The part of the name. Raises `part_unknown`."""
    if name.startswith("unit-"):
        return _unit(source, name.removeprefix("unit-"))
    if name == "programme":
        return Part("", (Group("part_programme", said(source, "")),))
    if name in _MADE:
        return Part("", _MADE[name](source))
    if name not in _PLAIN:
        raise edits.PART_UNKNOWN(pointer=f"/{name}")
    return Part("", (Group(f"part_{name}", _PLAIN[name], about=name == "households"),))


def _unit(source: Source, code: str) -> Part:
    base = pointer(f"unit-{code}")
    edits.part(source.written, base)
    first = (
        *said(source, ""), Setting("worth.points", of="unit"), Setting("worth.money", of="money"),
        Setting("worth.redeemed", of="percent"), days("vesting.days"), Setting("debt_max", of="unit"),
        Setting("converts_at", of="unit"),
    )  # fmt: skip
    groups = (
        Group("unit", first), Group("expires", _EXPIRES, about=True),
        Group("caps", caps("caps", ("order", *WINDOWS)), about=True), Group("pays", _PAYS, about=True),
        Group("transfers", _SENDING, about=True), Group("transfers_caps", caps("transfers.caps"), about=True),
        Group("per_pair", caps("transfers.per_pair"), about=True),
    )  # fmt: skip
    return Part(base, groups, code)


def _support(source: Source) -> tuple[Group, ...]:
    hours, first = limits.ANSWER_HOURS_MAX, limits.CLAIM_PRIORITY_LAST
    promise = (
        Setting("support.answer_hours", of="hours", least=1, most=hours, usual="48"),
        days("support.reopen_days", limits.REOPEN_DAYS_MAX, least=1, usual="14"),
    )
    tiers = [
        Group("tier", (
            Setting(f"support.tiers.{level.key}.priority", least=1, most=first, label="priority"),
            Setting(f"support.tiers.{level.key}.answer_hours", of="hours", least=1, most=hours, label="answer_hours"),
        ), level.name, about=True)
        for ladder in source.programme.tiers for level in ladder.levels
    ]  # fmt: skip
    return (Group("part_support", promise), *tiers)


def _entries(
    source: Source, path: str, fields: Callable[[str], tuple[Setting, ...]], named: Names
) -> tuple[Group, ...]:
    """A group for each entry under a key, and one for an entry that is yet to be."""
    there = [
        Group("entry", (*fields(f"{path}.{key}"), Setting(f"{path}.{key}.{GONE}", "check", label=GONE)), name)
        for key, name in named.items()
    ]
    new = (Setting(f"{path}.{NEW}.{KEY}", "text", label=KEY), *fields(f"{path}.{NEW}"))
    return (*there, Group(f"new_{path.replace('.', '_')}", new, about=True))


def _answers(source: Source) -> tuple[Group, ...]:
    def fields(path: str) -> tuple[Setting, ...]:
        return (*said(source, path), *said(source, path, "text", "area"))

    support = source.programme.support
    return _entries(source, "support.answers", fields, {key: one.name for key, one in support.answers.items()})


def _consents(source: Source) -> tuple[Group, ...]:
    def fields(path: str) -> tuple[Setting, ...]:
        found = value(source.written, f"{path}.recipients")
        places = range(1 + len(found)) if isinstance(found, list) else range(1)
        others = [
            Setting(f"{path}.recipients.{at}.{what}", "text", label=f"recipient_{what}")
            for at in places[: limits.RECIPIENTS_MAX] for what in ("name", "link")
        ]  # fmt: skip
        return (
            *said(source, path), *said(source, path, "text", "area"),
            Setting(f"{path}.version", least=1, most=limits.CONSENT_VERSIONS_MAX, label="version", usual="1"),
            Setting(f"{path}.required", "check", label="required"),
            Setting(f"{path}.keep_days", of="days", least=1, most=limits.VALIDITY_DAYS_MAX, label="keep_days"), *others,
        )  # fmt: skip

    return _entries(source, "consents", fields, {key: one.name for key, one in source.programme.consents.items()})


def _by_hand(source: Source) -> tuple[Group, ...]:
    units = [
        Setting(f"adjustments.approve_above.{code}", of=f"unit-{code}", label="approve_above")
        for code in source.programme.units
    ]
    reasons = source.programme.adjustments.reasons
    named = {key: one.name for key, one in reasons.items()}
    entries = _entries(source, "adjustments.reasons", lambda path: said(source, path), named)
    return (Group("approve_above", tuple(units), about=True), *entries)


def _causes(source: Source) -> tuple[Group, ...]:
    named = {key: one.name for key, one in source.programme.causes.items()}
    return _entries(source, "causes", lambda path: said(source, path), named)


_MADE: Final[dict[str, Callable[[Source], tuple[Group, ...]]]] = {
    "support": _support, "answers": _answers, "consents": _consents, "adjustments": _by_hand, "causes": _causes,
}  # fmt: skip

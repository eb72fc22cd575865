"""The mapping file: how the columns of any shop's file become activities."""

import hashlib
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from guerdon.core.activities import LineKind
from guerdon.faces.imports.instants import Missing, Twice
from guerdon.faces.imports.tables import Layout

EXAMPLE: Final = Path(__file__).with_name("example.yaml")

MemberKind = Literal["external_id", "card", "email", "phone"]
Word = str | int | bool  # YAML reads 0 and true as such; a cell to compare with is always text


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of the mapping; unknown keys are mistakes."""


class MemberColumns(_Part, frozen=True):
    """Who it was: the one column that names the member, and what kind of name it is."""

    external_id: str | None = None
    card: str | None = None
    email: str | None = None
    phone: str | None = None

    def given(self) -> list[tuple[MemberKind, str]]:
        """(kind of identifier, column) of all that are filled in."""
        told: tuple[tuple[MemberKind, str | None], ...] = (
            ("external_id", self.external_id), ("card", self.card), ("email", self.email), ("phone", self.phone)
        )  # fmt: skip
        return [(kind, column) for kind, column in told if column is not None]


class Columns(_Part, frozen=True):
    """Columns of the activity itself."""

    external_id: str
    occurred_at: str
    member: MemberColumns
    store: str | None = None
    channel: str | None = None
    partner: str | None = None
    currency: str | None = None
    amount: str | None = None  # purchases told as one sum, without lines
    returns: str | None = None  # for returns: the external id of the purchase


class SplitColumn(_Part, frozen=True):
    """One column that holds several values."""

    column: str
    split: str


class LineColumns(_Part, frozen=True):
    """Columns of a line, and what to do with lines that are worth nothing."""

    amount: str | None = None  # the whole line
    price: str | None = None  # or of one piece
    product: str | None = None
    category: str | None = None
    brand: str | None = None
    tags: tuple[str, ...] | SplitColumn | None = None
    quantity: str | None = None
    discount: str | None = None
    kind: str | None = None
    kinds: dict[str, LineKind] = {}
    no_value: Literal["refuse", "explain", "keep"] = "refuse"
    weighed: Literal["refuse", "one"] = "refuse"


class TenderColumn(_Part, frozen=True):
    """The column that says how much was paid in one way, and that of the code where a gift card shall pay it."""

    kind: str
    amount: str
    card: str | None = None


class FactColumn(_Part, frozen=True):
    """The column of a fact, and its type."""

    column: str
    type: Literal["text", "integer", "boolean"] = "text"


class Constants(_Part, frozen=True):
    """What is the same for the whole file."""

    store: str | None = None
    channel: str | None = None
    partner: str | None = None
    currency: str | None = None


class Money(_Part, frozen=True):
    """How amounts are written."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", " ", ".", ",", "'", "\u00a0", "\u202f"] = ""
    unit: Literal["major", "minor"] = "major"  # 12.34, or 1234 cents
    amount_is: Literal["before_discount", "after_discount"] = "before_discount"
    discounts: Literal["positive", "negative"] = "positive"


class Time(_Part, frozen=True):
    """How times are written, and what they mean when clocks change."""

    format: str = "iso"
    zone: str | None = None  # the programme's where it is not said
    twice: Twice = "refuse"
    missing: Missing = "refuse"


class Skip(_Part, frozen=True):
    """Rows to leave out: those whose cell is, or is not, one of some values."""

    column: str
    any_of: tuple[Word, ...] | None = msgspec.field(default=None, name="in")
    none_of: tuple[Word, ...] | None = msgspec.field(default=None, name="not_in")
    because: str | None = None

    @property
    def reason(self) -> str:
        return self.because or f"skipped by {self.column}"


class Mapping(_Part, frozen=True):
    """Everything a mapping file says."""

    source: str
    columns: Columns
    kind: str = "purchase"
    file: Layout = Layout()
    rows: Literal["activities", "lines"] = "activities"
    differing: Literal["refuse", "first"] = "refuse"
    line: LineColumns | None = None
    constants: Constants = Constants()
    money: Money = Money()
    time: Time = Time()
    tenders: tuple[TenderColumn, ...] = ()
    facts: dict[str, FactColumn] = {}
    skip: tuple[Skip, ...] = ()

    @property
    def wanted(self) -> list[str]:
        """Every column the mapping names, once, in a fixed order."""
        found = [column for _, column in self.head_columns]
        found += [tender.amount for tender in self.tenders]
        found += [tender.card for tender in self.tenders if tender.card is not None]
        found += [fact.column for fact in self.facts.values()]
        found += [skip.column for skip in self.skip]
        if self.line is not None:
            line = self.line
            named = (line.amount, line.price, line.product, line.category, line.brand, line.quantity, line.discount)
            found += [column for column in (*named, line.kind) if column is not None]
            found += line.tags if isinstance(line.tags, tuple) else [line.tags.column] if line.tags else []
        return list(dict.fromkeys(found))

    @property
    def head_columns(self) -> list[tuple[str, str]]:
        """(field, column) of the activity itself."""
        columns = self.columns
        named = [(field, getattr(columns, field)) for field in columns.__struct_fields__ if field != "member"]
        return [(field, column) for field, column in (*named, *columns.member.given()) if column is not None]

    @property
    def digest(self) -> str:
        """What the mapping means, as a SHA-256; comments and order of keys do not count."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def example() -> str:
    """A commented mapping file to start from."""
    return EXAMPLE.read_text("utf-8")


def schema() -> dict[str, Any]:
    """The JSON Schema of mapping files, for editors."""
    found: dict[str, Any] = msgspec.json.schema(Mapping)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Guerdon import mapping", **found}

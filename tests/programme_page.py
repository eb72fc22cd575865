"""docs/reference/programme.md, every key of the programme file, from the grammar that reads it.

`python -m tests.programme_page --write` prints it again.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import guerdon
from guerdon.core import limits
from guerdon.core.documents import Document
from guerdon.core.grammar import (
    alerts,
    brands,
    by_hand,
    cards,
    claims,
    conditions,
    effects,
    hold_out,
    households,
    lines,
    plans,
    programmes,
    rewards,
    rules,
    shapes,
    tiers,
    transfers,
    units,
    vouchers,
)
from guerdon.core.grammar.records import Record
from guerdon.core.grammar.rules import Names
from guerdon.core.grammar.shapes import Amount, At, Key, Points, Scope, Shape, Text, Whole, Wrong
from guerdon.core.grammar.structures import Adapted, Cases, Choices, Flipped, Keyed, Later, Listing, Yes
from guerdon.features.programmes import documents as texts
from tests.programme_examples import EXAMPLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "programme.md"
DEMO = [Path(guerdon.__file__).parent / "demo" / f"{name}.yaml" for name in ("aurora", "grocer")]
EXAMPLE_CHARS_MAX = 72

HEAD = """\
# The programme file

A programme is one YAML file: what is counted, how money earns, and the rules. This page has every key there is: what it
means, what may stand there, what holds where it is left out, and an example. It is printed from the grammar that reads
the files (`python -m tests.programme_page --write`), so it can't be out of date; every example was read by it, too.

- `guerdon programme check FILE` tells every mistake with its line and what was probably meant; it needs no database.
  How the parts fit together (prices and what can be spent, groups, conversions, gift cards) can only be looked at once
  every part could be read; where that has to wait, the last line says so, and `--json` has `"compared": false`.
- `guerdon programme schema > programme.schema.json` gives your editor the same grammar, for help while you write.
- `guerdon/demo/aurora.yaml` is a whole programme that uses nearly all of it; a small one stands in
  [your own shop](../guides/manager/your-own-shop.md).

Money is written in the programme's currency with its decimals (`12.50`), points in the decimals of their unit, days as
`2026-01-31`. Numbers are exact; a decimal comma is not possible. `<key>` stands for a key of your own: small letters,
digits, `_` and `-`. In the tables a dot goes one level down: `worth.points` is `worth: {points: …}`.
"""


@dataclass(frozen=True)
class Section:
    """A part of the page: a record or a choice of the grammar, under a heading."""

    title: str
    shape: Shape[Any]
    about: str

    @property
    def anchor(self) -> str:
        return self.title.lower().replace(" ", "-")


SECTIONS = (
    Section("The whole file", programmes.PROGRAMME, "The top level."),
    Section("Units", units.UNIT, "What is counted, each under its code: `units: {<key>: …}`."),
    Section(
        "Transfers",
        transfers.TRANSFERS,
        "How members may pass points on: `transfers:` of a unit. Points keep their dates; `{}` sets no limits.",
    ),
    Section("Expiry", effects.EXPIRY, "`expires:` takes `never`, or exactly one of these."),
    Section("Kinds of activity", units.KIND, "Own kinds besides the built-in ones: `kinds: {<key>: …}`."),
    Section(
        "Rates",
        programmes.PROGRAMME.fields["rates"].shape,
        "Foreign money, a list of rates under its currency: `rates: {USD: […]}`. A purchase without one waits for it.",
    ),
    Section("Adjustments", by_hand.BY_HAND, "Points given and taken by hand: `adjustments: {…}`."),
    Section("Support", claims.SUPPORT, "What is promised about claims: `support: {…}`."),
    Section("Alerts", alerts.ALERTS, "From where on a pattern of giving points is worth a look: `alerts: {…}`."),
    Section("Hold-out", hold_out.HOLD_OUT, "Who goes without campaigns: `hold_out: {…}`."),
    Section("Brand", brands.BRAND, "What the pages look like: `brand: {…}`; `{}` for the colours of the house."),
    Section(
        "Tiers",
        tiers.LADDER,
        "Ladders that members climb, each under its key: `tiers: {<key>: …}`. Where there are any, a condition on"
        " `tier` asks for the tiers of these, by their keys alone.",
    ),
    Section(
        "Plans",
        plans.PLAN,
        "Plans of paid memberships, each under its key: `plans: {<key>: …}`. Where there are any, a condition on"
        " `membership` asks for these, by their keys, and holds from the first second to the last.",
    ),
    Section(
        "Rewards",
        rewards.REWARD,
        "What members can have for their points, each under its key: `rewards: {<key>: …}`. Their conditions ask for"
        " the member, the day and the place: nothing is bought with a redemption.",
    ),
    Section("Households", households.HOUSEHOLDS, "Who shares one balance: `households: {…}`; `{}` for the usual."),
    Section(
        "Vouchers",
        vouchers.VOUCHER,
        "What vouchers give, each under its key: `vouchers: {<key>: …}`. Each gives exactly one of “amount”, “percent”,"
        " “product”, “free_shipping” and “gift”.",
    ),
    Section("Gift cards", cards.GIFT_CARDS, "How gift cards are sold: `gift_cards: {…}`."),
    Section("Rules", rules.RULE, "What earns, each under its key: `rules: {<key>: …}`."),
    Section(
        "Conditions",
        conditions.CONDITION,
        "`if:` is a list; all of its conditions must hold. Each has exactly one of these.",
    ),
    Section(
        "Conditions on lines",
        lines.LINE_FILTER,
        "`lines:` of a rule and `where:` of a condition. Each has exactly one of these.",
    ),
    Section("Effects", effects.EFFECT, "`then:` is a list. Each effect has exactly one of these."),
)


@dataclass
class Row:
    """One key: its path inside the section, its shape, what it means, and what it is when left out."""

    path: str
    shape: Shape[Any]
    about: str
    default: str
    inner: "list[Row]" = field(default_factory=list)


# --- walking the grammar ---


def bare(shape: Shape[Any]) -> Shape[Any]:
    """The shape that says what a document looks like, behind those that only change the value."""
    while True:
        if isinstance(shape, Adapted | Flipped):
            shape = shape.inner
        elif isinstance(shape, Later):
            shape = shape.find()
        else:
            return shape


def inside(shape: Shape[Any]) -> tuple[str, Shape[Any]]:
    """What a list or a mapping by key holds, with the step that leads there."""
    shape = bare(shape)
    if isinstance(shape, Listing):
        return inside(shape.part)
    if isinstance(shape, Keyed):
        step, held = inside(shape.part)
        return f".<key>{step}", held
    if isinstance(shape, Yes) and shape.inner is not None:
        return inside(shape.inner)
    return "", shape


def told_elsewhere(shape: Shape[Any], here: Section | None) -> Section | None:
    """The section that a shape has of its own."""
    _, held = inside(shape)
    return next((one for one in SECTIONS if one is not here and inside(one.shape)[1] is held), None)


def rows(section: Section) -> Iterator[Row]:
    """Every key of a section, those below it included."""
    yield from _below(inside(section.shape)[1], "", section)


def _below(shape: Shape[Any], path: str, section: Section) -> Iterator[Row]:
    if isinstance(shape, Record):
        for one in shape.fields.values():
            yield from _row(f"{path}{one.name}", one.shape, one.about, _default(shape, one.name), section)
    elif isinstance(shape, Cases):
        for one in shape.alternatives.values():
            yield from _row(f"{path}{one.key}", one.shape, one.about, "", section)


def _row(path: str, shape: Shape[Any], about: str, default: str, section: Section) -> Iterator[Row]:
    yield Row(path, shape, about, default)
    step, held = inside(shape)
    root = inside(section.shape)[1]
    if held is not root and told_elsewhere(shape, section) is None:
        yield from _below(held, f"{path}{step}.", section)


def _default(record: Record[Any], name: str) -> str:
    if name not in record.defaults:
        return "must be there"
    value = record.defaults[name]
    if value is None:
        return "–"
    said = record.fields[name].shape.write(value, At(Scope()))
    return "none" if said in ({}, []) else f"`{flow(said)}`"


# --- what a cell says ---


def form(shape: Shape[Any], section: Section) -> str:
    """What may stand there, with its limits."""
    outer = bare(shape)
    parts = [outer.form]
    bounds = _limits(outer)
    if bounds:
        parts.append(bounds)
    elsewhere = told_elsewhere(shape, section)
    if elsewhere is not None:
        parts.append(f"see [{elsewhere.title}](#{elsewhere.anchor})")
    return "; ".join(parts)


def _limits(shape: Shape[Any]) -> str:
    if isinstance(shape, Whole):
        return f"{shape.least:,} to {shape.most:,}"
    if isinstance(shape, Text):
        return f"at most {shape.chars_max} characters"
    if isinstance(shape, Key):
        return f"at most {limits.KEY_CHARS_MAX} characters"
    if isinstance(shape, Names):
        return f"at most {shape.text.chars_max} characters each"
    if isinstance(shape, Amount | Points):
        return f"{'0 or more' if shape.least == 0 else 'more than 0'}, at most {shape.most:,} in the smallest step"
    if isinstance(shape, Listing | Choices):
        listing = shape.listing if isinstance(shape, Choices) else shape
        inner = _limits(bare(listing.part)) if not isinstance(bare(listing.part), Record | Cases) else ""
        words_ = bare(listing.part).form if isinstance(bare(listing.part), shapes.Word) else ""
        return "; ".join(part for part in (words_, f"at most {listing.most:,}", inner and f"each {inner}") if part)
    if isinstance(shape, Keyed):
        return f"at most {shape.most:,}"
    return f"at most {shape.depth_max} levels" if isinstance(shape, Cases) and shape.depth_max else ""


def flow(said: Document) -> str:
    """A value on one line, as it stands in a file; of a list of mappings the first entry."""
    if isinstance(said, list) and said and isinstance(said[0], dict | list):
        return f"[{flow(said[0])}]"
    text = texts.write({"x": said}).removeprefix("x:").strip()
    if "\n" not in text:
        return text
    assert isinstance(said, dict)
    return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in said.items()) + "}"


# --- examples ---


def examples() -> dict[tuple[str, str], Document]:
    """What the demo's files say at each key, the shortest that fits; and what is said here where they say nothing."""
    found: dict[tuple[str, str], Document] = {}
    for file in DEMO:
        document = texts.read(file.read_bytes()).document
        for place, said in _said(document, SECTIONS[0].shape, SECTIONS[0], ""):
            if place not in found or len(flow(said)) < len(flow(found[place])):
                found[place] = said
    return {**EXAMPLES, **found}


def _said(said: Document, shape: Shape[Any], section: Section, path: str) -> Iterator[tuple[tuple[str, str], Document]]:
    shape = bare(shape)
    elsewhere = told_elsewhere(shape, None)
    if elsewhere is not None and isinstance(shape, Record | Cases) and inside(elsewhere.shape)[1] is shape:
        section, path = elsewhere, ""
    if isinstance(shape, Yes) and shape.inner is not None:
        yield from _said(said, shape.inner, section, path)
    elif isinstance(shape, Listing):
        for entry in said if isinstance(said, list) else [said]:
            yield from _said(entry, shape.part, section, path)
    elif isinstance(shape, Keyed) and isinstance(said, dict):
        for entry in said.values():
            yield from _said(entry, shape.part, section, f"{path.removesuffix('.')}.<key>." if path else "")
    elif isinstance(shape, Record | Cases) and isinstance(said, dict):
        parts: dict[str, Any] = shape.fields if isinstance(shape, Record) else shape.alternatives
        for step, entry in said.items():
            yield (section.title, f"{path}{step}"), entry
            yield from _said(entry, parts[step].shape, section, f"{path}{step}.")


def doubts(shape: Shape[Any], said: Document) -> list[str]:
    """What is wrong with an example, read by its shape in a programme that has what it names."""
    scope = Scope(scales={"points": 0}, facts={"survey": {"score": "integer"}}, currencies=("EUR", "USD"))
    value = shape.read(said, At(scope))
    return [problem.message for problem in scope.problems] if isinstance(value, Wrong) else []


# --- the page ---


def render() -> str:
    """The whole page. Raises ValueError for a key without an example."""
    known = examples()
    parts = [HEAD]
    for section in SECTIONS:
        parts.append(f"\n## {section.title}\n\n{section.about}\n\n")
        record = isinstance(inside(section.shape)[1], Record)
        parts.append(
            "| key | what it means | what may stand there | left out | example |\n| --- | --- | --- | --- | --- |\n"
        )
        for row in rows(section):
            said = known.get((section.title, row.path))
            if said is None:
                raise ValueError(f"{section.title}: {row.path} has no example; add one to EXAMPLES")
            left_out = row.default or ("" if record else "–")
            cells = (f"`{row.path}`", row.about, form(row.shape, section), left_out, f"`{_example(row, said)}`")
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return "".join(parts)


def _example(row: Row, said: Document) -> str:
    """The last step with its value, as far as it fits."""
    step = row.path.rpartition(".")[2]
    text = f"{step}: {flow(said)}"
    return text if len(text) <= EXAMPLE_CHARS_MAX else f"{text[: EXAMPLE_CHARS_MAX - 2]} …"


def main(said: Sequence[str]) -> int:
    """Print the page, or write it."""
    if list(said) == ["--write"]:
        PAGE.write_text(render(), "utf-8")
    elif said:
        print("usage: python -m tests.programme_page [--write]", file=sys.stderr)
        return 2
    else:
        print(render(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

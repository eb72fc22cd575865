"""Conditions, goods and effects as sentences with places to fill in: from the document of a rule or segment, and back.

What the sentences can't say stands as its small piece of YAML, so that nothing of the grammar is out of reach.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, Literal

import msgspec

from guerdon.core.documents import Document, Mapping
from guerdon.core.errors import Refusal
from guerdon.faces import typed
from guerdon.features.programmes import documents as texts

Form = Literal["chosen", "record", "yes", "named", "compared", "month", "scalar", "yaml"]
Kind = Literal["words", "checks", "text", "number", "whole", "day", "time", "ago", "choice", "flag"]
FACTOR: Final = "factor"  # of a number that has any decimals, or is a fraction like 3/2
YAML: Final = "yaml"  # the word of a leaf that is written out, and its only place
_DIGITS: Final = 40  # of a whole number that is still told to be too large; of a longer one, that it is none
_FRACTION: Final = re.compile(r"[0-9]+/[0-9]+")
_NAMED: Final = ("in", "not_in", "min", "max", "exists", "missing")


class Place(msgspec.Struct, frozen=True):
    """A place to fill in; `of` names its choices, `size` is about how many letters it has.

    A choice may say several things of the document at once: then `keys` are theirs, in the order of its words.
    """

    key: str
    kind: Kind
    of: str = ""
    size: int = 6
    keys: tuple[str, ...] = ()


class Sentence(msgspec.Struct, frozen=True):
    """A word of the grammar as a sentence, whose text in each language says where its places stand."""

    word: str
    form: Form
    places: tuple[Place, ...] = ()


class Leaf(msgspec.Struct, frozen=True):
    """A sentence as it is filled in; several values of a place stand behind each other with commas."""

    word: str
    filled: dict[str, str] = {}


def _chosen(word: str, of: str = "") -> Sentence:
    values = Place("in", "checks", of) if of else Place("in", "words", size=18)
    return Sentence(word, "chosen", (Place("op", "choice", "ops"), values))


def _asked(word: str, of: str) -> Sentence:
    places = (Place("name", "text", size=12), Place("op", "choice", of), Place("value", "text", size=12))
    return Sentence(word, "named", places)


_REACHES: Final = (
    Place("amount_min", "number"), Place("quantity_min", "whole", size=3), Place("lines_min", "whole", size=3),
)  # fmt: skip
_GIVE: Final = (Place("give", "number", size=4), Place("unit", "choice", "units"))
_UNWRITTEN: Final = Sentence(YAML, "yaml")
BOUNDS: Final = ("min", "max")
DAYS: Final = ("from", "until")  # what bounds a time by its day
SPANS: Final = ("days_max", "days_min", *DAYS)
_BOUND: Final = (Place("op", "choice", "bounds"), Place("value", "number"))
_AGO: Final = (Place("op", "choice", "spans"), Place("value", "ago"))

CONDITIONS: Final = (
    _chosen("store"), _chosen("channel"), Sentence("basket", "record", _REACHES), _chosen("category"),
    _chosen("product"), _chosen("brand"), _chosen("tag"), _chosen("tier", "tiers"), _chosen("membership", "plans"),
    _chosen("segment"), Sentence("weekday", "chosen", (Place("op", "choice", "in"), Place("in", "checks", "days"))),
    Sentence("hour", "record", (Place("from", "time"), Place("until", "time"))),
    Sentence("dates", "record", (Place("from", "day"), Place("until", "day"))),
    Sentence("first", "yes"),
    Sentence("nth", "record", (Place("n", "whole", size=3), Place("every", "flag", "every"))),
    Sentence("days_since", "record", (Place("days_min", "whole", size=3),)), Sentence("birthday_month", "yes"),
    Sentence(
        "counter", "record",
        (
            Place("what", "choice", "counted"), Place("period", "choice", "windows"), Place("min", "number"),
            Place("max", "number"),
        ),
    ),
    _chosen("tender"), _chosen("partner"), _chosen("currency", "currencies"), _chosen("kind", "kinds"),
    _asked("attribute", "named"), _asked("fact", "named"), _UNWRITTEN,
)  # fmt: skip
_OF_MEMBERS: Final = (
    "tier", "membership", "segment", "attribute", "birthday_month", "counter", "store", "channel", "weekday", "hour",
    "dates", YAML,
)  # fmt: skip
MEMBERS: Final = tuple(sorted(
    (one for one in CONDITIONS if one.word in _OF_MEMBERS), key=lambda one: _OF_MEMBERS.index(one.word)
))  # fmt: skip
GOODS: Final = (
    _chosen("category"), _chosen("product"), _chosen("brand"), _chosen("tag"),
    Sentence("line", "record", _REACHES[:2]), _UNWRITTEN,
)  # fmt: skip
EFFECTS: Final = (
    Sentence("points", "record", (*_GIVE, Place("per", "number", size=5))),
    Sentence("per_piece", "record", (*_GIVE, Place("per", "whole", size=3))),
    Sentence("fixed", "record", _GIVE),
    Sentence("multiply", "record", (Place("unit", "choice", "units"), Place("by", "number", FACTOR, size=4))),
    Sentence("voucher", "scalar", (Place("key", "choice", "vouchers"),)),
    _UNWRITTEN,
)
SEGMENTS: Final = (
    _chosen("tier", "tiers"), Sentence("joined", "compared", _AGO),
    Sentence("last", "compared", (Place("kind", "choice", "acts"), *_AGO)),
    Sentence("balance", "compared", (Place("unit", "choice", "units"), *_BOUND)),
    Sentence("counter", "compared", (Place("what", "choice", "tallies", keys=("what", "period")), *_BOUND)),
    _chosen("segment"), Sentence("birthday_month", "month", (Place("month", "choice", "months"),)),
    Sentence("voucher", "chosen", (Place("in", "checks", "vouchers"),)), _UNWRITTEN,
)  # fmt: skip


class Grammar(msgspec.Struct, frozen=True):
    """The sentences that may stand in a tree, whether branches may, and under which words the sentences are told."""

    sentences: tuple[Sentence, ...]
    branches: bool = True
    words: str = "rule_words"

    def sentence(self, word: str) -> Sentence:
        """The sentence of a word; what is unknown is written out."""
        return next((one for one in self.sentences if one.word == word), _UNWRITTEN)


# --- from the document, and back ---


def read(found: Document, grammar: Grammar) -> Leaf:
    """The document of one leaf as a sentence; as YAML where a sentence would not say the same."""
    if isinstance(found, dict) and len(found) == 1:
        word, inner = next(iter(found.items()))
        sentence = grammar.sentence(word)
        if sentence.form != "yaml":
            leaf = Leaf(word, _READS[sentence.form](inner, sentence))
            if document(leaf, grammar) == found:
                return leaf
    return Leaf(YAML, {YAML: texts.write(found).strip() if isinstance(found, dict) else ""})


def document(leaf: Leaf, grammar: Grammar) -> Document:
    """What the leaf says, as far as it is filled in: what is wrong with it is told by the grammar of the programme."""
    sentence = grammar.sentence(leaf.word)
    if sentence.form == "yaml":
        return texts.read(leaf.filled.get(YAML, "")).document
    return {sentence.word: _WRITES[sentence.form](leaf.filled, sentence)}


def faults(leaf: Leaf, grammar: Grammar, *, fine: bool) -> Iterator[Refusal]:
    """What was typed as a number and can't be read as one, or as two; `fine` as for `typed.exact`."""
    sentence, op = grammar.sentence(leaf.word), leaf.filled.get("op", "")
    for one in sentence.places:
        text = leaf.filled.get(one.key, "")
        told = one.kind in ("number", "whole") or (one.kind == "ago" and op not in DAYS)
        told = told or (sentence.form == "named" and one.key == "value" and op in BOUNDS)
        if told and text.strip() and not (one.of == FACTOR and _FRACTION.fullmatch(text.strip())):
            try:
                typed.exact(text, at="", fine=fine or one.of == FACTOR or sentence.form == "named")
            except Refusal as refusal:
                yield refusal


def fresh(word: str, grammar: Grammar) -> Leaf:
    """A sentence with nothing filled in."""
    return Leaf(grammar.sentence(word).word)


def _read_chosen(inner: Document, sentence: Sentence) -> dict[str, str]:
    op = "not_in" if isinstance(inner, dict) and "not_in" in inner else "in"
    values = inner.get(op) if isinstance(inner, dict) else None
    return {"op": op, "in": _joined(values)}


def _write_chosen(filled: dict[str, str], sentence: Sentence) -> Document:
    return {filled.get("op") or "in": list(parted(filled.get("in", "")))}


def _read_record(inner: Document, sentence: Sentence) -> dict[str, str]:
    return {key: typed.shown(_plain(value)) for key, value in inner.items()} if isinstance(inner, dict) else {}


def _write_record(filled: dict[str, str], sentence: Sentence) -> Document:
    told = {one.key: _value(filled.get(one.key, ""), one) for one in sentence.places}
    return {key: value for key, value in told.items() if value not in ("", None)}


def _read_named(inner: Document, sentence: Sentence) -> dict[str, str]:
    if not isinstance(inner, dict):
        return {}
    op = next((one for one in _NAMED if one in inner), "in")
    value = inner.get(op)
    if op == "exists":
        op, value = ("exists" if value is True else "missing"), ""
    if op in BOUNDS:
        value = typed.shown(_plain(value))
    return {"name": _plain(inner.get("name")), "op": op, "value": _joined(value)}


def _write_named(filled: dict[str, str], sentence: Sentence) -> Document:
    op, value = filled.get("op") or "in", filled.get("value", "")
    told: Mapping = {"name": filled.get("name", "")}
    if op in ("exists", "missing"):
        return told | {"exists": op == "exists"}
    if op in ("min", "max"):
        return told | {op: number(value)}
    return told | {op: [_scalar(one) for one in parted(value)]}


def _read_compared(inner: Document, sentence: Sentence) -> dict[str, str]:
    if not isinstance(inner, dict):
        return {}
    op = next((one for one in (*BOUNDS, *SPANS) if one in inner), "")
    named = {one.key: " ".join(_plain(inner.get(key)) for key in one.keys or (one.key,)) for one in _beside(sentence)}
    return named | {"op": op, "value": typed.shown(_plain(inner.get(op)))}


def _write_compared(filled: dict[str, str], sentence: Sentence) -> Document:
    told: Mapping = {}
    for one in _beside(sentence):
        told |= zip(one.keys or (one.key,), filled.get(one.key, "").split(), strict=False)
    op, value = filled.get("op", ""), filled.get("value", "")
    return told | {op: value.strip() if op in DAYS else number(value)} if op else told


def _beside(sentence: Sentence) -> tuple[Place, ...]:
    """The places that say what is compared."""
    return tuple(one for one in sentence.places if one.key not in ("op", "value"))


def _read_month(inner: Document, sentence: Sentence) -> dict[str, str]:
    return {"month": _joined(inner.get("in")) if isinstance(inner, dict) else ""}


def _write_month(filled: dict[str, str], sentence: Sentence) -> Document:
    return {"in": [number(filled["month"])]} if filled.get("month") else True


def _read_scalar(inner: Document, sentence: Sentence) -> dict[str, str]:
    return {sentence.places[0].key: _plain(inner)}


def _write_scalar(filled: dict[str, str], sentence: Sentence) -> Document:
    return filled.get(sentence.places[0].key, "")


_READS: Final[dict[Form, Callable[[Document, Sentence], dict[str, str]]]] = {
    "chosen": _read_chosen, "record": _read_record, "yes": lambda inner, sentence: {}, "named": _read_named,
    "compared": _read_compared, "month": _read_month, "scalar": _read_scalar,
}  # fmt: skip
_WRITES: Final[dict[Form, Callable[[dict[str, str], Sentence], Document]]] = {
    "chosen": _write_chosen, "record": _write_record, "yes": lambda filled, sentence: True, "named": _write_named,
    "compared": _write_compared, "month": _write_month, "scalar": _write_scalar,
}  # fmt: skip


def _value(text: str, place: Place) -> Document:
    if place.kind in ("whole", "number"):
        return number(text)
    return True if place.kind == "flag" and text == "yes" else "" if place.kind == "flag" else text.strip()


def number(text: str) -> Document:
    """A number as the grammar takes it: a whole one, or exact text with a point.

    What is none, or could be two, stays as it was typed: `faults` tells what is wrong, and no grammar takes it.
    """
    try:
        plain = typed.exact(text, at="")
    except Refusal:
        return text.strip()
    return int(plain) if plain.removeprefix("-").isdecimal() and len(plain) <= _DIGITS else plain


def _scalar(text: str) -> Document:
    if text in ("true", "false"):
        return text == "true"
    return number(text) if text.removeprefix("-").isdecimal() else text


def _plain(value: Document) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _joined(values: Document) -> str:
    if isinstance(values, list):
        return ", ".join(str(one).lower() if isinstance(one, bool) else str(one) for one in values)
    return "" if values is None or isinstance(values, dict) else str(values)


def parted(text: str) -> tuple[str, ...]:
    """The values of a place in which several may stand, with commas between them."""
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))

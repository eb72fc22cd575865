"""The shapes of the grammar one by one: what each tells editors of itself, and what was probably meant."""

import msgspec
import pytest

from guerdon.core import conditions as c
from guerdon.core import limits, segments
from guerdon.core.grammar import conditions, programmes, rules, shapes, structures, times, words
from guerdon.core.grammar import effects as effect_shapes
from guerdon.core.grammar import segments as segment_shapes
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import At, Scope
from guerdon.core.grammar.transfers import Percent
from tests.core.test_told_sentences import read

TEXT = {"type": "string", "minLength": 1, "maxLength": 9}
NUMBER = {"type": ["number", "string"], "pattern": r"^[0-9]+(\.[0-9]+)?$"}
WHOLE = {"type": "integer", "minimum": 2, "maximum": 5}


class Pair(msgspec.Struct, frozen=True):
    one: int
    other: int = 3
    flag: bool = False


@pytest.mark.parametrize(
    ("shape", "described"),
    [
        (shapes.Whole(2, 5), WHOLE), (shapes.Flag(), {"type": "boolean"}), (shapes.Flag(only=True), {"const": True}),
        (shapes.Flag(only=False), {"const": False}), (shapes.Word("a", "b"), {"enum": ["a", "b"]}),
        (shapes.Text(9), TEXT),
        (shapes.Text(9, lenient=True), TEXT | {"type": ["string", "integer"]}),
        (shapes.Key(), {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "maxLength": limits.KEY_CHARS_MAX}),
        (shapes.Amount(), NUMBER | {"exclusiveMinimum": 0}), (shapes.Amount(0), NUMBER | {"minimum": 0}),
        (shapes.Points(), NUMBER | {"exclusiveMinimum": 0}), (shapes.Points(0), NUMBER | {"minimum": 0}),
        (Percent(), NUMBER | {"exclusiveMinimum": 0, "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}),
        (effect_shapes.Factor(),
         {"type": ["number", "string"], "exclusiveMinimum": 1, "pattern": r"^[0-9]+([./][0-9]+)?$"}),
        (words.KIND,
         {"type": "string", "minLength": 1, "maxLength": limits.KEY_CHARS_MAX, "examples": list(words.COUNTED_KINDS)}),
        (words.CurrencyCode(), {"type": "string", "pattern": "^[A-Z]{3}$"}),
        (words.ScalarValue(), {"type": ["string", "integer", "boolean"], "maxLength": limits.IDENTIFIER_CHARS_MAX}),
        (words.CounterName(), {"type": "string", "pattern": "^(spend|count:.+)$"}),
        (words.Tally(), NUMBER | {"minimum": 0}),
        (times.Day(), {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        (times.Clock(1440), {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"}),
        (rules.Names(9), {"type": "object", "minProperties": 1, "additionalProperties": TEXT}),
        (structures.Listing(shapes.Text(9), 4), {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 4}),
        (structures.Listing(shapes.Text(9), 4, sole=True, unique=True, least=0),
         {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 0, "maxItems": 4, "uniqueItems": True}]}),
        (structures.Choices(shapes.Text(9), 4),
         {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 4, "uniqueItems": True}),
        (structures.Keyed(shapes.Text(9), shapes.Whole(2, 5), 4, least=1),
         {"type": "object", "propertyNames": TEXT, "additionalProperties": WHOLE, "minProperties": 1,
          "maxProperties": 4}),
        (structures.Yes(1), {"const": True}),
        (structures.Yes(1, shapes.Whole(2, 5)), {"anyOf": [{"const": True}, WHOLE]}),
        (structures.Flipped(shapes.Whole(2, 5)), WHOLE), (structures.Later(lambda: shapes.Whole(2, 5)), WHOLE),
        (structures.Adapted(shapes.Whole(2, 5), lambda value, at: value, lambda value: value), WHOLE),
    ],
)  # fmt: skip
def test_what_a_shape_tells_editors(shape, described):
    assert shape.schema({}) == described


def test_what_a_record_tells_editors():
    one, flag = Field("one", shapes.Whole(2, 5), "The first."), Field("flag", shapes.Flag(), "Whether.")
    parts = {"one": {"description": "The first.", **WHOLE}}
    whole = {"type": "object", "properties": parts, "additionalProperties": False, "required": ["one"]}
    assert Record(Pair, one, form="a pair").schema({}) == whole
    told = Record(
        Pair, Field("other", shapes.Whole(2, 5), "The first."), flag, form="a pair", needs_one=("other", "flag")
    )
    assert told.schema({}) == {
        "type": "object", "additionalProperties": False, "anyOf": [{"required": ["other"]}, {"required": ["flag"]}],
        "properties": {
            "other": {"description": "The first.", **WHOLE},
            "flag": {"description": "Whether.", "type": "boolean", "default": False},
        },
    }  # fmt: skip


def test_what_cases_tell_editors():
    one = structures.Alternative("one", shapes.Whole(2, 5), "The first.", lambda value: True)
    tree = {
        "type": "object", "properties": {"one": {"description": "The first.", **WHOLE}}, "additionalProperties": False,
        "minProperties": 1, "maxProperties": 1,
    }  # fmt: skip
    defs: dict = {}
    assert structures.Cases("tree", [one], form="a tree").schema(defs) == {"$ref": "#/$defs/tree"} and defs == {
        "tree": tree
    }
    defs = {}
    structures.Cases("tree", [one], form="a tree", words={"never": 0}).schema(defs)
    assert defs["tree"] == {"anyOf": [{"enum": ["never"]}, tree]}


def problem(shape, found, **scope):
    at = At(Scope(**scope), "/x")
    assert shape.read(found, at) is shapes.WRONG
    [one] = at.scope.problems
    return one.message, one.suggestion


@pytest.mark.parametrize(
    ("shape", "found", "suggestion"),
    [
        (times.Clock(1440), 59, "write it like 07:30"), (times.Clock(1440), 60, 'write "01:00" in quotes'),
        (times.Clock(1440), 450, 'write "07:30" in quotes'), (times.Clock(1440), 1440, 'write "24:00" in quotes'),
        (times.Clock(1440), 1439, 'write "23:59" in quotes'),
        (times.Clock(1440), 1441, "write it like 07:30"), (times.Clock(1440), True, "write it like 07:30"),
        (shapes.Flag(), "yes", "write true"), (shapes.Flag(), "Off", "write false"), (shapes.Flag(), "maybe", None),
        (shapes.Flag(only=True), "on", "write true"), (shapes.Word("gold"), "godl", "did you mean “gold”?"),
        (shapes.Text(9), True, 'write "true" in quotes'), (shapes.Text(9), 5, 'write "5" in quotes'),
        (shapes.Text(9), [], None),
        (shapes.Amount(), 1.5, "write it as text, in quotes"), (shapes.Amount(), "1 000", "write 1000"),
        (shapes.Amount(), "1_000,5", "write 1000.5"), (shapes.Amount(), "x", "write 12.50"),
        (shapes.Amount(), [], None),
        (structures.Listing(shapes.Text(9), 4), "a", "write it as a list: [a]"),
        (structures.Listing(shapes.Text(9), 4), {"a": 1}, "begin each entry with “- ”"),
        (structures.Listing(shapes.Text(9), 4), None, None), (structures.Yes(1), False, "write true"),
    ],
)  # fmt: skip
def test_what_was_probably_meant(shape, found, suggestion):
    assert problem(shape, found)[1] == suggestion


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (shapes.Whole(2, 5), (2, 5), (1, 6, True, "3", 2.0)), (shapes.Flag(only=True), (True,), (False, 1)),
        (shapes.Text(3), ("abc",), ("abcd", "", " ", " a", "a\nb", 5)), (shapes.Key(), ("a", "a" * 64, "0_-"),
         ("A", "_a", "a" * 65, "")),
        (Percent(), ("0.01", 100), (0, "100.01", "0.001")), (words.Tally(), (0, 5), (-1, "0.5")),
        (times.Clock(1440), ("00:00", "24:00", "7:30"), ("24:01", "7:60", "7:3", "07.30")),
        (times.Moment(), ("2026-01-31", "2026-01-31T07:30", "2026-01-31 07:30:05+02:00"),
         ("2026-01-31T07", "20260131T0730", "2026-02-30T07:30", "2026-01-31T24:00", "1899-12-31", "2026-W05-6T07:30")),
        (times.Day(), ("1900-01-01", "2999-12-31"), ("1899-12-31", "3000-01-01", "2026-1-1", "2026-02-30", 20260101)),
        (structures.Listing(shapes.Word("a", "b"), 2, unique=True), (["a"], ["a", "b"]),
         ([], ["a", "a"], ["a", "b", "a"], ["a", "c"])),
        (effect_shapes.Factor(), (2, "1.5", "3/2", 1000, "1001/1000"),
         (1, 0, "1/2", "2/0", 1001, "1.0000001", 10**9, 5 * 10**8, -2, "1,5", True)),
    ],
)  # fmt: skip
def test_edges(shape, right, wrong):
    for found in right:
        at = At(Scope(), "/x")
        value = shape.read(found, at)
        assert not at.scope.problems and shape.read(shape.write(value, at), at) == value, found
    for found in wrong:
        problem(shape, found)


def test_a_factor_is_too_large_as_long_as_it_is_a_number():
    assert problem(effect_shapes.Factor(), 10**9 - 1)[0] == "The largest possible factor is 1000."
    assert problem(effect_shapes.Factor(), 10**9)[0].endswith("is not a factor, like 2, 1.5 or 3/2.")


FIRST = c.First()


@pytest.mark.parametrize(
    "tree", [FIRST, c.All((FIRST,)), c.All((FIRST, FIRST)), c.All((c.All((FIRST, FIRST)),)), c.Any((FIRST,))]
)
def test_only_a_list_of_several_loses_its_name(tree):
    at = At(Scope(), "/x")
    assert conditions.CONDITIONS.read(conditions.CONDITIONS.write(tree, at), at) == tree
    programme = read({})
    born = segments.Born(frozenset({5}))
    for ask in (born, segments.All((born,)), segments.All((born, born)), segments.Balance("gone", 5, 7)):
        written = segment_shapes.write(ask, programme)
        assert segment_shapes.read_condition(written, programme).value == ask or ask == segments.Balance("gone", 5, 7)
    assert segment_shapes.write(segments.Balance("gone", 5, 7), programme) == [
        {"balance": {"unit": "gone", "min": 5, "max": 7}}
    ]


def test_what_a_programme_asks_about_its_members():
    """So that a return can be asked again of the basket, and not of the member (LAW 4.1)."""
    member = [c.Is(what, frozenset({"a"})) for what in ("segment", "tier", "membership")]
    member += [
        FIRST,
        c.Nth(2),
        c.DaysSince(1),
        c.Attribute("x", exists=True),
        c.BirthdayMonth(),
        c.Counter("spend", "day", 1),
    ]
    fact = [c.Is(what, frozenset({"a"})) for what in ("store", "channel", "kind", "partner", "currency", "tender")]
    fact += [c.Basket(1), c.Weekday(frozenset({1})), c.Fact("x", exists=True), c.Hour(0, 1), c.Dates()]
    assert [c.about_member(node) for node in member] == [True] * len(member)
    assert [c.about_member(node) for node in fact] == [False] * len(fact)


def test_doubts_are_told_only_where_nothing_is_wrong():
    whole = read({})
    document = programmes.write(whole) | {"address_wait_free": {"points": 5}}
    document["units"]["stars"] = {"kind": "redeemable", "name": {"en": "stars"}, "expires": "never"}
    assert [one.reason for one in programmes.read(document).problems] == ["either_or"]
    assert [one.reason for one in programmes.read(document | {"address_wait_hours": 1}).problems] == [
        "unit_never_given"
    ]


TWO = {"c": {"name": {"en": "C"}, "options": {"x": {"en": "X"}, "y": {"en": "Y"}}}}


@pytest.mark.parametrize(("more", "reasons"), [({}, []), (TWO, ["too_many"])])
def test_how_many_combinations_can_be_counted(more, reasons):
    def options(count):
        return {"name": {"en": "O"}, "options": {f"o{number}": {"en": "x"} for number in range(count)}}

    assert limits.VARIANTS_MAX == 500
    reward = {
        "name": {"en": "R"}, "kind": "experience", "prices": [{"free": True}], "stocked": "per_choice",
        "choices": {"a": options(100), "b": options(5), **more},
    }  # fmt: skip
    found = programmes.read(programmes.write(read({})) | {"rewards": {"r": reward}})
    assert [one.reason for one in found.problems] == reasons

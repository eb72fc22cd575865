"""Mapping files teach: every mistake is told with its line, its path and what to write instead."""

import jsonschema
import pytest
import yaml

from guerdon.faces.imports import mapping, mapping_text
from tests.faces.imports import samples

HEAD = "source: till\ncolumns:\n  external_id: order\n  occurred_at: at\n  member: {card: who}\n"


def problems(text):
    """Line, path and reason of all problems."""
    return [(problem.line, problem.path, problem.reason) for problem in mapping_text.read(text).problems]


def test_the_example_is_a_mapping():
    reading = mapping_text.read(mapping.example())
    assert reading.problems == ()
    assert reading.mapping is not None


def test_the_example_fits_the_schema():
    jsonschema.validate(yaml.safe_load(mapping.example()), mapping.schema())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "", "empty_file")]),
        ("- till", [(1, "", "wrong_type")]),
        ("source: [\n", [(2, "", "yaml_syntax")]),
        ("source: till\nsource: web", [(2, "/source", "yaml_duplicate")]),
        ("source: till", [(1, "", "missing_key")]),
        (HEAD.replace("occurred_at", "occured_at"), [(4, "/columns/occured_at", "unknown_key")]),
        (HEAD + "line: {amount: gross, prodct: sku}", [(6, "/line/prodct", "unknown_key")]),
        (HEAD + "columns2: {}", [(6, "/columns2", "unknown_key")]),
        (HEAD.replace("source: till", "source: 7"), [(1, "/source", "wrong_type")]),
        (HEAD + "money: {decimal: ';'}", [(6, "/money/decimal", "unknown_word")]),
        (HEAD + "facts: {n: {column: n, type: float}}", [(6, "/facts/n/type", "unknown_word")]),
        (HEAD + "tenders: [{kind: card}]", [(6, "/tenders/0", "missing_key")]),
        (HEAD, [(2, "/columns", "needs_one")]),
        (HEAD.replace("{card: who}", "{}") + "line: {amount: g}", [(5, "/columns/member", "one_key")]),
        (HEAD.replace("{card: who}", "{card: a, email: b}") + "line: {amount: g}", [(5, "/columns/member", "one_key")]),
        (HEAD + "line: {amount: g, price: p, quantity: q}", [(6, "/line", "either_or")]),
        (HEAD + "line: {price: p}", [(6, "/line/price", "missing_key")]),
        (HEAD + "line: {amount: g}\nconstants: {currency: EURO}", [(7, "/constants/currency", "currency_unknown")]),
        (HEAD + "rows: lines\nkind: visit", [(6, "/rows", "missing_key")]),
        (HEAD + "kind: return", [(2, "/columns", "missing_key")]),
        (HEAD + "kind: burn", [(6, "/kind", "kind_reserved")]),
        (HEAD + "line: {amount: g}\ntime: {zone: Europe/Sofi}", [(7, "/time/zone", "zone_unknown")]),
        (HEAD + "line: {amount: g}\ntime: {format: dd.MM.yyyy}", [(7, "/time/format", "unknown_word")]),
        (HEAD + 'line: {amount: g}\ntime: {format: "%H:%M"}', [(7, "/time/format", "missing_key")]),
        (HEAD + "line: {amount: g}\nfile: {header: false}", [(7, "/file/header", "empty")]),
        (HEAD + "line: {amount: g}\nfile: {header: [order, at, who]}", [(7, "/file/header", "missing_key")]),
        (HEAD + "line: {amount: g}\nskip: [{column: x}]", [(7, "/skip/0", "either_or")]),
        (HEAD + "line: {amount: g}\nskip: [{column: x, in: []}]", [(7, "/skip/0", "empty")]),
        (HEAD + "line: {amount: g}\nmoney: {decimal: ',', thousands: ','}", [(7, "/money/thousands", "either_or")]),
        (HEAD + "line: {amount: g}\nmoney: {amount_is: after_discount}", [(7, "/money/amount_is", "missing_key")]),
    ],
)  # fmt: skip
def test_mistakes(text, expected):
    assert problems(text) == expected


def test_every_part_tells_its_own_mistake():
    assert len(problems(HEAD + "line: {amunt: g}\nmoney: {decimal: x}\nfile: {delimiter: x}")) == 3


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (HEAD.replace("occurred_at", "occured_at"), "did you mean “occurred_at”?"),
        (HEAD + "line: {amount: g}\ntime: {format: dd.MM.yyyy HH:mm}", "%d.%m.%Y %H:%M"),
        (HEAD + "money: {unit: cents}", "possible: major, minor"),
        (HEAD.replace("source: till", "source: true"), "put it in quotes"),
    ],
)
def test_suggestions(text, hint):
    assert hint in [problem.suggestion for problem in mapping_text.read(text).problems]


def test_the_digest_is_of_the_meaning_not_of_the_text():
    first = samples.mapping(samples.LINES)
    assert samples.mapping("# a comment\n" + samples.LINES).digest == first.digest
    assert samples.mapping(samples.LINES.replace("sku", "ean")).digest != first.digest


def test_every_named_column_is_wanted_once():
    text = (
        samples.LINES + "tenders: [{kind: card, amount: paid}]\nfacts: {n: {column: at}}\nskip: [{column: s, in: [x]}]"
    )
    wanted = samples.mapping(text).wanted
    assert sorted(wanted) == sorted({"order", "at", "who", "shop", "gross", "sku", "qty", "off", "paid", "s"})

"""What a fact may say at all: every bound is met exactly, and what lies beyond it is refused where it stands."""

from datetime import UTC, datetime

import msgspec
import pytest

from guerdon.core import activities, limits
from guerdon.core.activities import Activity, Line, Member, Reference, ReturnedLine, Tender
from guerdon.core.errors import Refusal

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TEA = Activity("purchase", "till", "1", NOON, Member(card="ann"), amount=400)
BACK = Activity("return", "till", "2", NOON, Member(card="ann"), returns=Reference("1"))
CAME = Activity("delivered", "post", "3", NOON, Member(card="ann"), confirms=Reference("1"))
CARD = Tender("gift_card", 400, card="A2C4")
POINTS = Tender("points", 400, unit="points")
M, Q = limits.MONEY_MAX, limits.QUANTITY_MAX
ONE = Line(5)


def told(base=TEA, **change):
    return msgspec.structs.replace(base, **change)


def of_lines(*lines):
    return told(amount=None, lines=lines)


def back(*lines, **change):
    return told(BACK, returns=Reference("1", lines=lines), **change)


@pytest.mark.parametrize(
    "fact",
    [
        TEA, BACK, CAME, told(amount=0), told(amount=M), of_lines(ONE), of_lines(Line(M)),
        of_lines(Line(M - 1), Line(1)),
        of_lines(Line(5, discount=5, quantity=0)), of_lines(Line(5, quantity=Q)), of_lines(*[ONE] * limits.LINES_MAX),
        of_lines(Line(5, tags=("a",) * limits.TAGS_MAX)), told(occurred_at=NOON.replace(year=limits.YEAR_MAX)),
        told(source="s" * limits.KEY_CHARS_MAX), told(external_id="x" * limits.IDENTIFIER_CHARS_MAX),
        told(facts={str(n): 1 for n in range(limits.ATTRIBUTES_MAX)}), told(facts={"a": -limits.NUMBER_MAX}),
        told(facts={"a": limits.NUMBER_MAX}), told(tenders=(Tender("cash", 0), Tender("card", 400))),
        told(tenders=(Tender("card", 399), Tender("gift_card", 1, card="A2C4"))),
        told(tenders=(CARD,)),
        told(tenders=(POINTS,)), told(tenders=(Tender("points", 400, burn="b"),)), told(currency="USD"),
        told(tenders=(Tender("cash", 400), *[Tender("cash", 0)] * (limits.TENDERS_MAX - 1))),
        told(amount=M, tenders=(Tender("cash", M),)), told(replaces=Reference("0")),
        told(replaces=Reference("1", "web")),
        back(ReturnedLine(1)), back(ReturnedLine(1, quantity=1)), back(ReturnedLine(1, quantity=Q)),
        back(ReturnedLine(1, amount=0)), back(ReturnedLine(1, amount=M)), back(*[ReturnedLine(1)] * limits.LINES_MAX),
        told(BACK, amount=400), told(BACK, lines=(ONE,)),
        told(BACK, returns=Reference("1", "s" * limits.KEY_CHARS_MAX)),
        told(CAME, facts={"a": limits.NUMBER_MAX}), told(TEA, kind="reopen", amount=None),
        told(TEA, kind="burn", amount=None, facts={"points": limits.NUMBER_MAX + 1}),
    ],
)  # fmt: skip
def test_what_may_be_said(fact):
    activities.check(fact)


@pytest.mark.parametrize(
    ("fact", "pointer", "reason"),
    [
        (told(occurred_at=NOON.replace(tzinfo=None)), "/occurred_at", "zone_missing"),
        (told(occurred_at=NOON.replace(year=limits.YEAR_MAX + 1)), "/occurred_at", "out_of_range"),
        (told(source=""), "/source", "length"),
        (told(source="s" * (limits.KEY_CHARS_MAX + 1)), "/source", "length"),
        (told(kind=""), "/kind", "length"),
        (told(external_id="x" * (limits.IDENTIFIER_CHARS_MAX + 1)), "/external_id", "length"),
        (told(amount=-1), "/amount", "out_of_range"),
        (told(amount=M + 1), "/amount", "out_of_range"),
        (told(amount=None), "/amount", "missing"),
        (told(lines=(ONE,)), "/amount", "lines_and_amount"),
        (of_lines(ONE, Line(-1)), "/lines/1/amount", "out_of_range"),
        (of_lines(Line(M + 1)), "/lines/0/amount", "out_of_range"),
        (of_lines(Line(5, discount=6)), "/lines/0/discount", "out_of_range"),
        (of_lines(Line(5, discount=-1)), "/lines/0/discount", "out_of_range"),
        (of_lines(Line(5, quantity=-1)), "/lines/0/quantity", "out_of_range"),
        (of_lines(Line(5, quantity=Q + 1)), "/lines/0/quantity", "out_of_range"),
        (of_lines(Line(5, tags=("a",) * (limits.TAGS_MAX + 1))), "/lines/0/tags", "too_many"),
        (of_lines(Line(M, quantity=Q, tags=("a",) * (limits.TAGS_MAX + 1))), "/lines/0/tags", "too_many"),
        (of_lines(Line(5, discount=5, tags=("a",) * (limits.TAGS_MAX + 1))), "/lines/0/tags", "too_many"),
        (of_lines(Line(0, quantity=0, tags=("a",) * (limits.TAGS_MAX + 1))), "/lines/0/tags", "too_many"),
        (of_lines(Line(M), Line(1)), "/lines", "out_of_range"),
        (of_lines(*[ONE] * (limits.LINES_MAX + 1)), "/lines", "too_many"),
        (told(facts={str(n): 1 for n in range(limits.ATTRIBUTES_MAX + 1)}), "/facts", "too_many"),
        (told(facts={"a": limits.NUMBER_MAX + 1}), "/facts/a", "out_of_range"),
        (told(facts={"a": -limits.NUMBER_MAX - 1}), "/facts/a", "out_of_range"),
        (told(tenders=(Tender("cash", 401), Tender("cash", -1))), "/tenders/1/amount", "out_of_range"),
        (told(tenders=(Tender("cash", M + 1),)), "/tenders/0/amount", "out_of_range"),
        (told(tenders=(Tender("cash", 399),)), "/tenders", "sum_differs"),
        (told(tenders=(Tender("cash", 0),) * (limits.TENDERS_MAX + 1)), "/tenders", "too_many"),
        (told(kind="visit", tenders=(Tender("points", 400, burn="b"),)), "/tenders/0/burn", "only_purchases"),
        (told(kind="visit", tenders=(CARD,)), "/tenders/0/card", "only_purchases"),
        (told(kind="visit", tenders=(POINTS,)), "/tenders/0/unit", "only_purchases"),
        (told(replaces=Reference("0"), tenders=(CARD,)), "/tenders/0/card", "replaces_uncarded"),
        (told(replaces=Reference("0"), tenders=(POINTS,)), "/tenders/0/unit", "replaces_unpaid"),
        (told(tenders=(Tender("points", 400, burn="b", unit="points"),)), "/tenders/0/unit", "burn_and_unit"),
        (told(tenders=(Tender("gift_card", 400, unit="points", card="A"),)), "/tenders/0/card", "card_alone"),
        (told(tenders=(Tender("points", 400, card="A2C4"),)), "/tenders/0/kind", "not_gift_card"),
        (told(tenders=(Tender("cash", 400, unit="points"),)), "/tenders/0/kind", "not_points"),
        (told(amount=0, tenders=(Tender("gift_card", 0, card="A"),)), "/tenders/0/amount", "out_of_range"),
        (told(tenders=(CARD,), currency="USD"), "/currency", "paid_at_home"),
        (told(replaces=Reference("1")), "/replaces/external_id", "itself"),
        (told(replaces=Reference("")), "/replaces/external_id", "length"),
        (told(replaces=Reference("0", lines=(ReturnedLine(1),))), "/replaces", "only_purchases_whole"),
        (told(kind="visit", replaces=Reference("0")), "/replaces", "only_purchases_whole"),
        (told(BACK, returns=Reference("1", "s" * (limits.KEY_CHARS_MAX + 1))), "/returns/source", "length"),
        (back(ReturnedLine(0)), "/returns/lines/0/line", "out_of_range"),
        (back(ReturnedLine(1), ReturnedLine(1, quantity=0)), "/returns/lines/1/quantity", "out_of_range"),
        (back(ReturnedLine(1, quantity=Q + 1)), "/returns/lines/0/quantity", "out_of_range"),
        (back(ReturnedLine(1, amount=-1)), "/returns/lines/0/amount", "out_of_range"),
        (back(ReturnedLine(1, amount=M + 1)), "/returns/lines/0/amount", "out_of_range"),
        (back(*[ReturnedLine(1)] * (limits.LINES_MAX + 1)), "/returns/lines", "too_many"),
        (back(ReturnedLine(1), lines=(ONE,)), "/returns/lines", "lines_told_twice"),
        (back(ReturnedLine(1), amount=5), "/returns/lines", "lines_told_twice"),
        (told(kind="reopen"), "/amount", "reopens_whole"),
        (told(kind="reopen", amount=None, lines=(ONE,)), "/lines", "reopens_whole"),
        (told(kind="reopen", amount=None, tenders=(Tender("cash", 0),)), "/amount", "reopens_whole"),
        (told(CAME, confirms=Reference("1", lines=(ReturnedLine(1),))), "/confirms/lines", "confirms_whole"),
        (told(TEA, confirms=Reference("0")), "/confirms", "not_awaited"),
        (told(CAME, confirms=Reference("")), "/confirms/external_id", "length"),
        (told(CAME, currency="USD"), "/currency", "confirms"),
    ],
)  # fmt: skip
def test_what_is_refused_where_it_stands(fact, pointer, reason):
    with pytest.raises(Refusal) as refused:
        activities.check(fact)
    assert refused.value.facts == {"pointer": pointer, "reason": reason}


def test_money_that_is_none_is_refused():
    with pytest.raises(Refusal, match="currency_unknown"):
        activities.check(told(currency="XYZ"))


def test_the_house_keeps_its_sources():
    activities.check_source("till")
    for source in activities.HOUSE_SOURCES:
        with pytest.raises(Refusal, match="activity_invalid"):
            activities.check_source(source)


def test_who_it_was_is_said_once():
    for kind in ("id", "external_id", "card", "email", "phone"):
        assert Member(**{kind: "x"}).identifier() == (kind, "x")
    for several in (Member(), Member(card="1", email="a@b.cd")):
        with pytest.raises(Refusal, match="activity_invalid"):
            several.identifier()


def test_other_facts_are_named_in_their_own_source_or_in_the_one_that_is_said():
    for said, meant in ((None, "till"), ("web", "web")):
        reference = Reference("1", said)
        assert activities.replaced_key(told(replaces=reference)) == (meant, "purchase", "1")
        assert activities.returned_key(told(BACK, returns=reference)) == (meant, "purchase", "1")
        assert activities.confirmed_key(told(CAME, source="till", confirms=reference)) == (meant, "purchase", "1")
    with pytest.raises(Refusal, match="return_unnamed"):
        activities.returned_key(told(BACK, returns=None))

"""What may be said of a member: one written form of every identifier, days that can be, and bounds met exactly."""

from datetime import UTC, date, datetime

import pytest

from guerdon.core import limits, members
from guerdon.core.errors import Refusal
from guerdon.core.members import Person

LONG = "x" * limits.NAME_CHARS_MAX
EVENING = datetime(2026, 1, 5, 12, tzinfo=UTC)  # it is the sixth where clocks are fourteen hours ahead


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("email", "  Ann@Aurora.EXAMPLE ", "ann@aurora.example"),
        ("phone", "00359 (88) 123-45.67", "+359881234567"),
        ("phone", "+359 88 123 4567", "+359881234567"),
        ("card", "ab 12 cd", "AB12CD"),
        ("external_id", " Ann 1 ", "Ann 1"),
        ("external_id", "x" * limits.IDENTIFIER_CHARS_MAX, "x" * limits.IDENTIFIER_CHARS_MAX),
    ],
)
def test_two_spellings_are_one_member(kind, typed, kept):
    assert members.canonical(kind, typed) == kept == members.canonical(kind, kept)


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        ("card", " ", "length"),
        ("card", "x" * (limits.IDENTIFIER_CHARS_MAX + 1), "length"),
        ("card", "a\u200bb", "unprintable"),
        ("email", "ann", "not_an_email"),
        ("phone", "088 123 4567", "not_international"),
        ("phone", "+12345", "not_international"),
    ],
)
def test_what_is_no_identifier(kind, typed, reason):
    with pytest.raises(Refusal) as refused:
        members.canonical(kind, typed)
    assert refused.value.facts == {"kind": kind, "reason": reason}


@pytest.mark.parametrize("day", [None, date(2026, 1, 6), date(2026 - limits.AGE_YEARS_MAX, 1, 6)])
def test_birthdays_that_can_be(day):
    members.check_birthday(day, now=EVENING)


@pytest.mark.parametrize(
    ("day", "reason"),
    [(date(2026, 1, 7), "day_ahead"), (date(2026 - limits.AGE_YEARS_MAX, 1, 5), "birthday_too_old")],
)
def test_birthdays_that_cannot(day, reason):
    with pytest.raises(Refusal) as refused:
        members.check_birthday(day, now=EVENING)
    assert refused.value.facts == {"pointer": "/person/birthday", "reason": reason}


def test_as_much_as_there_may_be():
    Person(name=LONG, language=LONG).check()
    Person().check()
    full = {"n" * limits.KEY_CHARS_MAX: LONG, "a": limits.NUMBER_MAX, "b": -limits.NUMBER_MAX}
    full |= {f"c{n}": 1 for n in range(limits.ATTRIBUTES_MAX - len(full))}
    members.check_attributes(full, ["s" * limits.KEY_CHARS_MAX] * limits.SEGMENTS_MAX)


@pytest.mark.parametrize(
    ("attributes", "segments", "pointer", "reason"),
    [
        ({f"c{n}": 1 for n in range(limits.ATTRIBUTES_MAX + 1)}, [], "/attributes", "too_many"),
        ({"": 1}, [], "/attributes", "name_length"),
        ({"n" * (limits.KEY_CHARS_MAX + 1): 1}, [], "/attributes", "name_length"),
        ({"a": LONG + "x"}, [], "/attributes/a", "too_long"),
        ({"a": limits.NUMBER_MAX + 1}, [], "/attributes/a", "out_of_range"),
        ({"a": -limits.NUMBER_MAX - 1}, [], "/attributes/a", "out_of_range"),
        ({}, ["s"] * (limits.SEGMENTS_MAX + 1), "/segments", "too_many"),
        ({}, ["s", "s" * (limits.KEY_CHARS_MAX + 1)], "/segments/1", "length"),
    ],
)
def test_more_than_there_may_be(attributes, segments, pointer, reason):
    with pytest.raises(Refusal) as refused:
        members.check_attributes(attributes, segments)
    assert refused.value.facts == {"pointer": pointer, "reason": reason}


@pytest.mark.parametrize("field", ["name", "language"])
def test_a_name_that_is_too_long(field):
    with pytest.raises(Refusal) as refused:
        Person(**{field: LONG + "x"}).check()
    assert refused.value.facts == {"pointer": f"/person/{field}", "reason": "too_long"}

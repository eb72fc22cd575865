"""Saved segments: every part has its sentence and its contrary, and says what a member has; documents and back."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

import guerdon
from guerdon.core import limits, segments, sentences
from guerdon.core.conditions import Attribute, BirthdayMonth, Counter, DaysSince, Is
from guerdon.core.grammar import segments as grammar
from guerdon.core.naming import Called
from guerdon.core.segments import All, Any, Balance, Born, Holds, Joined, Last, Not, Segment, Verdict
from guerdon.core.sentences import segments as telling
from guerdon.core.sentences.clauses import Speaker
from guerdon.features.programmes import forms

AURORA = msgspec.structs.replace(
    forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes()), called=Called()
)
SPEAKERS = [Speaker(sentences.tongue(language), AURORA) for language in ("en", "bg", "tr")]
ENGLISH = SPEAKERS[0]
UNIT = next(iter(AURORA.units))
VOUCHER = next(iter(AURORA.vouchers))
DAY = date(2026, 5, 1)
f = frozenset


@pytest.mark.parametrize(
    ("node", "english", "bulgarian", "turkish"),
    [
        (
            Joined(start=DAY),
            "the member joined on 1 May 2026 or later",
            "членът се е присъединил на 1 май 2026 г. или по-късно",
            "üye 1 Mayıs 2026 günü veya sonra katılmışsa",
        ),
        (
            Joined(until=DAY),
            "the member joined on 30 April 2026 or earlier",
            "членът се е присъединил на 30 април 2026 г. или по-рано",
            "üye 30 Nisan 2026 günü veya önce katılmışsa",
        ),
        (
            Joined(days_min=3, days_max=9),
            "the member joined at least 3 days ago and at most 9 days ago",
            "членът се е присъединил преди поне 3 дни и преди най-много 9 дни",
            "üye en az 3 gün önce ve en fazla 9 gün önce katılmışsa",
        ),
        (
            Not(Last(days_min=1)),
            "the member's last purchase was not at least 1 day ago, or there was none",
            "последната покупка на члена не е била преди поне 1 ден или изобщо няма",
            "üyenin son alışverişi en az 1 gün önce olmamışsa ya da hiç olmamışsa",
        ),
        (
            Born(f({5, 6})),
            "the member's birthday is in May or June",
            "рожденият ден на члена е през май или юни",
            "üyenin doğum günü Mayıs veya Haziran ayında ise",
        ),
        (
            Holds(f({VOUCHER, "gone"})),
            "the member has the voucher Five euros off or gone",
            "членът има ваучер Пет евро отстъпка или gone",
            "üyenin Beş avro indirim veya gone kuponu varsa",
        ),
        (
            Balance(UNIT, min=5),
            "the member has at least 5 points to spend",
            "членът може да похарчи поне 5 точки",
            "üyenin harcayabileceği en az 5 puan varsa",
        ),
        (
            Balance(UNIT, max=7),
            "the member has at most 7 points to spend",
            "членът може да похарчи най-много 7 точки",
            "üyenin harcayabileceği en fazla 7 puan varsa",
        ),
        (
            Balance(UNIT, 5, 7),
            "the member has 5 points to 7 points to spend",
            "членът може да похарчи от 5 точки до 7 точки",
            "üyenin harcayabileceği 5 puan ile 7 puan arası varsa",
        ),
        (
            Balance(UNIT, 5, 5),
            "the member has exactly 5 points to spend",
            "членът може да похарчи точно 5 точки",
            "üyenin harcayabileceği tam 5 puan varsa",
        ),
        (
            Not(Balance("gone", min=1200)),
            "the member does not have at least 1,200 gone to spend",
            "членът не може да похарчи поне 1200 gone",
            "üyenin harcayabileceği en az 1.200 gone yoksa",
        ),
        (
            Not(Any((Born(f({1})), Not(Joined(start=DAY))))),
            "the member's birthday is not in January and the member joined on 1 May 2026 or later",
            "рожденият ден на члена не е през януари и членът се е присъединил на 1 май 2026 г. или по-късно",
            "üyenin doğum günü Ocak ayında değilse ve üye 1 Mayıs 2026 günü veya sonra katılmışsa",
        ),
        (
            Not(All((Born(f({1})), Holds(f({VOUCHER}))))),
            "the member's birthday is not in January or the member does not have the voucher Five euros off",
            "рожденият ден на члена не е през януари или членът няма ваучер Пет евро отстъпка",
            "üyenin doğum günü Ocak ayında değilse veya üyenin Beş avro indirim kuponu yoksa",
        ),
    ],
)
def test_what_a_segment_asks(node, english, bulgarian, turkish):
    assert [telling.clause(node, speaker) for speaker in SPEAKERS] == [english, bulgarian, turkish]
    assert telling.clause(Not(Not(node)), ENGLISH) == english


def test_a_segment_is_one_sentence():
    both = Segment("spring", {"en": "Spring", "bg": "Пролет", "tr": "Bahar"}, All((Born(f({5})), Joined(start=DAY))))
    assert [telling.segment(both, speaker) for speaker in SPEAKERS] == [
        "A member is in “Spring” if the member's birthday is in May, and the member joined on 1 May 2026 or later.",
        "Член е в „Пролет“, ако рожденият ден на члена е през май "
        "и членът се е присъединил на 1 май 2026 г. или по-късно.",
        "Üyenin doğum günü Mayıs ayında ise ve üye 1 Mayıs 2026 günü veya sonra katılmışsa, "
        "üye “Bahar” segmentindedir.",
    ]
    one = msgspec.structs.replace(both, condition=Born(f({5})))
    assert telling.segment(one, ENGLISH) == "A member is in “Spring” if the member's birthday is in May."


@pytest.mark.parametrize(
    ("node", "had", "told"),
    [
        (Holds(f({VOUCHER})), (VOUCHER, "x"), "Five euros off and x"),
        (Holds(f({VOUCHER})), (), "none"),
        (Is("tier", f({"gold"})), (VOUCHER, "silver"), f"{VOUCHER} and silver"),
        (Last(), None, "never"),
        (DaysSince(3, "visit"), None, "never"),
        (Born(f({5})), None, "not known"),
        (Joined(start=DAY), DAY, "1 May 2026"),
        (Born(f({5})), 5, "May"),
        (BirthdayMonth(), 1, "January"),
        (Balance(UNIT, 1), 1200, "1,200 points"),
        (Balance("gone", 1), 1200, "1,200 gone"),
        (Counter("spend", "month", 1), 1250, "12.50 EUR"),
        (Counter("count:visit", "month", 1), 1250, "1,250"),
        (Attribute("club", f({True})), True, "yes"),
        (Attribute("club", f({True})), False, "no"),
        (Attribute("club", f({"a"})), "a", "a"),
    ],
)
def test_what_a_member_has_of_it(node, had, told):
    assert telling.have(Verdict(node, True, had), ENGLISH) == told
    assert telling.have(Verdict(Not(node), True, had, (Verdict(node, False, had),)), ENGLISH) == ""


@pytest.mark.parametrize(
    "document",
    [
        [{"joined": {"from": "2026-05-01", "until": "2026-05-02"}}],
        [{"last": {"days_min": 4, "days_max": 4}}],
        [{"balance": {"unit": UNIT, "min": 4, "max": 4}}],
        [{"days_since": {"days_min": 1, "kind": "visit"}}],
        [{"counter": {"what": "count:visit", "period": "lifetime", "min": 1}}],
        [{"counter": {"what": "spend", "period": "month", "max": "12.50"}}],
        [{"birthday_month": True}, {"voucher": {"in": [VOUCHER]}}],
        [{"birthday_month": {"in": [1, 12]}}],
        [{"any": [{"birthday_month": True}, {"not": {"birthday_month": True}}]}],
        [{"birthday_month": True}] * (limits.CONDITIONS_PER_RULE_MAX - 1),
    ],
)
def test_a_document_is_read_and_written_again(document):
    reading = grammar.read_condition(document, AURORA)
    assert reading.problems == () and reading.value is not None
    assert grammar.write(reading.value, AURORA) == document


@pytest.mark.parametrize(
    ("document", "place", "reason"),
    [
        ([{"joined": {"from": "2026-05-01", "until": "2026-05-01"}}], "/0/joined/until", "window_empty"),
        ([{"last": {"days_min": 5, "days_max": 4}}], "/0/last/days_max", "never_holds"),
        ([{"balance": {"unit": UNIT, "min": 5, "max": 4}}], "/0/balance/max", "never_holds"),
        ([{"balance": {"unit": UNIT}}], "/0/balance", "needs_one"),
        ([{"days_since": {"days_min": 1}}], "/0/days_since", "needs_one"),
        ([{"days_since": {"days_min": 0, "kind": "visit"}}], "/0/days_since/days_min", "too_small"),
        ([{"counter": {"what": "count:visit", "period": "week", "min": 1}}], "/0/counter", "never_holds"),
        ([{"birthday_month": {"in": [13]}}], "/0/birthday_month/in/0", "too_large"),
        ([{"voucher": {"in": ["gone"]}}], "/0/voucher/in/0", "voucher_unknown"),
        ([{"birthday_month": True}] * limits.CONDITIONS_PER_RULE_MAX, "", "too_many"),
        ([], "", "empty"),
    ],
)
def test_what_no_segment_can_ask(document, place, reason):
    reading = grammar.read_condition(document, AURORA)
    assert reading.value is None
    assert [(one.path, one.reason) for one in reading.problems] == [("/if" + place, reason)]


@pytest.mark.parametrize(
    ("node", "first", "until"),
    [
        (DaysSince(3, "visit"), None, 29),
        (Last(days_min=3), None, 29),
        (Last(days_min=0), None, 32),
        (Joined(days_max=3), 28, None),
        (Joined(start=date(2026, 5, 20), until=date(2026, 5, 30), days_min=1, days_max=5), 26, 30),
        (Joined(start=date(2026, 5, 28), until=date(2026, 5, 30), days_min=3, days_max=9), 28, 29),
        (Joined(), None, None),
    ],
)
def test_which_days_are_so_many_days_ago(node, first, until):
    """Asked on 31 May; the first day counts, the other one is the first that no longer does."""
    begins = date(2026, 5, 1)
    shown = [day and (day - begins).days + 1 for day in segments.days(node, date(2026, 5, 31))]
    assert shown == [first, until]


def test_only_what_is_counted_can_be_asked():
    """Of every kind of activity how often ever, and what some rule of the café looks at."""
    counted = grammar.counted(AURORA)
    assert len(set(counted)) == len(counted)
    assert {"count:purchase lifetime", "count:survey lifetime", "count:visit month", "spend month"} < set(counted)
    assert not any(name.startswith("points") for name in counted)
    assert segments.PURCHASE == "purchase"

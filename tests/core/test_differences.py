"""What changed between two versions is told completely, to machines and to people."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

import guerdon
from guerdon.core import conditions, differences, effects, expiry, period, rules, sentences
from guerdon.core.adjustments import ByHand, Reason
from guerdon.core.households import Households
from guerdon.core.ladders import Basis
from guerdon.core.plans import Plan, Term
from guerdon.core.programme import Earning, Kind, Rate, Unit, Worth
from guerdon.core.transfers import Cause, Fee, Transfers
from guerdon.core.vesting import Vesting
from guerdon.features.programmes import forms
from tests import strategies

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())


def changed(**facts):
    return msgspec.structs.replace(AURORA, **facts)


def with_rule(key, **facts):
    """Aurora with one rule changed."""
    return changed(
        rules=tuple(msgspec.structs.replace(rule, **facts) if rule.key == key else rule for rule in AURORA.rules)
    )


def with_ladder(**facts):
    return changed(tiers=tuple(msgspec.structs.replace(ladder, **facts) for ladder in AURORA.tiers))


def with_unit(code, **facts):
    return changed(units=AURORA.units | {code: msgspec.structs.replace(AURORA.units[code], **facts)})


AURORA_DAY = datetime(2026, 1, 1, tzinfo=UTC)
TWO = (effects.PerAmount("points", 2, 100),)
CASES = [
    (
        with_rule("base", then=TWO),
        "/rules/base/then",
        "Rule “A point for every euro”, effects: now give 2 points for every 1.00 EUR spent"
        " (was: give 1 point for every 1.00 EUR spent and give 1 status credit for every 1.00 EUR spent).",
        "Правило „Точка за всяко евро“, ефекти: вече получава 2 точки на всеки 1,00 EUR"
        " (беше: получава 1 точка на всеки 1,00 EUR и получава 1 статусен кредит на всеки 1,00 EUR).",
        "“Her avro için bir puan” kuralı, etkiler: şimdi harcanan her 1,00 EUR için 2 puan verilir"
        " (önce: harcanan her 1,00 EUR için 1 puan verilir ve harcanan her 1,00 EUR için 1 statü kredisi verilir).",
    ),
    (
        with_rule("weekend", caps=rules.Caps(day=200)),
        "/rules/weekend/caps/day",
        "Rule “Double points at the weekend”, caps: now at most 200 points a day (was: at most 100 points a day).",
        "Правило „Двойни точки през уикенда“, тавани: вече най-много 200 точки на ден"
        " (беше: най-много 100 точки на ден).",
        "“Hafta sonu çift puan” kuralı, üst sınırlar: şimdi günde en fazla 200 puan (önce: günde en fazla 100 puan).",
    ),
    (
        with_rule("vegan", during=period.Period()),
        "/rules/vegan/from",
        "Rule “Plant-based week”, in force: now nothing (was: from 2 November 2026 to 8 November 2026).",
        "Правило „Растителна седмица“, в сила: вече нищо"
        " (беше: от 2 ноември 2026 г. до 8 ноември 2026 г. включително).",
        "“Bitkisel hafta” kuralı, yürürlük: şimdi hiçbiri"
        " (önce: 2 Kasım 2026 gününden 8 Kasım 2026 günü sonuna kadar).",
    ),
    (
        with_unit("points", expires=expiry.Rolling(months=24)),
        "/units/points/expires/rolling/months",
        "Unit “points”, expiry: now expiring 24 months after they are earned"
        " (was: expiring 12 months after they are earned, at the end of the month).",
        "Единица „точки“, изтичане: вече с изтичане 24 месеца след получаването"
        " (беше: с изтичане 12 месеца след получаването, в края на месеца).",
        "“puan” birimi, sona erme: şimdi kazanıldıktan 24 ay sonra sona erer"
        " (önce: kazanıldıktan 12 ay sonra, ayın sonunda sona erer).",
    ),
    (
        changed(zone_key="Europe/Istanbul"),
        "/zone",
        "Time zone: now Europe/Istanbul (was: Europe/Sofia).",
        "Часова зона: вече Europe/Istanbul (беше: Europe/Sofia).",
        "Saat dilimi: şimdi Europe/Istanbul (önce: Europe/Sofia).",
    ),
    (
        changed(name=AURORA.name | {"en": "Aurora"}),
        "/name/en",
        "Name (en): now “Aurora” (was: “Café Aurora”).",
        "Име (en): вече „Aurora“ (беше: „Café Aurora“).",
        "Ad (en): şimdi “Aurora” (önce: “Café Aurora”).",
    ),
    (
        changed(rules=AURORA.rules[1:]),
        "/rules/base",
        "Rule “A point for every euro” is gone: When a member makes a purchase, give 1 point for every 1.00 EUR"
        " spent and give 1 status credit for every 1.00 EUR spent.",
        "Правилото „Точка за всяко евро“ отпада: Когато член направи покупка, получава 1 точка на всеки 1,00 EUR"
        " и получава 1 статусен кредит на всеки 1,00 EUR.",
        "“Her avro için bir puan” kuralı kalktı: Bir üye alışveriş yaptığında, harcanan her 1,00 EUR için 1 puan"
        " verilir ve harcanan her 1,00 EUR için 1 statü kredisi verilir.",
    ),
    (
        changed(rates={"USD": (*AURORA.rates["USD"][:1], Rate("2026-07-01", 90, 100))}),
        "/rates/USD",
        "Rates of USD: now from 1 January 2025 on, 1.00 USD count as 0.86 EUR; from 1 July 2026 on,"
        " 1.00 USD count as 0.90 EUR (was: from 1 January 2025 on, 1.00 USD count as 0.86 EUR;"
        " from 1 July 2026 on, 1.00 USD count as 0.88 EUR).",
        "Курсове на USD: вече от 1 януари 2025 г. 1,00 USD се броят за 0,86 EUR; от 1 юли 2026 г."
        " 1,00 USD се броят за 0,90 EUR (беше: от 1 януари 2025 г. 1,00 USD се броят за 0,86 EUR;"
        " от 1 юли 2026 г. 1,00 USD се броят за 0,88 EUR).",
        "USD kurları: şimdi 1 Ocak 2025 tarihinden itibaren 1,00 USD, 0,86 EUR sayılır; 1 Temmuz 2026 tarihinden"
        " itibaren 1,00 USD, 0,90 EUR sayılır (önce: 1 Ocak 2025 tarihinden itibaren 1,00 USD, 0,86 EUR sayılır;"
        " 1 Temmuz 2026 tarihinden itibaren 1,00 USD, 0,88 EUR sayılır).",
    ),
]


@pytest.mark.parametrize(("after", "path", "en", "bg", "tr"), CASES, ids=[case[1] for case in CASES])
def test_a_change_is_told_in_three_languages(after, path, en, bg, tr):
    assert path in [change.path for change in differences.changes(AURORA, after)]
    assert [differences.between(AURORA, after, language)[0] for language in ("en", "bg", "tr")] == [en, bg, tr]


def test_machines_get_before_and_after():
    (change,) = differences.changes(AURORA, with_rule("weekend", caps=rules.Caps(day=200)))
    assert change == differences.Change("/rules/weekend/caps/day", 100, 200)
    (gone,) = [one for one in differences.changes(AURORA, changed(kinds={})) if one.path.startswith("/kinds")]
    assert gone.after is None


# One change of every field there is: each must be told.
FIELDS = [
    *[
        with_rule("weekend", **facts)
        for facts in (
            {"name": {"en": "A", "bg": "Б", "tr": "C"}}, {"when": ("visit",)}, {"then": TWO}, {"condition": None},
            {"condition": conditions.BirthdayMonth()}, {"where": None}, {"during": period.Period(AURORA_DAY)},
            {"caps": rules.NO_CAPS}, {"uses": rules.Caps(day=1)}, {"budget": 7}, {"group": None}, {"priority": 3},
            {"vesting": Vesting(days=2)}, {"vesting": Vesting(activity="survey", cancel_after_days=30)},
            {"vesting": Vesting(days=3, activity="survey", cancel_after_days=30)},
            {"expires": expiry.Never()}, {"funder": "x"}, {"owner": "x"},
        )
    ],
    *[
        with_unit("points", **facts)
        for facts in (
            {"kind": "money"}, {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"scale": 2}, {"expires": expiry.Never()},
            {"vesting": Vesting()}, {"caps": rules.NO_CAPS}, {"worth": None},
            {"worth": Worth(100, 200)}, {"debt_max": None},
            {"transfers": Transfers(caps=rules.Caps(day=100), fee=Fee(percent=250), acceptance="needed")},
        )
    ],
    changed(key="borealis"), changed(zone_key="UTC"), changed(currency="USD", rates={}), changed(rates={}),
    changed(earning=Earning(rounding="half_up")), changed(earning=Earning(stacking="add")),
    changed(earning=Earning(per="line")), changed(earning=Earning(tenders_without=frozenset({"points"}))),
    changed(earning=Earning(fee=True)), changed(enrol_unknown=False), changed(returns="only_pending"),
    changed(remind_days=(10,)), changed(kinds={}),
    changed(adjustments=ByHand({"goodwill": Reason({"en": "Goodwill", "bg": "Жест", "tr": "Jest"})})),
    changed(adjustments=ByHand(approve_above={"points": 100_000})),
    changed(households=Households(leaving="stay")), changed(households=None),
    changed(causes={"trees": Cause("trees", {"en": "Trees", "bg": "Д", "tr": "A"})}),
    changed(kinds=AURORA.kinds | {"talk": Kind("talk", {"en": "Talk", "bg": "Б", "tr": "S"})}),
    changed(kinds={"survey": Kind("survey", AURORA.kinds["survey"].name)}),
    changed(units=AURORA.units | {"x": Unit("x", "money", {"en": "x", "bg": "х", "tr": "x"})}),
    changed(rules=AURORA.rules[::-1]),
    changed(tiers=()),
    changed(plans={}),
    changed(plans=AURORA.plans | {"club": Plan("club", {"en": "Club"}, {"EUR": 900}, Term())}),
    *[
        changed(plans={key: msgspec.structs.replace(plan, **facts) for key, plan in AURORA.plans.items()})
        for facts in (
            {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"prices": {"EUR": 1, "JPY": 2}}, {"period": Term(days=3)},
            {"renews": False}, {"trial_days": 3}, {"grace_days": 3}, {"refund_days": 3}, {"ask_days": 3}, {"rank": 3},
            {"joint": False}, {"benefits": ()},
        )
    ],
    *[
        with_ladder(**facts)
        for facts in (
            {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"basis": Basis(spend=True)}, {"window": "lifetime"},
            {"levels": AURORA.tiers[0].levels[:1]}, {"downgrade": "earned"}, {"grace_days": 0},
            {"after_return": "immediate"}, {"crossing": "after"},
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize("after", FIELDS)
@pytest.mark.parametrize("language", sentences.LANGUAGES)
def test_every_field_has_its_sentence(after, language):
    assert differences.changes(AURORA, after)
    told = differences.between(AURORA, after, language)
    assert told
    assert all(sentence[-1] in ".:" and sentence[0] == sentence[0].upper() for sentence in told), told


def test_long_lists_that_read_alike_are_told_exactly():
    words = frozenset(f"store-{number:02}" for number in range(20))
    one = with_rule("weekend", condition=conditions.Is("store", words))
    other = with_rule("weekend", condition=conditions.Is("store", words - {"store-19"} | {"store-99"}))
    (told,) = differences.between(one, other, "en")
    assert "store-99" in told


@given(strategies.programmes(rules_max=2), strategies.programmes(rules_max=2))
def test_nothing_is_told_of_nothing_and_something_of_something(one, other):
    assert differences.changes(one, one) == ()
    for language in sentences.LANGUAGES:
        assert differences.between(one, one, language) == []
        assert bool(differences.between(one, other, language)) == bool(differences.changes(one, other))

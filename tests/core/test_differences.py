"""What changed between two versions is told completely, to machines and to people."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

import guerdon
from guerdon.core import conditions, differences, effects, expiry, period, rules, sentences
from guerdon.core.adjustments import ByHand, Reason
from guerdon.core.alerts import Watching
from guerdon.core.brands import Brand
from guerdon.core.cards import GiftCards
from guerdon.core.claims import Answer, Attention, Support
from guerdon.core.hold_out import HoldOut
from guerdon.core.households import Households
from guerdon.core.ladders import Basis
from guerdon.core.naming import Called
from guerdon.core.paying import Pays
from guerdon.core.plans import Plan, Term
from guerdon.core.programme import Earning, Kind, Rate, Reinstate, Unit, Worth
from guerdon.core.rewards import Choice, Price
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


def with_reward(key, **facts):
    return changed(rewards=AURORA.rewards | {key: msgspec.structs.replace(AURORA.rewards[key], **facts)})


def with_voucher(**facts):
    """Aurora with its voucher of five euros otherwise."""
    one = msgspec.structs.replace(AURORA.vouchers["five_off"], **facts)
    return changed(vouchers=AURORA.vouchers | {"five_off": one})


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
        with_reward("mug", prices=(Price({"points": 2000}),)),
        "/rewards/mug/prices",
        "Reward “The blue mug”, prices: now for 2,000 points (was: for 1,900 points, or for 900 points and 9.00 EUR).",
        "Награда „Синята чаша“, цени: вече срещу 2000 точки (беше: срещу 1900 точки или срещу 900 точки и 9,00 EUR).",
        "“Mavi kupa” ödülü, fiyatlar: şimdi 2.000 puan karşılığında"
        " (önce: 1.900 puan karşılığında ya da 900 puan ve 9,00 EUR karşılığında).",
    ),
    (
        with_reward("mug", stocked=None),
        "/rewards/mug/stocked",
        "Reward “The blue mug”, pieces: now not counted (was: counted).",
        "Награда „Синята чаша“, бройки: вече не се следят (беше: следят се).",
        "“Mavi kupa” ödülü, adetler: şimdi sayılmaz (önce: sayılır).",
    ),
    (
        with_reward("shirt", terms=AURORA.rewards["shirt"].terms | {"bg": "Изпраща се веднага."}),
        "/rewards/shirt/terms/bg",
        "Reward “A shirt with your name”, terms in Bulgarian: now “Изпраща се веднага.”"
        " (was: “Изпраща се в ЕС до две седмици.”).",
        "Награда „Тениска с Вашето име“, условия на български: вече „Изпраща се веднага.“"
        " (беше: „Изпраща се в ЕС до две седмици.“).",
        "“Adınızla bir tişört” ödülü, Bulgarca koşullar: şimdi “Изпраща се веднага.”"
        " (önce: “Изпраща се в ЕС до две седмици.”).",
    ),
    (
        changed(rewards={key: one for key, one in AURORA.rewards.items() if key != "trees"}),
        "/rewards/trees",
        "Reward “Two new trees” is gone: “Two new trees” is a reward: a contribution to a community project, for"
        " 5 stars. “Two new trees” stands in the catalogue under “Good causes”. “Two new trees” can be reserved for 15"
        " minutes. “Two new trees” is fulfilled with its confirmation.",
        "Наградата „Две нови дървета“ отпада: „Две нови дървета“ е награда: принос за обществен проект, срещу"
        " 5 звезди. „Две нови дървета“ е в каталога в категория „Добри каузи“. „Две нови дървета“ може да се запази за"
        " 15 минути. Наградата „Две нови дървета“ се предоставя още с потвърждаването.",
        "“İki yeni ağaç” ödülü kalktı: “İki yeni ağaç” bir ödüldür: bir toplum projesine katkı, 5 yıldız"
        " karşılığında. “İki yeni ağaç” katalogda “İyi amaçlar” kategorisinde yer alır. “İki yeni ağaç” 15 dakika"
        " süreyle ayırtılabilir. “İki yeni ağaç” onaylandığı anda teslim edilmiş olur.",
    ),
    (
        with_unit("points", pays=Pays(100, 100)),
        "/units/points/pays/money",
        "Unit “points”, paying with them: now purchases can be paid with them (1.00 EUR for every 100 points)"
        " (was: purchases can be paid with them (0.90 EUR for every 100 points; at least 200 points at once; in steps"
        " of 10 points; at most 50% of the goods)).",
        "Единица „точки“, плащане с тях: вече с тях могат да се плащат покупки (1,00 EUR на всеки 100 точки)"
        " (беше: с тях могат да се плащат покупки (0,90 EUR на всеки 100 точки; поне 200 точки наведнъж; на стъпки"
        " от 10 точки; най-много 50% от стоките)).",
        "“puan” birimi, bununla ödeme: şimdi alışverişler bununla ödenebilir (her 100 puan için 1,00 EUR)"
        " (önce: alışverişler bununla ödenebilir (her 100 puan için 0,90 EUR; bir kerede en az 200 puan; yalnızca"
        " 10 puan ve katları; ürünlerin en fazla %50 kadarı)).",
    ),
    (
        changed(reinstate=Reinstate(3)),
        "/reinstate/grace_days",
        "Cancelled burns: now points of a cancelled burn that have expired meanwhile live 3 days more"
        " (was: points of a cancelled burn that have expired meanwhile live 14 days more).",
        "Отменени харчения: вече точки от отменено харчене, които междувременно са изтекли, живеят още 3 дни"
        " (беше: точки от отменено харчене, които междувременно са изтекли, живеят още 14 дни).",
        "İptal edilen harcamalar: şimdi iptal edilen bir harcamanın bu arada süresi biten puanları 3 gün daha yaşar"
        " (önce: iptal edilen bir harcamanın bu arada süresi biten puanları 14 gün daha yaşar).",
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
        "Name in English: now “Aurora” (was: “Café Aurora”).",
        "Име на английски: вече „Aurora“ (беше: „Café Aurora“).",
        "İngilizce ad: şimdi “Aurora” (önce: “Café Aurora”).",
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


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (with_voucher(amount=700), "money off: now 7.00 EUR (was: 5.00 EUR)."),
        (with_voucher(uses_per_member=3), "uses by a member: now 3 (was: nothing)."),
        (with_voucher(exclusive=True), "whether it stands alone: now yes (was: no)."),
        (with_reward("mug", address=True), "sent to an address: now yes (was: no)."),
    ],
)
def test_numbers_money_and_answers_are_told_before_and_after(after, told):
    (sentence,) = differences.between(AURORA, after, "en")
    assert sentence.endswith(told)


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
            {"expires": expiry.Never()}, {"funder": "x"}, {"owner": "x"}, {"campaign": True},
        )
    ],
    *[
        with_unit("points", **facts)
        for facts in (
            {"kind": "money"}, {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"scale": 2}, {"expires": expiry.Never()},
            {"vesting": Vesting()}, {"caps": rules.NO_CAPS}, {"worth": None},
            {"worth": Worth(100, 200)}, {"worth": Worth(100, 100, 9_000)}, {"debt_max": None},
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
    changed(address_wait_hours=48), changed(address_wait_free={"points": 20_000}),
    *[
        changed(watching=Watching(**facts))
        for facts in (
            {"purchases_a_day": 8}, {"share_percent": 8}, {"adjustments": 8}, {"senders": 8}, {"household_stays": 8},
            {"wrong_codes": 8},
        )
    ],
    changed(support=Support()),
    *[
        changed(support=msgspec.structs.replace(AURORA.support, **facts))
        for facts in (
            {"answer_hours": 3}, {"reopen_days": 3}, {"tiers": {}}, {"tiers": {"gold": Attention(2)}}, {"answers": {}},
            {"answers": {"photo": Answer({"en": "P", "bg": "С", "tr": "F"}, AURORA.support.answers["photo"].text)}},
            {"answers": {"photo": Answer(AURORA.support.answers["photo"].name, {"en": "P", "bg": "С", "tr": "F"})}},
        )
    ],
    changed(hold_out=HoldOut(900)), changed(hold_out=None), changed(margin=3_500),
    changed(review="free"), changed(brand=None), changed(brand=Brand(logo="0f" * 32)),
    changed(households=Households(leaving="stay")), changed(households=None),
    changed(causes={"trees": Cause("trees", {"en": "Trees", "bg": "Д", "tr": "A"})}),
    changed(kinds=AURORA.kinds | {"talk": Kind("talk", {"en": "Talk", "bg": "Б", "tr": "S"})}),
    changed(kinds={"survey": Kind("survey", AURORA.kinds["survey"].name)}),
    changed(units=AURORA.units | {"x": Unit("x", "money", {"en": "x", "bg": "х", "tr": "x"})}),
    changed(rules=AURORA.rules[::-1]),
    changed(plans={}),
    changed(plans=AURORA.plans | {"club": Plan("club", {"en": "Club"}, {"EUR": 900}, Term())}),
    *[
        changed(plans={key: msgspec.structs.replace(plan, **facts) for key, plan in AURORA.plans.items()})
        for facts in (
            {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"prices": {"EUR": 1, "JPY": 2}}, {"period": Term(days=3)},
            {"renews": False}, {"trial_days": 3}, {"grace_days": 3}, {"refund_days": 3}, {"ask_days": 3}, {"rank": 3},
            {"pause_days_max": 3},
            {"joint": False}, {"benefits": ()},
        )
    ],
    changed(till_asks_above=None), changed(till_asks_above=1), changed(called=Called()),
    changed(called=Called(stores=AURORA.called.stores, categories=AURORA.called.stores)),
    changed(reinstate=Reinstate()), changed(refunds="card_first"),
    changed(reward_categories=dict(reversed(AURORA.reward_categories.items()))),
    changed(reward_categories=AURORA.reward_categories | {"coffee": {"en": "a", "bg": "б", "tr": "c"}}),
    changed(reward_categories=AURORA.reward_categories | {"tea": {"en": "a", "bg": "б", "tr": "c"}}),
    changed(tiers=()), changed(rewards={}), changed(rewards=dict(reversed(AURORA.rewards.items()))),
    with_unit("points", converts_at=500), with_unit("stars", converts_at=None),
    *[with_unit("points", pays=pays) for pays in (None, Pays(100, 90, 200, 10), Pays(100, 90, 300, 10, 5000))],
    *[
        with_reward("mug", **facts)
        for facts in (
            {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"terms": {"en": "a", "bg": "б", "tr": "c"}},
            {"kind": "experience"}, {"kind": "gift_card", "amount": 500}, {"prices": (Price({"stars": 1}),)},
            {"category": None}, {"image": None}, {"cost": 0}, {"stocked": None}, {"limits": rules.Caps(day=1)},
            {"total": 5}, {"budget": 100_00}, {"start": AURORA_DAY}, {"until": AURORA_DAY},
            {"start": AURORA_DAY, "early_access": {"gold": 5}}, {"condition": conditions.BirthdayMonth()},
            {"choices": (Choice("size", {"en": "a", "bg": "б", "tr": "c"}),)}, {"address": True},
            {"reserve_minutes": 5}, {"fulfil_days": 0}, {"fulfilment": "at_once"},
            {"kind": "experience", "voucher": "tasting"},
        )
    ],
    *[
        with_reward("ten_percent", **facts)
        for facts in ({"amount": 500}, {"percent": 500}, {"kind": "free_product", "product": "x", "percent": None})
    ],
    changed(vouchers={}), changed(gift_cards=None),
    changed(gift_cards=GiftCards("credit", 100)),
    *[
        with_voucher(**facts)
        for facts in (
            {"name": {"en": "a", "bg": "б", "tr": "c"}}, {"amount": 700}, {"amount": None, "percent": 1_250},
            {"amount": None, "percent": 1_250, "amount_max": 300}, {"amount": None, "product": "cake"},
            {"amount": None, "free_shipping": True}, {"amount": None, "gift": {"en": "a", "bg": "б", "tr": "c"}},
            {"condition": None}, {"where": conditions.LineIs("category", frozenset({"tea"}))},
            {"during": period.Period(AURORA_DAY)}, {"valid_days": 7}, {"uses": 9},
            {"uses_per_member": 2}, {"group": None}, {"exclusive": True}, {"codes": "pool"}, {"bearer": True},
            {"codes": "pool", "alarm_below": 5},
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


def test_the_order_of_rewards_is_told():
    """It is the order in which the catalogue shows them."""
    turned = changed(rewards=dict(reversed(AURORA.rewards.items())))
    (told,) = differences.between(AURORA, turned, "bg")
    assert told.startswith("Ред на наградите: вече surprise, trees, present, ")
    more = changed(rewards={"trees2": AURORA.rewards["trees"]} | AURORA.rewards)
    assert not [one for one in differences.changes(AURORA, more) if one.path == "/rewards"]


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

"""Rewards and paying with points in whole sentences of three languages: everything that a programme file says."""

from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest

from guerdon.core import conditions, sentences
from guerdon.core.paying import Pays
from guerdon.core.rewards import Choice, Kind, Price, Reward, TopUp
from guerdon.core.rules import Caps
from guerdon.core.sentences import ladders, rewards
from guerdon.core.sentences.clauses import Speaker
from tests.core.test_sentences import AURORA, LANGUAGES

MUG = AURORA.rewards["mug"]


def told(one, language="en"):
    return rewards.sentences(one, Speaker(sentences.tongue(language), AURORA))


def changed(one=MUG, **facts):
    return msgspec.structs.replace(one, **facts)


TASTING = {
    "en": [
        "“An evening of tasting” is a reward: an experience, for 3,000 points.",
        "“An evening of tasting” stands in the catalogue under “Evenings”.",
        "“An evening of tasting” can only be had if the member's tier is Gold or Silver.",
        "“An evening of tasting” can be had from 10 November 2026 to 19 December 2026.",
        "Some members can have “An evening of tasting” earlier: 48 hours with the tier Gold.",
        "A member can have “An evening of tasting” at most once ever.",
        "All members together can have “An evening of tasting” at most 40 times.",
        "“An evening of tasting” can be reserved for 15 minutes.",
        "Once confirmed, “An evening of tasting” waits until somebody fulfils it.",
    ],
    "bg": [
        "„Вечер на дегустация“ е награда: преживяване, срещу 3000 точки.",
        "„Вечер на дегустация“ е в каталога в категория „Вечери“.",
        "„Вечер на дегустация“ може да се вземе само ако нивото на члена е Злато или Сребро.",
        "„Вечер на дегустация“ може да се вземе от 10 ноември 2026 г. до 19 декември 2026 г. включително.",
        "Някои членове могат да вземат „Вечер на дегустация“ по-рано: с 48 часа при ниво Злато.",
        "Един член може да вземе „Вечер на дегустация“ най-много веднъж общо.",
        "Всички членове заедно могат да вземат „Вечер на дегустация“ най-много 40 пъти.",
        "„Вечер на дегустация“ може да се запази за 15 минути.",
        "След потвърждаването наградата „Вечер на дегустация“ чака някой да я предостави.",
    ],
    "tr": [
        "“Bir tadım akşamı” bir ödüldür: bir deneyim, 3.000 puan karşılığında.",
        "“Bir tadım akşamı” katalogda “Akşamlar” kategorisinde yer alır.",
        "“Bir tadım akşamı” yalnızca üyenin seviyesi Altın veya Gümüş ise alınabilir.",
        "“Bir tadım akşamı” 10 Kasım 2026 gününden 19 Aralık 2026 günü sonuna kadar alınabilir.",
        "Bazı üyeler “Bir tadım akşamı” ödülünü daha erken alabilir: Altın seviyesiyle 48 saat.",
        "Bir üye “Bir tadım akşamı” ödülünü toplam en fazla bir kez alabilir.",
        "Tüm üyeler birlikte “Bir tadım akşamı” ödülünü toplam en fazla 40 kez alabilir.",
        "“Bir tadım akşamı” 15 dakika süreyle ayırtılabilir.",
        "“Bir tadım akşamı” onaylandıktan sonra birinin onu teslim etmesini bekler.",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_reward(language):
    assert told(AURORA.rewards["tasting"], language) == TASTING[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_programme_tells_its_rewards_after_its_ladders_and_before_its_rules(language):
    whole = sentences.programme(AURORA, language)
    at = whole.index(TASTING[language][0])
    assert whole[at : at + 9] == TASTING[language]
    ladder = ladders.sentences(AURORA.tiers[0], Speaker(sentences.tongue(language), AURORA))
    assert whole.index(ladder[-1]) < at
    assert at < whole.index(sentences.rule(AURORA.rules[0], AURORA, language))


def test_a_reward_that_is_sent_and_chosen():
    assert told(AURORA.rewards["shirt"], "tr")[3:] == [
        "“Adınızla bir tişört” tükenebilir: adetleri her seçenek birleşimi için ayrı sayılır.",
        "Bir adet “Adınızla bir tişört” programa 11,40 EUR tutar.",
        "“Adınızla bir tişört” ödülünü alan şunları seçer: “Beden” (S, M veya L) ve “Üzerindeki ad” (serbest metin).",
        "“Adınızla bir tişört” üyenin verdiği adrese gönderilir.",
        "“Adınızla bir tişört” 15 dakika süreyle ayırtılabilir.",
        "“Adınızla bir tişört” onaylandıktan sonra birinin onu teslim etmesini bekler.",
    ]
    assert told(AURORA.rewards["shirt"], "bg")[1] == (
        "Условията на „Тениска с Вашето име“ са: „Изпраща се в ЕС до две седмици“."
    )
    assert told(MUG)[2] == "The picture https://aurora.example/mug.jpg shows “The blue mug”."


# --- what it is, with its number ---

KINDS = {
    "money_off": ({"amount": 500}, "5.00 EUR off an order", "5,00 EUR отстъпка за една поръчка",
                  "bir siparişte 5,00 EUR indirim"),
    "percent_off": ({"percent": 1250}, "12.5% off an order", "12,5% отстъпка за една поръчка",
                    "bir siparişte %12,5 indirim"),
    "free_product": ({"product": "tea"}, "the product tea", "продуктът tea", "tea ürünü"),
    "free_shipping": ({}, "free shipping", "безплатна доставка", "ücretsiz teslimat"),
    "gift_card": ({"amount": 2000}, "a gift card of 20.00 EUR", "карта за подарък на стойност 20,00 EUR",
                  "20,00 EUR tutarında hediye kartı"),
    "event_ticket": ({}, "a ticket to an event", "билет за събитие", "bir gösteri bileti"),
    "experience": ({}, "an experience", "преживяване", "bir deneyim"),
    "merchandise": ({}, "merchandise", "предмет", "bir ürün"),
    "subscription": ({}, "a subscription", "абонамент", "bir abonelik"),
    "partner": ({}, "something from a partner", "нещо от партньор", "bir iş ortağından bir şey"),
    "donation": ({}, "a donation", "дарение", "bir bağış"),
    "carbon": ({}, "a contribution to the climate", "принос за климата", "iklim için bir katkı"),
    "community_project": ({}, "a contribution to a community project", "принос за обществен проект",
                          "bir toplum projesine katkı"),
    "mystery": ({}, "a draw", "теглене на късмет", "bir çekiliş"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(kind):
    numbers, *expected = KINDS[kind]
    one = Reward("x", {"en": "X"}, kind, (Price({"points": 5}),), **numbers)
    assert [rewards.what(one, Speaker(sentences.tongue(language), AURORA)) for language in LANGUAGES] == expected


def test_what_is_given_by_a_code():
    five, present = AURORA.rewards["five_euros"], AURORA.rewards["present"]
    assert [told(five, language)[0] for language in LANGUAGES] == [
        "“Five euros off” is a reward: the voucher “Five euros off”, for 450 points.",
        "„Пет евро отстъпка“ е награда: ваучерът „Пет евро отстъпка“, срещу 450 точки.",
        "“Beş avro indirim” bir ödüldür: “Beş avro indirim” kuponu, 450 puan karşılığında.",
    ]
    assert [told(present, language)[-1] for language in LANGUAGES] == [
        "“A gift card of 25 euros” is given by a code as soon as it is confirmed.",
        "Наградата „Карта за подарък за 25 евро“ се дава с код още с потвърждаването.",
        "“25 avroluk hediye kartı” onaylandığı anda bir kodla verilir.",
    ]


def test_there_is_no_kind_without_words():
    assert KINDS.keys() == set(get_args(Kind))


def test_at_most_so_much_of_a_percentage():
    assert told(AURORA.rewards["ten_percent"], "bg")[0] == (
        "„10 % отстъпка за следващата поръчка“ е награда:"
        " 10% отстъпка за една поръчка (най-много 8,00 EUR), срещу 500 точки."
    )


# --- prices ---

PRICES = {
    "several units and money": (
        Price({"points": 1, "stars": 2}, 900),
        "for 1 point, 2 stars and 9.00 EUR", "срещу 1 точка, 2 звезди и 9,00 EUR",
        "1 puan, 2 yıldız ve 9,00 EUR karşılığında",
    ),
    "only money": (Price({}, 900), "for 9.00 EUR", "срещу 9,00 EUR", "9,00 EUR karşılığında"),
    "nothing": (Price(free=True), "for nothing", "безплатно", "ücretsiz"),
    "topped up": (
        Price({"points": 600}, 0, TopUp(100, 100, 200)),
        "for 600 points (at least 200 points; the rest can be paid with money, 1.00 EUR for every 100 points)",
        "срещу 600 точки (поне 200 точки; останалото може да се доплати, по 1,00 EUR на всеки 100 точки)",
        "600 puan karşılığında (en az 200 puan; kalanı her 100 puan için 1,00 EUR ile ödenebilir)",
    ),
    "topped up from nothing on": (
        Price({"points": 600}, 0, TopUp(100, 100, 0)),
        "for 600 points (all of it can be paid with money, 1.00 EUR for every 100 points)",
        "срещу 600 точки (всичко може да се плати с пари, по 1,00 EUR на всеки 100 точки)",
        "600 puan karşılığında (tamamı her 100 puan için 1,00 EUR ile ödenebilir)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PRICES)
def test_a_price(case):
    price, *expected = PRICES[case]
    assert [rewards.price(price, Speaker(sentences.tongue(language), AURORA)) for language in LANGUAGES] == expected


def test_of_several_prices_any_is_enough():
    assert [told(MUG, language)[0] for language in LANGUAGES] == [
        "“The blue mug” is a reward: merchandise, for 1,900 points, or for 900 points and 9.00 EUR.",
        "„Синята чаша“ е награда: предмет, срещу 1900 точки или срещу 900 точки и 9,00 EUR.",
        "“Mavi kupa” bir ödüldür: bir ürün, 1.900 puan karşılığında ya da 900 puan ve 9,00 EUR karşılığında.",
    ]


# --- bounds and ends ---


def test_stock_limits_cost_and_budget():
    one = changed(stocked="whole", limits=Caps(day=2, month=5), budget=90_000, total=1)
    assert told(one)[3:7] == [
        "A member can have “The blue mug” at most twice a day and at most 5 times a month.",
        "All members together can have “The blue mug” at most once.",
        "“The blue mug” can run out: its pieces are counted.",
        "One of “The blue mug” costs the programme 6.20 EUR, all of them together at most 900.00 EUR.",
    ]
    assert not [one for one in told(changed(stocked=None, cost=0)) if "pieces" in one or "costs" in one]


@pytest.mark.parametrize(
    ("facts", "en", "bg", "tr"),
    [
        ({"fulfilment": "at_once", "fulfil_days": 3}, "“The blue mug” is fulfilled with its confirmation.",
         "Наградата „Синята чаша“ се предоставя още с потвърждаването.",
         "“Mavi kupa” onaylandığı anda teslim edilmiş olur."),
        ({"fulfil_days": 0},
         "Once confirmed, “The blue mug” must be fulfilled on the same day, else the points come back.",
         "Наградата „Синята чаша“ трябва да се предостави в деня на потвърждаването, иначе точките се връщат.",
         "“Mavi kupa” onaylandığı gün teslim edilmelidir, yoksa puanlar geri gelir."),
        ({"fulfil_days": 1},
         "Once confirmed, “The blue mug” must be fulfilled within 1 day after that day, else the points come back.",
         "Наградата „Синята чаша“ трябва да се предостави до 1 ден след деня на потвърждаването, иначе точките се"
         " връщат.",
         "“Mavi kupa” onaylandığı günden sonra 1 gün içinde teslim edilmelidir, yoksa puanlar geri gelir."),
    ],
)  # fmt: skip
def test_how_it_ends(facts, en, bg, tr):
    assert [told(changed(**facts), language)[-1] for language in LANGUAGES] == [en, bg, tr]


def test_windows_with_and_without_ends():
    day = datetime(2026, 11, 9, 22, tzinfo=UTC)  # midnight in Sofia
    assert "“The blue mug” can be had from 10 November 2026 on." in told(changed(start=day))
    assert "“The blue mug” can be had until 9 November 2026." in told(changed(until=day))
    assert "„Синята чаша“ може да се вземе до 9 ноември 2026 г. включително." in told(changed(until=day), "bg")


def test_tiers_that_no_ladder_has_are_called_by_their_keys():
    one = changed(start=datetime(2026, 11, 9, 22, tzinfo=UTC), early_access={"vip": 1, "gold": 24})
    early = "1 hour with the tier vip and 24 hours with the tier Gold"
    assert f"Some members can have “The blue mug” earlier: {early}." in told(one)


def test_terms_keep_their_own_stops():
    for terms, expected in (("Only today!", "Only today!"), ("Wait …", "Wait …"), ("A. B.", "A. B"), (".", ".")):
        assert told(changed(terms={"en": terms}))[1] == f"The terms of “The blue mug” are: “{expected}”."
    assert "„Само «днес»“." in told(changed(terms={"bg": "Само „днес“."}), "bg")[1]


def test_conditions_of_several_parts():
    both = conditions.All((
        conditions.Any((conditions.Is("tier", frozenset({"gold"})), conditions.BirthdayMonth())),
        conditions.Is("segment", frozenset(), frozenset({"staff"})),
    ))  # fmt: skip
    assert "“Mavi kupa” yalnızca (üyenin seviyesi Altın ise veya bu, üyenin doğum ayı ise) ve üye" \
        " çalışanlarımız segmentinde değilse alınabilir." in told(changed(condition=both), "tr")  # fmt: skip


def test_choices_without_options():
    one = changed(choices=(Choice("text", {"en": "Engraving", "bg": "Гравюра", "tr": "Yazı"}),))
    assert "Който взема „Синята чаша“, избира „Гравюра“ (свободен текст)." in told(one, "bg")


# --- paying with points ---


@pytest.mark.parametrize(
    ("pays", "en", "bg", "tr"),
    [
        (Pays(1, 1), "purchases can be paid with them (0.01 EUR for every 1 point)",
         "с тях могат да се плащат покупки (0,01 EUR на всеки 1 точка)",
         "alışverişler bununla ödenebilir (her 1 puan için 0,01 EUR)"),
        (Pays(100, 90, 200, 10, 2550),
         "purchases can be paid with them (0.90 EUR for every 100 points; at least 200 points at once;"
         " in steps of 10 points; at most 25.5% of the goods)",
         "с тях могат да се плащат покупки (0,90 EUR на всеки 100 точки; поне 200 точки наведнъж;"
         " на стъпки от 10 точки; най-много 25,5% от стоките)",
         "alışverişler bununla ödenebilir (her 100 puan için 0,90 EUR; bir kerede en az 200 puan;"
         " yalnızca 10 puan ve katları; ürünlerin en fazla %25,5 kadarı)"),
    ],
)  # fmt: skip
def test_paying(pays, en, bg, tr):
    unit = AURORA.units["points"]
    spoken = [rewards.paying(pays, unit, Speaker(sentences.tongue(language), AURORA)) for language in LANGUAGES]
    assert spoken == [en, bg, tr]


def test_what_a_draw_gives_costs_no_more_than_its_budget():
    draw = msgspec.structs.replace(AURORA.rewards["surprise"], budget=90_000)
    (name, costs) = draw.name["en"], [one for one in told(draw) if "at most 900.00 EUR" in one]
    assert costs == [f"All that “{name}” gives costs the programme at most 900.00 EUR."]

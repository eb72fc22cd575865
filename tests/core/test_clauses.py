"""Every node of the tree and every effect has its clause in English, Bulgarian and Turkish."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

import guerdon
from guerdon.core import conditions, expiry, sentences
from guerdon.core.conditions import (
    All,
    Any,
    Attribute,
    Basket,
    BirthdayMonth,
    Choice,
    Condition,
    Counter,
    Dates,
    DaysSince,
    Fact,
    First,
    Hour,
    Is,
    LineAll,
    LineAny,
    LineChoice,
    LineFilter,
    LineIs,
    LineNot,
    LineReaches,
    Lines,
    Not,
    Nth,
    Weekday,
)  # fmt: skip
from guerdon.core.effects import Effect, Fixed, Multiply, PerAmount, PerPiece, Step, Table
from guerdon.core.sentences import statements
from guerdon.core.sentences.clauses import Speaker
from guerdon.features.programmes import forms

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
LANGUAGES = ("en", "bg", "tr")
f = frozenset

# node, then its sentence in English, Bulgarian, Turkish
CONDITIONS = [
    (
        Is("kind", f({"purchase", "survey"})),
        "it is a purchase or “Survey”",
        "това е покупка или действие „Анкета“",
        "bu alışveriş veya “Anket” etkinliği ise",
    ),
    (
        Is("channel", f({"web", "app"})),
        "the channel is app or web",
        "каналът е app или web",
        "kanal app veya web ise",
    ),
    (
        Is("store", f({"centre"})),
        "the store is centre",
        "магазинът е centre",
        "mağaza centre ise",
    ),
    (
        Is("store", f(), f({"centre"})),
        "the store is not centre",
        "магазинът не е centre",
        "mağaza centre değilse",
    ),
    (
        Is("partner", f({"bakery"})),
        "the partner is bakery",
        "партньорът е bakery",
        "iş ortağı bakery ise",
    ),
    (
        Is("currency", f({"EUR"})),
        "it is in EUR",
        "валутата е EUR",
        "para birimi EUR ise",
    ),
    (
        Is("tender", f({"cash"})),
        "it is paid with cash",
        "платено е с cash",
        "ödeme cash ile yapılmışsa",
    ),
    (
        Is("tender", f(), f({"cash"})),
        "it is not paid with cash",
        "не е платено с cash",
        "ödeme cash ile yapılmamışsa",
    ),
    (
        Is("segment", f({"staff"}), f({"trial"})),
        "the member is in the segment staff and the member is not in the segment trial",
        "членът е в сегмент staff и членът не е в сегмент trial",
        "üye staff segmentinde ise ve üye trial segmentinde değilse",
    ),
    (
        Is("tier", f({"gold", "silver"})),
        "the member's tier is gold or silver",
        "нивото на члена е gold или silver",
        "üyenin seviyesi gold veya silver ise",
    ),
    (
        Is("membership", f({"plus"})),
        "the member has the membership plus",
        "членът има членство plus",
        "üyenin plus üyeliği varsa",
    ),
    (
        Basket(2000),
        "the order reaches 20.00 EUR",
        "поръчката достига 20,00 EUR",
        "sipariş en az 20,00 EUR ise",
    ),
    (
        Basket(0, 2, 1),
        "the order reaches 2 pieces and 1 line",
        "поръчката достига 2 броя и 1 ред",
        "sipariş en az 2 adet ve 1 satır ise",
    ),
    (
        Lines(LineIs("category", f({"coffee"}))),
        "the basket contains coffee",
        "кошницата съдържа coffee",
        "sepette coffee varsa",
    ),
    (
        Lines(LineIs("brand", f({"Aurora"})), 500, 2),
        "the basket contains at least 5.00 EUR and 2 pieces of goods whose brand is Aurora",
        "кошницата съдържа поне 5,00 EUR и 2 броя от стоки с марка Aurora",
        "sepette markası Aurora olan kalemler için en az 5,00 EUR ve 2 adet varsa",
    ),
    (
        Dates(date(2026, 5, 1), date(2026, 5, 8)),
        "the day is between 1 May 2026 and 7 May 2026",
        "денят е между 1 май 2026 г. и 7 май 2026 г.",
        "gün 1 Mayıs 2026 ile 7 Mayıs 2026 arasında ise",
    ),
    (
        Dates(date(2026, 5, 1), date(2026, 5, 2)),
        "the day is 1 May 2026",
        "денят е 1 май 2026 г.",
        "gün 1 Mayıs 2026 ise",
    ),
    (
        Dates(date(2026, 5, 1)),
        "the day is 1 May 2026 or later",
        "денят е 1 май 2026 г. или по-късно",
        "gün 1 Mayıs 2026 veya sonrası ise",
    ),
    (
        Dates(None, date(2026, 5, 1)),
        "the day is 30 April 2026 or earlier",
        "денят е 30 април 2026 г. или по-рано",
        "gün 30 Nisan 2026 veya öncesi ise",
    ),
    (
        Weekday(f({6, 7})),
        "the day is a Saturday or Sunday",
        "денят е събота или неделя",
        "gün cumartesi veya pazar ise",
    ),
    (
        Weekday(f({2})),
        "the day is a Tuesday",
        "денят е вторник",
        "gün salı ise",
    ),
    (
        Hour(420, 540),
        "the time is between 07:00 and 09:00",
        "часът е между 07:00 и 09:00",
        "saat 07:00 ile 09:00 arasında ise",
    ),
    (
        First(),
        "it is the member's first purchase",
        "това е първата покупка на члена",
        "bu, üyenin ilk alışverişi ise",
    ),
    (
        First("visit"),
        "it is the member's first visit",
        "това е първото посещение на члена",
        "bu, üyenin ilk ziyareti ise",
    ),
    (
        First("survey"),
        "it is the member's first “Survey”",
        "това е първото действие „Анкета“ на члена",
        "bu, üyenin ilk “Anket” etkinliği ise",
    ),
    (
        Nth(3),
        "it is the member's 3rd purchase",
        "това е 3-та поред покупка на члена",
        "bu, üyenin 3. alışverişi ise",
    ),
    (
        Nth(10, every=True),
        "it is every 10th purchase of the member",
        "това е всяка 10-та покупка на члена",
        "bu, üyenin her 10. alışverişi ise",
    ),
    (
        DaysSince(30),
        "the member's last purchase was at least 30 days ago",
        "последната покупка на члена е била преди поне 30 дни",
        "üyenin son alışverişinden bu yana en az 30 gün geçmişse",
    ),
    (
        DaysSince(1, "review"),
        "the member's last review was at least 1 day ago",
        "последният отзив на члена е бил преди поне 1 ден",
        "üyenin son yorumundan bu yana en az 1 gün geçmişse",
    ),
    (
        Attribute("diet", f({"vegan"})),
        "the member's “diet” is vegan",
        "„diet“ на члена е vegan",
        "üyenin “diet” değeri vegan ise",
    ),
    (
        Attribute("club", f({True})),
        "the member's “club” is yes",
        "„club“ на члена е да",
        "üyenin “club” değeri evet ise",
    ),
    (
        Attribute("children", min=1),
        "the member's “children” is at least 1",
        "„children“ на члена е поне 1",
        "üyenin “children” değeri en az 1 ise",
    ),
    (
        Attribute("children", max=3),
        "the member's “children” is at most 3",
        "„children“ на члена е най-много 3",
        "üyenin “children” değeri en fazla 3 ise",
    ),
    (
        Attribute("children", min=1, max=3),
        "the member's “children” is between 1 and 3",
        "„children“ на члена е между 1 и 3",
        "üyenin “children” değeri 1 ile 3 arasında ise",
    ),
    (
        Attribute("email", exists=True),
        "the member's “email” is known",
        "„email“ на члена е известно",
        "üyenin “email” değeri biliniyorsa",
    ),
    (
        Attribute("email", exists=False),
        "the member's “email” is not known",
        "„email“ на члена не е известно",
        "üyenin “email” değeri bilinmiyorsa",
    ),
    (
        Fact("score", f({9, 10})),
        "its “score” is 9 or 10",
        "„score“ на действието е 9 или 10",
        "“score” bilgisi 9 veya 10 ise",
    ),
    (
        Fact("score", min=9),
        "its “score” is at least 9",
        "„score“ на действието е поне 9",
        "“score” bilgisi en az 9 ise",
    ),
    (
        Fact("score", max=9),
        "its “score” is at most 9",
        "„score“ на действието е най-много 9",
        "“score” bilgisi en fazla 9 ise",
    ),
    (
        Fact("score", min=1, max=9),
        "its “score” is between 1 and 9",
        "„score“ на действието е между 1 и 9",
        "“score” bilgisi 1 ile 9 arasında ise",
    ),
    (
        Fact("score", exists=True),
        "its “score” is given",
        "„score“ на действието е дадено",
        "“score” bilgisi verilmişse",
    ),
    (
        BirthdayMonth(),
        "it is the member's birthday month",
        "това е месецът на рождения ден на члена",
        "bu, üyenin doğum ayı ise",
    ),
    (
        Counter("count:visit", "month", min=3),
        "the member has at least 3 visits this month so far",
        "членът досега има поне 3 посещения този месец",
        "üyenin bu ay şimdiye kadar en az 3 ziyareti varsa",
    ),
    (
        Counter("count:purchase", "year", max=1),
        "the member has at most 1 purchase this year so far",
        "членът досега има най-много 1 покупка тази година",
        "üyenin bu yıl şimdiye kadar en fazla 1 alışverişi varsa",
    ),
    (
        Counter("count:review", "week", min=2, max=2),
        "the member has exactly 2 reviews this week so far",
        "членът досега има точно 2 отзива тази седмица",
        "üyenin bu hafta şimdiye kadar tam 2 yorumu varsa",
    ),
    (
        Counter("count:survey", "day", min=1, max=4),
        "the member has 1 to 4 × “Survey” today so far",
        "членът досега има от 1 до 4 действия „Анкета“ днес",
        "üyenin bugün şimdiye kadar 1 ile 4 arası “Anket” etkinliği varsa",
    ),
    (
        Counter("spend", "quarter", min=10000),
        "the member has spent at least 100.00 EUR this quarter so far",
        "членът досега е похарчил поне 100,00 EUR това тримесечие",
        "üye bu çeyrekte şimdiye kadar en az 100,00 EUR harcamışsa",
    ),
    (
        Counter("spend", "lifetime", min=100, max=500),
        "the member has spent 1.00 EUR to 5.00 EUR in all so far",
        "членът досега е похарчил от 1,00 EUR до 5,00 EUR общо",
        "üye toplamda şimdiye kadar 1,00 EUR ile 5,00 EUR arası harcamışsa",
    ),
    (
        All((BirthdayMonth(), Basket(1000))),
        "it is the member's birthday month and the order reaches 10.00 EUR",
        "това е месецът на рождения ден на члена и поръчката достига 10,00 EUR",
        "bu, üyenin doğum ayı ise ve sipariş en az 10,00 EUR ise",
    ),
    (
        Any((BirthdayMonth(), All((First(), Basket(1000))))),
        "it is the member's birthday month or (it is the member's first purchase and the order reaches 10.00 EUR)",
        "това е месецът на рождения ден на члена или (това е първата покупка на члена и поръчката достига 10,00 EUR)",
        "bu, üyenin doğum ayı ise veya (bu, üyenin ilk alışverişi ise ve sipariş en az 10,00 EUR ise)",
    ),
    (
        Not(Weekday(f({1}))),
        "the day is not a Monday",
        "денят не е понеделник",
        "gün pazartesi değilse",
    ),
    (
        Not(Any((BirthdayMonth(), First()))),
        "it is not the member's birthday month and it is not the member's first purchase",
        "това не е месецът на рождения ден на члена и това не е първата покупка на члена",
        "bu, üyenin doğum ayı değilse ve bu, üyenin ilk alışverişi değilse",
    ),
    (
        Not(All((BirthdayMonth(), Not(First())))),
        "it is not the member's birthday month or it is the member's first purchase",
        "това не е месецът на рождения ден на члена или това е първата покупка на члена",
        "bu, üyenin doğum ayı değilse veya bu, üyenin ilk alışverişi ise",
    ),
]
LINES = [
    (
        LineIs("category", f({"coffee", "cakes"})),
        "cakes or coffee",
        "cakes или coffee",
        "cakes veya coffee",
    ),
    (
        LineIs("category", f(), f({"fuel", "tobacco"})),
        "anything but fuel and tobacco",
        "всичко освен fuel и tobacco",
        "fuel ve tobacco dışındaki her şey",
    ),
    (
        LineIs("product", f({"mug"})),
        "mug",
        "mug",
        "mug",
    ),
    (
        LineIs("product", f(), f({"mug"})),
        "goods whose product is not mug",
        "стоки с продукт, различен от mug",
        "ürünü mug olmayan kalemler",
    ),
    (
        LineIs("brand", f({"Aurora"}), f({"Outlet"})),
        "goods whose brand is Aurora and whose brand is not Outlet",
        "стоки с марка Aurora и с марка, различна от Outlet",
        "markası Aurora olan ve markası Outlet olmayan kalemler",
    ),
    (
        LineIs("tag", f({"vegan"})),
        "goods tagged vegan",
        "стоки с етикет vegan",
        "etiketi vegan olan kalemler",
    ),
    (
        LineIs("tag", f(), f({"vegan"})),
        "goods not tagged vegan",
        "стоки без етикет vegan",
        "etiketi vegan olmayan kalemler",
    ),
    (
        LineReaches(500, 2),
        "goods with at least 5.00 EUR and 2 pieces on the line",
        "стоки с поне 5,00 EUR и 2 броя на реда",
        "satırda en az 5,00 EUR ve 2 adet olan kalemler",
    ),
    (
        LineAll((LineIs("category", f({"coffee"})), LineReaches(500))),
        "goods whose category is coffee and with at least 5.00 EUR on the line",
        "стоки с категория coffee и с поне 5,00 EUR на реда",
        "kategorisi coffee olan ve satırda en az 5,00 EUR olan kalemler",
    ),
    (
        LineAny((LineIs("brand", f({"Aurora"})), LineAll((LineIs("tag", f({"vegan"})), LineReaches(0, 2))))),
        "goods whose brand is Aurora or (tagged vegan and with at least 2 pieces on the line)",
        "стоки с марка Aurora или (с етикет vegan и с поне 2 броя на реда)",
        "markası Aurora olan veya (etiketi vegan olan ve satırda en az 2 adet olan) kalemler",
    ),
    (
        LineNot(LineIs("category", f({"fuel"}))),
        "goods whose category is not fuel",
        "стоки с категория, различна от fuel",
        "kategorisi fuel olmayan kalemler",
    ),
]
EFFECTS = [
    (
        PerAmount("points", 2, 100),
        None,
        "give 2 points for every 1.00 EUR spent",
        "получава 2 точки на всеки 1,00 EUR",
        "harcanan her 1,00 EUR için 2 puan verilir",
    ),
    (
        PerAmount("points", 1, 100),
        LineIs("category", f({"coffee"})),
        "give 1 point for every 1.00 EUR spent on coffee",
        "получава 1 точка на всеки 1,00 EUR, похарчени за coffee",
        "coffee için harcanan her 1,00 EUR karşılığında 1 puan verilir",
    ),
    (
        PerPiece("stamps", 1),
        None,
        "give 1 stamp for every piece",
        "получава 1 печат за всеки брой",
        "her adet için 1 damga verilir",
    ),
    (
        PerPiece("stamps", 2),
        LineIs("category", f({"coffee"})),
        "give 2 stamps for every piece of coffee",
        "получава 2 печата за всеки брой от coffee",
        "coffee kapsamındaki her adet için 2 damga verilir",
    ),
    (
        PerPiece("stars", 5, 3),
        None,
        "give 5 stars for every 3 pieces",
        "получава 5 звезди на всеки 3 броя",
        "her 3 adet için 5 yıldız verilir",
    ),
    (
        PerPiece("stars", 5, 3),
        LineIs("category", f({"coffee"})),
        "give 5 stars for every 3 pieces of coffee",
        "получава 5 звезди на всеки 3 броя от coffee",
        "coffee kapsamındaki her 3 adet için 5 yıldız verilir",
    ),
    (
        Fixed("credit", 250),
        None,
        "give 2.50 credit",
        "получава 2,50 кредит",
        "2,50 bakiye verilir",
    ),
    (
        Table("points", (Step(2000, 5), Step(5000, 20))),
        None,
        "give 5 points for 20.00 EUR or more, or instead 20 points for 50.00 EUR or more",
        "получава 5 точки за 20,00 EUR или повече, или вместо тях 20 точки за 50,00 EUR или повече",
        "harcamada 20,00 EUR ve üzeri için 5 puan, onun yerine 50,00 EUR ve üzeri için 20 puan verilir",
    ),
    (
        Table("points", (Step(2000, 5),)),
        LineIs("category", f({"coffee"})),
        "give 5 points for 20.00 EUR or more spent on coffee",
        "получава 5 точки за 20,00 EUR или повече, похарчени за coffee",
        "coffee için harcamada 20,00 EUR ve üzeri için 5 puan verilir",
    ),
    (
        Multiply("points", 2),
        None,
        "multiply the points by 2",
        "броят „точки“ се умножава по 2",
        "“puan” sayısı 2 ile çarpılır",
    ),
    (
        Multiply("points", 3, 2),
        LineIs("category", f({"coffee"})),
        "multiply the points for coffee by 1.5",
        "броят „точки“ за coffee се умножава по 1,5",
        "coffee için “puan” sayısı 1,5 ile çarpılır",
    ),
    (
        Multiply("points", 4, 3),
        None,
        "multiply the points by 4/3",
        "броят „точки“ се умножава по 4/3",
        "“puan” sayısı 4/3 ile çarpılır",
    ),
]
LIVES = [
    (
        expiry.Rolling(months=12),
        "expiring 12 months after they are earned",
        "с изтичане 12 месеца след получаването",
        "kazanıldıktan 12 ay sonra sona erer",
    ),
    (
        expiry.Rolling(years=1, days=10),
        "expiring 1 year and 10 days after they are earned",
        "с изтичане 1 година и 10 дни след получаването",
        "kazanıldıktan 1 yıl ve 10 gün sonra sona erer",
    ),
    (
        expiry.Rolling(months=6, round_up="quarter"),
        "expiring 6 months after they are earned, at the end of the quarter",
        "с изтичане 6 месеца след получаването, в края на тримесечието",
        "kazanıldıktan 6 ay sonra, çeyreğin sonunda sona erer",
    ),
    (
        expiry.Rolling(round_up="half_year"),
        "expiring at the end of the half-year in which they are earned",
        "с изтичане в края на полугодието на получаването",
        "kazanıldığı yarıyılın sonunda sona erer",
    ),
    (
        expiry.Calendar(12, 31),
        "expiring on 31 December each year",
        "с изтичане на 31 декември всяка година",
        "her yıl 31 Aralık günü sonunda sona erer",
    ),
    (
        expiry.Calendar(12, 31, 2),
        "expiring on 31 December, 2 years after the next one",
        "с изтичане на 31 декември, 2 години след следващия такъв ден",
        "bir sonraki 31 Aralık gününden 2 yıl sonra sona erer",
    ),
    (
        expiry.Sliding(months=6),
        "expiring 6 months after the last time any are earned or spent",
        "с изтичане 6 месеца след последното печелене или харчене",
        "son kazanma veya harcamadan 6 ay sonra sona erer",
    ),
    (
        expiry.Never(),
        "never expiring",
        "без изтичане",
        "sona ermez",
    ),
]


@pytest.mark.parametrize(("node", *LANGUAGES), CONDITIONS, ids=str)
def test_conditions(node, en, bg, tr):
    assert [sentences.condition(node, AURORA, language, kinds=("purchase",)) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("where", *LANGUAGES), LINES, ids=str)
def test_line_filters(where, en, bg, tr):
    assert [sentences.lines(where, AURORA, language) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("effect", "where", *LANGUAGES), EFFECTS, ids=str)
def test_effects(effect, where, en, bg, tr):
    assert [sentences.effect(effect, AURORA, language, where=where) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("policy", *LANGUAGES), LIVES, ids=str)
def test_lives(policy, en, bg, tr):
    told = [statements.expires(policy, Speaker(sentences.tongue(language), AURORA)) for language in LANGUAGES]
    assert told == [en, bg, tr]


def test_nothing_is_left_out():
    """A node, a word or an effect that is added to the law needs its rows above."""
    nodes = [part for case in CONDITIONS for part in conditions.walk(case[0])]
    assert {type(node) for node in nodes} == set(get_args(Condition))
    assert {node.what for node in nodes if isinstance(node, Is)} == set(get_args(Choice))
    assert {type(case[0]) for case in LINES} == set(get_args(LineFilter))
    assert {case[0].what for case in LINES if isinstance(case[0], LineIs)} == set(get_args(LineChoice))
    assert {type(case[0]) for case in EFFECTS} == set(get_args(Effect))
    assert {type(case[0]) for case in LIVES} == set(get_args(expiry.Policy))

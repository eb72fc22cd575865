"""Every node of the tree and every effect has its clause in English, Bulgarian and Turkish."""

from pathlib import Path
from typing import get_args

import msgspec
import pytest

import guerdon
from guerdon.core import conditions, expiry, sentences
from guerdon.core.conditions import (
    Choice,
    Condition,
    Is,
    LineAll,
    LineAny,
    LineChoice,
    LineFilter,
    LineIs,
    LineNot,
    LineReaches,
)  # fmt: skip
from guerdon.core.effects import Effect, Fixed, Multiply, PerAmount, PerPiece, Step, Table
from guerdon.core.naming import Called
from guerdon.core.sentences import statements
from guerdon.core.sentences.clauses import Speaker
from guerdon.features.programmes import forms
from tests.core.condition_clauses import CONDITIONS

AURORA = msgspec.structs.replace(  # whose words other systems tell have no names
    forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes()), called=Called()
)
LANGUAGES = ("en", "bg", "tr")
f = frozenset

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


def _english(part: object) -> str:
    """A test is called by its sentences: what a set looks like is another thing in every process."""
    return part if isinstance(part, str) else type(part).__name__


@pytest.mark.parametrize(("node", *LANGUAGES), CONDITIONS, ids=_english)
def test_conditions(node, en, bg, tr):
    assert [sentences.condition(node, AURORA, language, kinds=("purchase",)) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("where", *LANGUAGES), LINES, ids=_english)
def test_line_filters(where, en, bg, tr):
    assert [sentences.lines(where, AURORA, language) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("effect", "where", *LANGUAGES), EFFECTS, ids=_english)
def test_effects(effect, where, en, bg, tr):
    assert [sentences.effect(effect, AURORA, language, where=where) for language in LANGUAGES] == [en, bg, tr]


@pytest.mark.parametrize(("policy", *LANGUAGES), LIVES, ids=_english)
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


def test_the_words_of_lines_that_a_condition_asks_for():
    """Wherever they stand in it: the till lists what may be sold by them."""
    tea, cake = (LineIs("product", frozenset({one})) for one in ("tea", "cake"))
    asked = conditions.All((
        conditions.Not(conditions.Lines(LineAny((tea, LineNot(cake))))), Is("store", frozenset({"sofia"})),
    ))  # fmt: skip
    assert conditions.words_asked(asked) == [tea, cake]
    assert conditions.words_asked(None) == []

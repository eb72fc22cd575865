"""Rules, units, awards and silence in whole sentences of three languages, and the grammar no text can hold."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given

import guerdon
from guerdon.core import activities, decisions, effects, period, sentences, silence
from guerdon.core.conditions import (
    Is,
)  # fmt: skip
from guerdon.core.effects import Fixed, Multiply, PerAmount, PerPiece, Step, Table
from guerdon.core.sentences import postings, statements
from guerdon.core.sentences.english import TEXTS
from guerdon.core.vesting import Vesting
from guerdon.features.programmes import forms
from tests import strategies

AURORA = forms.load((Path(guerdon.__file__).parent / "demo" / "aurora.yaml").read_bytes())
LANGUAGES = ("en", "bg", "tr")
f = frozenset


def test_every_language_has_every_text():
    """Only the phrases after “makes a purchase” may be missing: a language may do without them."""
    needed = {key for key in TEXTS if not key.startswith("at.")}
    for language in LANGUAGES:
        texts = sentences.tongue(language).texts
        assert needed - texts.keys() == set()
        assert texts.keys() - TEXTS.keys() == set()
        assert [key for key, text in texts.items() if _facts(text) - _facts(TEXTS[key]) - BENT] == []


# What other languages need to know of a noun, and English does not.
BENT = {"first", "last", "been", "each", "his", "since", "into", "one", "noun"}


def _facts(text):
    return set(re.findall(r"{(\w+)}", text))


def test_every_reason_of_silence_has_a_text():
    for reason in silence.REASONS.keys() - set(sentences.awards.grammar_conditions.WORDS):
        assert f"silent.{reason}" in TEXTS


@given(strategies.programmes())
def test_every_programme_can_be_told(programme):
    for language in LANGUAGES:
        told = sentences.programme(programme, language)
        assert len(told) >= 4 + len(programme.units) + len(programme.rules)
        for sentence in told:
            assert sentence.endswith(".")
            assert sentence.strip() == sentence


RULES = {
    "weekend": (
        "When a member makes a purchase of at least 20.00 EUR in store Plovdiv or Sofia Centre on a Saturday or Sunday,"
        " multiply the points for cakes or coffee by 2, at most 100 points a day,"
        " only the best rule of the group “happy” counts.",
        "Когато член направи покупка от поне 20,00 EUR в магазин Пловдив или София център в събота или неделя,"
        " броят „точки“ за сладкиши или кафе се умножава по 2, най-много 100 точки на ден,"
        " от групата „happy“ важи само най-доброто правило.",
        "Bir üye alışveriş yaptığında, mağaza Filibe veya Sofya Merkez ise ve gün cumartesi veya pazar ise ve"
        " sipariş en az 20,00 EUR ise, pastalar veya kahve için “puan” sayısı 2 ile çarpılır, günde en fazla 100 puan,"
        " “happy” grubundan yalnızca en iyi kural geçerlidir.",
    ),
    "night_of_coffee": (
        "When a member makes a purchase between 20:00 and 02:00 on 1 October 2026, give 3 stars, until 3,000 stars have"
        " been given to all members together, from 1 October 2026, 20:00 until 2 October 2026, 02:00,"
        " expiring 90 days after they are earned, paid for by roastery.",
        "Когато член направи покупка между 20:00 и 02:00 часа на 1 октомври 2026 г., получава 3 звезди, докато на"
        " всички членове заедно бъдат дадени 3000 звезди, от 1 октомври 2026 г., 20:00 до 2 октомври 2026 г., 02:00,"
        " с изтичане 90 дни след получаването, за сметка на roastery.",
        "Bir üye alışveriş yaptığında, gün 1 Ekim 2026 ise ve saat 20:00 ile 02:00 arasında ise, 3 yıldız verilir,"
        " tüm üyelere toplam 3.000 yıldız verilene kadar, 1 Ekim 2026, 20:00 ile 2 Ekim 2026, 02:00 arasında,"
        " kazanıldıktan 90 gün sonra sona erer, bedeli roastery tarafından ödenir.",
    ),
    "tenth_visit": (
        "When a member visits, and it is every 10th visit of the member, give 2 stamps.",
        "Когато член дойде на посещение и това е всяко 10-то посещение на члена, получава 2 печата.",
        "Bir üye ziyarete geldiğinde, bu, üyenin her 10. ziyareti ise, 2 damga verilir.",
    ),
}


@pytest.mark.parametrize("key", RULES)
def test_rules(key):
    (rule,) = [one for one in AURORA.rules if one.key == key]
    assert tuple(sentences.rule(rule, AURORA, language) for language in LANGUAGES) == RULES[key]


def test_units():
    assert [sentences.unit(AURORA.units["points"], AURORA, language) for language in LANGUAGES] == [
        "“points”: earned and spent, expiring 12 months after they are earned, at the end of the month, spendable after"
        " 14 days, 100 points worth 1.00 EUR (85% of them expected to be redeemed), at most 2,000 points per order, at"
        " most 5,000 points a day, with a debt"
        " of at most 10,000 points after returns, purchases can be paid with them (0.90 EUR for every 100 points; at"
        " least 200 points at once; in steps of 10 points; at most 50% of the goods), members can pass them on to each"
        " other (at least 50 points at once; at most 1,000 points a day; at most 3,000 points a month; to the same"
        " member at most 1,000 points a month; the sender pays 2% (rounded down) on top; the receiver accepts within"
        " 14 days).",
        "„точки“: печелят се и се харчат, с изтичане 12 месеца след получаването, в края на месеца, с право на харчене"
        " след 14 дни, 100 точки на стойност 1,00 EUR (очаква се 85% от тях да бъдат използвани),"
        " най-много 2000 точки на поръчка, най-много 5000 точки на ден,"
        " с дълг от най-много 10\u00a0000 точки след връщания, с тях могат да се плащат покупки (0,90 EUR на всеки"
        " 100 точки; поне 200 точки наведнъж; на стъпки от 10 точки; най-много 50% от стоките), членовете могат да си"
        " ги прехвърлят (поне 50 точки наведнъж; най-много 1000 точки на ден; най-много 3000 точки на месец; на един и"
        " същ член най-много 1000 точки на месец; изпращачът плаща отгоре 2% (закръглено надолу); получателят приема"
        " до 14 дни).",
        "“puan”: kazanılır ve harcanır, kazanıldıktan 12 ay sonra, ayın sonunda sona erer, 14 gün sonra harcanabilir,"
        " 100 puan değeri 1,00 EUR (kullanılması beklenen oran %85), sipariş başına en fazla"
        " 2.000 puan, günde en fazla 5.000 puan,"
        " iadelerden sonra borç en fazla 10.000 puan, alışverişler bununla ödenebilir (her 100 puan için 0,90 EUR; bir"
        " kerede en az 200 puan; yalnızca 10 puan ve katları; ürünlerin en fazla %50 kadarı), üyeler birbirine"
        " gönderebilir (bir kerede en az 50 puan; günde en fazla 1.000 puan; ayda en fazla 3.000 puan; aynı üyeye ayda"
        " en fazla 1.000 puan; gönderen ayrıca %2 (aşağı yuvarlanır) öder; alıcı 14 gün içinde kabul eder).",
    ]


def test_what_the_house_itself_tells_is_told_in_words():
    """Rules may answer a rise to a tier, and points that were converted."""
    (rule,) = [one for one in AURORA.rules if one.key == "star_money"]
    told = {language: sentences.rule(rule, AURORA, language) for language in LANGUAGES}
    assert told == {
        "en": "When a member has points converted, and they were stars, give 5 credit.",
        "bg": "Когато член превърне точки и това са били звезди, получава 5 кредит.",
        "tr": "Bir üye puan dönüştürdüğünde, dönüştürülen yıldız ise, 5 bakiye verilir.",
    }
    rise = msgspec.structs.replace(rule, when=("tier_upgraded",), condition=None)
    assert sentences.rule(rise, AURORA, "en") == "When a member rises to a higher tier, give 5 credit."
    for kind in activities.ANSWERED:
        assert all(kind in sentences.tongue(language).kinds for language in LANGUAGES)
    assert "converted as soon as there are 25 stars" in sentences.unit(AURORA.units["stars"], AURORA, "en")


def test_turkish_has_two_letters_for_i():
    tr = sentences.tongue("tr")
    assert [tr.capital(text) for text in ("iade", "ısı", "ad", "")] == ["İade", "Isı", "Ad", ""]
    assert [tr.small(text) for text in ("İptal", "Isı", "Ad", "")] == ["iptal", "ısı", "ad", ""]


# --- grammar that no text holds ---


def test_bulgarian_counts():
    bg = sentences.tongue("bg")
    units = AURORA.units
    assert [bg.points(number, units["stamps"]) for number in (1, 2, 5, 21)] == [
        "1 печат", "2 печата", "5 печата", "21 печата",
    ]  # fmt: skip
    assert [bg.points(number, units["points"]) for number in (1, 2)] == ["1 точка", "2 точки"]
    assert [bg.points(number, units["thanks"]) for number in (10, 25)] == [
        "1 точка за благодарност", "2,5 точки за благодарност",
    ]  # fmt: skip
    assert [bg.counted(number, "piece") for number in (1, 2)] == ["1 брой", "2 броя"]
    assert [bg.times(number) for number in (1, 2, 3)] == ["веднъж", "два пъти", "3 пъти"]
    assert bg.into("вторник") == "във вторник"
    assert bg.into("събота") == "в събота"


def test_ordinals():
    en, bg, tr = (sentences.tongue(language) for language in LANGUAGES)
    told = [en.ordinal(number, {}) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111, 1000)]
    assert told == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th", "1,000th"]
    assert [bg.ordinal(number, {"gender": "f"}) for number in (1, 2, 3, 7, 8, 10, 11, 21, 100)] == (
        ["1-ва", "2-ра", "3-та", "7-ма", "8-ма", "10-та", "11-та", "21-ва", "100-на"]
    )
    assert [bg.ordinal(number, {"gender": gender}) for number, gender in ((1, "m"), (1, "n"), (5, "m"), (17, "n"))] == (
        ["1-ви", "1-во", "5-ти", "17-то"]
    )
    assert tr.ordinal(10, {}) == "10."


def test_english_names_of_units_are_bent():
    en = sentences.tongue("en")
    told = [en.unit_after(name, 1) for name in ("points", "pennies", "bonus", "kisses", "miles", "Punkte")]
    assert told == ["point", "penny", "bonus", "kiss", "mile", "Punkte"]
    assert en.unit_after("points", 2) == "points"


def test_numbers_and_money():
    en, bg, tr = (sentences.tongue(language) for language in LANGUAGES)
    assert [tongue.money(123456789, "EUR") for tongue in (en, bg, tr)] == [
        "1,234,567.89 EUR", "1\u00a0234\u00a0567,89 EUR", "1.234.567,89 EUR",
    ]  # fmt: skip
    assert [tongue.money(1500, "JPY") for tongue in (en, bg, tr)] == ["1,500 JPY", "1500 JPY", "1.500 JPY"]
    assert en.money(1, "KWD") == "0.001 KWD"
    assert [en.number(number, 2) for number in (100, 150, -5)] == ["1", "1.50", "-0.05"]


def test_long_lists_are_counted():
    node = Is("store", frozenset(f"s{number:02}" for number in range(12)))
    assert sentences.condition(node, AURORA, "en") == (
        "the store is s00, s01, s02, s03, s04, s05, s06, s07 or 4 others"
    )


def test_an_unknown_language_is_english():
    assert sentences.tongue("xx").code == "en"
    assert sentences.tongue("bg-BG").code == "bg"


def test_a_day_that_ends_a_sentence_has_one_full_stop():
    (rule,) = [one for one in AURORA.rules if one.key == "vegan"]
    rule = msgspec.structs.replace(rule, during=period.Period(datetime(2026, 11, 1, 22, tzinfo=UTC)), condition=None)
    rule = msgspec.structs.replace(rule, caps=type(rule.caps)(), vesting=Vesting(until=date(2026, 12, 1)))
    rule = msgspec.structs.replace(rule, campaign=False)
    assert sentences.rule(rule, AURORA, "bg").endswith("от 1 декември 2026 г.")


def test_what_is_told_of_the_last_day_has_one_full_stop():
    told = postings.reason("expire", None, sentences.tongue("bg"), last_day=date(2027, 1, 31))
    assert told == "Изтекли: последният им ден беше 31 януари 2027 г."
    assert statements.ended("Wait … and see...") == "Wait … and see..."


@pytest.mark.parametrize(
    ("zone", "end", "until", "since"),
    [
        ("Europe/Sofia", "2026-12-31T22:00:00+00:00", "31 December 2026", "1 January 2027"),
        ("Europe/Sofia", "2026-12-31T12:30:00+00:00", "31 December 2026, 14:30", "31 December 2026, 14:30"),
        ("Europe/Sofia", "2026-12-31T22:00:01+00:00", "1 January 2027, 00:00", "1 January 2027, 00:00"),
        ("Asia/Beirut", "2026-03-28T22:00:00+00:00", "28 March 2026", "29 March 2026"),  # 00:00 does not exist there
        ("America/Havana", "2026-11-01T04:00:00+00:00", "31 October 2026", "1 November 2026"),  # 00:00 comes twice
    ],
)
def test_an_end_is_told_as_its_last_day_and_a_beginning_as_its_first(zone, end, until, since):
    at = datetime.fromisoformat(end)
    tongue = sentences.tongue("en")
    assert (tongue.until(at, ZoneInfo(zone)), tongue.since(at, ZoneInfo(zone))) == (until, since)


def test_quotes_within_quotes_are_others():
    names = {"en": "Café “Aurora”", "bg": "Кафе „Аврора“", "tr": "“Aurora” Kafe"}
    whole = msgspec.structs.replace(AURORA, name=names)
    told = {language: sentences.programme(whole, language)[0] for language in LANGUAGES}
    assert told["en"].startswith("“Café ‘Aurora’” counts")
    assert told["bg"].startswith("„Кафе «Аврора»“ брои")
    assert told["tr"].startswith("“‘Aurora’ Kafe” ")
    lonely = msgspec.structs.replace(AURORA, name={"en": "The 5“ shop"})
    assert sentences.programme(lonely, "en")[0].startswith("“The 5“ shop” counts")


# --- awards ---

GIVEN = {
    "rate": (PerAmount("points", 3, 200), decisions.Share("base", 60, "60", 4000)),
    "rounded": (PerAmount("points", 1, 100), decisions.Share("base", 12, "249/20", 1245)),
    "of_whole": (PerAmount("points", 1, 100), decisions.Share("base", 6, "28/5", 560)),
    "capped": (PerAmount("points", 1, 100), decisions.Share("base", 10, "10", 4000)),
    "pieces": (PerPiece("points", 5, 3), decisions.Share("base", 6, "20/3", 4)),
    "times": (Multiply("points", 3, 2), decisions.Share("base", 20, "20")),
    "table": (Table("points", (Step(2000, 5), Step(5000, 20))), decisions.Share("base", 20, "20", 6500)),
    "fixed": (Fixed("points", 50), decisions.Share("base", 50, "50")),
}
SHARES = {
    "rate": ("3 points for every 2.00 EUR on 40.00 EUR = 60", "3 точки на всеки 2,00 EUR от 40,00 EUR = 60",
             "40,00 EUR için her 2,00 EUR karşılığında 3 puan = 60"),
    "rounded": ("1 point for every 1.00 EUR on 12.45 EUR = 12.45, rounded 12",
                "1 точка на всеки 1,00 EUR от 12,45 EUR = 12,45, закръглено 12",
                "12,45 EUR için her 1,00 EUR karşılığında 1 puan = 12,45, yuvarlanınca 12"),
    "of_whole": ("1 point for every 1.00 EUR on 5.60 EUR = 5.6, 6 of the whole, which is rounded once and shared out",
                 "1 точка на всеки 1,00 EUR от 5,60 EUR = 5,6, 6 от цялото, което се закръглява веднъж и се разпределя",
                 "5,60 EUR için her 1,00 EUR karşılığında 1 puan = 5,6, bir kez yuvarlanıp paylaştırılan bütünden 6"),
    "capped": ("1 point for every 1.00 EUR on 40.00 EUR = 40, limited to 10",
               "1 точка на всеки 1,00 EUR от 40,00 EUR = 40, ограничено до 10",
               "40,00 EUR için her 1,00 EUR karşılığında 1 puan = 40, sınır 10"),
    "pieces": ("5 points for every 3 pieces on 4 pieces = 20/3, rounded 6",
               "5 точки на всеки 3 броя от 4 броя = 20/3, закръглено 6",
               "4 adet için her 3 adet karşılığında 5 puan = 20/3, yuvarlanınca 6"),
    "times": ("times 1.5: 20 more", "по 1,5: още 20", "çarpı 1,5: 20 fazla"),
    "table": ("20 points for 50.00 EUR or more, with 65.00 EUR = 20",
              "20 точки за 50,00 EUR или повече, при 65,00 EUR = 20",
              "65,00 EUR ile 50,00 EUR ve üzeri için 20 puan = 20"),
    "fixed": ("50 points at once = 50", "50 точки наведнъж = 50", "bir defada 50 puan = 50"),
}  # fmt: skip


@pytest.mark.parametrize("case", GIVEN)
def test_the_arithmetic_of_a_share(case):
    effect, share = GIVEN[case]
    rules = tuple(
        msgspec.structs.replace(rule, then=(effect,)) if rule.key == "base" else rule for rule in AURORA.rules
    )
    programme = msgspec.structs.replace(AURORA, rules=rules)
    assert tuple(sentences.share(share, "points", programme, language) for language in LANGUAGES) == SHARES[case]
    assert {type(told[0]) for told in GIVEN.values()} == set(get_args(effects.Effect))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (1999, "5 points for 20.00 EUR or more, with 19.99 EUR = 0"),
        (2000, "5 points for 20.00 EUR or more, with 20.00 EUR = 5"),
        (4999, "5 points for 20.00 EUR or more, with 49.99 EUR = 5"),
        (5000, "20 points for 50.00 EUR or more, with 50.00 EUR = 20"),
    ],
)
def test_the_step_of_a_table_that_is_reached(on, told):
    """Where none is, the first one is told."""
    given = {1999: 0, 5000: 20}.get(on, 5)
    rules = tuple(
        msgspec.structs.replace(rule, then=(Table("points", (Step(2000, 5), Step(5000, 20))),))
        for rule in AURORA.rules[:1]
    )
    whole = msgspec.structs.replace(AURORA, rules=rules)
    assert sentences.share(decisions.Share(rules[0].key, given, str(given), on), "points", whole, "en") == told


def test_a_share_of_a_rule_that_is_gone():
    assert sentences.share(decisions.Share("gone", 5, "5"), "points", AURORA, "en") == "5 points"


def test_reasons():
    silent = decisions.Silent("weekend", "weekday", "/rules/weekend/if/1/weekday")
    assert [sentences.reason(silent, AURORA, language) for language in LANGUAGES] == [
        "“Double points at the weekend” gave nothing: this did not hold: the day is a Saturday or Sunday.",
        "„Двойни точки през уикенда“ не даде нищо: не беше изпълнено, че денят е събота или неделя.",
        "“Hafta sonu çift puan” bir şey vermedi: şu koşul sağlanmadı: gün cumartesi veya pazar ise.",
    ]
    assert sentences.reason(decisions.Silent("weekend", "uses"), AURORA, "en") == (
        "“Double points at the weekend” gave nothing: it has fired as often as it may."
    )


@pytest.mark.parametrize("language", ["en", "bg", "tr"])
def test_the_lines_of_a_rule_are_told_as_such_and_not_by_their_key(language):
    """`lines` is a key of a rule and the word of a condition."""
    rule = next(rule for rule in AURORA.rules if rule.where is not None)
    silent = decisions.Silent(rule.key, "lines", f"/rules/{rule.key}/lines")
    told = sentences.reason(silent, AURORA, language)
    assert "lines" not in told
    assert sentences.tongue(language).texts["silent.lines"] in told


@pytest.mark.parametrize(
    ("told", "english", "turkish"),
    [
        ("vegetarian", "vegetarian", "vejetaryen"),
        ("f", "f", "f"),
        (True, "yes", "evet"),
        (1234, "1,234", "1.234"),
        ("2026-05-01", "1 May 2026", "1 Mayıs 2026"),
        ("2026-05-01T00:00:00Z", "1 May 2026, 03:00", "1 Mayıs 2026, 03:00"),
        ("2026-05-01T00:00:00", "2026-05-01T00:00:00", "2026-05-01T00:00:00"),  # of no zone: nobody knows when
        ("2026-02-31", "2026-02-31", "2026-02-31"),
    ],
)
def test_what_an_attribute_says_is_told_to_people(told, english, turkish):
    assert sentences.value("diet", told, AURORA, "en") == english
    assert sentences.value("diet", told, AURORA, "tr") == turkish
    assert sentences.value("coffee", "vegetarian", AURORA, "tr") == "vegetarian"  # a value of something else


def test_an_attribute_without_a_name_is_spelt_out():
    assert sentences.attribute("favourite_roast", AURORA, "en") == "favourite roast"
    assert sentences.attribute("diet", AURORA, "tr") == "beslenme"

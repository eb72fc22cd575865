"""Names are found however they are written and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import finding, limits


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann Angelova", ("ann", "angelova")),
        ("  ANN   ann ", ("ann",)),
        ("Élodie Müller-Weiß", ("elodie", "muller", "weiss")),
        ("Йордан Иванов", ("iordan", "ivanov")),
        ("ПЕЙО Яворов", ("peio", "iavorov")),
        ("Ѝветка", ("ivetka",)),
        ("Щерьо Гюзелев Цъкчежов", ("shterio", "giuzelev", "tsakchezhov")),
        ("Şükrü Øđæł", ("sukru", "odael")),
        ("Αθηνά", ("αθηνα",)),
        ("İrem IŞIK", ("irem", "isik")),
        ("irem ışık", ("irem", "isik")),
        ("O’Neil, J.", ("o", "neil", "j")),
        ("ﬁona ２", ("fiona", "2")),
        ("…", ()),
    ],
)
def test_words_lose_their_case_and_accents(name, words):
    assert finding.words(name) == words


@pytest.mark.parametrize(
    ("typed", "finds"),
    [("an", True), ("angel", True), ("ann angelova", True), ("ANGELOVA an", True), ("angelova a", False),
     ("ang ann", False), ("angelovan", False), ("nn", False)],
)  # fmt: skip
def test_all_words_are_asked_and_the_last_as_a_beginning(typed, finds):
    asked = finding.asked(typed)
    assert asked and (finding.marks("Ann Angelova") >= set(asked)) is finds


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ивелина Стоянова", "iveLina"), ("Ивелина Стоянова", "stoyanova ivel"), ("Ivelina Stoyanova", "Ивелина ст"),
        ("Şükrü Yılmaz", "sukru"), ("Şükrü Yılmaz", "yilm"), ("Sukru Yilmaz", "ŞÜKRÜ yıl"),
        ("Мария Христова", "maria"), ("Мария Христова", "mariya hr"),
        ("Мария Христова", "mariy"),
        ("Maria Hristova", "Мария Хр"), ("Мариян", "мария"), ("Йоана", "ioana"), ("Йоана", "Yoana"),
        ("Николай", "nikolai"), ("Николай", "Nikolay"), ("Щерю", "shter"), ("Юлия", "Yuliya"), ("Ж", "zh"),
    ],
)  # fmt: skip
def test_names_are_found_in_either_alphabet_as_passports_write_them(name, typed):
    assert (asked := finding.asked(typed)) and finding.marks(name) >= set(asked)


@pytest.mark.parametrize(("name", "typed"), [("Ивелина", "evelina"), ("Шукри", "sukri"), ("Марина", "mariya")])
def test_other_names_are_not(name, typed):
    assert not finding.marks(name) >= set(finding.asked(typed))


@given(st.text("абвгдежзийклмнопрстуфхцчшщъьюя", min_size=2, max_size=14), st.data())
def test_a_beginning_finds_what_begins_so_in_cyrillic_too(name, data):
    typed = name[: data.draw(st.integers(2, len(name)))]
    asked = finding.asked(typed)
    assert finding.marks(name) >= set(asked)


@pytest.mark.parametrize("typed", ["", "a", "a b", "…"])
def test_too_little_asks_for_nobody(typed):
    assert finding.asked(typed) == ()


@given(st.text(max_size=60), st.data())
def test_every_name_is_found_by_each_of_its_words_in_any_order_and_case(name, data):
    words = data.draw(st.permutations(finding.words(name)))
    asked = finding.asked(" ".join(words))
    assert finding.marks(name) >= set(asked)
    for word in words:
        assert finding.marks(name) >= set(finding.asked(word[: max(2, len(word) // 2)]))
    assert finding.marks(finding.words(name) and " ".join(finding.words(name))) == finding.marks(name)


def test_what_one_member_costs_is_bounded():
    name = " ".join("x" * 40 + str(number) for number in range(100))
    most = limits.FOUND_WORDS_MAX * limits.FOUND_LETTERS_MAX
    assert len(finding.marks(name)) <= most

"""Words beside numbers: one of a unit by its name, and ordinals, as each language has them."""

import pytest

from guerdon.core import sentences

WEEK = {"one": "week", "many": "weeks", "gender": "f"}


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("points", "point"), ("berries", "berry"), ("Cherries", "Cherry"), ("cookies", "cookie"), ("ties", "tie"),
        ("Golden Cookies", "Golden Cookie"), ("parties", "party"), ("boxes", "box"), ("kisses", "kiss"),
        ("bus", "bus"), ("miles", "mile"), ("stardust", "stardust"),
    ],
)  # fmt: skip
def test_one_of_an_english_unit(many, one):
    tongue = sentences.tongue("en")
    assert (tongue.unit_after(many, 1), tongue.unit_after(many, 2)) == (one, many)


@pytest.mark.parametrize(
    ("endings", "numbers"),
    [
        (("ви", "ва", "во"), (1, 21, 31, 101, 121)), (("ри", "ра", "ро"), (2, 22, 92, 102)),
        (("ми", "ма", "мо"), (7, 8, 27, 38, 107, 108)), (("ен", "на", "но"), (100, 200)),
        (("ти", "та", "то"), (3, 6, 9, 10, 11, 12, 13, 17, 18, 19, 20, 23, 40, 111, 112, 117, 118)),
    ],
)  # fmt: skip
def test_bulgarian_ordinals(endings, numbers):
    """11, 12, 17 and 18 end as all tens do, and hundreds have an ending of their own."""
    tongue = sentences.tongue("bg")
    for ending, gender in zip(endings, "mfn", strict=True):
        for number in numbers:
            assert tongue.ordinal(number, WEEK | {"gender": gender}) == f"{number}-{ending}"

"""What a programme is asked for: units, causes, offers and facts by their keys."""

import pytest

from guerdon.core import sentences
from guerdon.core.errors import Refusal
from guerdon.core.grammar import programmes as grammar
from guerdon.core.programme import FactSchema
from tests.core.test_told_sentences import read

PRICE = {"prices": [{"points": {"points": 5}}], "name": {"en": "x"}}
WHOLE = read({
    "causes": {"trees": {"name": {"en": "Trees"}}},
    "vouchers": {"v": {"name": {"en": "V"}, "amount": 1}, "p": {"name": {"en": "P"}, "percent": 5}},
    "rewards": {
        "off": {"kind": "money_off", "amount": 5, **PRICE}, "named": {"kind": "money_off", "voucher": "v", **PRICE},
        "mug": {"kind": "merchandise", **PRICE}, "part": {"kind": "percent_off", "percent": 5, "amount": 3, **PRICE},
    },
})  # fmt: skip


def test_what_is_there_is_found_by_its_key():
    assert WHOLE.unit("points").code == "points" and WHOLE.cause("trees").name == {"en": "Trees"}
    for ask, code in ((WHOLE.unit, "unit_unknown"), (WHOLE.cause, "cause_unknown")):
        with pytest.raises(Refusal, match=code):
            ask("moon")


def test_which_voucher_a_code_is_worth():
    own = WHOLE.rewards["off"].own_voucher
    assert WHOLE.offer("v") == WHOLE.vouchers["v"] and WHOLE.offer(own.key) == own and own.amount == 500
    assert WHOLE.offer("moon") is None and WHOLE.offer(own.key + "x") is None
    part = WHOLE.rewards["part"].own_voucher
    assert (part.percent, part.amount, part.amount_max) == (500, None, 300)


def test_which_voucher_a_reward_gives():
    given = {key: WHOLE.given_by(one) for key, one in WHOLE.rewards.items()}
    assert (
        given["off"] == WHOLE.rewards["off"].own_voucher
        and given["named"] == WHOLE.vouchers["v"]
        and given["mug"] is None
    )


@pytest.mark.parametrize(
    ("schema", "value", "wrong"),
    [
        (FactSchema("integer", min=2, max=5), 2, None), (FactSchema("integer", min=2, max=5), 5, None),
        (FactSchema("integer", min=2, max=5), 1, "out_of_range"),
        (FactSchema("integer", min=2, max=5), 6, "out_of_range"),
        (FactSchema("integer", min=2), 99, None), (FactSchema("integer", max=5), -9, None),
        (FactSchema("integer"), True, "not_integer"),
        (FactSchema("boolean"), 1, "not_boolean"), (FactSchema("boolean"), False, None),
        (FactSchema("text"), 5, "not_text"),
        (FactSchema("text", choices=("a", "b")), "b", None),
        (FactSchema("text", choices=("a", "b")), "c", "not_a_choice"),
    ],
)  # fmt: skip
def test_what_a_fact_may_be(schema, value, wrong):
    assert schema.wrong(value) == wrong


def test_thresholds_are_told_in_what_the_ladder_counts():
    level = {"silver": {"name": {"en": "Silver"}, "from": 1}}
    for basis, told in (
        ({"spend": True}, "5.00 EUR"),
        ({"points": "points"}, "500 points"),
        ({"visits": ["visit"]}, "500 times"),
    ):
        whole = read({"tiers": {"x": {"name": {"en": "X"}, "basis": basis, "levels": level}}})
        assert sentences.threshold(500, whole.tiers[0], whole, "en") == told


@pytest.mark.parametrize("logo", [5, True, [], None])
def test_a_logo_is_a_text(logo):
    document = grammar.write(read({})) | {"brand": {"colour": "#7c3f1d", "accent": "#0f766e", "logo": logo}}
    assert [(one.path, one.reason) for one in grammar.read(document).problems] == [("/brand/logo", "wrong_type")]

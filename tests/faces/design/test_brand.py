"""Whatever colours a brand has, everything written in them can be read, on light and on dark pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guerdon.faces.design import assets, brand, colours
from guerdon.faces.design.colours import Colour

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)


@given(COLOURS, st.sampled_from([brand.LIGHT, brand.DARK]))
def test_every_pair_of_a_tone_can_be_read(colour, surface):
    tone = brand.tone(colour, surface)
    assert colours.contrast(tone.ink, tone.fill) >= brand.READABLE
    assert colours.contrast(tone.ink, tone.deep) >= colours.contrast(tone.ink, tone.fill)  # all along a gradient
    assert colours.contrast(tone.tint_ink, tone.tint) >= brand.READABLE
    assert min(colours.contrast(tone.text, one) for one in surface) >= brand.READABLE
    assert min(colours.contrast(tone.fill, one) for one in surface) >= brand.VISIBLE


@given(COLOURS)
def test_a_colour_comes_back_from_oklch(colour):
    back = colours.from_oklch(colours.to_oklch(colour))
    assert max(abs(one - other) for one, other in zip(colour, back, strict=True)) <= 1


def test_contrast_is_the_one_of_the_standard():
    """WCAG 2.2: black on white is 21; the grey #767676 is the lightest that can be read on white."""
    assert colours.contrast(colours.BLACK, colours.WHITE) == pytest.approx(21)
    assert colours.contrast(colours.read("767676"), colours.WHITE) >= 4.5
    assert colours.contrast(colours.read("777777"), colours.WHITE) < 4.5


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert brand.tone(colours.read("0b6e4f"), brand.LIGHT).text.hex == "#0b6e4f"


@given(st.builds(brand.Brand, COLOURS, COLOURS, st.sampled_from(brand.SHAPES)))
def test_a_brand_is_its_address(one):
    assert brand.read(one.name) == one


@pytest.mark.parametrize("wrong", ["", "0b6e4f", "0b6e4f-c2410c-oval", "0b6e4g-c2410c-soft", "0b6e4f-c2410c-soft;}"])
def test_no_other_address_is_a_brand(wrong):
    with pytest.raises(ValueError, match=r".+"):
        brand.read(wrong)


def _tokens():
    """The neutral pairs of the style sheet, light and dark."""
    sheet = (assets.ROOT / "guerdon.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", sheet)
    return {name: (colours.read(light), colours.read(dark)) for name, light, dark in found}


@pytest.mark.parametrize("ink", ["ink", "soft-ink", "good", "warn", "bad"])
@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_neutral_words_can_be_read_wherever_they_stand(ink, mode):
    tokens = _tokens()
    grounds = ["page", "card", "raised"] + ([f"{ink}-tint"] if f"{ink}-tint" in tokens else [])
    for ground in grounds:
        assert colours.contrast(tokens[ink][mode], tokens[ground][mode]) >= brand.READABLE, ground


def test_the_surfaces_of_brands_are_those_of_the_style_sheet():
    tokens = _tokens()
    assert [tokens[name][0] for name in brand.Surface._fields] == list(brand.LIGHT)
    assert [tokens[name][1] for name in brand.Surface._fields] == list(brand.DARK)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_the_edge_of_what_is_filled_in_is_seen(mode):
    tokens = _tokens()
    assert all(colours.contrast(tokens["edge"][mode], tokens[one][mode]) >= brand.VISIBLE for one in ("page", "card"))

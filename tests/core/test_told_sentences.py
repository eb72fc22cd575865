"""What each part of a programme is told as: `told.txt` changes a plain café piece by piece and has every sentence.

`+` is told that was not, `-` was told and is not, `~` is the difference; a sentence of something whole that is new is
told as it is, and stands only once.
"""

import re
from pathlib import Path

import pytest

from guerdon.core import differences, sentences
from guerdon.core.grammar import programmes as grammar
from guerdon.features.programmes import documents

PLAIN = documents.read("""
programme: cafe
name: {en: Café Aurora}
zone: Europe/Sofia
currency: EUR
languages: [en]
units:
  points: {kind: redeemable, name: {en: points}, expires: never}
  credit: {kind: money, name: {en: credit}, scale: 2, expires: never}
rules:
  base: {name: {en: Base}, when: purchase, then: [{points: {unit: points, give: 1, per: 1.00}}]}
""").document
OPEN = ("units", "rules", "points", "base")  # what is changed in part; everything else is said whole
SAID = [
    "“Café Aurora” counts in EUR; its days begin and end at midnight in Europe/Sofia.",
    "“points”: earned and spent, never expiring, spendable at once.",
    "“credit”: stored money, never expiring, spendable at once.",
    "The points of an order are rounded down once, at the end.",
    "Several multipliers multiply each other.",
    "What is paid with a gift card or points earns nothing.",
    "Points of a return that are already spent are owed, and repaid by the next ones.",
    "When a member makes a purchase, give 1 point for every 1.00 EUR spent.",
]


def merged(whole, change):
    inside = {key: merged(whole.get(key, {}), part) for key, part in change.items() if key in OPEN}
    return {**whole, **change, **inside}


def read(change):
    reading = grammar.read(merged(PLAIN, change))
    assert reading.programme is not None, reading.errors
    return reading.programme


def cases():
    """Each block: its name, what is changed, and the lines of each sign."""
    for block in (Path(__file__).parent / "told.txt").read_text("utf-8").split("\n\n"):
        name, *lines = block.strip().splitlines()
        signed = {sign: [line[2:] for line in lines if line.startswith(f"{sign} ")] for sign in "+-~"}
        change = "\n".join(line for line in lines if line[:2] not in ("+ ", "- ", "~ "))
        yield pytest.param(documents.read(change).document, signed, id=name.removeprefix("# ").replace(" ", "_"))


def test_a_plain_programme_says_nothing_more():
    assert sentences.programme(read({}), "en") == SAID


@pytest.mark.parametrize(("change", "signed"), cases())
def test_what_is_said_is_told(change, signed):
    told = sentences.programme(read(change), "en")
    assert [one for one in told if one not in SAID] == signed["+"]
    assert [one for one in SAID if one not in told] == signed["-"]


@pytest.mark.parametrize(("change", "signed"), cases())
def test_what_changed_is_told_there_and_back(change, signed):
    before, after = read({}), read(change)
    there, back = differences.between(before, after, "en"), differences.between(after, before, "en")
    # What is new is told by its own sentences, of which `+` has each.
    assert [one for one in there if not any(told in one for told in signed["+"])] == signed["~"]
    turns = re.compile(r"now (.*) \(was: (.*)\)\.\Z")
    turned = [turns.sub(r"now \2 (was: \1).", one).replace(" is new", " is gone") for one in there if turns.search(one)]
    assert [one for one in back if turns.search(one)] == turned
    assert [one.replace(" is gone", " is new") for one in back if " is gone" in one] == [
        one for one in there if " is new" in one
    ]

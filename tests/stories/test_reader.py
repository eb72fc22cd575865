"""The reader of stories names the line and what could stand there; a story that is not true fails where it lies."""

import pytest

from tests.stories import reader, teller
from tests.stories.pure.world import PureWorld
from tests.stories.story import StoryError

RULES = """programme:
  rules:
    base:
      when: purchase
      then:
        - points: {unit: points, give: 1, per: 1.00}
"""
HEAD = f"A story\n\nSome prose.\n\nShows: LAW 3.5d\n\n{RULES}\n"  # thirteen lines
STEPS = "2026-01-05 Ann buys 40.00\n→ 40 points: base 40\n"


def test_a_story_is_read():
    story = reader.parse("a.txt", HEAD + STEPS)
    assert (story.title, story.prose, story.shows) == ("A story", "Some prose.", ("3.5d",))
    assert [step.line for step in story.steps] == [14]
    assert [person.name for person in story.people] == ["Ann"]
    teller.tell(story, PureWorld())


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "begins with its title"),
        ("A title.\n", 1, "without a full stop"),
        ("A story\n\nprose\n" + RULES, 4, "must stand which sentences of the law"),
        (HEAD.replace("LAW 3.5d", "the law"), 5, "Shows: LAW 3.5d, 5.7"),
        (HEAD.replace("programme:", "program:"), 7, "comes “programme:”"),
        (HEAD.replace("when: purchase", "when: purchse") + STEPS, 10, "purchse"),
        (HEAD.replace("give: 1", "give: 1, giv: 2") + STEPS, 12, "giv"),
        (HEAD.replace("  rules:", "  rules: [") + STEPS, 10, "not YAML"),
        (HEAD, 14, "nothing happens"),
        (HEAD + "2026-01-05 Ann buys 40.00\n", 15, "claims nothing"),
        (HEAD + "→ 40 points\n", 14, "needs a step"),
        (HEAD + "Ann buys 40.00\n", 14, "begins with a day"),
        (HEAD + "& Ann buys 40.00\n", 14, "joins the step before"),
        (HEAD + "2026-02-30 Ann buys 40.00\n", 14, "no such moment"),
        (HEAD + "2026-01-05 Ann dances\n", 14, "nobody can do “Ann dances”"),
        (HEAD + "2026-01-05 Ann buys 40.00 with\n→ nothing\n2026-01-04 look\n", 16, "never goes back in time"),
        (HEAD + "2026-01-05 Ann buys 40.00 yesterday\n", 14, "“yesterday” is unexpected"),
        (HEAD + "2026-01-05 Ann buys\n  espresso 2.50\n", 15, "a line of a basket is like"),
        (HEAD + "2026-01-05 look\n  - espresso 2.50\n", 15, "follow somebody who buys"),
        (HEAD + STEPS + "→ forty points\n", 16, "can't be claimed"),
        (HEAD + "Members: Ann, gold\n" + STEPS, 14, "“gold” says nothing of Ann"),
        (
            HEAD.replace("programme:", "programme:\n  zone: Europe/Sofia") + "2026-03-29 03:30 look\n",
            15,
            "no such moment",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line(text, line, told):
    with pytest.raises(StoryError, match=r".") as problem:
        reader.parse("a.txt", text)
    assert problem.value.line == line, problem.value
    assert told in problem.value.problem


@pytest.mark.parametrize(
    ("steps", "line", "told"),
    [
        (STEPS.replace("→ 40", "→ 41"), 15, "instead of"),
        (STEPS.replace("base 40", "base 39, bonus 1"), 15, "base"),
        (STEPS + "→ Ann has 39 points\n", 16, "available=40"),
        (STEPS + "→ Ann has 40 points, 1 owed\n", 16, "debt=0"),
        (STEPS + "→ Ann has 40 stars\n", 16, "no unit “stars”"),
        (STEPS + "→ Ann's points: 40 until 2027-01-05\n", 16, "40 for ever"),
        (STEPS + "→ Ann's statement of points: +40 burn\n", 16, "earn"),
        (STEPS + "→ known already\n", 16, "False"),
        (STEPS + "→ refused: member_unknown\n", 16, "not refused"),
        (STEPS + "→ capped: rule base at 40 per hour\n", 16, "no window “hour”"),
        (STEPS + "2026-01-06 Ann spends 41 points\n", 16, "insufficient_points"),
        (STEPS + "2026-01-06 Ann returns nothing-known\n", 16, "parked: purchase_missing"),
        (STEPS + "2026-01-06 night\n→ 40 points expire\n", 17, "0 instead of 40"),
        (STEPS + "& Ann buys 40.00 as line-14\n", 16, "known already"),
        (STEPS.replace("→ 40 points: base 40", "→ nothing"), 15, "Award"),
    ],
)
def test_what_is_not_true_fails_where_it_lies(steps, line, told):
    rules = HEAD.replace("programme:", "programme:\n  units: {points: {expires: never}}").replace("Some prose.\n", "")
    story = reader.parse("a.txt", rules + steps)
    with pytest.raises(StoryError) as problem:
        teller.tell(story, PureWorld())
    assert problem.value.line == line, problem.value
    assert told in problem.value.problem


MUG = """A story

Shows: LAW 8.1a

programme:
  rewards:
    mug: {prices: [{points: {points: 40}, money: 1.00}], stocked: whole}

2026-01-05 9 mug come in
2026-01-05 Emil gives Ann 50 points because of a mistake
2026-01-06 Ann redeems mug as R1
"""


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("2.00 to pay", "100 instead of 200"),
        ("R1 stands fulfilled", "confirmed"),
        ("R1 stands confirmed until 2026-01-07", "None"),
        ("R2 stands confirmed", "no redemption “R2”"),
        ("9 mug are left", "8 instead of 9"),
        ("any number of mug are left", "8 instead of None"),
        ("Ann can have mug", "(False, None)"),
        ("Ann can't have mug: out_of_stock", "(False, None)"),
        ("Ann lacks 29 points for mug", "30 instead of 29"),
        ("Ann lacks no points for mug", "30 instead of 0"),
        ("mug begins for Ann on 2026-01-05", "None instead of"),
    ],
)
def test_what_is_not_true_of_rewards_fails_too(claim, told):
    teller.tell(reader.parse("a.txt", MUG + "→ 1.00 to pay\n"), PureWorld())
    with pytest.raises(StoryError) as problem:
        teller.tell(reader.parse("a.txt", f"{MUG}→ {claim}\n"), PureWorld())
    assert problem.value.line == 12, problem.value
    assert told in problem.value.problem


WALLET = """A story

Shows: LAW 8.4a

programme:
  zone: UTC
  units:
    credit: {kind: money, scale: 2, expires: {rolling: {days: 30}}}
  gift_cards: {unit: credit}
  vouchers:
    five: {amount: 5.00, uses: 2, valid_days: 30}
  plans:
    club: {prices: {EUR: 12.00}, period: {months: 1}, trial_days: 14}
  rules: {}

2026-01-05 Ann is given the voucher five as V1
2026-01-05 Ann buys a gift card of 25.00
2026-01-05 Ben joins club and pays
2026-01-05 Cleo joins club
2026-01-05 Ann uses V1
  - cake 4.00
"""


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("3.99 off", "400 instead of 399"),
        ("4.00 off: 4.00 of line 2", "4.00 of line 1"),
        ("1 voucher five", "0, None"),
        ("no code is left for five", "None instead of"),
        ("1 code is left for five", "0 instead of 1"),
        ("Ann's voucher five is used", "'active' instead of"),
        ("the code V1 is active, used 0 of 2", "1, 2"),
        ("24.99 on Ann's card", "2500 instead of 2499"),
        ("the card: 25.00 for ever", "until 2026-02-04"),
        ("25.00 on Ben's card", "no card “Ben's card”"),
        ("Cleo is asked 12.00", "None instead of 1200"),
        ("Ann is asked 12.00", "never joined a plan"),
        ("1.00 given back", "0 instead of 100"),
        ("Ben is in no plan: ended", "'club'"),
        ("Ben is in gold", "'club'"),
        ("Ben is in club until 2026-02-05", "2026-02-04"),
        ("Ben is in club until 2026-02-04, cancelled", "'active'"),
        ("Cleo is in club until 2026-01-19", "'trial'"),
        ("Ben's periods: 1 of club from 2026-01-05 for ever", "until 2026-02-04"),
        ("club is worth 0.00 to Ben, 144.00 more than it costs", "-14400"),
    ],
)
def test_what_is_not_true_of_vouchers_cards_and_memberships_fails_too(claim, told):
    teller.tell(reader.parse("a.txt", WALLET + "→ 4.00 off: 4.00 of line 1\n→ Ben is in club\n"), PureWorld())
    with pytest.raises(StoryError) as problem:
        teller.tell(reader.parse("a.txt", f"{WALLET}→ {claim}\n"), PureWorld())
    assert problem.value.line == 22, problem.value
    assert told in problem.value.problem


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("Ben pauses gold", "Ben has club, not gold"),
        ("Ann pays it", "Ann has never joined a plan"),
        ("Ann pays 1.00 by C9", "no card “C9”"),
        ("Ann rolls U9 back", "nothing is called “U9”"),
    ],
)
def test_what_there_is_not_can_not_be_used(deed, told):
    with pytest.raises(StoryError) as problem:
        teller.tell(reader.parse("a.txt", f"{WALLET}2026-01-06 {deed}\n→ nothing\n"), PureWorld())
    assert (problem.value.line, told in problem.value.problem) == (22, True), problem.value

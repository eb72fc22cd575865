"""The sentences of the law that stories must show, LAW 2–9: where each begins, and what proves those that no story can.

`5.4b` is the second sentence of 5.4; an item of one sentence is cited as it is: `5.7`. The words stand in
`docs/reference/law.md`; here are the first ones of each sentence, so that a changed law asks for its stories.
"""

import re
from collections.abc import Collection
from pathlib import Path
from string import ascii_lowercase
from typing import Final

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "law.md"
SECTIONS: Final = ("2", "3", "4", "5", "6", "7", "8", "9")
INVARIANTS: Final = "10"  # whole items, which `guerdon verify` proves; some have stories, too

BEGINNINGS: Final[dict[str, tuple[str, ...]]] = {
    "2.1": ("The natural key",),
    "2.2": (
        "`Idempotency-Key` (1–255", "Same key and same body:", "Same key, another body:", "The key and its effect",
        "Validation failures", "Scope:",
    ),
    "2.3": ("A return that arrives before", "the end state", "An activity for an unknown member"),
    "2.4": ("Rules are those in force", "Corrections of a closed", "An activity from the future"),
    "2.5": ("Every write answers",),
    "3.1": ("Eligible amount:", "without tax", "Tenders that earn nothing"),
    "3.2": ("Rates are rational", "Foreign money is converted", "A missing rate parks", "Currencies have"),
    "3.3": ("One **floor per order**", "The result is attributed", "what a return takes back"),
    "3.4": ("Stacking:", "Exclusivity groups"),
    "3.5": (
        "Caps and budgets", "Per order, per member", "A budget is never overshot", "A return reopens no cap",
        "a cancelled redemption",
    ),
    "3.6": ("Spending more",),
    "3.7": ("An order that crosses", "preview, booking"),
    "3.8": ("The answer explains itself", "so do rules that did not fire"),
    "3.9": ("`dry_run=true` takes",),
    "4.1": ("A return refers", "It uses the **stored**", "A return without lines", "returning more than"),
    "4.2": ("Cumulative-floor:", "So any slicing", "a full return"),
    "4.3": (
        "Points already spent:", "A claw-back takes first", "what of them already expired", "then other available",
        "Held points and other", "Debt is repaid first", "Debt never switches",
    ),
    "4.4": ("Split tender:", "Points go back"),
    "4.5": ("Bonuses tied", "A tier upgrade bonus"),
    "5.1": (
        "`expires_at` is exclusive", "Policies:", "Month arithmetic", "a missing day", "a midnight that does not exist",
        "one that occurs twice", "Ambiguous or non-existent",
    ),
    "5.2": ("Spending takes lots", "Every answer"),
    "5.3": ("Pending: none", "until a date", "or until a named activity"),
    "5.4": (
        "A hold reserves", "Capture (whole or part)", "what is released", "One terminal state", "An hour is",
        "When its time to live", "A capture ends",
    ),
    "5.5": ("A cancelled burn", "expired lots stay", "Cancelling twice"),
    "5.6": ("Backdated awards", "an award that is not late"),
    "5.7": ("Reminders before",),
    "6.1": ("A transfer between", "never counts", "and cannot extend", "Limits per day", "a fee is"),
    "6.2": ("A household", "each posting still", "leaving keeps"),
    "6.3": (
        "Merging B into A: lots keep", "counters add", "consents become", "the tier is", "A merge can be undone",
        "later activity stays", "Parallel", "Repeating",
    ),
    "6.4": ("Manual adjustments", "above a threshold", "nobody approves"),
    "7.1": ("Basis:", "Window:", "Spend is", "the rolling window"),
    "7.2": ("Upgrades are", "Downgrades happen", "A tier is never", "Review dates:"),
    "7.3": ("A return that drops", "Points already earned", "An upgrade bonus"),
    "7.4": ("Intervals of", "the tier at any"),
    "7.5": ("The member can",),
    "7.6": ("Status match",),
    "8.1": ("Burning checks", "All or nothing", "the loser of a race"),
    "8.2": ("A redemption is", "or `cancelled`"),
    "8.3": ("Codes have", "unknown, used and expired", "guessing is counted"),
    "8.4": ("Uses never exceed", "A gift card never", "a partial use", "a rollback"),
    "8.5": ("Reward kinds:", "mystery"),
    "9.1": ("Random rewards", "and are paid from"),
    "9.2": ("A draw is reproducible", "a retry", "When a prize"),
    "9.3": ("Daily caps", "a free way", "no near-miss", "an off switch"),
}  # fmt: skip

# What has to do with addresses, crashes and rivals, or with the words of programme files: the tests that prove it.
KEYS: Final = "tests/faces/api/test_idempotency.py::"
ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    "2.2a": (KEYS + "test_what_a_key_may_be",),
    "2.2b": (KEYS + "test_the_same_key_answers_the_same",),
    "2.2c": (KEYS + "test_another_body_is_refused_and_nothing_written",),
    "2.2d": (
        "tests/faces/test_server.py::test_what_was_acknowledged_is_there",
        "tests/races/test_processes.py::test_a_process_killed_while_it_writes_loses_and_doubles_nothing",
        KEYS + "test_a_batch_that_died_after_taking_its_key_is_recorded_when_told_again",
    ),
    "2.2e": (
        KEYS + "test_a_malformed_request_does_not_burn_the_key",
        KEYS + "test_a_business_refusal_is_the_answer_for_ever",
    ),
    "2.2f": (KEYS + "test_a_key_belongs_to_its_route_and_its_credential",),
    "2.5": ("tests/faces/api/test_activities.py::test_a_purchase_becomes_points",),
    "3.5c": (
        "tests/races/test_threads.py::test_a_budget_is_never_overshot",
        "tests/races/test_processes.py::test_the_last_points_of_a_budget_between_processes",
    ),
    "3.8b": ("tests/faces/api/test_activities.py::test_every_silent_rule_is_told_in_a_sentence_of_the_language",),
    "5.1g": ("tests/core/test_period.py::test_a_doubtful_wall_time_is_refused_never_guessed",),
    "5.4d": ("tests/races/test_holds.py::test_of_capture_and_release_one_wins",),
    "6.3g": ("tests/races/test_merges.py::test_each_into_the_other_one_wins",),
    "8.1c": (
        "tests/races/test_redemptions.py::test_the_last_pieces_are_had_once",
        "tests/races/test_redemptions.py::test_points_are_spent_once",
    ),
    "8.3a": (
        "tests/core/test_codes.py::test_has_the_bits_the_law_asks_for",
        "tests/core/test_codes.py::test_one_wrong_letter_is_noticed",
    ),
    "8.3b": ("tests/faces/api/test_vouchers.py::test_to_the_public_all_that_cannot_be_used_is_alike",),
    "8.3c": (
        "tests/faces/api/test_vouchers.py::test_whoever_guesses_too_often_must_wait",
        "tests/races/test_vouchers.py::test_no_more_wrong_codes_are_answered_than_may_be",
    ),
    "8.4a": (
        "tests/races/test_vouchers.py::test_a_code_is_used_as_often_as_it_may",
        "tests/races/test_vouchers.py::test_a_member_uses_no_more_than_may_be",
    ),
    "8.4b": ("tests/races/test_cards.py::test_a_card_never_goes_below_zero",),
    "9.1b": ("tests/races/test_draws.py::test_a_budget_of_chance_is_never_overshot",),
    "9.2a": ("tests/faces/api/test_draws.py::test_a_draw_can_be_made_again_with_what_the_api_tells",),
    "9.3c": ("tests/faces/api/test_draws.py::test_an_answer_tells_the_prize_and_nothing_that_was_near",),
    "8.4d": ("tests/races/test_vouchers.py::test_a_rollback_restores_once",),
}
# What is not built yet. Whoever builds it tells its story and takes it off this list.
TO_COME: Final[dict[str, str]] = {}


def items(sections: Collection[str] = SECTIONS) -> dict[str, str]:
    """The numbered items of LAW 2–9, or of other sections, as the page has them, each in one line."""
    found: dict[str, str] = {}
    section = item = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            section, item = heading[1], ""
        elif section in sections and (numbered := re.match(r"(\d+)\. ", line)):
            item = f"{section}.{numbered[1]}"
            found[item] = line[numbered.end() :].strip()
        elif section in sections and item and line.strip():
            found[item] += " " + line.strip()
    return found


def cut(text: str, beginnings: tuple[str, ...]) -> list[str]:
    """The sentences of an item. Raises ValueError where one does not begin so."""
    places = [0]
    for words in beginnings:
        place = text.find(words, places[-1])
        if place < 0 or (len(places) == 1 and place > 0):
            raise ValueError(f"no sentence begins with “{words}” here any more: {text}")
        places.append(place)
    return [text[start:end].strip() for start, end in zip(places[1:], [*places[2:], len(text)], strict=True)]


def names(item: str) -> list[str]:
    """How the sentences of an item are cited."""
    many = len(BEGINNINGS[item]) > 1
    return [item + letter * many for letter, _ in zip(ascii_lowercase, BEGINNINGS[item], strict=False)]


def sentences() -> dict[str, str]:
    """Every sentence of LAW 2–9 by how it is cited."""
    found: dict[str, str] = {}
    for item, text in items().items():
        found |= dict(zip(names(item), cut(text, BEGINNINGS[item]), strict=True))
    return found

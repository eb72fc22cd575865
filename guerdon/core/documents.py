"""Plain documents: what a programme file holds once it is read, and what can be wrong with it."""

from typing import Final, Literal, TypeAlias

import msgspec

# What YAML and JSON share, without floats: a number with decimals travels as exact text.
Document: TypeAlias = "bool | int | str | list[Document] | dict[str, Document] | None"
Mapping: TypeAlias = "dict[str, Document]"
Severity = Literal["error", "warning"]

# Every reason a programme file can be refused (or doubted) for; the docs print this table.
REASONS: Final = {
    "wrong_type": "The value has another type than this place expects.",
    "unknown_key": "This place has no such key.",
    "missing_key": "A key that this place needs is not there.",
    "one_key": "A condition or an effect is a mapping with exactly one key.",
    "empty": "A list, a mapping or a text is empty where something must stand.",
    "too_many": "There are more entries than the limit.",
    "too_long": "The text is longer than the limit.",
    "too_deep": "The tree is deeper than the limit.",
    "too_small": "The number is smaller than the smallest possible one.",
    "too_large": "The number is larger than the largest possible one.",
    "too_many_decimals": "The number has more decimals than its currency or unit.",
    "not_a_number": "The text cannot be read as an exact decimal number.",
    "not_a_date": "The text is not a calendar day, YYYY-MM-DD.",
    "not_a_time": "The text is not a time of day, HH:MM.",
    "not_a_colour": "The text is no colour of six hexadecimal digits.",
    "not_a_hash": "The text is not the SHA-256 of a picture.",
    "not_a_moment": "The text is neither a day nor a local date and time.",
    "time_missing": "The local time does not exist in the programme's zone.",
    "time_ambiguous": "The local time occurs twice in the programme's zone.",
    "unknown_word": "The word is none of those possible here.",
    "bad_key": "The key has characters that keys may not have.",
    "bad_text": "The text has control characters or broken Unicode.",
    "duplicate": "The same entry stands twice.",
    "zone_unknown": "There is no such IANA time zone.",
    "country_unknown": "There is no such country, by its ISO 3166 code.",
    "currency_unknown": "There is no such currency, or the programme does not take it.",
    "language_missing": "A name is missing in a language that the programme declares.",
    "language_unknown": "A name is given in a language that the programme does not declare.",
    "unit_unknown": "The programme has no such unit.",
    "kind_unknown": "The programme knows no such kind of activity.",
    "kind_reserved": "The house itself uses this kind; rules and files may not.",
    "fact_unknown": "The kind of activity has no such fact.",
    "fact_type": "The fact has another type than the values it is compared with.",
    "needs_one": "At least one of several keys must be there.",
    "either_or": "Only one of several keys may be there.",
    "window_empty": "The window ends before it begins, so it holds nothing.",
    "never_holds": "The condition can never be true.",
    "never_earns": "The effect can never give anything.",
    "earns_less": "A member who spends more would earn less (the law, 3.6).",
    "several_units": "A cap or a budget needs a rule that gives one unit only.",
    "slides_together": "Points that slide move all together; a rule cannot give its own another life.",
    "activity_missing": "An end of waiting is said, but no activity that is waited for.",
    "cancel_missing": "Points that wait for an activity need a day on which they are cancelled.",
    "not_ascending": "A tier asks no more than the one before it.",
    "invited_or_earned": "A tier is reached from some amount on, or by invitation only: one of them, not both.",
    "benefit_number": "A benefit has the number that its kind asks for, and no other.",
    "tier_unknown": "No ladder has such a tier.",
    "place_unknown": "A ready answer asks for something that nobody can fill in.",
    "plan_unknown": "The programme has no such plan of a membership.",
    "no_one_membership": "A ladder of membership years can't be climbed by households.",
    "percent_missing": "The most that a percentage takes off is said, but no percentage.",
    "not_of_goods": "Goods are chosen for what takes nothing off goods.",
    "not_a_pool": "Something is said of a pool of codes where there is none.",
    "vouchers_ungrouped": "A rule that gives a voucher is in a group, which compares points.",
    "no_points": "A bound of points stands where none are given.",
    "voucher_unknown": "The programme has no such voucher.",
    "voucher_unfit": "A reward names a voucher that gives something else than its kind.",
    "no_gift_cards": "A reward gives a gift card, and the programme has none.",
    "unit_not_money": "Gift cards are kept in a unit that is no money with the decimals of the currency.",
    "never_spent": "Points that are only counted can't pay for anything, nor become anything else.",
    "kind_incomplete": "A reward lacks what its kind is about.",
    "kind_without": "A reward says something that its kind has not.",
    "category_unnamed": "A reward stands in a category that has no name.",
    "bad_link": "A link is no address of a page that begins with https://.",
    "price_missing": "A price asks for nothing, and does not say that it is free.",
    "free_unlimited": "Money is given away for nothing, as often as anybody likes.",
    "no_beginning": "Nobody can be earlier where there is no beginning.",
    "no_options": "Pieces are to be counted by options, and there are none.",
    "no_cost": "A budget is set for what costs nothing.",
    "no_free_entry": "Draws are paid for, and there is no free way to have one.",
    "prize_unknown": "A mystery names a prize that is no reward of the programme.",
    "prize_unfit": "A prize asks for something that who draws it has not said.",
    "fallback_unfit": "The fallback of a mystery must always be there, and can run out or end.",
    "not_of_a_member": "A reward asks for something that only a purchase has.",
    "converts_to_nothing": "Points are converted, but no rule gives anything for them.",
    "converts_again": "What points are converted to is converted itself.",
    "never_confirmed": "Points that wait for an activity are given for something that no activity can confirm.",
    "too_many_combinations": "The exclusivity groups have too many combinations to try.",
    "validity_missing": "The points would expire at once.",
    "choices_misplaced": "Bounds or choices are given that do not fit the type of the fact.",
    "nothing_to_multiply": "No rule gives points that this multiplier could multiply.",
    "kind_never_matches": "The rule's own triggers exclude this condition.",
    "unit_not_spendable": "Points of this kind of unit cannot be spent, so this says nothing.",
    "unit_never_given": "No rule gives this unit.",
    "no_campaigns": "Members are held out of campaigns, and no rule is one.",
    "too_many_problems": "There are more problems than are told at once.",
    # Reasons of the text itself, before it is a document.
    "not_utf8": "The file is not UTF-8 text.",
    "too_big": "The file is larger than the limit.",
    "empty_file": "The file holds no programme.",
    "bad_character": "The file holds a control character.",
    "yaml_syntax": "The text is not YAML.",
    "yaml_duplicate": "The same key stands twice in one mapping.",
    "yaml_alias": "Anchors and aliases are not allowed.",
    "yaml_tag": "Tags are not allowed.",
    "yaml_key": "A key is not plain text.",
    "yaml_several": "The file holds more than one document.",
}
PROBLEMS_MAX: Final = 200  # no more are told of one document
STEP_CHARS_MAX: Final = 300
WARNINGS: Final = frozenset(
    {"nothing_to_multiply", "kind_never_matches", "unit_not_spendable", "unit_never_given", "no_campaigns"}
)


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong; `path` is a JSON pointer, `of_key` says that the key itself is meant."""

    path: str
    reason: str
    message: str
    suggestion: str | None = None
    severity: Severity = "error"
    of_key: bool = False


def problem(path: str, reason: str, message: str, suggestion: str | None = None, *, of_key: bool = False) -> Problem:
    """A problem whose severity follows from its reason."""
    assert reason in REASONS, f"the reason {reason} is not declared"
    severity: Severity = "warning" if reason in WARNINGS else "error"
    return Problem(path, reason, message, suggestion, severity, of_key)


def under(pointer: str, step: str | int) -> str:
    """The JSON pointer (RFC 6901) of a part; a monstrous key is cut, so that no problem repeats all of it."""
    return f"{pointer}/{str(step)[:STEP_CHARS_MAX].replace('~', '~0').replace('/', '~1')}"


def steps(pointer: str) -> list[str]:
    """The steps of a JSON pointer (RFC 6901), from the whole document down."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def parent(pointer: str) -> str:
    """The pointer of what holds the part."""
    return pointer.rpartition("/")[0]


def kind_of(found: object) -> str:
    """What the reader sees there, in plain words."""
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return f"the truth value {'true' if found else 'false'}"
    if isinstance(found, int):
        return f"the number {found}" if abs(found) < 10**20 else "a very large number"
    if isinstance(found, float):
        return "an inexact number"
    if isinstance(found, str):
        return f"the text “{shortened(found)}”" if found else "an empty text"
    if isinstance(found, list):
        return "a list"
    return "a mapping" if isinstance(found, dict) else "something else"


def shortened(text: str, chars_max: int = 40) -> str:
    """The text as it may stand in a message: bounded, on one line, without control characters."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in text[: chars_max + 1])
    return plain if len(text) <= chars_max else plain[:chars_max] + "…"


def nearest(word: str, known: "list[str] | tuple[str, ...]") -> str | None:
    """The known word that was probably meant, by edit distance; None where none is near."""
    asked = word.casefold()
    best: tuple[int, str] | None = None
    for candidate in known:
        plain = candidate.casefold()
        if plain == asked or (len(plain) >= 3 and (asked.startswith(plain) or (plain.startswith(asked) and asked))):
            distance = 0 if plain == asked else 1
        else:
            distance = edits(asked, plain, most=max(1, len(plain) // 3))
        if distance <= max(1, len(plain) // 3) and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def edits(one: str, other: str, *, most: int) -> int:
    """The Damerau–Levenshtein distance (adjacent letters may swap), or `most` + 1 where it is larger."""
    if abs(len(one) - len(other)) > most or len(one) > 100:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, above, row = row, before, [place]
        for column, against in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != against))
            swapped = place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == against
            row.append(min(cost, above[column - 2] + 1) if swapped else cost)
    return min(row[-1], most + 1)


def listed(words: "list[str] | tuple[str, ...]", most: int = 12) -> str:
    """The words for a message, bounded."""
    told = ", ".join(shortened(word) for word in words[:most])
    return f"{told}, …" if len(words) > most else told

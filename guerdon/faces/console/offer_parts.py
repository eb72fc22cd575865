"""The fields of rewards and vouchers, as the programme and what is filled in already make them."""

from collections.abc import Sequence
from typing import Final, get_args

import msgspec

from guerdon.core import limits
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.rewards import NEEDS
from guerdon.core.rewards import Kind
from guerdon.faces.console.entry_form import Told
from guerdon.faces.console.folding import PRIZES
from guerdon.faces.console.parts import GONE, KEY, NEW, WINDOWS, Group, Setting, caps, said, value
from guerdon.faces.console.sources import Source
from guerdon.faces.console.tier_parts import whole
from guerdon.features.programmes.forms import Problem

_BLANKS: Final = (NEW, f"{NEW}2", f"{NEW}3")  # so many options can be added at once
_MYSTERY: Final = ("prizes.0.reward", "fallback", "budget", "limits.day")  # the fields that a draw can't do without
_KEYED: Final = Group("more", (Setting(KEY, "text"),), folded=True, shut=True)  # only a new one is given a key


def reward(source: Source, key: str, entry: Mapping, told: Told, *, is_new: bool) -> tuple[Group, ...]:
    """The fields of a reward. `told` is what was typed, so that no row of it is lost; nothing where none was."""
    prices = _rows(entry, told, "prices", most=limits.PRICES_MAX)
    return (
        _what(source), _gives(source),
        *[_price(source, row) for row in prices[:1]],
        Group("when", (Setting("from", "moment"), Setting("until", "moment"))),
        Group("limits", (
            Setting("stocked", "choice", ("whole", "per_choice"), blank="always"),
            Setting("total"), *caps("limits", ("day", "lifetime"), of="times"),
        )),
        Group("handing", (
            Setting("fulfilment", "choice", ("by_hand", "at_once"), blank="by_code"),
            Setting("fulfil_days", of="days"), Setting("reserve_minutes", of="minutes", usual="15"),
            Setting("address", "check"),
        )),
        *[_price(source, row, folded=True) for row in prices[1:]],
        Group("more_limits", caps("limits", ("week", "month", "quarter", "year"), of="times"), folded=True),
        *_early(source),
        Group("costs", (Setting("cost", of="money"), Setting("budget", of="money"), Setting("image", "link")),
              folded=True),
        *_choices(source, entry),
        _surprise(source, key, entry, told), *([_KEYED] if is_new else []),
    )  # fmt: skip


def voucher(source: Source, key: str, entry: Mapping, told: Told, *, is_new: bool) -> tuple[Group, ...]:
    """The fields of a voucher."""
    return (
        Group("what", said(source, "")),
        Group("takes_off", (
            Setting("amount", of="money"), Setting("percent", of="percent"), Setting("amount_max", of="money"),
            Setting("product", "text", row=True), Setting("free_shipping", "check"),
            *_row(said(source, "", "gift")),
        ), about=True),
        Group("life", (
            Setting("from", "moment", label="used_from"), Setting("until", "moment", label="used_until"),
            Setting("valid_days", of="days"),
        )),
        Group("uses", (
            Setting("uses", of="times", usual="1"), Setting("uses_per_member", of="times"),
        )),
        Group("codes", (
            Setting("codes", "choice", ("pool",), blank="generated", usual="generated"), Setting("alarm_below"),
            Setting("bearer", "check"),
        )),
        Group("together", (Setting("exclusive", "check"), Setting("group", "text")), folded=True),
        *([_KEYED] if is_new else []),
    )  # fmt: skip


def _what(source: Source) -> Group:
    kinds = Setting("kind", "choice", get_args(Kind), says="console_rewards.kind_", blank="", row=True)
    category = Setting("category", "choice", named=source.programme.reward_categories, blank="none")
    return Group("what", (*said(source, ""), kinds, category, *_row(said(source, "", "terms", "area"))))


def _gives(source: Source) -> Group:
    vouchers = {key: one.name for key, one in source.programme.vouchers.items()}
    fields = (
        Setting("amount", of="money"), Setting("percent", of="percent"), Setting("product", "text"),
        Setting("voucher", "choice", named=vouchers, blank="own"),
    )  # fmt: skip
    return Group("gives", fields, about=True)


def _price(source: Source, row: int, *, folded: bool = False) -> Group:
    at = f"prices.{row}"
    points = [
        Setting(f"{at}.points.{code}", of=f"unit-{code}", name=one.name)
        for code, one in source.programme.units.items() if one.spendable
    ]  # fmt: skip
    top_up = [
        Setting(f"{at}.top_up.{one}", of=of, label=f"top_up_{one}")
        for one, of in (("points", "points"), ("amount", "money"), ("least", "points"))
    ]
    money = Setting(f"{at}.money", of="money", label="money", row=True)
    free = Setting(f"{at}.free", "check", label="free")
    fields = (*points, money, free, *_row(tuple(top_up)))
    return Group("another_price" if folded else "price", fields, about=True, folded=folded)


def _row(fields: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """The fields in a row of their own."""
    return (msgspec.structs.replace(fields[0], row=True), *fields[1:])


def _early(source: Source) -> tuple[Group, ...]:
    levels = [level for ladder in source.programme.tiers for level in ladder.levels]
    fields = tuple([
        Setting(f"early_access.{one.key}", of="hours", least=1, most=limits.BENEFIT_NUMBER_MAX, name=one.name)
        for one in levels
    ])  # fmt: skip
    return (Group("early_access", fields, about=True, folded=True),) if fields else ()


def _choices(source: Source, entry: Mapping) -> list[Group]:
    """What a member chooses, each with its options, and one that is yet to be."""
    found = entry.get("choices")
    groups = []
    for key, one in found.items() if isinstance(found, dict) else ():
        options = value(one, "options")
        names = {language: str(name) for language, name in _mapping(value(one, "name")).items()}
        at = f"choices.{key}"
        fields = [*said(source, at), Setting(f"{at}.{GONE}", "check", label="choice_gone")]
        for option in _mapping(options):
            fields += _option(source, f"{at}.options.{option}")
            fields.append(Setting(f"{at}.options.{option}.{GONE}", "check", label="option_gone"))
        groups.append(Group("choice", (*fields, *_new_options(source, at)), names, folded=True))
    at = f"choices.{NEW}"
    new = (*said(source, at), Setting(f"{at}.{KEY}", "text", label=KEY), *_new_options(source, at))
    return [*groups, Group("new_choice", new, about=True, folded=True)]


def _new_options(source: Source, at: str) -> tuple[Setting, ...]:
    found: list[Setting] = []
    for blank in _BLANKS:
        found += _option(source, f"{at}.options.{blank}")
        found.append(Setting(f"{at}.options.{blank}.{KEY}", "text", label="option_key"))
    return tuple(found)


def _option(source: Source, at: str) -> tuple[Setting, ...]:
    names = [Setting(f"{at}.{one}", "text", label=f"option_{one}") for one in source.programme.languages]
    return _row(tuple(names))


def _surprise(source: Source, key: str, entry: Mapping, told: Told) -> Group:
    """What only a mystery says: its prizes in rows, what there is instead, what is promised, and the free way."""
    rewards = {other: one.name for other, one in source.programme.rewards.items() if other != key}
    prizes: list[Setting] = []
    for row in _rows(entry, told, PRIZES, most=limits.PRIZES_MAX, blank=3):
        at = f"{PRIZES}.{row}"
        prizes.append(Setting(f"{at}.reward", "choice", named=rewards, blank="none", label="prize", row=True))
        prizes.append(Setting(f"{at}.weight", least=1, most=limits.PRIZE_WEIGHT_MAX, label="weight"))
    fields = (
        *prizes, Setting("fallback", "choice", named=rewards, blank="none", row=True),
        Setting("guarantee.prize", "choice", named=rewards, blank="none"),
        Setting("guarantee.within", least=2, most=limits.GUARANTEE_DRAWS_MAX),
        *_row(tuple([Setting(f"free_limits.{one}", of="times", label=f"free_{one}") for one in WINDOWS])),
    )  # fmt: skip
    return Group("surprise", fields, about=True, folded=True)


def _rows(entry: Mapping, told: Told, name: str, *, most: int, blank: int = 1) -> range:
    """The rows of a list: those that there are, those that were typed, at least one in sight, and blank ones more."""
    found = entry.get(name)
    there = len(found) if isinstance(found, dict | list) else 0
    typed = [key.split(".")[1] for key, text in told.items() if key.startswith(f"{name}.") and text]
    filled = [int(one) + 1 for one in typed if one.isdecimal() and len(one) < len(str(most)) + 1]
    return range(min(max([there, blank, *filled]) + blank, most))


def _mapping(found: Document) -> Mapping:
    return found if isinstance(found, dict) else {}


# --- what is missing, and where ---


def whole_reward(entry: Mapping, before: Mapping) -> Mapping:
    """A reward as the file has it, with room for what it needs."""
    return whole(entry, "name", "prices")


def whole_voucher(entry: Mapping, before: Mapping) -> Mapping:
    """A voucher as the file has it, with room for what it needs."""
    return whole(entry, "name")


def reward_spots(one: Problem, told: Told) -> Sequence[Problem]:
    """What a kind needs and has not, at every field where it is to be filled in."""
    kind = str(told.get("kind", ""))
    needed = _MYSTERY if kind == "mystery" else next((needs for of, needs in NEEDS.items() if of == kind), ())
    blank = [name for name in needed if not str(told.get(name, "")).strip()]
    if one.reason != "kind_incomplete" or not blank:
        return (one,)
    return [msgspec.structs.replace(one, path=f"/{name.replace('.', '/')}", reason="empty") for name in blank]


def voucher_spots(one: Problem, told: Told) -> Sequence[Problem]:
    """Of what it gives there is too much or nothing: at the first of these fields."""
    if one.path or one.reason not in ("one_key", "needs_one"):
        return (one,)
    reason = "either_or" if one.reason == "one_key" else one.reason
    return (msgspec.structs.replace(one, path="/amount", reason=reason),)

"""The law of vouchers: what one is, how long it lives, how often it is used, and which go together (LAW 8.3, 8.4)."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import codes, conditions, documents, errors, limits, period

# To the public an unknown code, a used one and one that is over are the same: whoever guesses learns nothing.
VOUCHER_INVALID = errors.declare("unknown", "voucher_invalid")
VOUCHER_UNKNOWN = errors.declare("unknown", "voucher_unknown", "code")
VOUCHER_UNDEFINED = errors.declare("invalid", "voucher_undefined", "voucher", "known")
VOUCHER_USED = errors.declare("spent", "voucher_used", "code", "most")
VOUCHER_EXPIRED = errors.declare("spent", "voucher_expired", "code", "until")
VOUCHER_NOT_YET = errors.declare("spent", "voucher_not_yet", "code", "since")
VOUCHER_WITHDRAWN = errors.declare("spent", "voucher_withdrawn", "code")
VOUCHER_NOT_GIVEN_OUT = errors.declare("spent", "voucher_not_given_out", "code")
VOUCHER_OF_ANOTHER = errors.declare("forbidden", "voucher_of_another", "code")
VOUCHER_LIMIT = errors.declare("spent", "voucher_limit", "voucher", "most")
VOUCHER_UNMET = errors.declare("invalid", "voucher_unmet", "voucher", "condition", "pointer")
VOUCHER_TAKES_NOTHING = errors.declare("invalid", "voucher_takes_nothing", "voucher")
VOUCHERS_TOGETHER = errors.declare("clash", "vouchers_together", "voucher", "other")
VOUCHERS_TOO_MANY = errors.declare("invalid", "vouchers_too_many", "most")
VOUCHER_USE_UNKNOWN = errors.declare("unknown", "voucher_use_unknown", "id")
VOUCHER_ROLLED_BACK = errors.declare("spent", "voucher_rolled_back", "id")
VOUCHER_POOL_EMPTY = errors.declare("spent", "voucher_pool_empty", "voucher")
VOUCHER_POOL_UNKNOWN = errors.declare("unknown", "voucher_pool_unknown", "voucher", "known")
VOUCHER_POOL_NONE = errors.declare("invalid", "voucher_pool_none", "voucher")
VOUCHER_CODES_INVALID = errors.declare("invalid", "voucher_codes_invalid", "pointer", "reason")
VOUCHER_CODES_UNREADABLE = errors.declare(
    "invalid", "voucher_codes_unreadable", "pointer", "reason", "places", "codes", "wrong"
)
GUESSES_TOO_MANY = errors.declare("busy", "guesses_too_many", "retry_after_seconds")

# What somebody who guesses must not be told apart.
ALIKE: Final = frozenset(
    {
        "voucher_unknown", "voucher_used", "voucher_expired", "voucher_not_yet", "voucher_withdrawn",
        "voucher_not_given_out", "voucher_of_another", "voucher_limit",
    }
)  # fmt: skip

Kind = Literal["amount", "percent", "product", "free_shipping", "gift"]
Codes = Literal["generated", "pool"]
State = Literal["active", "used", "expired", "withdrawn"]
ORDER: Final[tuple[Kind, ...]] = ("product", "percent", "amount", "free_shipping", "gift")


class Voucher(msgspec.Struct, frozen=True):
    """What vouchers of one key give, to whom they are of use, and how often; money in minor units."""

    key: str
    name: dict[str, str]
    amount: int | None = None  # so much off
    percent: int | None = None  # so many hundredths of a percent off
    amount_max: int | None = None  # the most that a percentage takes off
    product: str | None = None  # one piece of it is free
    free_shipping: bool = False
    gift: dict[str, str] | None = None  # something handed over, by its name
    condition: conditions.Condition | None = None
    where: conditions.LineFilter | None = None  # the goods it takes off from
    during: period.Period = period.Period()
    valid_days: int | None = None  # it lives so many days after the day it was issued
    uses: int = 1  # of each code
    uses_per_member: int | None = None  # of all codes together
    group: str | None = None  # only one of a group goes with a basket
    exclusive: bool = False  # goes with no other voucher
    codes: Codes = "generated"
    bearer: bool = False  # whether whoever shows a code that nobody was given may use it
    alarm_below: int | None = None  # of a pool: when so few are left, say so

    @property
    def kind(self) -> Kind:
        if self.amount is not None:
            return "amount"
        if self.percent is not None:
            return "percent"
        if self.product is not None:
            return "product"
        return "free_shipping" if self.free_shipping else "gift"

    @property
    def place(self) -> int:
        """When it is put down among others: the order in which they were told changes nothing."""
        return ORDER.index(self.kind)


def stored(typed: str) -> str:
    """A code as the directory keeps it, however it was typed: one of ours, or a partner's in capitals.

    Raises `voucher_codes_invalid` for what cannot be a code.
    """
    own = codes.read(typed)
    if own is not None:
        return own
    text = unicodedata.normalize("NFC", typed).strip().upper()
    bad = not text.isprintable() or any(letter.isspace() or letter == "/" for letter in text)
    if not text or bad or len(text) > limits.CODE_CHARS_MAX:
        raise VOUCHER_CODES_INVALID(pointer="/code", reason="not_a_code")
    return text


def all_stored(typed: Sequence[str]) -> list[str]:
    """Codes as the directory keeps them, each once. Raises `voucher_codes_unreadable`, which names what is none."""
    found: dict[str, None] = {}
    wrong: list[int] = []
    for place, text in enumerate(typed):
        try:
            found[stored(text)] = None
        except errors.Refusal:
            wrong.append(place)
    if wrong:
        told = wrong[: limits.WRONG_CODES_TOLD]
        raise VOUCHER_CODES_UNREADABLE(
            pointer="/codes", reason="not_a_code", codes=len(wrong), places=", ".join(map(str, told)),
            wrong=", ".join(f"“{documents.shortened(typed[place])}”" for place in told),
        )  # fmt: skip
    return [*found]


def ends(one: Voucher, issued_at: datetime, zone: ZoneInfo) -> datetime | None:
    """When a voucher issued at the instant is over, exclusive: its last day is `valid_days` after that of issue."""
    found = one.during.until
    if one.valid_days is not None:
        day = period.local_day(issued_at, zone) + timedelta(days=one.valid_days + 1)
        last = period.midnight(day, zone)
        found = last if found is None else min(found, last)
    return found


def check_given(one: Voucher, at: datetime) -> None:
    """Refuse to give a voucher that nobody could use any more. Raises `voucher_expired`."""
    if one.during.until is not None and one.during.until <= at:
        raise VOUCHER_EXPIRED(code=one.key, until=one.during.until.isoformat())


def state(*, used: int, uses: int, expires_at: datetime | None, withdrawn: bool, at: datetime) -> State:
    """What a voucher is at an instant, whether or not anybody has looked since (LAW 5.2)."""
    if withdrawn:
        return "withdrawn"
    if used >= uses:
        return "used"
    return "expired" if expires_at is not None and expires_at <= at else "active"


def check(
    one: Voucher, *, code: str, holder: str | None, account_id: str, found: State, uses: int,
    expires_at: datetime | None, at: datetime,
) -> None:  # fmt: skip
    """Refuse a code that this account cannot use at the instant, whatever the basket is.

    `holder` is the account that has the voucher, None where nobody was given the code; `found` is what it is by then.
    """
    if holder is None and not one.bearer:
        raise VOUCHER_NOT_GIVEN_OUT(code=code)
    if holder is not None and holder != account_id:
        raise VOUCHER_OF_ANOTHER(code=code)
    if found == "withdrawn":
        raise VOUCHER_WITHDRAWN(code=code)
    if found == "used":
        raise VOUCHER_USED(code=code, most=uses)
    if one.during.start is not None and at < one.during.start:
        raise VOUCHER_NOT_YET(code=code, since=one.during.start.isoformat())
    over = [until for until in (expires_at, one.during.until) if until is not None]
    if over and min(over) <= at:
        raise VOUCHER_EXPIRED(code=code, until=min(over).isoformat())


def check_limit(one: Voucher, used: int) -> None:
    """Refuse one use more than a member may make of such vouchers. Raises `voucher_limit`."""
    if one.uses_per_member is not None and used >= one.uses_per_member:
        raise VOUCHER_LIMIT(voucher=one.key, most=one.uses_per_member)


def check_together(offers: Sequence[Voucher]) -> None:
    """Refuse vouchers that do not go with each other. Raises `vouchers_together`, naming the first such two."""
    if len(offers) > limits.VOUCHERS_TOGETHER_MAX:
        raise VOUCHERS_TOO_MANY(most=limits.VOUCHERS_TOGETHER_MAX)
    for place, one in enumerate(offers):
        for other in offers[:place]:
            rivals = one.group is not None and one.group == other.group
            if rivals or one.exclusive or other.exclusive:
                raise VOUCHERS_TOGETHER(voucher=one.key, other=other.key)


def counter(key: str) -> tuple[str, str]:
    """The member's counter of a voucher's uses, in a window of its own, so that no purchase ever reads it."""
    return (f"voucher:{key}", "v")

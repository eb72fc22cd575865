"""The grammar of vouchers: what each takes off, to whom it is of use, how long, how often, and with which others."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import activities, conditions, limits, period
from guerdon.core.documents import Mapping
from guerdon.core.grammar.conditions import CONDITIONS
from guerdon.core.grammar.lines import LINE_FILTERS
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES, nodes
from guerdon.core.grammar.shapes import Amount, At, Flag, Key, Whole, Word
from guerdon.core.grammar.structures import Adapted, Keyed
from guerdon.core.grammar.times import Moment
from guerdon.core.grammar.transfers import Percent
from guerdon.core.grammar.words import LABEL
from guerdon.core.vouchers import Codes, Voucher

GIVES: Final = ("amount", "percent", "product", "free_shipping", "gift")


class _Voucher(msgspec.Struct, frozen=True):
    """A voucher as the document says it."""

    key: str
    name: dict[str, str]
    amount: int | None = None
    percent: int | None = None
    amount_max: int | None = None
    product: str | None = None
    free_shipping: bool = False
    gift: dict[str, str] | None = None
    condition: conditions.Condition | None = None
    where: conditions.LineFilter | None = None
    start: datetime | None = None
    until: datetime | None = None
    valid_days: int | None = None
    uses: int = 1
    uses_per_member: int | None = None
    group: str | None = None
    exclusive: bool = False
    codes: Codes = "generated"
    bearer: bool = False
    alarm_below: int | None = None


def _inside(found: Mapping, at: At) -> At:
    """A voucher is put down beside a purchase, so its conditions are those of one."""
    return msgspec.structs.replace(at, kinds=(activities.PURCHASE,))


def _fits(value: _Voucher, at: At) -> bool:
    """What the parts of a voucher must be to each other."""
    given = [name for name in GIVES if getattr(value, name) not in (None, False)]
    if len(given) != 1:
        told = f"A voucher gives one thing; this one gives {len(given)}."
        at.wrong("one_key", told, "leave the others out: it takes several vouchers to give several things")
        return False
    whole = True
    if value.amount_max is not None and value.percent is None:
        told = "“amount_max” is the most that a percentage takes off."
        at.under("amount_max").wrong("percent_missing", told, "leave it out")
        whole = False
    if value.where is not None and given[0] in ("free_shipping", "gift"):
        told = f"A voucher for “{given[0]}” takes nothing off goods, so “lines” says nothing."
        at.under("lines").wrong("not_of_goods", told, "leave it out, or ask for the goods under “if”")
        whole = False
    if value.start is not None and value.until is not None and value.start >= value.until:
        told = "“until” is not after “from”: the voucher could never be used."
        at.under("until").wrong("window_empty", told, "“until” is the first day that no longer counts")
        whole = False
    if value.alarm_below is not None and value.codes != "pool":
        told = "Only a pool of codes can run low; these are made as they are needed."
        at.under("alarm_below").wrong("not_a_pool", told, "leave it out, or add “codes: pool”")
        whole = False
    if value.bearer and value.codes == "pool":
        told = "Codes of a pool are given to members one by one; nobody else can use one."
        at.under("bearer").wrong("either_or", told, "leave out “codes: pool” or “bearer”")
        whole = False
    asked = nodes(value.condition, value.where)
    if asked > limits.CONDITIONS_PER_RULE_MAX:
        told = f"The voucher has {asked} conditions; {limits.CONDITIONS_PER_RULE_MAX} are possible."
        at.under("if").wrong("too_many", told, "ask for less")
        whole = False
    return whole


def _into(value: _Voucher, at: At) -> Voucher:
    plain = msgspec.structs.asdict(value)
    return Voucher(during=period.Period(plain.pop("start"), plain.pop("until")), **plain)


def _back(value: Voucher) -> _Voucher:
    plain = msgspec.structs.asdict(value)
    during = plain.pop("during")
    return _Voucher(start=during.start, until=during.until, **plain)


VOUCHER: Final = Adapted(
    Record(
        _Voucher,
        Field("name", NAMES, "What members read, in each language."),
        Field("amount", Amount(), "So much money off."),
        Field("percent", Percent(), "So many percent off."),
        Field("amount_max", Amount(), "The most that the percentage takes off."),
        Field("product", LABEL, "One piece of this product is free."),
        Field("free_shipping", Flag(only=True), "Shipping is free."),
        Field("gift", NAMES, "What is handed over for it, in each language."),
        Field("if", CONDITIONS, "What must hold of the basket and the member; a list means all of it.", "condition"),
        Field("lines", LINE_FILTERS, "The goods it takes off from; all where it is not said.", "where"),
        Field("from", Moment(), "The first local day (or time) it can be used.", "start"),
        Field("until", Moment(), "The first local day (or time) it no longer can."),
        Field("valid_days", Whole(0, limits.VALIDITY_DAYS_MAX), "It can be used until so many days after its issue."),
        Field("uses", Whole(1, limits.VOUCHER_USES_MAX), "How often one code can be used."),
        Field("uses_per_member", Whole(1, limits.VOUCHER_USES_MAX), "How often a member can use such vouchers."),
        Field("group", Key(), "Only one voucher of a group goes with a basket."),
        Field("exclusive", Flag(), "Whether it goes with no other voucher."),
        Field("codes", Word("generated", "pool"), "Whether codes are made when they are needed, or taken from a pool."),
        Field("bearer", Flag(), "Whether whoever shows a code that no member was given may use it."),
        Field("alarm_below", Whole(1, limits.VOUCHER_USES_MAX), "News are sent when fewer codes than this are left."),
        form="a voucher, with “name” and what it gives",
        step="key",
        needs_one=GIVES,
        enter=_inside,
        leave=lambda value, at: msgspec.structs.replace(at, kinds=(activities.PURCHASE,)),
        check=_fits,
    ),
    _into,
    _back,
)  # fmt: skip
VOUCHERS: Final = Keyed(Key(), VOUCHER, limits.VOUCHERS_MAX, of="vouchers")

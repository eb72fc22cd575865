"""Facts told to us: a purchase with its lines, a return, a visit, a review – and the laws of their shape."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from guerdon.core import codes, documents, errors, limits, money

ACTIVITY_INVALID = errors.declare("invalid", "activity_invalid", "pointer", "reason")
ACTIVITY_KIND_UNKNOWN = errors.declare("invalid", "activity_kind_unknown", "kind", "known")
ACTIVITY_IN_FUTURE = errors.declare("invalid", "activity_in_future", "occurred_at", "now")
ACTIVITY_BEFORE_PROGRAMME = errors.declare("invalid", "activity_before_programme", "occurred_at", "first")
CURRENCY_UNKNOWN = errors.declare("invalid", "currency_unknown", "currency", "known")
RETURN_UNNAMED = errors.declare("invalid", "return_unnamed")

LineKind = Literal["goods", "tax", "shipping", "gift_card", "fee"]
IdentifierKind = Literal["id", "external_id", "card", "email", "phone"]
FactValue = str | int | bool

PURCHASE: Final = "purchase"
RETURN: Final = "return"
REOPEN: Final = "reopen"
TIER_UPGRADED: Final = "tier_upgraded"  # the house's own, but rules can answer it
CONVERTED: Final = "converted"  # the same: points that were enough for something became it
GIFT_CARD: Final = "gift_card"  # the kind of tender that may say a card
PAID_WITH_POINTS: Final = ("points", GIFT_CARD)  # kinds of tenders that may name a unit
# What the house names its own entries by, from which others read what they belong to: no caller may.
HOUSE_SOURCES: Final = (
    "adjustments", "claims", "conversion", "draw", "exchange", "memberships", "night", "redemption", "return", "tender",
    "tiers", "transfer", "undo", "voucher", "erasure",
)  # fmt: skip
CONVERSION: Final = "conversion"  # the source of what is converted, and of the burns that take it
TIER_REVIEW: Final = "tier_review"
TIER_GRANT: Final = "tier_grant"
MEMBERSHIP_RENEW: Final = "membership_renew"  # a paid period begins; the house's own, but rules can answer it
MEMBERSHIP_REFUND: Final = "membership_refund"
MEMBERSHIP_VOID: Final = "membership_void"  # what a refunded period had given for one fact is taken back
ANSWERED: Final = (TIER_UPGRADED, CONVERTED, MEMBERSHIP_RENEW)  # by rules, though the house writes them
CARD_ISSUE: Final = "card_issue"
CARD_TOP_UP: Final = "card_top_up"
CARD_VOID: Final = "card_void"  # what a redemption had loaded is taken back, because it was cancelled
VOUCHER_ISSUE: Final = "voucher_issue"
VOUCHER_REDEEM: Final = "voucher_redeem"
VOUCHER_ROLLBACK: Final = "voucher_rollback"
VOUCHER_WITHDRAWAL: Final = "voucher_withdrawal"
# Kinds every programme knows; its file may add its own with a schema.
BUILT_IN_KINDS: Final = (PURCHASE, RETURN, REOPEN, "visit", "review", "share", "signup", "birthday")
# Kinds the house writes itself; nobody may tell us one.
LEDGER_KINDS: Final = (
    "burn", "burn_cancel", "hold", "capture", "release", "hold_end", "adjustment", "approval", "rejection", "expiry",
    "repayment", "merge", "merged", "unmerge", "unmerged", "transfer", "transfer_received", "transfer_accepted",
    "transfer_declined", "transfer_withdrawn", "donation", "household_join", "household_leave",
    "person_join", "person_leave", "pooling_out", "pooling_in", *ANSWERED, TIER_REVIEW, TIER_GRANT,
    CARD_ISSUE, CARD_TOP_UP, CARD_VOID, VOUCHER_ISSUE, VOUCHER_REDEEM, VOUCHER_ROLLBACK, VOUCHER_WITHDRAWAL,
    "redemption", "redemption_confirm", "redemption_fulfil", "redemption_cancel", "redemption_expire",
    "membership_join", "membership_pause", "membership_resume", "membership_change",
    "membership_cancel", MEMBERSHIP_REFUND, "membership_end", MEMBERSHIP_VOID, "erasure",
)  # fmt: skip


class Member(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """Who it was, by exactly one identifier."""

    id: str | None = None
    external_id: str | None = None
    card: str | None = None
    email: str | None = None
    phone: str | None = None

    def identifier(self) -> tuple[IdentifierKind, str]:
        """The one identifier given, as (kind, value); refuses none or several."""
        given: list[tuple[IdentifierKind, str]] = []
        if self.id is not None:
            given.append(("id", self.id))
        if self.external_id is not None:
            given.append(("external_id", self.external_id))
        if self.card is not None:
            given.append(("card", self.card))
        if self.email is not None:
            given.append(("email", self.email))
        if self.phone is not None:
            given.append(("phone", self.phone))
        if len(given) != 1:
            raise ACTIVITY_INVALID(pointer="/member", reason="one_identifier")
        return given[0]


class Line(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One line of a basket; `amount` is the whole line before its `discount`, both in minor units."""

    amount: int
    product: str | None = None
    category: str | None = None
    brand: str | None = None
    tags: tuple[str, ...] = ()
    quantity: int = 1
    discount: int = 0
    kind: LineKind = "goods"

    @property
    def net(self) -> int:
        return self.amount - self.discount


class Tender(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """How a part was paid: `card`, `cash`, `points`, `gift_card` or the shop's own word; minor units.

    Where it was paid with points, `burn` names the burn that took them: a return gives them back (LAW 4.4). With
    `unit` points of it are taken with the purchase itself, at the programme's rate; `burn` is then the house's to say.
    So it is with `card`, the code of a gift card off which the money is taken; the journal keeps only its last letters.
    """

    kind: str
    amount: int
    burn: str | None = None
    unit: str | None = None
    card: str | None = None

    @property
    def pays_now(self) -> bool:
        """Whether something is taken for it with the purchase itself."""
        return self.unit is not None or self.card is not None


class ReturnedLine(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """What comes back of one line of the purchase: some pieces, an amount of its money, or all that is left of it."""

    line: int  # from 1, as the purchase told them
    quantity: int | None = None
    amount: int | None = None  # minor units; the share of the pieces where it is not said


class Reference(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The purchase a return or a confirmation belongs to, by the natural key it was told under, and what comes back.

    What comes back is told by the numbers of its lines here, or like a basket in the return's own `lines`, or as its
    `amount`; where nothing is said it is all that is left.
    """

    external_id: str
    source: str | None = None  # the same source where it is not said
    lines: tuple[ReturnedLine, ...] = ()


class Activity(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One fact as it was told; money in minor units of `currency` (the programme's where it is not said)."""

    kind: str
    source: str
    external_id: str
    occurred_at: datetime
    member: Member
    currency: str | None = None
    amount: int | None = None  # for purchases told without lines: the goods in one sum
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    channel: str | None = None
    store: str | None = None
    partner: str | None = None
    returns: Reference | None = None
    facts: dict[str, FactValue] = {}
    replaces: Reference | None = None  # the purchase that this one amends: it comes back, in one transaction
    confirms: Reference | None = None

    @property
    def goods(self) -> tuple[Line, ...]:
        """The lines; a purchase told as one sum is one unnamed goods line."""
        if self.lines or self.amount is None:
            return self.lines
        return (Line(amount=self.amount),)


Key = tuple[str, str, str]  # source, kind, external_id: the natural key inside a programme (LAW 2.1)


def key(activity: Activity) -> Key:
    return (activity.source, activity.kind, activity.external_id)


def replaced_key(activity: Activity) -> Key:
    """The natural key of the purchase that another one replaces."""
    assert activity.replaces is not None
    return (activity.replaces.source or activity.source, PURCHASE, activity.replaces.external_id)


def returned_key(activity: Activity) -> Key:
    """The natural key of the purchase that a return gives back."""
    if activity.returns is None:
        raise RETURN_UNNAMED()
    return (activity.returns.source or activity.source, PURCHASE, activity.returns.external_id)


def confirmed_key(activity: Activity) -> Key:
    """The natural key of the purchase whose points wait for the activity."""
    assert activity.confirms is not None
    return (activity.confirms.source or activity.source, PURCHASE, activity.confirms.external_id)


def differing(told: Activity, first: Activity) -> tuple[str, ...]:
    """JSON pointers to what a fact told again says otherwise than its first telling; lines and tenders part by part.

    Whose it is, is left out: the journal knows members by id alone. Two spellings of one instant are the same.
    """
    if told == first:
        return ()
    found: list[str] = []
    for field in told.__struct_fields__:
        if field != "member":
            found += _differing(getattr(told, field), getattr(first, field), f"/{field}")
    return tuple(found)


def _differing(told: object, first: object, pointer: str) -> list[str]:
    """The places below the pointer; the whole where the two have not the same parts."""
    if told == first:
        return []
    if isinstance(told, dict) and isinstance(first, dict):
        names = sorted(told.keys() | first)
        return [documents.under(pointer, name) for name in names if told.get(name) != first.get(name)]
    if isinstance(told, tuple) and isinstance(first, tuple) and len(told) == len(first):
        parts = enumerate(zip(told, first, strict=True))
        return [place for at, (one, other) in parts for place in _differing(one, other, f"{pointer}/{at}")]
    if isinstance(told, Line | Tender) and type(told) is type(first):
        if isinstance(told, Tender) and isinstance(first, Tender):
            told, first = _as_kept(told), _as_told(told, first)
        fields = told.__struct_fields__
        return [f"{pointer}/{field}" for field in fields if getattr(told, field) != getattr(first, field)]
    return [pointer]


def as_kept(told: Activity) -> Activity:
    """The fact with as little of the codes of gift cards as the journal keeps: what may be shown of it."""
    return msgspec.structs.replace(told, tenders=tuple([_as_kept(tender) for tender in told.tenders]))


def _as_kept(told: Tender) -> Tender:
    """The tender with as much of a card's code as the journal keeps."""
    return told if told.card is None else msgspec.structs.replace(told, card=codes.ending(told.card))


def _as_told(told: Tender, first: Tender) -> Tender:
    """The first telling without the burn that nobody told: the house took it."""
    return msgspec.structs.replace(first, burn=None) if told.burn is None and first.pays_now else first


def check(activity: Activity) -> None:
    """Refuse what no programme can accept: sizes, signs and sums that cannot be. Raises `activity_invalid`."""
    if activity.occurred_at.tzinfo is None:
        raise ACTIVITY_INVALID(pointer="/occurred_at", reason="zone_missing")
    if activity.occurred_at.year > limits.YEAR_MAX:
        raise ACTIVITY_INVALID(pointer="/occurred_at", reason="out_of_range")
    _check_text(activity.source, "/source", limits.KEY_CHARS_MAX)
    _check_text(activity.kind, "/kind", limits.KEY_CHARS_MAX)
    _check_text(activity.external_id, "/external_id", limits.IDENTIFIER_CHARS_MAX)
    _check_references(activity)
    _check_amounts(activity)
    if activity.tenders:
        _check_tenders(activity)
    if len(activity.facts) > limits.ATTRIBUTES_MAX:
        raise ACTIVITY_INVALID(pointer="/facts", reason="too_many")
    for name, value in activity.facts.items() if activity.kind not in LEDGER_KINDS else ():
        if isinstance(value, int) and abs(value) > limits.NUMBER_MAX:
            raise ACTIVITY_INVALID(pointer=documents.under("/facts", name), reason="out_of_range")
    if activity.currency is not None and not money.known(activity.currency):
        raise CURRENCY_UNKNOWN(currency=activity.currency[:10], known="ISO 4217")


def _check_amounts(activity: Activity) -> None:
    """What it is about is told once: by lines, as a sum, or by the numbers of a purchase's lines."""
    if activity.returns is not None and activity.returns.lines and (activity.lines or activity.amount is not None):
        raise ACTIVITY_INVALID(pointer="/returns/lines", reason="lines_told_twice")
    if activity.kind == REOPEN and (activity.lines or activity.amount is not None or activity.tenders):
        raise ACTIVITY_INVALID(pointer="/lines" if activity.lines else "/amount", reason="reopens_whole")
    if activity.lines:
        _check_lines(activity.lines)
        if activity.amount is not None:
            raise ACTIVITY_INVALID(pointer="/amount", reason="lines_and_amount")
    elif activity.amount is not None and not 0 <= activity.amount <= limits.MONEY_MAX:
        raise ACTIVITY_INVALID(pointer="/amount", reason="out_of_range")
    elif activity.amount is None and activity.kind == PURCHASE:
        # Recorded for nothing, it would hold its natural key for ever, and the corrected telling would be a replay.
        raise ACTIVITY_INVALID(pointer="/amount", reason="missing")


def _check_text(text: str, pointer: str, longest: int) -> None:
    if not text or len(text) > longest:
        raise ACTIVITY_INVALID(pointer=pointer, reason="length")


def _check_reference(named: Reference, pointer: str) -> None:
    _check_text(named.external_id, f"{pointer}/external_id", limits.IDENTIFIER_CHARS_MAX)
    if named.source is not None:
        _check_text(named.source, f"{pointer}/source", limits.KEY_CHARS_MAX)
    _check_returned(named)


def _check_replaced(activity: Activity, replaced: Reference) -> None:
    """A purchase replaces another one as a whole."""
    _check_reference(replaced, "/replaces")
    if activity.kind != PURCHASE or replaced.lines:
        raise ACTIVITY_INVALID(pointer="/replaces", reason="only_purchases_whole")
    if replaced_key(activity) == key(activity):
        raise ACTIVITY_INVALID(pointer="/replaces/external_id", reason="itself")


def _check_returned(returns: Reference) -> None:
    if len(returns.lines) > limits.LINES_MAX:
        raise ACTIVITY_INVALID(pointer="/returns/lines", reason="too_many")
    for place, told in enumerate(returns.lines):
        if told.line < 1:
            raise ACTIVITY_INVALID(pointer=f"/returns/lines/{place}/line", reason="out_of_range")
        if told.quantity is not None and not 0 < told.quantity <= limits.QUANTITY_MAX:
            raise ACTIVITY_INVALID(pointer=f"/returns/lines/{place}/quantity", reason="out_of_range")
        if told.amount is not None and not 0 <= told.amount <= limits.MONEY_MAX:
            raise ACTIVITY_INVALID(pointer=f"/returns/lines/{place}/amount", reason="out_of_range")


def _check_references(activity: Activity) -> None:
    """Only another fact confirms a purchase; and it must not wait for a rate while points wait for it."""
    if activity.returns is not None:
        _check_reference(activity.returns, "/returns")
    if activity.replaces is not None:
        _check_replaced(activity, activity.replaces)
    if activity.confirms is None:
        return
    _check_reference(activity.confirms, "/confirms")
    if activity.confirms.lines:
        raise ACTIVITY_INVALID(pointer="/confirms/lines", reason="confirms_whole")
    if activity.kind in (PURCHASE, RETURN, REOPEN):
        raise ACTIVITY_INVALID(pointer="/confirms", reason="not_awaited")
    if activity.currency is not None:
        raise ACTIVITY_INVALID(pointer="/currency", reason="confirms")


def _check_lines(lines: tuple[Line, ...]) -> None:
    if len(lines) > limits.LINES_MAX:
        raise ACTIVITY_INVALID(pointer="/lines", reason="too_many")
    for line in lines:
        if (
            0 <= line.discount <= line.amount <= limits.MONEY_MAX
            and 0 <= line.quantity <= limits.QUANTITY_MAX
            and len(line.tags) <= limits.TAGS_MAX
        ):
            continue
        field, reason = _wrong(line)
        raise ACTIVITY_INVALID(pointer=f"/lines/{lines.index(line)}/{field}", reason=reason)
    if sum([line.amount for line in lines]) > limits.MONEY_MAX:
        raise ACTIVITY_INVALID(pointer="/lines", reason="out_of_range")


def _wrong(line: Line) -> tuple[str, str]:
    """The field of a line that can't be, and why."""
    if not 0 <= line.amount <= limits.MONEY_MAX:
        return "amount", "out_of_range"
    if not 0 <= line.discount <= line.amount:
        return "discount", "out_of_range"
    if not 0 <= line.quantity <= limits.QUANTITY_MAX:
        return "quantity", "out_of_range"
    return "tags", "too_many"


def check_source(source: str) -> None:
    """Refuse a source by which the house names its own entries, to whoever else tells something."""
    if source in HOUSE_SOURCES:
        raise ACTIVITY_INVALID(pointer="/source", reason="house_source")


def _check_paying(activity: Activity, tender: Tender, pointer: str) -> None:
    """Points, and money of gift cards, are taken with a purchase, in the programme's own money, and once."""
    of_card = tender.card is not None
    told = f"{pointer}/{'card' if of_card else 'unit'}"
    if activity.kind != PURCHASE:
        raise ACTIVITY_INVALID(pointer=told, reason="only_purchases")
    if activity.replaces is not None:  # its points would be taken before those of the order that goes come back
        raise ACTIVITY_INVALID(pointer=told, reason="replaces_uncarded" if of_card else "replaces_unpaid")
    if tender.burn is not None or (of_card and tender.unit is not None):
        raise ACTIVITY_INVALID(pointer=told, reason="card_alone" if of_card else "burn_and_unit")
    if tender.kind not in ((GIFT_CARD,) if of_card else PAID_WITH_POINTS):
        raise ACTIVITY_INVALID(pointer=f"{pointer}/kind", reason="not_gift_card" if of_card else "not_points")
    if of_card and tender.amount < 1:
        raise ACTIVITY_INVALID(pointer=f"{pointer}/amount", reason="out_of_range")
    if activity.currency is not None:
        raise ACTIVITY_INVALID(pointer="/currency", reason="paid_at_home")


def _check_tenders(activity: Activity) -> None:
    if len(activity.tenders) > limits.TENDERS_MAX:
        raise ACTIVITY_INVALID(pointer="/tenders", reason="too_many")
    for place, tender in enumerate(activity.tenders):
        if not 0 <= tender.amount <= limits.MONEY_MAX:
            raise ACTIVITY_INVALID(pointer=f"/tenders/{place}/amount", reason="out_of_range")
        if tender.burn is not None and activity.kind != PURCHASE:
            raise ACTIVITY_INVALID(pointer=f"/tenders/{place}/burn", reason="only_purchases")
        if tender.pays_now:
            _check_paying(activity, tender, f"/tenders/{place}")
    paid = sum(tender.amount for tender in activity.tenders)
    due = sum(line.net for line in activity.goods)
    if paid != due:
        raise ACTIVITY_INVALID(pointer="/tenders", reason="sum_differs")

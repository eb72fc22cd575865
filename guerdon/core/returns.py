"""The law of returns: what is left of a purchase, what the kept part earns, which tender gets money back (LAW 4)."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from guerdon.core import conditions, errors, law, limits, matching, rates
from guerdon.core.activities import Activity, Line, ReturnedLine, Tender
from guerdon.core.compiled import Compiled
from guerdon.core.conditions import Condition
from guerdon.core.decisions import Basis, Decision
from guerdon.core.earning import whole
from guerdon.core.law import Law
from guerdon.core.programme import Refunds
from guerdon.core.standing import Standing

ALREADY_RETURNED = errors.declare("spent", "already_returned", "purchase")
RETURN_TOO_MUCH = errors.declare("spent", "return_too_much", "purchase", "left", "line")
RETURN_LINE_UNKNOWN = errors.declare("invalid", "return_line_unknown", "purchase", "pointer")
NOTHING_RETURNED = errors.declare("clash", "nothing_returned", "purchase")
PURCHASE_UNKNOWN = errors.declare("unknown", "purchase_unknown", "purchase")
RETURN_CURRENCY = errors.declare("invalid", "return_currency", "purchase", "currency")

SOURCE: Final = "return"  # of what a return gives back of the burns that paid its purchase; its id names them

_YES: Final = conditions.All(())
_NO: Final = conditions.Any(())
Rules = frozenset[str]
NO_RULES: Final[Rules] = frozenset()


class Slice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one return gave back of its purchase, as it was told, and what that came to.

    `amount` comes off all lines pro rata; `lines` are told like a basket, `numbered` by their places in the purchase.
    `reopens` undoes every slice before it. `voids` are rules whose part is gone for good; no goods come back by these.
    """

    amount: int = 0
    lines: tuple[Line, ...] = ()
    numbered: tuple[ReturnedLine, ...] = ()
    taken: dict[str, int] = {}  # by unit, what was asked back, less what was asked to be given again
    moved: dict[str, int] = {}  # by unit, what of it really left the member or made a debt, less what was given again
    lapsed: dict[str, int] = {}  # by unit, what of it had expired before
    tenders: tuple[int, ...] = ()  # what went back to each tender of the purchase
    points: tuple[int, ...] = ()  # and how many points with it, where any tender was paid with some
    reopens: bool = False
    restores: bool = False  # whether points were given again by it, as lots of the purchase
    voids: tuple[str, ...] = ()


class _Left:
    """One line of a purchase while returns are taken off it."""

    __slots__ = ("by_piece", "line", "money", "pieces", "touched")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.money = 0  # given back by amount
        self.pieces = 0
        self.by_piece = 0  # pieces given back without a word of their money
        self.touched = False

    @property
    def back(self) -> int:
        """The money given back: what was told, and the share of the pieces told alone, cumulatively rounded down."""
        return self.money + (self.line.net * self.by_piece // self.line.quantity if self.by_piece else 0)

    @property
    def net(self) -> int:
        return self.line.net - self.back

    def fits(self) -> bool:
        return self.pieces <= self.line.quantity and self.net >= 0  # in this order: a line may have no pieces


class Kept(msgspec.Struct, frozen=True):
    """What is left of a purchase: its lines after the returns that named them, of which a `part` was kept."""

    lines: tuple[Line, ...]
    total: int  # what the purchase came to
    left: int

    @property
    def part(self) -> tuple[int, int]:
        """How much of the lines, as (up, down): the rest came back as amounts, off all of them evenly."""
        return self.left, max(1, sum(line.net for line in self.lines))

    @property
    def returned(self) -> int:
        return self.total - self.left


def current(slices: Sequence[Slice]) -> Sequence[Slice]:
    """The slices that count: those after the order was last opened again."""
    for place in range(len(slices) - 1, -1, -1):
        if slices[place].reopens:
            return slices[place + 1 :]
    return slices


def voided(slices: Iterable[Slice]) -> frozenset[str]:
    """The rules whose part is gone, whatever was opened again since."""
    return frozenset([rule for one in slices for rule in one.voids])


def payers(slices: Sequence[Slice], accounts: Sequence[str], *, reopens: bool) -> set[str]:
    """The accounts that the next slice is about, where earlier ones, each in its account, say so; else none.

    Opening an order again undoes the returns since it was last opened; a return takes from who was given it again.
    """
    since = len(slices) - len(current(slices))
    return set(accounts[since:] if reopens else accounts[since - 1 : since] if since else ())


def slice_of(told: Activity, purchase: Activity, rest: Kept, *, home: str) -> Slice:
    """What a return gives back; where it says nothing, or only names a line, that is all that is left.

    `home` is the currency of money told without one. Raises `return_currency`, `return_line_unknown`.
    """
    if told.currency is not None and told.currency != (purchase.currency or home):
        raise RETURN_CURRENCY(purchase=purchase.external_id, currency=purchase.currency or home)
    if told.returns is not None and told.returns.lines:
        found = [_whole(one, purchase, rest, place) for place, one in enumerate(told.returns.lines)]
        return Slice(numbered=tuple(found))
    if told.lines:
        return Slice(lines=told.lines)
    return Slice(amount=rest.left if told.amount is None else told.amount)


def _whole(told: ReturnedLine, purchase: Activity, rest: Kept, place: int) -> ReturnedLine:
    """The line with what it comes to, where only its number was told."""
    if told.line > len(rest.lines):
        raise RETURN_LINE_UNKNOWN(purchase=purchase.external_id, pointer=f"/returns/lines/{place}/line")
    if told.quantity is not None or told.amount is not None:
        return told
    left = rest.lines[told.line - 1]
    return msgspec.structs.replace(told, amount=min(left.amount, rest.left), quantity=left.quantity)


def kept(purchase: Activity, slices: Iterable[Slice]) -> Kept:
    """What is left of a purchase after returns, whatever their order (LAW 4.2).

    It depends on the returns alone and not on how they followed each other: first come off the lines told by number,
    then those told like a basket, then, pro rata, what was told as an amount. Raises `return_too_much` and
    `return_line_unknown`.
    """
    slices = tuple(slices)
    found = [_Left(line) for line in purchase.goods]
    for numbered in (numbered for one in slices for numbered in one.numbered):
        _take_numbered(purchase, found, numbered)
    told = sorted((line for one in slices for line in one.lines), key=_order)
    rest = [line for line in told if not _take_exact(found, line)]
    for line in rest:
        _take_alike(purchase, found, line)
    total = sum(one.line.net for one in found)
    named = sum(one.net for one in found)
    pool = sum(one.amount for one in slices)
    if pool > named:
        raise RETURN_TOO_MUCH(purchase=purchase.external_id, left=named, line=None)
    lines = tuple(
        msgspec.structs.replace(one.line, amount=one.net, discount=0, quantity=one.line.quantity - one.pieces)
        for one in found
    )
    return Kept(lines, total, named - pool)


def after(purchase: Activity, slices: Sequence[Slice], part: Slice, rest: Kept) -> Kept:
    """What is left after one return more; `rest` is what was left before it, and what a refusal tells.

    Raises `return_too_much` and `return_line_unknown`.
    """
    try:
        return kept(purchase, (*slices, part))
    except errors.Refusal as refusal:
        if refusal.code != RETURN_TOO_MUCH.code:
            raise
        line, left = refusal.facts["line"], int(str(refusal.facts["left"]))
        if part.numbered and line is not None:
            left = rest.lines[int(str(line)) - 1].net
        left = rest.left if line is None else min(left, rest.left)
        raise RETURN_TOO_MUCH(purchase=purchase.external_id, left=left, line=line) from None


def _take_numbered(purchase: Activity, found: list[_Left], told: ReturnedLine) -> None:
    one = found[told.line - 1]
    left = one.net
    one.touched = True
    one.money += told.amount or 0
    one.pieces += told.quantity or 0
    if told.amount is None:
        one.by_piece += told.quantity or 0
    if not one.fits():
        raise RETURN_TOO_MUCH(purchase=purchase.external_id, left=left, line=told.line)


def _order(line: Line) -> tuple[str, str, str, int, int]:
    return (line.product or "", line.category or "", line.brand or "", line.net, line.quantity)


def _alike(told: Line, bought: Line) -> bool:
    """Whether the line told may be the line bought: what it says of the product is so."""
    if told.kind != bought.kind:
        return False
    if told.product is None and told.category is None and told.brand is None:
        return bought.product is None and bought.category is None and bought.brand is None
    return all(
        said is None or said == had
        for said, had in (
            (told.product, bought.product), (told.category, bought.category), (told.brand, bought.brand),
        )
    )  # fmt: skip


def _take_exact(found: list[_Left], told: Line) -> bool:
    """Whether a line of just this product, money and pieces was there and untouched; it is then gone."""
    for one in found:
        bought = one.line
        if not one.touched and bought.net == told.net and bought.quantity == told.quantity and _alike(told, bought):
            one.touched = True
            one.money, one.pieces = bought.net, bought.quantity
            return True
    return False


def _take_alike(purchase: Activity, found: list[_Left], told: Line) -> None:
    """Take the line off those of its product, the first one first."""
    alike = [one for one in found if _alike(told, one.line)]
    if not alike:
        raise RETURN_LINE_UNKNOWN(purchase=purchase.external_id, pointer="/lines")
    money, pieces, left = told.net, told.quantity, sum(one.net for one in alike)
    for one in alike:
        one.touched = True
        part = min(money, one.net)
        one.money += part
        money -= part
        few = min(pieces, one.line.quantity - one.pieces)
        one.pieces += few
        pieces -= few
    if money or pieces:
        raise RETURN_TOO_MUCH(purchase=purchase.external_id, left=left, line=found.index(alike[0]) + 1)


# --- what the kept part earns ---


def earned(
    in_force: Law, purchase: Activity, decision: Decision, rest: Kept, tenders: Sequence[int], void: Rules = NO_RULES
) -> dict[str, int]:
    """By unit, what the kept part earns by the rules, limits and standing that gave the award (LAW 4.1, 4.2, 4.5).

    `tenders` is what has gone back to each tender of the purchase. Conditions on the basket are asked again, those on
    the member have the answers they had. `in_force` is the version that decided; rules that are `void` earn nothing.
    """
    awarded = decision.awarded()
    if void and not purchase.goods:
        shares = [(award.unit, one) for award in decision.awards for one in award.shares if one.rule not in void]
        return {unit: sum(one.points for of, one in shares if of == unit) for unit in awarded}
    if not awarded or rest.left == 0:
        return {}
    basis = decision.basis or Basis()
    keys = {share.rule for award in decision.awards for share in award.shares} | {*basis.rivals, *basis.unseen}
    keys -= void
    rules = [one for one in in_force.by_kind.get(purchase.kind, ()) if one.key in keys]
    standing = Standing(account_id="", enrolled_at=purchase.occurred_at)
    case = _case(in_force, purchase, decision, rest, tenders, standing)
    budgets = _limit(standing, case, decision, basis, rules, in_force)
    fired = [one for one in rules if _still_holds(one, case, basis, in_force.filters)]
    found: dict[str, int] = {}
    for unit, total in law.best(in_force, case, fired, budgets).items():
        numerators = sum(one.numerator for one in total.given)
        points = whole(numerators, total.down, in_force.programme.earning.rounding)
        # Where what came back had earned nothing, like shipping, and points paid a part of it, more of the rest was
        # paid with money; even so nobody keeps more than was awarded.
        points = min(points, awarded.get(unit, 0))
        if points:
            found[unit] = points
    return found


def keeps_vouchers(
    in_force: Law, purchase: Activity, decision: Decision, rest: Kept, tenders: Sequence[int], void: Rules = NO_RULES
) -> frozenset[str]:
    """The rules that gave vouchers and whose conditions the kept part still meets; those that are `void` do not."""
    keys = {issue.rule for issue in decision.issued} - void
    if not keys or rest.left == 0:
        return frozenset()
    nobody = Standing(account_id="", enrolled_at=purchase.occurred_at)
    case, basis = _case(in_force, purchase, decision, rest, tenders, nobody), decision.basis or Basis()
    return frozenset(
        one.key
        for one in in_force.by_kind.get(purchase.kind, ())
        if one.key in keys and one.issues(case) and _still_holds(one, case, basis, in_force.filters)
    )


def spent(in_force: Law, purchase: Activity, decision: Decision, rest: Kept, tenders: Sequence[int]) -> int:
    """The eligible amount of the kept part, in the currency of the programme (LAW 7.1)."""
    if rest.left == 0:
        return 0
    nobody = Standing(account_id="", enrolled_at=purchase.occurred_at)
    return _case(in_force, purchase, decision, rest, tenders, nobody).spend


def _case(
    in_force: Law, purchase: Activity, decision: Decision, rest: Kept, tenders: Sequence[int], standing: Standing
) -> matching.Case:
    """The kept part as the law sees it."""
    paid = tuple(
        msgspec.structs.replace(tender, amount=tender.amount - back)
        for tender, back in zip(purchase.tenders, tenders, strict=True)
    )
    small = msgspec.structs.replace(purchase, amount=None, lines=rest.lines, tenders=paid)
    return in_force.case(small, standing, part=rest.part, rates=rates.stored(decision.rate))


def _limit(
    standing: Standing, case: matching.Case, decision: Decision, basis: Basis, rules: list[Compiled], in_force: Law
) -> dict[str, int]:
    """Make counters and budgets say what limits left when the award was decided; where none bit, they left enough."""
    lefts = {
        ("unit:" if capped.of == "unit" else "rule:") + capped.key: capped.left
        for capped in decision.capped
        if capped.of != "uses"  # such a rule was not let through at all
    }
    lefts |= basis.rooms
    budgets = {one.key: lefts.get("rule:" + one.key, limits.POINTS_MAX) for one in rules}
    windows = {"rule:" + one.key: one.rule.caps.windows() for one in rules}
    windows |= {"unit:" + code: unit.caps.windows() for code, unit in in_force.programme.units.items()}
    for counter, left in lefts.items():
        # Through the tightest window; the others then leave no less.
        for span, most in sorted(windows.get(counter, ()), key=lambda one: one[1])[:1]:
            standing.counters[counter, case.calendar.names[span]] = (max(0, most - left), None)
    return budgets


def _still_holds(one: Compiled, case: matching.Case, basis: Basis, filters: matching.Filters) -> bool:
    """Whether the rule's conditions hold for the kept part, with the member as it was."""
    condition = one.rule.condition
    if condition is None:
        return True
    asked = conditions.walk(condition)
    if not any(isinstance(node, conditions.Basket | conditions.Lines) for node in asked):
        return True
    unmet = set(basis.unmet.get(one.key, ()))
    numbers = iter(range(len(asked)))

    def fixed(node: Condition) -> Condition:
        if isinstance(node, conditions.All | conditions.Any):
            return msgspec.structs.replace(node, of=tuple(fixed(part) for part in node.of))
        if isinstance(node, conditions.Not):
            return conditions.Not(fixed(node.of))
        if conditions.about_member(node):
            return _NO if next(numbers) in unmet else _YES
        return node

    return matching.test(fixed(condition), filters)(case)


# --- tenders ---


def tenders_back(purchase: Activity, returned: int, how: Refunds) -> tuple[int, ...]:
    """What has gone back to each tender once so much of the purchase was returned, cumulatively (LAW 4.4).

    Pro rata each gets its share of what is still to be split, rounded half up, in the order told; so one more minor
    unit returned takes nothing back from any of them. Otherwise one tender is filled up after the other.
    """
    amounts = [tender.amount for tender in purchase.tenders]
    if how == "pro_rata":
        return _pro_rata(amounts, returned)
    ranks = {"points": 0, "gift_card": 1}
    order = sorted(range(len(amounts)), key=lambda place: ranks.get(purchase.tenders[place].kind, 2))
    if how == "card_first":
        order = sorted(order, key=lambda place: -ranks.get(purchase.tenders[place].kind, 2))
    back = [0] * len(amounts)
    for place in order:
        back[place] = min(returned, amounts[place])
        returned -= back[place]
    return tuple(back)


def points_back(tender: Tender, returned: int, points: int) -> int:
    """How many of the `points` that a tender was paid with are back once so much of its money is, cumulatively.

    Rounded down, so that every slicing ends the same and a whole return gives back all of them (LAW 4.2, 4.4).
    """
    return points * returned // tender.amount if tender.amount else 0


def _pro_rata(amounts: list[int], returned: int) -> tuple[int, ...]:
    back: list[int] = []
    rest = sum(amounts)
    for amount in amounts:
        share = (2 * returned * amount + rest) // (2 * rest) if rest else 0
        back.append(share)
        returned -= share
        rest -= amount
    return tuple(back)

"""A mapping made ready for one file: rows of one activity become the activity, or their faults."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

from guerdon.core import activities, errors, limits, members, money
from guerdon.core.activities import Activity, Line, Member, Reference, Tender
from guerdon.faces.imports import cells as readers
from guerdon.faces.imports.cells import Reader
from guerdon.faces.imports.faults import Fault, Wrong
from guerdon.faces.imports.mapping import LineColumns, MemberKind, SplitColumn
from guerdon.faces.imports.mapping import Mapping as ImportMapping

Cells = Sequence[Any]
Numbered = tuple[int, Cells]  # line of the file, its cells
Slot = tuple[int, Reader, str]  # place in the cells, reader, column

_KEY: Final = limits.KEY_CHARS_MAX
_IDENTIFIER: Final = limits.IDENTIFIER_CHARS_MAX
_NAME: Final = limits.NAME_CHARS_MAX
# The law's refusals of an activity as a whole, by the words of this house of reasons.
_REASONS: Final = {"sum_differs": "tenders_differ"}
ZERO: Final = "line of zero"
NEGATIVE: Final = "line below zero (a return or a void)"
FULLY_DISCOUNTED: Final = "line given away (discounted to zero)"


class Recipe:
    """Builds activities out of the rows of one file."""

    def __init__(
        self, mapping: ImportMapping, places: Mapping[str, int], *, zone: ZoneInfo, home_currency: str
    ) -> None:
        self.mapping = mapping
        self.id_at = places[mapping.columns.external_id]
        self.read_id: Reader = readers.needed(readers.text(_IDENTIFIER))
        self._home = mapping.constants.currency or home_currency
        zone = ZoneInfo(mapping.time.zone) if mapping.time.zone is not None else zone
        self._places = places
        self._head = self._head_slots(zone)
        self._facts = [(name, places[fact.column], readers.kept(readers.fact(fact.type)), fact.column)
                       for name, fact in mapping.facts.items()]  # fmt: skip
        self._line = _LineRecipe(mapping.line, mapping, places) if mapping.line is not None else None
        self._scales: dict[int, list[Slot]] = {}
        shared = [column for _, column in mapping.head_columns] + [tender.amount for tender in mapping.tenders]
        shared += [fact.column for fact in mapping.facts.values()]
        self._cards = [(-1 if tender.card is None else places[tender.card]) for tender in mapping.tenders]
        self._secret = {tender.card for tender in mapping.tenders if tender.card is not None}
        shared += sorted(self._secret)
        self._shared = [(places[column], column) for column in dict.fromkeys(shared)]
        self._agree: Callable[[Cells], Any] = itemgetter(*[place for place, _ in self._shared])

    def build(self, rows: Sequence[Numbered]) -> tuple[Activity, Counter[str] | None] | list[Fault]:
        """The activity of these rows with the reasons for lines left out, or everything that is wrong with them."""
        try:
            return self._build(rows)
        except Wrong as wrong:
            return self._faults(rows) or [wrong.at(rows[0][0], wrong.column, wrong.value)]

    # --- the quick way, which assumes that nothing is wrong ---

    def _build(self, rows: Sequence[Numbered]) -> tuple[Activity, Counter[str] | None]:
        first = rows[0][1]
        external_id, occurred_at, member, currency, channel, store, partner, returns = [
            read(first[place]) for place, read, _ in self._head
        ]
        if len(rows) > 1:
            self._check_agreement(rows)
        amounts = self._amounts(currency or self._home)
        lines: list[Line] = []
        left_out: list[str] = []
        if self._line is not None:
            for _, cells in rows:
                made = self._line.make(cells, amounts)
                if isinstance(made, str):
                    left_out.append(made)
                else:
                    lines.append(made)
        total = self._total(first, amounts, lines)
        tenders = [
            Tender(tender.kind, paid, card=None if card < 0 else str(first[card] or ""))
            for tender, (place, read, _), card in zip(self.mapping.tenders, amounts[3:], self._cards, strict=True)
            if (paid := read(first[place]))
        ]
        facts = {name: fact for name, place, read, _ in self._facts if (fact := read(first[place])) is not None}
        activity = Activity(
            self.mapping.kind, self.mapping.source, external_id, occurred_at, member, currency, total, tuple(lines),
            tuple(tenders), channel, store, partner, returns, facts,
        )  # fmt: skip
        self._check(activity)
        return activity, Counter(left_out) if left_out else None

    def _total(self, first: Cells, amounts: Sequence[Slot], lines: list[Line]) -> int | None:
        place, read, column = amounts[0]
        if column:
            total: int | None = read(first[place])
            if total is None:
                raise Wrong("empty", column)
            if total < 0:
                raise Wrong("out_of_range", column, first[place])
            return total
        # A basket of which every line was left out is still a purchase, worth nothing.
        return 0 if self._line is not None and not lines else None

    def _check_agreement(self, rows: Sequence[Numbered]) -> None:
        if self.mapping.differing == "first":
            return
        first = self._agree(rows[0][1])
        for line, cells in rows[1:]:
            if self._agree(cells) != first:
                for place, column in self._shared:
                    if cells[place] != rows[0][1][place] and cells[place] not in ("", None):
                        # A code is money: no error file shows it.
                        raise _At(line, "differs", column, "" if column in self._secret else cells[place])

    @staticmethod
    def _check(activity: Activity) -> None:
        try:
            activities.check(activity)
        except errors.Refusal as refusal:
            reason = str(refusal.facts.get("reason", refusal.code))
            pointer = str(refusal.facts.get("pointer", ""))
            if pointer == "/lines":
                raise Wrong("too_many_lines", "", len(activity.lines)) from None
            raise Wrong(_REASONS.get(reason, "invalid"), pointer, reason) from None

    # --- the thorough way, which finds everything ---

    def _faults(self, rows: Sequence[Numbered]) -> list[Fault]:
        line, first = rows[0]
        found = [fault for slot in self._head if (fault := _fault(line, first, slot)) is not None]
        slots = [(place, read, column) for _, place, read, column in self._facts]
        found += [fault for slot in slots if (fault := _fault(line, first, slot)) is not None]
        try:
            self._check_agreement(rows)
        except _At as wrong:
            found.append(wrong.at(wrong.line, wrong.column, wrong.value))
        try:
            code = next(read(first[place]) for place, read, _ in self._head[3:4]) or self._home
        except Wrong:
            return found  # amounts can't be read without knowing the currency
        amounts = self._amounts(code)
        one_sum = amounts[:1] if amounts[0][2] else []
        found += [fault for slot in [*one_sum, *amounts[3:]] if (fault := _fault(line, first, slot)) is not None]
        if self._line is not None:
            for number, cells in rows:
                found += self._line.faults(number, cells, amounts)
        return found

    # --- the slots ---

    def _head_slots(self, zone: ZoneInfo) -> list[Slot]:
        columns, constants = self.mapping.columns, self.mapping.constants
        needed, kept, text = readers.needed, readers.kept, readers.text
        (kind, member_column) = columns.member.given()[0]
        return [
            self._slot(columns.external_id, self.read_id),
            self._slot(columns.occurred_at, kept(needed(readers.instant(self.mapping.time, zone)))),
            self._slot(member_column, kept(_member(kind))),
            self._slot(columns.currency, kept(readers.currency), constants.currency),
            self._slot(columns.channel, kept(text(_NAME)), constants.channel),
            self._slot(columns.store, kept(text(_NAME)), constants.store),
            self._slot(columns.partner, kept(text(_NAME)), constants.partner),
            self._slot(columns.returns, _reference),
        ]

    def _slot(self, column: str | None, read: Reader, constant: str | None = None) -> Slot:
        if column is None:
            return self.id_at, lambda _: constant, ""
        return self._places[column], read, column

    def _amounts(self, currency: str) -> list[Slot]:
        """Readers of money in this currency: one sum, line amount, discount, then the tenders."""
        decimals = money.decimals(currency)
        found = self._scales.get(decimals)
        if found is None:
            line = self.mapping.line or LineColumns()
            columns = [self.mapping.columns.amount, line.amount or line.price, line.discount]
            columns += [tender.amount for tender in self.mapping.tenders]
            found = self._scales[decimals] = [
                self._slot(column, readers.kept(readers.amount(self.mapping.money, decimals))) for column in columns
            ]
        return found


class _At(Wrong):
    """Wrong, at a line that is not the first of its activity."""

    def __init__(self, line: int, reason: str, column: str, value: object) -> None:
        super().__init__(reason, column, value)
        self.line = line


class _LineRecipe:
    """Builds one line out of one row."""

    def __init__(self, columns: LineColumns, mapping: ImportMapping, places: Mapping[str, int]) -> None:
        self._columns = columns
        self._turned = mapping.money.discounts == "negative"
        self._net = mapping.money.amount_is == "after_discount"
        text = readers.kept(readers.text(_NAME))
        pieces = readers.kept(readers.quantity(mapping.money, fraction_is_one=columns.weighed == "one"))
        named = ((columns.product, text), (columns.category, text), (columns.brand, text), (columns.quantity, pieces),
                 (columns.kind, readers.kept(self._kind)))  # fmt: skip
        self._slots: list[Slot] = [
            (places[column], read, column) if column is not None else (0, lambda _: None, "") for column, read in named
        ]
        self._tags = _tag_slots(columns.tags, places)
        self._split = columns.tags.split if isinstance(columns.tags, SplitColumn) else None

    def make(self, cells: Cells, amounts: Sequence[Slot]) -> Line | str:
        """The line, or why it is left out."""
        product, category, brand, quantity, kind = [read(cells[place]) for place, read, _ in self._slots]
        place, read, column = amounts[1]
        amount = read(cells[place])
        if amount is None:
            raise Wrong("empty", column)
        pieces = 1 if quantity is None else quantity
        if self._columns.price is not None:
            amount *= pieces
        discount = self._discount(cells, amounts[2])
        if self._net:
            amount += discount
        if amount <= 0 or discount >= amount:
            reason = self._worthless(amount, discount, cells[place], column)
            if reason is not None:
                return reason
        if discount < 0:
            raise Wrong("negative_discount", amounts[2][2], discount)
        if pieces < 0 or amount > limits.MONEY_MAX:
            raise Wrong("out_of_range", self._columns.quantity or column, quantity)
        return Line(amount, product, category, brand, self._tags_of(cells), pieces, discount, kind or "goods")

    def faults(self, line: int, cells: Cells, amounts: Sequence[Slot]) -> list[Fault]:
        """Everything that is wrong with the row."""
        slots = [*self._slots, *self._tags, amounts[1], amounts[2]]
        found = [fault for slot in slots if (fault := _fault(line, cells, slot)) is not None]
        if not found:
            try:
                self.make(cells, amounts)
            except Wrong as wrong:
                found.append(wrong.at(line, wrong.column, wrong.value))
        return found

    def _discount(self, cells: Cells, slot: Slot) -> int:
        place, read, column = slot
        discount = (read(cells[place]) or 0) if column else 0
        return -discount if self._turned else discount

    def _worthless(self, amount: int, discount: int, cell: object, column: str) -> str | None:
        """Why a line worth nothing is left out; None where it may stay."""
        if 0 < amount < discount:
            raise Wrong("discount_above_amount", column, cell)
        net = amount - discount
        policy = self._columns.no_value
        if policy == "refuse" or (policy == "keep" and net < 0):
            raise Wrong("no_value", column, cell)
        if policy == "keep":
            return None
        return NEGATIVE if net < 0 else FULLY_DISCOUNTED if amount > 0 else ZERO

    def _tags_of(self, cells: Cells) -> tuple[str, ...]:
        if not self._tags:
            return ()
        values = [read(cells[place]) for place, read, _ in self._tags]
        if self._split is not None and values[0] is not None:
            values = [part.strip() for part in values[0].split(self._split)]
        tags = tuple(dict.fromkeys(value for value in values if value))
        if len(tags) > limits.TAGS_MAX:
            raise Wrong("out_of_range", self._tags[0][2], cells[self._tags[0][0]])
        return tags

    def _kind(self, cell: Any) -> str | None:
        word = readers.text(_KEY)(cell)
        if word is None:
            return None
        kind = self._columns.kinds.get(word, word)
        if kind not in ("goods", "tax", "shipping", "gift_card", "fee"):
            raise Wrong("kind_unknown")
        return kind


def _tag_slots(tags: tuple[str, ...] | SplitColumn | None, places: Mapping[str, int]) -> list[Slot]:
    columns = () if tags is None else tags if isinstance(tags, tuple) else (tags.column,)
    chars_max = limits.TEXT_CHARS_MAX if isinstance(tags, SplitColumn) else _NAME
    return [(places[column], readers.kept(readers.text(chars_max)), column) for column in columns]


def _member(kind: MemberKind) -> Reader:
    read_text = readers.needed(readers.text(_IDENTIFIER))

    def read(cell: Any) -> Member:
        try:
            return Member(**{kind: members.canonical(kind, read_text(cell))})
        except errors.Refusal:
            raise Wrong("member_invalid") from None

    return read


def _reference(cell: Any) -> Reference:
    return Reference(readers.needed(readers.text(_IDENTIFIER))(cell))


def _fault(line: int, cells: Cells, slot: Slot) -> Fault | None:
    place, read, column = slot
    try:
        read(cells[place])
    except Wrong as wrong:
        return wrong.at(line, column, cells[place])
    return None

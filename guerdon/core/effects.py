"""What a rule gives: the closed set of effects a programme file may ask for; later areas add theirs here."""

from fractions import Fraction

import msgspec


class PerAmount(msgspec.Struct, frozen=True, tag="points"):
    """`give` points for every `per` minor units of the eligible amount of the rule's lines, as an exact rational."""

    unit: str
    give: int  # in the unit's smallest step
    per: int  # in minor units of the programme's currency

    @property
    def rate(self) -> Fraction:
        return Fraction(self.give, self.per)


class PerPiece(msgspec.Struct, frozen=True, tag="per_piece"):
    """`give` points for every `per` pieces of the rule's lines, as an exact rational."""

    unit: str
    give: int
    per: int = 1

    @property
    def rate(self) -> Fraction:
        return Fraction(self.give, self.per)


class Fixed(msgspec.Struct, frozen=True, tag="fixed"):
    """`give` points once for the activity; a bonus, added after the multipliers."""

    unit: str
    give: int


class Step(msgspec.Struct, frozen=True):
    """From `amount_min` minor units on, `give` points."""

    amount_min: int
    give: int


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A bonus by amount: the last step reached by the eligible amount of the rule's lines; never decreasing."""

    unit: str
    steps: tuple[Step, ...]


class Multiply(msgspec.Struct, frozen=True, tag="multiply"):
    """The base points of the rule's lines times `by` / `over` ≥ 1."""

    unit: str
    by: int
    over: int = 1

    @property
    def factor(self) -> Fraction:
        return Fraction(self.by, self.over)


class GiveVoucher(msgspec.Struct, frozen=True, tag="voucher"):
    """A voucher of the programme, once for the activity; a rule keeps those it gives in a place of their own."""

    voucher: str


Effect = PerAmount | PerPiece | Fixed | Table | Multiply
Base = PerAmount | PerPiece

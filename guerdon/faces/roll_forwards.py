"""A roll-forward as a file: a row for each line, and one of all lines of each unit."""

from guerdon.core import money
from guerdon.faces import tables
from guerdon.insight.roll_forward.lines import COLUMNS, RollForward

ALL = "all"


def csv(found: RollForward) -> str:
    """Decimal numbers, points and then money; the rows of each unit add up to the one of `all`."""
    of = () if found.by == "unit" else (found.by,)
    header = ("month", "unit", *of, *COLUMNS, "of_prior_periods", "currency", *[f"worth_{name}" for name in COLUMNS])
    lines: list[list[tables.Cell]] = []
    for whole in found.totals:
        own = [one for one in found.lines if one.unit == whole.unit] if of else []
        for name, one in [*[(one.of, one) for one in own], (ALL, whole)]:
            scale, exponent = one.unit.scale, money.decimals(found.currency)
            points = [tables.decimal(getattr(one.points, column), scale) for column in COLUMNS]
            worth = [
                None if one.money is None else tables.decimal(getattr(one.money, column), exponent)
                for column in COLUMNS
            ]
            told = [found.month, one.unit.code, *([name] if of else []), *points, tables.decimal(one.late, scale)]
            lines.append([*told, found.currency, *worth])
    return tables.write(header, lines)

"""How units and their points stand on the pages of finance."""

from guerdon.faces.show import Pen


def name(pen: Pen, unit: str) -> str:
    """What a unit is called; one that the programme no longer has is called by its key."""
    known = pen.programme.units.get(unit)
    return unit if known is None else pen.tongue.capital(pen.tongue.named(known.name))


def steps(pen: Pen, unit: str, points: int, *, signed: bool = False) -> str:
    """Points without their name, with their sign where they moved."""
    told = pen.number(abs(points), unit if unit in pen.programme.units else None)
    sign = "−" if points < 0 else "+" if signed and points else ""
    return sign + told

"""What somebody got for joining, in words, for whoever just joined and for whoever enrolled them."""

from guerdon.engine import joining
from guerdon.faces.api.calls import Face
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


def told(visit: Visit, member_id: str, window: Face) -> str:
    """Points and vouchers that joining in the window gave, like "100 points and Free coffee"; empty for nothing."""
    found = joining.told(visit.store, visit.programme_id, member_id, source=window)
    if found is None:
        return ""
    pen, sums = Pen(visit), found.decision.awarded()
    units = {code for code, one in visit.programme.units.items() if one.spendable}
    gifts = [pen.points(steps, unit) for unit, steps in sums.items() if steps and unit in units]
    named = [visit.programme.vouchers.get(one.voucher) for one in found.decision.issued]
    return pen.tongue.all_of([*gifts, *[pen.tongue.named(one.name) for one in named if one is not None]])

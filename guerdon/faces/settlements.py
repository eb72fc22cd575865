"""What a claim was granted by, in words: the purchase that was missing, the points, the vouchers."""

from guerdon.core.activities import PURCHASE
from guerdon.core.claims import Claim
from guerdon.faces.api import views
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.activities import queries as activities


def of(visit: Visit, one: Claim) -> str:
    """What a granted claim has given; nothing of one that was not granted, or whose grant still waits."""
    if one.state != "granted" or one.entry_id is None:
        return ""
    entry = activities.named(visit.store, visit.programme_id, [one.entry_id]).get(one.entry_id)
    if entry is None:
        return ""
    pen, points = Pen(visit), dict[str, int]()
    for award in entry.decision.awards:
        points[award.unit] = points.get(award.unit, 0) + award.points
    told = [pen.points(number, unit) for unit, number in points.items()]
    for voucher in entry.decision.issued:
        known = visit.programme.vouchers.get(voucher.voucher)
        told.append(voucher.voucher if known is None else pen.tongue.named(known.name))
    what = pen.tongue.all_of(told) if told else visit.say("claims.given_nothing")
    total = views.total(visit.store, visit.programme_id, entry.activity)
    if entry.activity.kind == PURCHASE and total is not None:
        return visit.say("claims.given_purchase", money=pen.money(total.amount, total.currency), what=what)
    return visit.say("claims.given", what=what)

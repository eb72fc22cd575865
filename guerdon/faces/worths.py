"""What points are worth in money, by its name: as rewards, and as a part of a purchase where they can pay one."""

from guerdon.core.money import Money
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


def told(visit: Visit, unit: str, points: int, worth: Money | None) -> str:
    """What so many points of a unit are worth, in words; of two worths that differ each says what it is.

    `worth` is what the programme says that they are worth as rewards; None where it says nothing.
    """
    pen, pays = Pen(visit), visit.programme.unit(unit).pays
    usable = 0 if pays is None else points - points % pays.step
    paid = 0 if pays is None or usable < pays.minimum else pays.worth(usable)
    as_rewards = 0 if worth is None else worth.amount
    if worth is not None and paid == as_rewards and paid:
        return visit.say("portal.worth_both", money=pen.money(paid))
    parts = [] if worth is None else [visit.say("portal.worth", money=pen.money(as_rewards, worth.currency))]
    if paid:
        parts.append(visit.say("portal.pays", money=pen.money(paid)))
    return " · ".join(parts)

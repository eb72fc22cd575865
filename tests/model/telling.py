"""The two languages of a play: facts as the house is told them, and its answers in the words of the book."""

from guerdon.core import activities as law
from guerdon.core.activities import Activity
from guerdon.insight.oracle.book import Answer
from guerdon.insight.oracle.terms import Fact
from tests.stories.worlds import Answer as Told


def activity(fact: Fact) -> Activity:
    """The fact as the house is told it."""
    net = sum(line.net for line in fact.lines)
    by_points, by_card = fact.paid_in_points, net - fact.paid_in_points
    backs = tuple(law.ReturnedLine(back.line, quantity=back.pieces, amount=back.money) for back in fact.backs)
    of_order = law.Reference(external_id=fact.order, lines=backs) if fact.order else None
    return Activity(
        kind=fact.kind,
        source="till",
        external_id=fact.key,
        occurred_at=fact.at,
        member=law.Member(external_id=fact.who),
        amount=fact.money,
        currency=fact.currency if fact.currency != "EUR" else None,
        lines=tuple(
            law.Line(
                amount=line.amount,
                discount=line.discount,
                quantity=line.pieces,
                category="coffee" if line.coffee else "cake",
            )
            for line in fact.lines
        ),
        tenders=(law.Tender("points", by_points), law.Tender("card", by_card)) if by_points else (),
        returns=of_order if fact.kind in ("return", "reopen") else None,
        replaces=of_order if fact.kind == "purchase" else None,
    )


def earned(told: Told) -> dict[str, int]:
    return told.decision.awarded() if told.decision else {}


def _refused(told: Told) -> Answer:
    return ("refused", told.refusal.code) if told.refusal is not None else ()


def _repaid(told: Told) -> Answer:
    return tuple(sorted(told.decision.repaid.items())) if told.decision else ()


def fact(one: Activity, told: Told) -> Answer:
    """What was answered to a fact."""
    if told.refusal is not None:
        return _refused(told)
    decision = told.decision
    assert decision is not None
    known: Answer = ("known",) if told.known else ()
    if decision.parked:
        return (*known, "parked", decision.parked)
    if one.kind not in ("return", "reopen"):
        return (*known, "earned", tuple(sorted(decision.awarded().items())), _repaid(told))
    taken = sorted(
        (each.unit, each.asked, each.origin, each.other, each.lapsed, each.debt, each.shortfall)
        for each in decision.taken
    )
    restored = sorted((each.unit, each.asked, each.points) for each in decision.restored)
    refund = decision.refund
    assert refund is not None
    money = (refund.amount, refund.left, refund.tenders[0].amount if refund.tenders else 0)
    return (*known, "back", tuple(taken), tuple(restored), money, _repaid(told))


def spent(told: Told) -> Answer:
    return _refused(told) or ("spent", told.decision.spent[0].points if told.decision else 0)


def reinstated(told: Told) -> Answer:
    if told.refusal is not None:
        return _refused(told)
    assert told.decision is not None
    points, expired = sum(told.decision.reinstated.values()), sum(told.decision.expired.values())
    return ("reinstated", points, expired, _repaid(told))


def held(told: Told, points: int) -> Answer:
    return _refused(told) or ("held", points)


def captured(told: Told) -> Answer:
    return _refused(told) or (*spent(told), _repaid(told))


def released(told: Told) -> Answer:
    return _refused(told) or ("released", _repaid(told))


def adjusted(told: Told) -> Answer:
    """Of points by hand, or a second person's word on them."""
    if told.refusal is not None:
        return _refused(told)
    assert told.decision is not None
    if told.known:
        return ("known",)
    if told.decision.parked:
        return ("parked", told.decision.parked)
    return spent(told) if told.decision.spent else ("earned", tuple(earned(told).items()), _repaid(told))


def sent(told: Told) -> Answer:
    return _refused(told) or (("offered",) if told.sent is None else ("sent", told.sent["points"], told.sent["fee"]))


def settled(told: Told) -> Answer:
    if told.refusal is not None:
        return _refused(told)
    if told.known:
        return ("known",)
    return ("put away",) if told.sent is None else sent(told)


def merged(told: Told) -> Answer:
    if told.refusal is not None:
        return _refused(told)
    if told.known:
        return ("known",)
    return ("merged", tuple(sorted((unit, *moved) for unit, moved in told.passed.items() if any(moved))))


def closed(told: Told) -> Answer:
    return _refused(told) or ("closed",)

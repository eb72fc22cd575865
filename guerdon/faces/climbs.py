"""Where a member stands on the ladders, in words: how far it is up, what keeps the tier, what it gives."""

from fractions import Fraction

import msgspec

from guerdon.core.ladders import Ladder
from guerdon.faces.api import tiers as api
from guerdon.faces.api.tiers import BenefitView, MemberTiers, Standing
from guerdon.faces.asking import ask
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


class Rung(msgspec.Struct, frozen=True):
    """One tier of a ladder; `state` is had, here or above."""

    key: str
    name: str
    asks: str
    gives: tuple[str, ...]
    state: str


class Climb(msgspec.Struct, frozen=True):
    """A ladder and where the member stands on it; `share` is in hundredths of the way to the next tier."""

    key: str
    name: str
    tier: str
    counted: str
    share: int
    ahead: str
    keep: str
    risk: str
    gives: tuple[str, ...]
    rungs: tuple[Rung, ...]


def of_member(visit: Visit, id: str, *, voice: str = "portal_club") -> tuple[Climb, ...]:
    """All ladders of the programme, for the member of the id as the API writes it; `voice` is whose words tell it."""
    if not visit.programme.tiers:
        return ()
    found: MemberTiers = ask(visit, api.read, id)
    pen = Pen(visit)
    ladders = {one.key: one for one in visit.programme.tiers}
    return tuple(
        [_climb(visit, pen, ladders[one.ladder], one, voice) for one in found.ladders if one.ladder in ladders]
    )


def _climb(visit: Visit, pen: Pen, ladder: Ladder, one: Standing, voice: str) -> Climb:
    def amount(steps: int) -> str:
        return counted(visit, pen, ladder, steps)

    ahead, share = visit.say(f"{voice}.top"), 100
    if one.next is not None:
        above = pen.tongue.named(ladder.levels[ladder.place(one.next.tier)].name)
        key = f"{voice}.ahead" if one.next.last_day is None else f"{voice}.ahead_until"
        until = "" if one.next.last_day is None else pen.day(one.next.last_day)
        ahead = visit.say(key, missing=amount(one.next.missing), tier=above, until=until)
        share = max(0, min(99, 100 * (one.next.threshold - one.next.missing) // max(1, one.next.threshold)))
    keep = ""
    if one.keep is not None:
        key = f"{voice}.keep" if one.keep.missing else f"{voice}.kept"
        keep = visit.say(key, missing=amount(one.keep.missing), until=pen.day(one.keep.last_day))
    risk = "" if one.at_risk_until is None else visit.say(f"{voice}.risk", until=pen.until(one.at_risk_until))
    gives = tuple([benefit(visit, each) for each in one.benefits])
    return Climb(
        ladder.key, pen.tongue.named(ladder.name), one.name or "", amount(one.counted), share, ahead, keep, risk, gives,
        _rungs(visit, pen, ladder, one),
    )  # fmt: skip


def _rungs(visit: Visit, pen: Pen, ladder: Ladder, one: Standing) -> tuple[Rung, ...]:
    here = ladder.place(one.tier) if one.tier is not None else -1
    found = []
    for place, level in enumerate(ladder.levels):
        if level.threshold is None:
            asks = visit.say("portal_club.invited")
        else:
            asks = visit.say("portal_club.from", amount=counted(visit, pen, ladder, level.threshold))
        gives = tuple(
            [benefit(visit, each) for each in api.benefits_of(level.benefits, visit.programme, visit.language)]
        )
        state = "here" if place == here else "had" if place < here else "above"
        found.append(Rung(level.key, pen.tongue.named(level.name), asks, gives, state))
    return tuple(found)


def counted(visit: Visit, pen: Pen, ladder: Ladder, steps: int) -> str:
    """So much of what a ladder counts: points, money or visits."""
    if ladder.basis.points is not None:
        return pen.points(steps, ladder.basis.points)
    return pen.money(steps) if ladder.basis.spend else pen.tongue.counted(steps, "time")


def benefit(visit: Visit, one: BenefitView) -> str:
    """What a tier or a plan gives by itself, with its figure."""
    if one.percent is not None:
        return f"{one.name}: {Pen(visit).tongue.percent(int(Fraction(one.percent) * 100))}"
    if one.hours is not None:
        return visit.say("portal_club.hours", name=one.name, hours=Pen(visit).tongue.counted(one.hours, "hour"))
    return one.name

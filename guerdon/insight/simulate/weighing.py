"""How sure an answer is: the bands of what was replayed, and apart from it what would be if members answered."""

from collections.abc import Callable

import msgspec

from guerdon.insight.simulate import assumptions, measures, responses
from guerdon.insight.simulate.answers import Answer, OfUnit, Pair
from guerdon.insight.simulate.bootstrap import Resampling
from guerdon.insight.simulate.comparing import Side, Span
from guerdon.insight.simulate.measures import Side as Weighed
from guerdon.insight.simulate.responses import USUAL, Assumed
from guerdon.insight.simulate.runs import Flow

Advance = Callable[[int], None]  # how many units more are weighed


def weighed(
    answer: Answer, today: Side, draft: Side, span: Span, *, assumed: Assumed = USUAL,
    advance: Advance = lambda _: None,
) -> Answer:  # fmt: skip
    """The answer with an interval of 90 % on each difference, and with the layer in which members behave otherwise.

    Where nothing is assumed there is no such layer.

    Members are drawn the same way for everything, so that what differs is the programme and not the draw.
    """
    drawn = Resampling(len(today.replayed.run.members))
    mechanical, behavioural = [], []
    for one in answer.mechanical:
        was, would = _of(today, one.unit, span), _of(draft, one.unit, span)
        bands = measures.bands(was, would, one.unit, drawn=drawn)
        mechanical.append(msgspec.structs.replace(one, bands=bands))
        advance(1)
        if assumed.priors:
            behavioural.append(_answered(one, was, would, drawn, assumed))
        advance(1)
    return msgspec.structs.replace(
        answer, mechanical=tuple(mechanical), behavioural=tuple(behavioural), assumptions=assumptions.sentences(assumed)
    )


def _answered(one: OfUnit, was: Weighed, would: Weighed, drawn: Resampling, assumed: Assumed) -> OfUnit:
    """What a unit comes to where members answer as is assumed, in the middle, and over everything that is assumed."""
    run = responses.replayed(was, would, assumed.middle)
    draft = measures.amounts(Weighed(run, would.programme), one.unit)
    draft = msgspec.structs.replace(draft, unmet=one.whole.draft.unmet)
    return OfUnit(
        unit=one.unit, whole=Pair(members=one.whole.members, today=one.whole.today, draft=draft),
        bands=responses.bands(was, would, one.unit, assumed=assumed, drawn=drawn),
    )  # fmt: skip


def _of(side: Side, unit: str, span: Span) -> Weighed:
    """The months that are told of a side, with the cost of one unit: that of others is told with them."""
    run, months = side.replayed.run, slice(span.first, span.until)
    flows = {code: Flow(*[each[:, months] for each in flow]) for code, flow in run.flows.items()}
    cut = run._replace(
        months=run.months[months], spent=run.spent[:, months], flows=flows, cost=side.replayed.costs[unit][:, months],
        tiers={ladder: each[:, months] for ladder, each in run.tiers.items()},
    )  # fmt: skip
    return Weighed(cut, side.programme)

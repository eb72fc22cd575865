"""Simulators that the tests of what-ifs let work in processes of their own: they do what they are told by the name."""

import itertools
import os
import time
from pathlib import Path

import msgspec

from guerdon.core.simulations import SIMULATION_PERIOD_INVALID, Question
from guerdon.core.sweeping import Sweep
from guerdon.insight.simulate.answers import (
    Amounts,
    Answer,
    Band,
    Change,
    Gate,
    Metrics,
    Move,
    OfUnit,
    Pair,
    Scenario,
    Swept,
    Unfit,
    Varied,
    Without,
)
from guerdon.kit.child import Tell


def answer(question: Question, tell: Tell) -> str:
    """An answer that fits the question; its name says whether it comes, is refused, breaks, dies or takes long."""
    deed, _, note = question.name.partition(":")
    if note:
        with Path(note).open("a") as file:
            file.write(f"{os.getpid()}\n")
    if deed == "refused":
        raise SIMULATION_PERIOD_INVALID(
            since="2025-01-01", until="2025-02-01", first="2025-03-01", today="2026-01-01", months=120
        )
    if deed == "unheard":
        from guerdon.core import errors

        raise errors.declare("clash", "known_only_there", "what")(what="something")
    if deed == "broken":
        raise ValueError("it stumbled")
    if deed == "dead":
        os._exit(7)
    if deed == "slow":
        tell("replaying", 420)
        time.sleep(60)
    tell("checking", 500)
    if question.how.sweep is not None:
        return msgspec.json.encode(swept(question.how.sweep)).decode()
    return msgspec.json.encode(rich(question) if deed == "rich" else told(question)).decode()


def told(question: Question) -> Answer:
    """Ann gets more, Ben less; each amount by hand."""
    today = Amounts(issued=1_000, redeemed=300, expired=50, outstanding=650, cost=600, liability=650)
    draft = Amounts(issued=1_200, redeemed=360, expired=50, outstanding=790, cost=840, liability=790)
    half, rest = Amounts(issued=400, outstanding=400), Amounts(issued=600, redeemed=300, expired=50, outstanding=650)
    unit = OfUnit(
        unit="points", whole=Pair(members=3, today=today, draft=draft),
        months=(
            Pair(key="2025-11", members=2, today=half, draft=half),
            Pair(key="2025-12", members=3, today=rest, draft=draft),
        ),
        segments=(Pair(key="new", members=1, today=half, draft=half),),
        winners=(Change(member=ANN, today=500, draft=800),), losers=(Change(member=BEN, today=500, draft=400),),
        better_off=1, worse_off=1,
        bands=(Band(of="issued", low=150, middle=200, high=260), Band(of="cost", low=100, middle=240, high=410)),
    )  # fmt: skip
    return Answer(
        programme="aurora", version=1, draft=question.name, since=question.since.isoformat(),
        until=question.until.isoformat(), activities=12, lines=34, milliseconds=7,
        gate=Gate(members=3, postings=40, points=2_000), mechanical=(unit,),
        moves=(Move(ladder="status", today="", draft="silver", members=1),
               Move(ladder="status", today="silver", draft="silver", members=2)),
        behavioural=(unit,), assumptions=("elasticity 0.3 ± 0.1",),
    )  # fmt: skip


def rich(question: Question) -> Answer:
    """A year of a café with two units, two ladders and many members: what a page has to have room for."""
    units = tuple(_of_unit(code, scale) for code, scale in (("points", 1_000), ("stamps", 30)))
    ladder = ("", "silver", "gold")
    moves = tuple(
        Move(ladder="status", today=was, draft=becomes, members=120 - 40 * abs(at - to) - 7 * at)
        for at, was in enumerate(ladder)
        for to, becomes in enumerate(ladder)
        if abs(at - to) < 2
    )
    answer = told(question)
    return msgspec.structs.replace(
        answer, mechanical=units, behavioural=units[:1], moves=moves, activities=912_004, lines=1_433_020,
        milliseconds=4_312, gate=Gate(members=12_004, postings=1_204_113, points=41_233_412),
    )  # fmt: skip


def _of_unit(code: str, scale: int) -> OfUnit:
    def amounts(part: int, of: int) -> Amounts:
        issued = scale * part * of // 10
        return Amounts(
            issued=issued, redeemed=issued // 3, expired=issued // 20, outstanding=issued // 2, cost=issued // 4,
            liability=issued // 3,
        )  # fmt: skip

    months = tuple(
        Pair(
            key=f"2025-{month:02}",
            members=900 + 10 * month,
            today=amounts(20 + month, 10),
            draft=amounts(22 + month, 12),
        )
        for month in range(1, 13)
    )
    segments = tuple(
        Pair(key=key, members=90, today=amounts(9, 10), draft=amounts(10, 9)) for key in ("regulars", "asleep")
    )
    winners = tuple(Change(member=f"mem_{at:032x}", today=scale * at, draft=scale * at * 3) for at in range(1, 25))
    losers = tuple(Change(member=f"mem_{at + 99:032x}", today=scale * at, draft=scale * at // 2) for at in range(1, 13))
    bands = tuple(
        Band(of=name, low=scale * 40, middle=scale * 52, high=scale * 71)
        for name in ("issued", "redeemed", "cost", "liability")
    )
    return OfUnit(
        unit=code, whole=Pair(members=12_004, today=amounts(300, 10), draft=amounts(330, 11)), months=months,
        segments=segments, tiers=tuple(Pair(key=key, members=40, today=amounts(5, 10), draft=amounts(6, 11))
                                       for key in ("silver", "gold")),
        winners=winners, losers=losers, better_off=8_120, worse_off=31, bands=bands,
    )  # fmt: skip


def swept(asked: Sweep) -> Swept:
    """Every combination: the further its values lie in their lists, the more members have and the more it costs; those
    of an odd place cost a little more than they need. The best keeps all limits."""
    scenarios = []
    for place, values in enumerate(itertools.product(*(one.values for one in asked.vary))):
        far = sum(one.values.index(value) for one, value in zip(asked.vary, values, strict=True))
        metrics = figures(kept=10_000 + 2_500 * far, burden=8_000 + 2_000 * far + 700 * (place % 2))
        breaks = tuple(one.metric for one in asked.limits if one.beyond(getattr(metrics, one.metric)) is not None)
        band = Band(of="liability", low=-120, middle=metrics.liability - 5_000, high=metrics.liability + 900)
        scenarios.append(
            Scenario(values=values, metrics=metrics, on_front=place % 2 == 0, breaks=breaks, bands=(band,))
        )
    kept = [place for place, one in enumerate(scenarios) if not one.breaks]
    best = max(kept, key=lambda place: scenarios[place].metrics.kept, default=None)
    return Swept(
        version=1, activities=12, milliseconds=9, gate=Gate(members=3, postings=40, points=2_000), unit="points",
        vary=tuple(Varied(path=one.path, today=one.values[0], idle=False) for one in asked.vary), goals=asked.goals,
        limits=asked.limits, today=figures(kept=12_000, burden=9_000), scenarios=tuple(scenarios),
        unfit=(Unfit(values=scenarios[0].values, path="/rules", reason="it is no programme"),),
        best=best, wished=None, without=tuple(Without(limit=one, excludes=1, best=None) for one in asked.limits),
    )  # fmt: skip


def figures(*, kept: int, burden: int) -> Metrics:
    return Metrics(
        issued=kept, redeemed=300, expired=50, outstanding=kept - 350, cost=burden - 5_000, liability=5_000,
        burden=burden, kept=kept, worse_off=1_250, better_off=6_000, losing=2, retained=9_500,
    )  # fmt: skip


ANN, BEN = "mem_" + "a" * 32, "mem_" + "b" * 32

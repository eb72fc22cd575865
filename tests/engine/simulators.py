"""Simulators that the tests of what-ifs let work in processes of their own: they do what they are told by the name."""

import os
import time
from pathlib import Path

import msgspec

from guerdon.core.simulations import SIMULATION_PERIOD_INVALID, Question
from guerdon.insight.simulate.answers import Amounts, Answer, Band, Change, Gate, Move, OfUnit, Pair
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


ANN, BEN = "mem_" + "a" * 32, "mem_" + "b" * 32

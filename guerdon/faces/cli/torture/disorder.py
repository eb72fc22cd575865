"""Disorder: facts told five times, shuffled, weeks late, returns before purchases; a book is told the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from guerdon.faces.cli.torture import deeds, history, stand
from guerdon.faces.cli.torture.battery import Findings, Trial
from guerdon.faces.cli.torture.caller import Caller, judge
from guerdon.faces.cli.torture.deeds import UNIT, Deed
from guerdon.insight.oracle.terms import Back, Fact, Line
from guerdon.insight.oracle.whole import Oracle
from guerdon.kit import clock

LATE_DAYS: Final = 25  # of the oldest fact
TOLD_MAX: Final = 5  # times, the same fact
BATCH: Final = 40


def run(trial: Trial, findings: Findings) -> None:
    """Torture one installation: three tellings of the same life, each by a member of its own."""
    chance = trial.chance()
    with stand.standing(trial, programme=deeds.programme()) as one:
        server = one.serve(processes=2)
        caller = Caller(server.port, one.key)
        for number in range(trial.times(6, 400)):
            life = lived(f"life-{number}", chance)
            names = [f"{way}-{number}" for way in ("one-by-one", "in-batches", "returns-anywhere")]
            caller.enrol(names)
            book = deeds.oracle(names, life[0].at)
            tell(caller, owned(shuffled(life, chance), names[0]), book, findings)
            tell_together(caller, owned(shuffled(life, chance), names[1]), book, findings)
            tell(caller, owned(returns_anywhere(life, chance), names[2]), book, findings)
            for who in names:
                history.compare(who, *has(caller, who), book, findings)
            in_order = owned(life, f"in-order-{number}")
            caller.enrol([in_order[0].who])
            tell(caller, in_order, deeds.oracle([in_order[0].who], life[0].at), findings)
            told = [_ending(has(caller, who)) for who in (in_order[0].who, names[2])]
            findings.expect(told[0] == told[1], f"life {number}: {told[1]} where returns came anywhere, not {told[0]}")
        server.stop()
        one.prove(findings)


def lived(name: str, chance: Random) -> list[Fact]:
    """Some weeks of a member in the order in which they happened: purchases, and returns of pieces of them."""
    at = clock.now().replace(microsecond=0) - timedelta(days=LATE_DAYS)
    found: list[Fact] = []
    for number in range(6):
        lines = tuple(
            Line(chance.randrange(50, 3_000), pieces=chance.randrange(1, 4), coffee=chance.random() < 0.4)
            for _ in range(chance.randrange(1, 4))
        )
        found.append(Fact("purchase", f"{name}-{number}", "", at + timedelta(days=4 * number), lines))
        for again in range(min(chance.randrange(3), lines[0].pieces)):
            back = (Back(1, pieces=1),)
            key, came = f"{name}-{number}-back-{again}", at + timedelta(days=4 * number, hours=again + 1)
            found.append(Fact("return", key, "", came, order=f"{name}-{number}", backs=back))
    return found


def owned(life: Sequence[Fact], who: str) -> list[Fact]:
    """The same life as somebody's own: with names that nobody else has used."""
    return [
        Fact(
            fact.kind, f"{who}:{fact.key}", who, fact.at, fact.lines, order=f"{who}:{fact.order}" if fact.order else "",
            backs=fact.backs,
        )
        for fact in life
    ]  # fmt: skip


def shuffled(life: Sequence[Fact], chance: Random) -> list[Fact]:
    """Every fact some times, in any order."""
    told = [fact for fact in life for _ in range(chance.randrange(1, TOLD_MAX + 1))]
    chance.shuffle(told)
    return told


def returns_anywhere(life: Sequence[Fact], chance: Random) -> list[Fact]:
    """Purchases as they happened, and their returns anywhere between: that must make no difference (LAW 2.3, 4.2)."""
    told = [fact for fact in life if fact.kind == "purchase"]
    for fact in life:
        if fact.kind == "return":
            told.insert(chance.randrange(len(told) + 1), fact)
    return told


def tell(caller: Caller, facts: Sequence[Fact], book: Oracle, findings: Findings) -> None:
    """Tell the house and the book, fact by fact; what either answers is the same."""
    for fact in facts:
        call = caller.post("/v1/activities", deeds.told(fact))
        judge(call, findings)
        findings.count("facts told")
        if not call.known:
            findings.broken.append(f"{fact.kind} {fact.key} was not answered")
            continue
        _agree(fact, call.status, call.answer, book, findings)


def tell_together(caller: Caller, facts: Sequence[Fact], book: Oracle, findings: Findings) -> None:
    """The same in batches."""
    for start in range(0, len(facts), BATCH):
        part = facts[start : start + BATCH]
        call = caller.post("/v1/activities/batch", {"activities": [deeds.told(fact) for fact in part]})
        judge(call, findings)
        findings.count("facts told", len(part))
        results: list[dict[str, Any]] = call.answer.get("results", [])
        findings.expect(len(results) == len(part), f"a batch of {len(part)} was answered {call.status}, {len(results)}")
        for fact, result in zip(part, results, strict=False):
            _agree(fact, result["status"], result.get("result") or result.get("error") or result, book, findings)


def _agree(fact: Fact, status: int, answer: dict[str, Any], book: Oracle, findings: Findings) -> None:
    """An answer is what the book says now; what is told again moves nothing, neither here nor there."""
    recorded = answer.get("activity", {}).get("recorded_at")
    if recorded:
        book.advance(max(book.now, datetime.fromisoformat(recorded)))
    expected, what = book.tell(fact), f"{fact.kind} {fact.key}"
    if expected[0] == "known":
        expected = expected[1:]
    if expected[0] == "parked":
        said = answer.get("decision", {}).get("parked")
        findings.expect(said == expected[1], f"{what} waits for its purchase, and was answered {status} {said}")
    elif expected[0] == "refused":
        findings.expect(answer.get("code") == expected[1], f"{what}: answered {answer.get('code')}, not {expected[1]}")
    elif status != 201:
        findings.broken.append(f"{what} was answered {status} {answer.get('code', '')}, the law says {expected}")
    else:
        said = deeds.said(Deed("fact", fact.key, fact.who, fact=fact), answer)
        findings.expect(deeds.alike(expected, said), f"{what}: answered {said}, the law says {expected}")


def has(caller: Caller, who: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The lots and the amounts of a member."""
    member = caller.get(f"/v1/members?external_id={who}").answer["members"][0]["id"]
    lots = [lot for lot in caller.pages(f"/v1/members/{member}/lots", "lots") if lot["unit"] == UNIT]
    balances = caller.get(f"/v1/members/{member}/balances").answer["balances"]
    return lots, next(row for row in balances if row["unit"] == UNIT)


def _ending(had: tuple[list[dict[str, Any]], dict[str, Any]]) -> object:
    """What of it must not depend on the order of arrival."""
    lots, amounts = had
    return sorted((lot["earned_at"], lot["remaining"]) for lot in lots if lot["remaining"]), amounts["available"]

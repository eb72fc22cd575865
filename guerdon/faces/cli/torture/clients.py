"""The clients of a load: tills at few members, and what their history is held against when all is answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from guerdon.faces.cli.torture import deeds, history
from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Caller
from guerdon.faces.cli.torture.deeds import UNIT, Deed
from guerdon.faces.cli.torture.history import Done
from guerdon.insight.oracle.terms import Fact, Line
from guerdon.kit import clock

MEMBERS: Final = 6
PAST_DAYS: Final = 25  # of the purchases: younger than any late one is treated otherwise
KINDS: Final = ("purchase",) * 6 + ("burn",) * 4 + ("hold", "capture", "release", "cancel", "send", "return")


def names() -> list[str]:
    """The members everybody is at."""
    return [f"hot{number}" for number in range(MEMBERS)]


def settle(
    caller: Caller, done: list[Done], findings: Findings, members: Sequence[str] = (), now: datetime | None = None
) -> None:
    """Check the history, then compare every lot of every member it is of, as of now where time has passed since."""
    members = members or names()
    book = deeds.oracle(members, min((deed.deed.fact.at for deed in done if deed.deed.fact), default=clock.now()))
    history.check(done, book, findings)
    if now is not None:
        book.advance(max(now, book.now))
    for who in members:
        member = caller.read(f"/v1/members?external_id={who}").answer["members"][0]["id"]
        lots = [lot for lot in caller.pages(f"/v1/members/{member}/lots", "lots") if lot["unit"] == UNIT]
        balances = caller.read(f"/v1/members/{member}/balances").answer["balances"]
        amounts = next(row for row in balances if row["unit"] == UNIT)
        history.compare(who, lots, amounts, book, findings)


class Scene(NamedTuple):
    """Where tills are, and when."""

    named: str = ""  # tells their deeds from those of other loads
    members: Sequence[str] = ()  # everybody is at; the usual ones where they are left out
    today: datetime | None = None  # what they buy is of the days before it; where it is not that of the clock


ANY: Final = Scene()


class Worker:
    """One till: does one deed after the other, and remembers what it may cancel, capture or return."""

    def __init__(self, name: str, chance: Random, *, scene: Scene = ANY) -> None:
        self.name, self.chance, self._members = name, chance, scene.members or names()
        self.done: list[Done] = []
        self._made: dict[str, list[Deed]] = {"burn": [], "hold": [], "purchase": []}
        self._number = 0
        self._today = (scene.today or clock.now()).replace(microsecond=0)

    def step(self, caller: Caller, *, seconds: float = 60, keyed: bool = False) -> Done:
        """Do one deed, and insist until it is answered; `keyed` says it with an Idempotency-Key.

        Then a refusal is kept, too, and of two copies of a request none is granted where the other was refused.
        """
        deed = self._next()
        call = caller.insist(deed.path, deed.body, seconds=seconds, token=deed.key if keyed else None)
        made = Done(deed, call)
        self.done.append(made)
        if call.ok:
            self._remember(deed, made)
        return made

    def _remember(self, deed: Deed, made: Done) -> None:
        if deed.kind in ("burn", "hold"):
            deed.made_id = made.call.answer[deed.kind]["id"]
            self._made[deed.kind].append(deed)
        elif deed.fact is not None and deed.fact.kind == "purchase":
            self._made["purchase"].append(deed)

    def _next(self) -> Deed:
        kind = self.chance.choice(KINDS)
        self._number += 1
        key, who = f"{self.name}-{self._number}", self.chance.choice(self._members)
        before = {"cancel": "burn", "capture": "hold", "release": "hold", "return": "purchase"}.get(kind)
        if before is not None:
            if not self._made[before]:
                return self._purchase(key, who)
            return self._again(kind, key, self.chance.choice(self._made[before]))
        if kind == "purchase":
            return self._purchase(key, who)
        points = self.chance.choice((1, 5, 20, 60, 200))
        to = self.chance.choice([name for name in self._members if name != who])
        return Deed(kind, key, who, points, to=to if kind == "send" else "")

    def _again(self, kind: str, key: str, first: Deed) -> Deed:
        if kind == "return":
            assert first.fact is not None
            fact = Fact("return", key, first.who, self._at(), order=first.fact.key)
            return Deed("fact", key, first.who, fact=fact)
        points = first.points if kind == "capture" else 0
        return Deed(kind, key, first.who, points, about=first)

    def _purchase(self, key: str, who: str) -> Deed:
        lines = tuple(
            Line(
                self.chance.randrange(50, 3_000), pieces=self.chance.randrange(1, 4), coffee=self.chance.random() < 0.4
            )
            for _ in range(self.chance.randrange(1, 4))
        )
        return Deed("fact", key, who, fact=Fact("purchase", key, who, self._at(), lines))

    def _at(self) -> datetime:
        """Some instant of the last days: what expires first need not come first."""
        return self._today - timedelta(seconds=self.chance.randrange(PAST_DAYS * 86_400))

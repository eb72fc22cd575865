"""Where a play can happen: in the pure core, or in the engine on the database of the run."""

from datetime import datetime
from typing import Protocol

import msgspec

from guerdon.core.programme import Programme
from guerdon.engine import night, publish, sandbox
from guerdon.insight import verify
from guerdon.kit import store
from tests.shop import FAR
from tests.stories.engine_world import EngineWorld
from tests.stories.pure.world import PureWorld
from tests.stories.worlds import World

Counters = dict[tuple[str, str], int]


class House(World, Protocol):
    """A world that can also be looked into."""

    def counters(self, who: str) -> Counters:
        """What rules count of a member, by counter and window."""

    def move_clock(self, before: datetime, to: datetime) -> None:
        """Put the test clock on; every night on the way is lived through."""

    def proof(self) -> list[str]:
        """What the house's own proof finds wrong."""


class PureHouse(PureWorld):
    """The law in memory."""

    __slots__ = ()

    def counters(self, who: str) -> Counters:
        return {name: amount for name, (amount, _) in self.accounts[self.led(who)].standing.counters.items()}

    def move_clock(self, before: datetime, to: datetime) -> None:
        _, last = night.last(to, self.laws[-1][1].zone)
        if last > before:
            self.night(last)

    def proof(self) -> list[str]:
        return []


class EngineHouse(EngineWorld):
    """The engine; its programme is a sandbox, so that its clock can be moved."""

    def publish(self, programme: Programme, *, since: datetime, now: datetime) -> None:
        own = msgspec.structs.replace(programme, key=self.key)
        publish.publish(programme=own, source="", effective_at=since, now=now, by="Emil", sandbox=True)
        statement = store.Statement("SELECT id FROM programmes_programme WHERE key = :key")
        self.programme_id = store.current().fetch(statement, key=self.key)[0][0]

    def counters(self, who: str) -> Counters:
        statement = store.Statement("SELECT key, win, amount FROM rulebook_counter WHERE account_id = :account")
        rows = store.current().fetch(statement, account=self._account(who))
        return {(key, window): int(amount) for key, window, amount in rows}

    def move_clock(self, before: datetime, to: datetime) -> None:
        sandbox.move(programme_id=self.programme_id, to=to, days=0, real=before)

    def proof(self) -> list[str]:
        report = verify.run(self.programme_id, deep=True, at=FAR)
        return [str(verdict.first) for verdict in report.broken]

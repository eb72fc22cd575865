"""Nights, closed months and what is about to end, in the pure world."""

from abc import abstractmethod
from datetime import date, datetime

from guerdon.core import closing
from guerdon.core.errors import Refusal
from tests.stories.foresight import endings
from tests.stories.pure.climbing import Climbing
from tests.stories.worlds import Answer


class Months(Climbing):
    """Nights, closed months and what is about to end, in the pure world."""

    __slots__ = ()

    def night(self, now: datetime) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        self._review(now)
        self.last_night = now
        began = {who: len(account.statement) for who, account in self.accounts.items()}
        expired: dict[str, int] = {}
        repaid: dict[str, int] = {}
        for account in self.accounts.values():
            for sums, done in zip((repaid, expired), self._settle(account, now), strict=True):
                for unit, points in done.items():
                    sums[unit] = sums.get(unit, 0) + points
            for unit in account.lots:
                points = self._expire(account, unit, now)
                if points:
                    expired[unit] = expired.get(unit, 0) + points
        self._end_redemptions(now)
        self._convert(now)
        self._turn_all(now)
        self.foresight.look(self.in_force(now).programme, {who: one.lots for who, one in self.accounts.items()}, now)
        cancelled: dict[str, int] = {}
        for who, account in self.accounts.items():
            for kind, unit, points in account.statement[began[who] :]:
                if kind == "cancel":
                    cancelled[unit] = cancelled.get(unit, 0) - points
        return expired, repaid, cancelled

    @abstractmethod
    def _end_redemptions(self, now: datetime) -> None:
        """Book the redemptions whose time is over: the world knows how."""

    @abstractmethod
    def _convert(self, now: datetime) -> None:
        """Make whole parts of what is converted into what rules give for them: the world knows how."""

    @abstractmethod
    def _turn_all(self, now: datetime) -> None:
        """Do what is due of memberships: the world knows how."""

    def close_month(self, month: str, *, actor: str, now: datetime) -> Answer:
        """Independent of numbers: what is written down before the closing is in time."""
        zone = self.in_force(now).zone
        if month in [name for name, _ in self.closed]:
            return Answer()
        try:
            chain = [closing.Closing(name, until, until, 0) for name, until in self.closed]
            begins = min(since for since, _ in self.laws)
            closing.may_close(month, closings=chain, zone=zone, begins=begins, now=now)
            until = closing.ends(month, zone)
            if self.last_night is None or self.last_night < until:
                raise closing.MONTH_UNSWEPT(month=month, ends=until.isoformat())
        except Refusal as refusal:
            return Answer(refusal=refusal)
        self.closed.append((month, until))
        return Answer()

    def _place(self, at: datetime, closed: int) -> tuple[str, bool]:
        """The month of something that counts at the instant and was written down when so many months were closed."""
        if closed and at < self.closed[closed - 1][1]:
            return closing.following(self.closed[closed - 1][0]), True
        return f"{at.astimezone(self.laws[0][1].zone):%Y-%m}", False

    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        number = [name for name, _ in self.closed].index(month)
        opening, found = 0, dict.fromkeys(closing.COLUMNS.values(), (0, 0))
        for account in self.accounts.values():
            for (kind, of, points), (at, closed) in zip(account.statement, account.counted, strict=True):
                name, late = self._place(at, closed)
                if of != unit or closed > number or name > month:
                    continue
                if name < month:
                    opening += points
                    continue
                column = closing.COLUMNS[kind]  # type: ignore[index] # kinds of the ledger
                before = found[column]
                found[column] = (before[0] + points, before[1] + (points if late else 0))
        return opening, {name: flow for name, flow in found.items() if flow[0]}

    def expiring(self, who: str, unit: str, now: datetime, until: date | None) -> list[tuple[int, date]]:
        found = endings(self.accounts[who].of(unit), self.laws[0][1].zone, now)
        return [one for one in found if until is None or one[1] <= until]

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        return self.foresight.reminders(who, now)

    def ending(self, unit: str) -> list[tuple[int, str]]:
        return self.foresight.ending(unit)

    def months(self, who: str, unit: str) -> list[tuple[int, str, bool]]:
        account = self.accounts[who]
        return [
            (points, *self._place(at, closed))
            for (_, of, points), (at, closed) in zip(account.statement, account.counted, strict=True)
            if of == unit
        ]

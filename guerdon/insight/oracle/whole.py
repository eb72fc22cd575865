"""The oracle: all the law the model tries, and what accountants and readers ask of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from guerdon.insight.oracle import days
from guerdon.insight.oracle.book import Answer, No
from guerdon.insight.oracle.sharing import Sharing

LONG_AGO = datetime.min.replace(tzinfo=UTC)
COLUMNS = {
    "issued": ("earn",), "burned": ("burn", "reinstate"), "expired": ("expire",),
    "clawed_back": ("claw_back", "restore"), "adjusted": ("adjust_up", "adjust_down"), "lent": ("lend", "repay"),
    "transferred": ("transfer_out", "transfer_in", "merge_out", "merge_in"), "given_up": ("fee", "donate"),
}  # fmt: skip


@dataclass(slots=True)
class Oracle(Sharing):
    """The whole programme by the book."""

    last_night: datetime = LONG_AGO

    def night(self) -> None:
        """Nothing that members could see: what has ended or vested did so at its own instant."""
        self.last_night = self.now

    def nights_pass(self, before: datetime, now: datetime) -> None:
        """A test clock was moved: there was a night at three o'clock of every local day."""
        zone = self.terms.zone
        nights = [
            days.first_from(datetime.combine(self.day(now) - timedelta(days=ago), time(3)), zone) for ago in (1, 0)
        ]
        self.last_night = max([self.last_night, *[night for night in nights if before < night <= now]])

    def close(self, month: str) -> Answer:
        """Close a month; what is written down later for it belongs to the next one."""
        zone = self.terms.zone
        if month in self.closed:
            return ("closed",)
        ends = days.month_ends(month, zone)
        if self.now < ends:
            raise No("month_not_over")
        if self.closed and month != days.month_after(self.closed[-1]):
            raise No("month_out_of_order")
        if self.last_night < ends:
            raise No("month_unswept")
        self.closed.append(month)
        return ("closed",)

    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        """Of a closed month: what it opened with; by column, the points and what of them came late."""
        number, opening = self.closed.index(month), 0
        flows = {column: [0, 0] for column in COLUMNS}
        for member in self.members.values():
            for line in member.statement:
                if line.unit != unit or line.closed > number:
                    continue
                own = days.month_of(line.at, self.terms.zone)
                late = line.closed > 0 and own <= self.closed[line.closed - 1]
                counts = days.month_after(self.closed[line.closed - 1]) if late else own
                if counts < month:
                    opening += line.points
                elif counts == month:
                    column = next(name for name, kinds in COLUMNS.items() if line.kind in kinds)
                    flows[column][0] += line.points
                    flows[column][1] += line.points if late else 0
        return opening, {name: (points, late) for name, (points, late) in flows.items() if points}

    # --- what can be asked ---

    def amounts(self, who: str, unit: str) -> tuple[int, int, int, int]:
        """Available, pending, held, debt."""
        member = self.members[self.led(who)]
        lots = member.order(unit)
        return (
            sum(lot.free for lot in lots if lot.alive(self.now)),
            sum(lot.free for lot in lots if lot.waits(self.now)),
            sum(lot.held for lot in lots),
            member.debt[unit],
        )

    def sums(self, who: str, unit: str) -> dict[str, int]:
        """What each kind of posting came to, over a member's whole life."""
        found: dict[str, int] = {}
        for line in self.members[self.led(who)].statement:
            if line.unit == unit:
                found[line.kind] = found.get(line.kind, 0) + line.points
        return {kind: points for kind, points in found.items() if points}


def refusing(deed: object, *words: object, **more: object) -> Answer:
    """The answer of a deed, or the refusal."""
    try:
        return deed(*words, **more)  # type: ignore[operator, no-any-return] # a method of the oracle
    except No as refusal:
        return ("refused", *refusal.args)

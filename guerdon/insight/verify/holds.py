"""Holds: every reserved point is in one place, every hold ended at most once, and what it took was what it held."""

from guerdon.core import holds as law
from guerdon.core.ledger import Take
from guerdon.insight.verify import reserved
from guerdon.insight.verify.accounts import Account, Hold, Step
from guerdon.insight.verify.invariant import Invariant


class Holds(Invariant):
    """Every hold against its parts, its steps and its burns; all of them against what lots and balances hold."""

    clause = "10.10"
    sentence = "A hold's amount = captured + released + expired + open; the open ones sum to the held balance."

    def look(self, account: Account) -> None:
        in_lots: dict[str, int] = {}
        in_units: dict[str, int] = {}
        for hold in account.holds:
            self._compare_steps(account, hold)
            self._compare_parts(account, hold)
            in_units[hold.unit] = in_units.get(hold.unit, 0) + _open(hold)
        for part in account.parts:
            in_lots[part.lot_id] = in_lots.get(part.lot_id, 0) + part.open
        for lot in account.lots:
            self._compare("a lot holds other points than its holds", in_lots.pop(lot.id, 0), lot.held, lot=lot.id)
        for purse in account.purses:
            found = in_units.pop(purse.unit, 0)
            where = {"member": account.id, "unit": purse.unit}
            self._compare("the held balance is not the sum of the open holds", found, purse.held, **where)
        for lot_id, points in in_lots.items():
            self._compare("points are held in a lot that is not there", 0, points, member=account.id, lot=lot_id)
        self.count("holds", len(account.holds))
        self.count("held", sum(purse.held for purse in account.purses))

    def _compare(self, what: str, expected: object, found: object, **where: object) -> None:
        if expected != found:
            self.breaks(what, expected=expected, found=found, **where)

    def _compare_steps(self, account: Account, hold: Hold) -> None:
        where: dict[str, object] = {"member": account.id, "hold": hold.id, "seq": hold.seq}
        steps = sorted((step for step in account.steps if step.hold_id == hold.id), key=lambda step: step.seq)
        sums = tuple(sum(getattr(step, name) for step in steps) for name in ("captured", "released", "expired"))
        self._compare("a hold became something else than its steps say", sums, _became(hold), **where)
        left = hold.amount
        for step in steps:
            if left <= 0 or step.seq <= hold.seq:
                self.breaks("a hold ended twice", expected="one end", found=step.kind, **where)
            left -= step.captured + step.released + step.expired
            in_time = step.at == hold.ends_at if step.kind == "hold_end" else hold.created_at <= step.at < hold.ends_at
            if not in_time:
                self.breaks("a hold ended at another time", expected=hold.ends_at, found=step.at, **where)
            self._compare_capture(account, hold, step, where)
        ends = {"capture": "captured", "release": "released", "hold_end": "expired"}
        state = "open" if left > 0 else ends[steps[-1].kind] if steps else "open"
        self._compare("a hold is in another state than its steps left it in", state, hold.state, **where)

    def _compare_capture(self, account: Account, hold: Hold, step: Step, where: dict[str, object]) -> None:
        taken = sum(reserved.captured(account, step).values())
        self._compare("a capture took other points than the hold says", step.captured, taken, **where)
        for posting in account.caused.get(step.activity_id, ()):
            if posting.kind == "burn":
                self._compare("a capture counts at another time", hold.created_at, posting.effective_at, **where)

    def _compare_parts(self, account: Account, hold: Hold) -> None:
        """What is open in each lot; the first points in order are captured first (LAW 5.4)."""
        where: dict[str, object] = {"member": account.id, "hold": hold.id, "seq": hold.seq}
        parts = sorted((part for part in account.parts if part.hold_id == hold.id), key=lambda part: part.place)
        self._compare("the parts of a hold are not the hold", hold.amount, sum(one.amount for one in parts), **where)
        self._compare("a hold is open for other points", _open(hold), sum(one.open for one in parts), **where)
        rest: tuple[Take, ...] = tuple(Take(part.lot_id, part.amount) for part in parts)
        for step in sorted((one for one in account.steps if one.hold_id == hold.id), key=lambda one: one.seq):
            first, rest = law.split(rest, step.captured)
            expected = {take.lot: take.points for take in first}
            self._compare(
                "a capture took other parts than the first", expected, reserved.captured(account, step), **where
            )
            rest = () if step.released or step.expired else rest
        left = {take.lot: take.points for take in rest}
        for part in parts:
            self._compare("a part is open for other points", left.get(part.lot_id, 0), part.open, **where)


def _became(hold: Hold) -> tuple[int, int, int]:
    return (hold.captured, hold.released, hold.expired)


def _open(hold: Hold) -> int:
    return hold.amount - hold.captured - hold.released - hold.expired

"""Points by hand: what one person did alone, what a second one agreed to, and what waits, against the journal."""

from typing import Final

import msgspec

from guerdon.core import period
from guerdon.insight.verify.accounts import Account, Entry
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock


class _Facts(msgspec.Struct):
    """What the journal says of an adjustment."""

    unit: str
    points: int
    reason: str
    actor_id: str
    verdict: str = ""
    decided_by_id: str = ""


class _Told(msgspec.Struct):
    facts: _Facts


_facts: Final = msgspec.json.Decoder(_Told).decode


class SecondPerson(Invariant):
    """Every adjustment of the journal against its programme's threshold, and every request against the journal."""

    clause = "6.4"
    sentence = "Adjustments have a reason and an actor; above the threshold a second person agreed, never the same."
    sums = ("_decided",)

    # What waits is parked; what was decided stands in the journal, which names the same second person.
    WAITING: Final = (
        "SELECT [id r.account_id], [id r.id] FROM adjustments_request r LEFT JOIN activities_parked p"
        " ON p.account_id = r.account_id AND p.id = r.id AND p.reason = 'approval_missing'"
        " WHERE r.state = 'waiting' AND p.id IS NULL AND [mine r] ORDER BY r.seq"
    )
    UNASKED: Final = (
        "SELECT [id p.account_id], [id p.id] FROM activities_parked p LEFT JOIN adjustments_request r"
        " ON r.account_id = p.account_id AND r.id = p.id AND r.state = 'waiting'"
        " WHERE p.reason = 'approval_missing' AND r.id IS NULL AND [mine p] ORDER BY p.seq"
    )
    DECIDED: Final = (
        "SELECT [id r.account_id], [id r.id], r.state, r.decided_by, a.facts FROM adjustments_request r"
        " LEFT JOIN activities_activity a ON a.account_id = r.account_id AND a.id = r.id"
        " WHERE r.state <> 'waiting' AND [mine r] ORDER BY r.seq"
    )

    def __init__(self) -> None:
        super().__init__()
        self._decided = 0  # requests; as many entries of the journal have a verdict

    def ask(self, found: Found) -> None:
        for what, question in (
            ("an adjustment waits, but is not parked", self.WAITING),
            ("a parked adjustment that nobody is asked about", self.UNASKED),
        ):
            for account, id in found.rows(question):
                self.breaks(what, expected="both", found="one", member=account, activity=id)
        for account, id, state, by, text in found.rows(self.DECIDED):
            self._decided += 1
            told = _facts(text).facts if text else None
            named = (told.verdict, told.decided_by_id) if told else None
            if named != (state, by):
                self.breaks(
                    "a decided adjustment is not what the journal says",
                    expected=f"{state} by {by}",
                    found=f"{named[0] or 'booked'} by {named[1] or 'nobody'}" if named else "no entry",
                    member=account,
                    activity=id,
                )
        waiting = "SELECT count(*) FROM adjustments_request r WHERE r.state = 'waiting' AND [mine r]"
        self.count("waiting", found.number(waiting))
        self.count("decided", self._decided)

    def look(self, account: Account) -> None:
        alone: dict[tuple[str, str, str], int] = {}
        for entry in account.entries:
            if entry.kind == "adjustment" and account.book is not None and account.book.has(entry.version):
                self._look(account, entry, alone)

    def _look(self, account: Account, entry: Entry, alone: dict[tuple[str, str, str], int]) -> None:
        assert account.book is not None
        where = {"member": account.id, "activity": entry.id, "seq": entry.seq}
        try:
            told = _facts(entry.facts).facts
        except msgspec.MsgspecError:
            self.breaks("an adjustment that does not say who and why", expected="both", found="neither", **where)
            return
        self.count("adjustments", 1)
        if not told.reason.strip() or not told.actor_id:
            self.breaks("an adjustment without a reason or an actor", expected="both", found="one", **where)
        given = sum(award.points for award in entry.decision.awards)
        moved = given - sum(spent.points for spent in entry.decision.spent)
        if moved not in (told.points, 0):
            self.breaks("points moved by another amount", expected=told.points, found=moved, **where)
        if told.verdict:
            self._decided -= 1
            if told.decided_by_id in ("", told.actor_id):
                self.breaks("nobody else agreed", expected="another person", found=told.decided_by_id, **where)
            if bool(moved) is not (told.verdict == "approved"):
                self.breaks("points moved against the verdict", expected=told.verdict, found=str(moved), **where)
            return
        if not moved:
            self.breaks("an adjustment that moved nothing", expected=told.points, found=0, **where)
        law = account.book.law(entry.version)
        most = law.programme.adjustments.approve_above.get(told.unit)
        if most is None:
            return
        day = period.local_day(clock.instant(entry.recorded_at), law.zone).isoformat()
        name = (told.actor_id, told.unit, day)
        alone[name] = alone.get(name, 0) + abs(told.points)
        if alone[name] > most:
            self.breaks(
                "one person did alone what needs two",
                expected=f"at most {most} {told.unit} on {day}",
                found=alone[name],
                **where,
            )

    def close(self, found: Found) -> None:
        if self._decided:
            self.breaks(
                "the journal knows of other verdicts than were asked for",
                expected="one for each decided adjustment",
                found=f"{abs(self._decided)} {'too few' if self._decided > 0 else 'too many'}",
            )

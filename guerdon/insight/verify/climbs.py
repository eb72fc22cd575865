"""Tiers: what was counted, every step and every date against the journal, climbed again entry by entry (LAW 7)."""

from datetime import date, datetime, timedelta
from typing import Final

from guerdon.core import activities as law
from guerdon.core import climbing
from guerdon.core.ladders import Ladder
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.core.tiers import Step, bonus_period, next_look
from guerdon.insight.verify.accounts import Account, Climb, Entry
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book
from guerdon.kit import clock

_MERGING: Final = frozenset({"merge", "unmerge"})


class Climbed(Invariant):
    """The stored steps, the stored basis and what is due next, against the journal climbed again in the order of seq.

    Where members were merged or parted, the steps of that moment are taken as they are, and only their order and their
    dates are looked at.
    """

    clause = "10.21"
    sentence = "The stored tier history equals the recomputed one; nobody fell before the date; intervals meet."

    # A grant runs on under its own id for who stayed after a merge; its entry stays where it was given.
    GRANTS: Final = (
        "SELECT [id g.account_id], [id g.id], g.level, g.since, g.until, a.occurred_at,"  # noqa: S608
        " a.facts::json->'facts'->>'tier', a.facts::json->'facts'->>'last_day' FROM tiers_grant g"
        " LEFT JOIN activities_activity a ON a.account_id = g.account_id AND a.id = g.id"
        f" WHERE [mine g] AND (a.kind = '{law.TIER_GRANT}' OR NOT EXISTS (SELECT 1 FROM members_merge m"
        " WHERE m.into_account = g.account_id)) ORDER BY g.account_id, g.id"
    )
    UNGRANTED: Final = (
        "SELECT [id a.account_id], [id a.id] FROM activities_activity a LEFT JOIN tiers_grant g"  # noqa: S608
        f" ON g.account_id = a.account_id AND g.id = a.id WHERE a.kind = '{law.TIER_GRANT}' AND g.id IS NULL"
        " AND [mine a] ORDER BY a.account_id, a.id"
    )

    def ask(self, found: Found) -> None:
        for account, grant, level, since, until, told_at, tier, last_day in found.rows(self.GRANTS):
            self.count("grants", 1)
            ends = clock.instant(until) - timedelta(days=1)
            # The end is a local midnight, whatever the zone was then.
            near = last_day is not None and abs(ends.date() - date.fromisoformat(last_day)) <= timedelta(days=1)
            if (level, since) != (tier, told_at) or not near:
                self.breaks("a grant is not what the journal says", expected=(tier, told_at, last_day),
                            found=(level, since, until), member=account, grant=grant)  # fmt: skip
        for account, grant in found.rows(self.UNGRANTED):
            self.breaks("a grant is not what the journal says", expected="a tier", found="none", member=account,
                        grant=grant)  # fmt: skip

    def look(self, account: Account) -> None:
        stored = [(_step(row), row.seq, row.version) for row in account.climbs]
        self.count("steps", len(stored))
        self.count("days", len(account.counted))
        if not stored and not account.counted and not any(_climbs(entry) for entry in account.entries):
            return
        self._order(account, stored)
        self._due(account, stored)
        self._bonus(account, stored)
        if account.joined or any(step.cause in _MERGING for step, *_ in stored):
            self.count("merged, looked at in part", 1)
            return
        self._told(account, stored)
        self._again(account, stored)

    def _order(self, account: Account, stored: list[tuple[Step, int, int]]) -> None:
        """Intervals meet by their making; their numbers have no gap, their instants never go back, no fall is early."""
        before: Step | None = None
        for step, seq, version in stored:
            if before is not None and before.ladder != step.ladder:
                before = None
            where: dict[str, object] = {"member": account.id, "ladder": step.ladder, "number": step.number, "seq": seq}
            number = 1 if before is None else before.number + 1
            if step.number != number:
                self.breaks("a step is missing from a history of tiers", expected=number, found=step.number, **where)
            if before is not None and step.since < before.since:
                self.breaks("a tier began before the one before it", expected=before.since, found=step.since, **where)
            ladder = _ladder(account, step.ladder, version)
            if before is not None and ladder is not None and ladder.place(step.level) < ladder.place(before.level):
                due = [at for at in (before.review_at, before.grace_until) if at is not None]
                lawful = step.cause == "unmerge" or (step.cause == "return" and ladder.after_return == "immediate")
                if not lawful and step.since not in due:
                    told = " or ".join(map(str, due)) or "never"
                    self.breaks("a tier was taken before its date", expected=told, found=step.since, **where)
            before = step

    def _due(self, account: Account, stored: list[tuple[Step, int, int]]) -> None:
        """What the night asks is the last step, except of a ladder that some later version does not have."""
        last = {step.ladder: step for step, *_ in stored}
        for rank in account.ranks:
            step = last.pop(rank.ladder, None)
            looks = None if step is None else (step.number, *next_look(step))
            first = None if rank.counts_from is None else date.fromordinal(rank.counts_from)
            found = (rank.number, clock.instant(rank.due_at), first)
            idle = step is not None and found == (step.number, None, None) and _was_gone(account, rank.ladder)
            if found != looks and not idle:
                self.breaks("the night would look at another step than the last", expected=looks, found=found,
                            member=account.id, ladder=rank.ladder)  # fmt: skip
        for ladder, step in last.items():
            self.breaks("the night would never look at a tier", expected=step.number, found="nothing",
                        member=account.id, ladder=ladder)  # fmt: skip

    def _bonus(self, account: Account, stored: list[tuple[Step, int, int]]) -> None:
        """Every rise that is rewarded has one entry, and no entry is of any other."""
        by_ladder: dict[str, list[Step]] = {}
        for step, *_ in stored:
            by_ladder.setdefault(step.ladder, []).append(step)
        due = sum(
            step.cause == "upgrade" and bonus_period(steps, step) is not None
            for steps in by_ladder.values()
            for step in steps
        )
        found = sum(entry.kind == law.TIER_UPGRADED for entry in account.entries)
        if due != found:
            self.breaks("rises are rewarded once for a tier and period", expected=due, found=found, member=account.id)

    def _told(self, account: Account, stored: list[tuple[Step, int, int]]) -> None:
        """The steps and the basis are those of the journal."""
        told = [(step, entry.seq) for entry in account.entries for step in entry.decision.tiers]
        kept = [(step, seq) for step, seq, _ in stored]
        if sorted(told, key=_name) != sorted(kept, key=_name):
            odd = next((one for one in [*told, *kept] if one not in told or one not in kept), None)
            self.breaks("the history of tiers is not the journal's", expected=len(told), found=len(kept),
                        member=account.id, ladder=None if odd is None else odd[0].ladder)  # fmt: skip
        sums: dict[tuple[str, int], int] = {}
        for entry in account.entries:
            for move in entry.decision.moves:
                name = (move.measure, move.day.toordinal())
                sums[name] = sums.get(name, 0) + move.add
        found = {(one.measure, one.day): one.amount for one in account.counted}
        for name in sums.keys() | found.keys():
            if sums.get(name, 0) != found.get(name, 0):
                self.breaks("a day's basis is not what the journal adds up to", expected=sums.get(name, 0),
                            found=found.get(name, 0), member=account.id, measure=name[0],
                            day=date.fromordinal(name[1]))  # fmt: skip
        # Points may be taken by hand on a day on which none were given.
        counts = [(name, amount) for name, amount in found.items() if "points:" not in name[0]]
        negative = next((name for name, amount in counts if amount < 0), None)
        if negative is not None:
            self.breaks("a day's basis is below nothing", expected="0 or more", found=found[negative],
                        member=account.id, measure=negative[0])  # fmt: skip

    def _again(self, account: Account, stored: list[tuple[Step, int, int]]) -> None:
        """Climb again: every entry adds what it says, and its steps follow from the law."""
        if account.member is None or account.book is None:
            return
        standing = Standing(account_id=account.id, enrolled_at=clock.instant(account.member.enrolled_at))
        versions = {seq: version for _, seq, version in stored}
        for entry in account.entries:
            decision = entry.decision
            if not _climbs(entry):
                continue
            at = self._at(account, entry)
            possible = {versions[entry.seq]} if entry.seq in versions else _versions(account.book, entry, at)
            found = [_steps(account.book.law(version), standing, entry, at) for version in sorted(possible)]
            self.count("climbed again", 1)
            if decision.tiers not in found:
                told = [_shown(step) for step in (found[-1] if found else ())]
                self.breaks("climbing again ends on other steps", expected=told,
                            found=[_shown(step) for step in decision.tiers], member=account.id, activity=entry.id,
                            seq=entry.seq)  # fmt: skip
                return
            standing.climb(decision.moves, decision.tiers)

    def _at(self, account: Account, entry: Entry) -> datetime:
        """When the entry counts: a return no earlier than its purchase."""
        purchase = account.purchase(account.returned.get(entry.id, ""))
        return clock.instant(max(entry.occurred_at, purchase.occurred_at if purchase is not None else 0))


def _versions(book: Book, entry: Entry, at: datetime) -> frozenset[int]:
    """By whose ladders the entry may have climbed: those that decided it, of a return those of its own instant."""
    if entry.kind in (law.RETURN, law.REOPEN, law.MEMBERSHIP_VOID):
        return book.in_force(occurred_at=clock.micros(at), recorded_at=entry.recorded_at)
    return frozenset((entry.decision.version,)) if book.has(entry.decision.version) else frozenset()


def _steps(in_force: Law, standing: Standing, entry: Entry, at: datetime) -> tuple[Step, ...]:
    """The steps that an entry makes, by what it says it counts."""
    ladders, zone, moves = in_force.programme.tiers, in_force.zone, entry.decision.moves
    if entry.kind in (law.RETURN, law.REOPEN, law.MEMBERSHIP_VOID, "adjustment"):
        return climbing.returned(ladders, zone, standing, moves, at)
    if entry.kind == law.TIER_REVIEW:
        return climbing.reviewed(ladders, zone, standing, at)
    found = climbing.ranks(ladders, zone, standing)
    steps = [step for rank in found for step in rank.advance(at)]
    for rank in found:
        step = rank.climb(at) if climbing.add(rank, moves) else None
        steps += [step] if step is not None else []
    return tuple(steps)


def _ladder(account: Account, key: str, version: int) -> Ladder | None:
    if account.book is None or not account.book.has(version):
        return None
    return next((one for one in account.book.law(version).programme.tiers if one.key == key), None)


def _was_gone(account: Account, key: str) -> bool:
    """Whether some version has no such ladder."""
    if account.book is None:
        return True
    numbers = range(1, len(account.book.lawbook.versions) + 1)
    return any(_ladder(account, key, number) is None for number in numbers)


def _climbs(entry: Entry) -> bool:
    return bool(entry.decision.moves or entry.decision.tiers)


def _step(row: Climb) -> Step:
    return Step(
        row.ladder, row.number, row.level, clock.instant(row.since), row.cause,  # type: ignore[arg-type] # as stored
        _day(row.counts_from), _day(row.counts_until), clock.instant(row.review_at), clock.instant(row.grace_until),
    )  # fmt: skip


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _name(one: tuple[Step, int]) -> tuple[str, int, int]:
    return (one[0].ladder, one[0].number, one[1])


def _shown(step: Step) -> str:
    return f"{step.ladder}: {step.level} from {step.since} ({step.cause})"

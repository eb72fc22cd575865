"""Limits: caps, uses and budgets added up again from the stored decisions, and the counters that rules look at."""

from collections import deque
from collections.abc import Sequence
from typing import Final

import msgspec

from guerdon.core import activities, period, transfers, vouchers
from guerdon.core.period import WindowKind
from guerdon.core.standing import EVER
from guerdon.insight.verify.accounts import Account, Added, Entry, Raised
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.insight.verify.scope import Book, Watch, is_told
from guerdon.kit import clock

Name = tuple[str, str]  # counter, window
Tally = dict[Name, int]
APART: Final = ("sent:", "voucher:")  # counters that no rule moves or asks for
DATED: Final = ("count:", *APART)  # those of which it is known when they moved last
NEEDS_FACTS: Final = "spend"  # what the decision alone can't tell


class Memory(msgspec.Struct):
    """The counters of another account as they were when somebody joined a household or left it."""

    counters: list[tuple[str, str, int, int]]  # key, window, amount, last


memory: Final = msgspec.json.Decoder(Memory).decode


def _raise(raised: Raised, tally: dict[Name, int], last: dict[Name, int]) -> None:
    """No counter of a household is lower than that of who joined it, nor of who leaves than the household's."""
    for key, window, amount, last_at in memory(raised.memory).counters:
        name = (key, window)
        tally[name] = max(tally.get(name, 0), amount)
        if key.startswith(DATED):
            last[name] = max(last.get(name, 0), last_at)


class Limits(Invariant):
    """Every decision in the order of seq, tallied per member and window against the limits of its own version."""

    clause = "10.16"
    part = "limits"
    sentence = "Sums per window ≤ cap, per campaign ≤ budget; counters and budgets are those very sums."
    sums = ("_spent",)

    BUDGETS: Final = "SELECT [id b.programme_id], b.rule, b.spent, b.most FROM rulebook_budget b WHERE [mine b]"

    def __init__(self) -> None:
        super().__init__()
        self._spent: dict[Name, int] = {}  # (programme, rule) → points given

    def look(self, account: Account) -> None:
        book = account.book
        if book is None:
            return
        tally: dict[Name, int] = {}
        last: dict[Name, int] = {}
        added: dict[str, list[Added]] = {}
        for one in account.added:
            added.setdefault(one.merge_id, []).append(one)
        raised = deque(account.raised)
        for entry in account.entries:
            while raised and raised[0].seq <= entry.seq:
                _raise(raised.popleft(), tally, last)
            self._add_entry(account, book, entry, added.get(entry.id, ()), (tally, last))
        while raised:
            _raise(raised.popleft(), tally, last)
        if any(one.undone for one in account.joined):
            # When a counter moved last within a window is forgotten by a merge that was undone; no rule asks for it.
            last = {name: at for name, at in last.items() if name[1] == EVER}
        self._compare(account, tally, last)
        self.count("entries", len(account.entries))
        self.count("counters", len(account.counters))

    def _add_entry(
        self, account: Account, book: Book, entry: Entry, joined: Sequence[Added], sums: tuple[Tally, Tally]
    ) -> None:
        """Move the tallies, and when each moved last, on by one entry."""
        tally, last = sums
        for one in joined:  # limits are per person, so those of a merged member count on (LAW 6.3)
            name = (one.key, one.win)
            tally[name] = tally.get(name, 0) + one.amount
            if name[0].startswith(DATED):
                last[name] = max(last.get(name, 0), one.last_at)
        if is_told(entry.kind) and book.has(entry.decision.version):
            self._add(account, book, entry, tally, last)
        elif entry.decision.uses:
            self._add_uses(book, entry, tally, last)
        elif entry.decision.sent and book.has(entry.decision.version) and not _is_card(account):
            self._add_sent(book, entry, tally, last)

    def _add(self, account: Account, book: Book, entry: Entry, tally: dict[Name, int], last: dict[Name, int]) -> None:
        """Move the tally on by one decision, and hold it against the limits."""
        watch = book.watch(entry.decision.version)
        at, awards, limited = entry.occurred_at, entry.decision.awards, watch.limited
        for name in watch.counted(entry.kind, at):
            tally[name] = tally.get(name, 0) + 1
            if at > last.get(name, 0):
                last[name] = at
        if awards or entry.decision.issued:
            # A rule that gave a voucher has fired, whatever points it gave.
            rules = {issue.rule: 0 for issue in entry.decision.issued if issue.rule in limited and issue.rule}
            for award in awards:
                for share in award.shares:
                    if share.rule in limited:
                        rules[share.rule] = rules.get(share.rule, 0) + share.points
            names = watch.names(at)
            if rules:
                self._add_rules(account, entry, watch, names, rules, tally)
            if watch.limited_units:
                self._add_units(account, entry, watch, names, tally)

    def _add_rules(
        self,
        account: Account,
        entry: Entry,
        watch: Watch,
        names: dict[WindowKind, str],
        rules: dict[str, int],
        tally: dict[Name, int],
    ) -> None:
        for rule, points in rules.items():
            most = watch.orders.get(rule)
            if most is not None and points > most:
                self._exceeds(entry, f"rule {rule}", "order", most, points)
            for counter, span, most in watch.caps[rule]:
                name = (counter, names[span])
                tally[name] = total = tally.get(name, 0) + points
                if total > most and points:
                    self._exceeds(entry, f"rule {rule}", name[1], most, total)
            # No use is lost on less than a point.
            for counter, span, most in watch.uses[rule] if points or _gave_voucher(entry, rule) else ():
                name = (counter, names[span])
                tally[name] = total = tally.get(name, 0) + 1
                if total > most:
                    self._exceeds(entry, f"uses of rule {rule}", name[1], most, total)
            if rule in watch.budgets and account.book is not None:
                budget = (account.book.row.id, rule)
                self._spent[budget] = self._spent.get(budget, 0) + points

    def _add_units(
        self, account: Account, entry: Entry, watch: Watch, names: dict[WindowKind, str], tally: dict[Name, int]
    ) -> None:
        units: dict[str, int] = {}
        for award in entry.decision.awards:
            if award.unit in watch.limited_units:
                units[award.unit] = units.get(award.unit, 0) + award.points
        for unit, points in units.items():
            order = watch.unit_orders.get(unit)
            if order is not None and points > order:
                self._exceeds(entry, f"unit {unit}", "order", order, points)
            for counter, span, most in watch.unit_caps[unit]:
                name = (counter, names[span])
                tally[name] = total = tally.get(name, 0) + points
                if total > most:
                    self._exceeds(entry, f"unit {unit}", name[1], most, total)

    def _add_sent(self, book: Book, entry: Entry, tally: dict[Name, int], last: dict[Name, int]) -> None:
        """What was sent to others, under the limits of its day."""
        law = book.law(entry.decision.version)
        day = period.local_day(clock.instant(entry.occurred_at), law.zone)
        for sent in entry.decision.sent:
            unit = law.programme.units.get(sent.unit)
            if unit is None or unit.transfers is None:
                where = {"member": entry.account_id, "activity": entry.id, "seq": entry.seq}
                self.breaks("points were sent that can't be", expected="none", found=sent.points, **where)
                continue
            for name, span, most, _ in transfers.counters(unit.transfers, unit=sent.unit, to=sent.to, day=day):
                tally[name] = total = tally.get(name, 0) + sent.points
                last[name] = max(last.get(name, 0), entry.occurred_at)
                if total > most:
                    self._exceeds(entry, f"transfers of {sent.unit}", span, most, total)

    def _add_uses(self, book: Book, entry: Entry, tally: dict[Name, int], last: dict[Name, int]) -> None:
        """What was redeemed, under the limit of its version; or given back, as far as it still counted here."""
        back = entry.kind == activities.VOUCHER_ROLLBACK
        for use in entry.decision.uses:
            name = vouchers.counter(use.voucher)
            if back and not tally.get(name, 0):
                continue
            tally[name] = total = tally.get(name, 0) + (-1 if back else 1)
            last[name] = max(last.get(name, 0), entry.occurred_at)
            known = book.has(entry.decision.version)
            offer = book.law(entry.decision.version).programme.offer(use.voucher) if known else None
            most = offer.uses_per_member if offer is not None else None
            if most is not None and total > most and not back:
                self._exceeds(entry, f"voucher {use.voucher}", name[1], most, total)

    def _exceeds(self, entry: Entry, what: str, window: str, most: int, total: int) -> None:
        self.breaks(
            f"the cap of {what} is exceeded",
            expected=f"at most {most}",
            found=total,
            member=entry.account_id,
            activity=entry.id,
            seq=entry.seq,
            window=window,
        )

    def _compare(self, account: Account, tally: dict[Name, int], last: dict[Name, int]) -> None:
        for counter in account.counters:
            name = (counter.key, counter.win)
            expected, found = tally.pop(name, 0), counter.amount
            if found != expected and not (found > expected and name[0].startswith(NEEDS_FACTS)):
                self._differs(account, name, expected, found)
            elif counter.last_at != last.get(name, counter.last_at):
                self._differs(account, name, last[name], counter.last_at)
        for name, expected in tally.items():
            if expected:
                self._differs(account, name, expected, 0)

    def _differs(self, account: Account, name: Name, expected: int, found: int) -> None:
        self.breaks(
            "a counter is not what the decisions add up to",
            expected=expected,
            found=found,
            member=account.id,
            counter=name[0],
            window=name[1],
        )

    def close(self, found: Found) -> None:
        stored = {(programme, rule): (spent, most) for programme, rule, spent, most in found.rows(self.BUDGETS)}
        for name in sorted(stored.keys() | self._spent.keys()):
            spent, most = stored.get(name, (0, 0))
            self.count("budgets", 1)
            where = {"programme": name[0], "rule": name[1]}
            if spent != self._spent.get(name, 0):
                self.breaks(
                    "a budget's spending is not what its rule gave",
                    expected=self._spent.get(name, 0),
                    found=spent,
                    **where,
                )
            limit = _budget(found.books.get(name[0]), name[1])
            if self._spent.get(name, 0) > limit:
                self.breaks(
                    "a budget was overshot", expected=f"at most {limit}", found=self._spent.get(name, 0), **where
                )
            if spent > most:
                self.breaks("a budget row exceeds its own limit", expected=f"at most {most}", found=spent, **where)


def _gave_voucher(entry: Entry, rule: str) -> bool:
    return any(issue.rule == rule for issue in entry.decision.issued)


def _is_card(account: Account) -> bool:
    """Whether it is the account of a gift card, from which anything goes to anybody."""
    return account.member is not None and account.member.kind == "card"


def _budget(book: Book | None, rule: str) -> int:
    """The largest budget any version gave the rule."""
    versions = () if book is None else book.lawbook.versions
    budgets = [book.watch(version.number).budgets.get(rule) or 0 for version in versions] if book else []
    return max(budgets, default=0)

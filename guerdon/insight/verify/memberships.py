"""Paid memberships: intervals that never overlap, one renewal a period, every payment for what it paid (LAW 10.22)."""

from itertools import pairwise
from typing import Final

from guerdon.core import activities as law
from guerdon.core import memberships as core
from guerdon.core.memberships import Interval, Membership
from guerdon.insight.verify import holdings
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import clock

# An interval, or that it was cut, by all that is known of it: it stands once in a row and once in the journal.
Name = tuple[object, ...]


class Memberships(Invariant):
    """Every interval and every payment against the others, against the journal, and against the law of its dates."""

    clause = "10.22"
    sentence = "Paid membership intervals do not overlap; one renewal per period; each has its payment, no money two."
    sums = ("_told",)

    PAYMENTS: Final = (
        "SELECT [id p.account_id], [id p.membership_id], p.number, [id p.payment_id], y.state, y.number,"
        " [id y.membership_id] FROM memberships_period p LEFT JOIN memberships_payment y"
        " ON y.account_id = p.account_id AND y.id = p.payment_id"
        " WHERE p.payment_id IS NOT NULL AND [mine p] ORDER BY p.account_id, p.membership_id, p.place"
    )
    PAID: Final = (
        "SELECT [id y.account_id], [id y.membership_id], [id y.id], y.amount, y.refunded, (SELECT count(*)"
        " FROM memberships_period p WHERE p.account_id = y.account_id AND p.membership_id = y.membership_id"
        " AND p.payment_id = y.id AND p.kind = 'period') FROM memberships_payment y"
        " WHERE y.state IN ('paid', 'refunding', 'refunded') AND [mine y] ORDER BY y.account_id, y.id"
    )
    # By hand money goes back at once; a provider owes what it has not told to be given back.
    OWED: Final = (
        "SELECT [id y.account_id], [id y.membership_id], [id y.id], y.state, y.refunded, y.returned, y.sending"
        " FROM memberships_payment y WHERE y.paid_by = 'stripe' AND [mine y] AND ("
        " (y.state = 'refunding') <> (y.returned < y.refunded) OR y.returned > y.refunded"
        " OR y.sending > CASE WHEN y.state = 'refunding' THEN y.refunded ELSE 0 END) ORDER BY y.account_id, y.id"
    )
    LOST: Final = (
        "SELECT [id y.account_id], [id y.id] FROM memberships_payment y LEFT JOIN memberships_reference r"
        " ON r.programme_id = y.programme_id AND r.provider = 'guerdon' AND r.kind = 'payment'"
        " AND r.payment_id = y.id AND r.account_id = y.account_id WHERE r.value IS NULL AND [mine y] ORDER BY y.id"
    )

    TWICE: Final = (
        "SELECT y.reference, count(*), min([id y.id]) FROM memberships_payment y WHERE y.paid_by = 'stripe'"
        " AND [mine y] GROUP BY y.programme_id, y.reference HAVING count(*) > 1 ORDER BY y.reference"
    )
    OPEN: Final = (
        "SELECT [id y.account_id], [id y.membership_id], [id y.id], t.ended, y.number,"
        " (SELECT coalesce(max(p.number), 0) FROM memberships_period p WHERE p.account_id = y.account_id"
        " AND p.membership_id = y.membership_id),"
        " (SELECT count(*) FROM memberships_payment o WHERE o.account_id = y.account_id"
        " AND o.membership_id = y.membership_id AND o.state IN ('asked', 'failed')) FROM memberships_payment y"
        " JOIN memberships_membership t ON t.account_id = y.account_id AND t.id = y.membership_id"
        " WHERE y.state IN ('asked', 'failed') AND [mine y] ORDER BY y.account_id, y.id"
    )

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[Name, int] = {}

    def ask(self, found: Found) -> None:
        for account, membership, number, payment, state, of, whose in found.rows(self.PAYMENTS):
            where = {"member": account, "membership": membership, "payment": payment}
            if state not in ("paid", "refunding", "refunded") or (of, whose) != (number, membership):
                self.breaks("a period was not paid by its payment", expected=f"paid for {number}",
                            found=f"{state} for {of}", **where)  # fmt: skip
        for account, membership, payment, amount, refunded, periods in found.rows(self.PAID):
            self.count("payments", 1)
            where = {"member": account, "membership": membership, "payment": payment}
            if periods != 1 and not (periods == 0 and refunded == amount):  # it came too late, and goes back
                self.breaks("a payment did not pay one period", expected=1, found=periods, **where)
            if refunded > amount:
                self.breaks("more was given back than was paid", expected=f"at most {amount}", found=refunded, **where)
        for account, payment in found.rows(self.LOST):
            self.breaks("a payment can't be found by its name", expected="a name", found="none", member=account,
                        payment=payment)  # fmt: skip
        for reference, count, payment in found.rows(self.TWICE):
            self.breaks("the same money paid twice", expected="one payment", found=count, reference=reference,
                        payment=payment)  # fmt: skip
        for account, membership, payment, ended, number, had, count in found.rows(self.OPEN):
            if ended or number <= had or count > 1:
                self.breaks("a payment is asked that nobody has to pay", expected="one, for the next period",
                            found=f"{count}, for period {number} after {had}", member=account, membership=membership,
                            payment=payment)  # fmt: skip

        self._money_goes_back(found)

    def _money_goes_back(self, found: Found) -> None:
        for account, membership, payment, state, refunded, returned, asked in found.rows(self.OWED):
            self.breaks("a payment is not given back as it is owed", expected=f"{refunded} in all",
                        found=f"{returned} and {asked} asked for, {state}", member=account, membership=membership,
                        payment=payment)  # fmt: skip

    def look(self, account: Account) -> None:
        whole = holdings.whole(account.memberships, account.spans)
        self.count("memberships", len(whole))
        self.count("intervals", len(account.spans))
        for one in whole:
            self._follow(account, one)
            self._add(("steps", one.id, ""), one.steps)
        self._apart(account, whole)
        self._due(account, whole)
        for span in account.spans:
            self._add(_name(span.membership_id, span.interval), 1)
            if span.interval.cut is not None:
                self._add(("cut", span.membership_id, span.interval.place, str(span.interval.cut)), 1)
        for entry in account.entries:
            turn = entry.decision.membership
            if turn is None:
                continue
            self._add(("steps", turn.id, ""), -1)
            for begun in (turn.opened, *turn.more):
                if begun is not None:
                    self._add(_name(turn.id, begun), -1)
            for place, at in turn.cuts:
                self._add(("cut", turn.id, place, str(at)), -1)
            begins = turn.opened is not None and turn.opened.kind == "period"
            if begins is not (entry.kind == law.MEMBERSHIP_RENEW):
                self.breaks("a period was not begun by a renewal", expected=law.MEMBERSHIP_RENEW, found=entry.kind,
                            member=account.id, membership=turn.id, seq=entry.seq)  # fmt: skip

    def _follow(self, account: Account, one: Membership) -> None:
        """Places and numbers have no gap, and no interval begins before the one before it has ended."""
        number, before = 0, None
        for place, each in enumerate(one.intervals, 1):
            where: dict[str, object] = {"member": account.id, "membership": one.id, "place": each.place}
            if each.place != place:
                self.breaks("an interval of a membership is missing", expected=place, found=each.place, **where)
            if each.kind == "period" and each.number != number + 1:
                self.breaks("a period of a membership was skipped or renewed twice", expected=number + 1,
                            found=each.number, **where)  # fmt: skip
            number = max(number, each.number)
            if before is not None and (before.ends is None or each.start < before.ends):
                self.breaks("two intervals of a membership overlap", expected=f"from {before.ends} on",
                            found=each.start, **where)  # fmt: skip
            before = before if each.ends == each.start else each  # nothing is had of what was cut before it began

    def _apart(self, account: Account, whole: list[Membership]) -> None:
        """Nobody has two memberships at the same time."""
        lived = [(one.id, each) for one in whole for each in one.intervals if each.ends != each.start]
        for (first, before), (second, after) in pairwise(sorted(lived, key=lambda named: named[1].start)):
            if first != second and (before.ends is None or after.start < before.ends):
                self.breaks("two memberships of one holder overlap", expected=f"from {before.ends} on",
                            found=after.start, member=account.id, membership=second)  # fmt: skip

    def _due(self, account: Account, whole: list[Membership]) -> None:
        if account.book is None or not account.book.lawbook.versions:
            return
        zone = account.book.law(len(account.book.lawbook.versions)).zone
        for one, kept in zip(whole, account.memberships, strict=True):
            due = core.due_at(one, zone)
            expected = None if due is None else clock.micros(due)
            if expected != kept.due_at:
                self.breaks("the night would look at a membership at another time", expected=expected,
                            found=kept.due_at, member=account.id, membership=one.id)  # fmt: skip

    def _add(self, name: Name, more: int) -> None:
        self._told[name] = self._told.get(name, 0) + more

    def close(self, found: Found) -> None:
        odd = sorted([(str(name), name, count) for name, count in self._told.items() if count])
        for _, name, count in odd:
            if name[0] == "steps":
                self.breaks("what was told of a membership is not what it knows", expected="the journal's facts",
                            found=f"{count:+}", membership=name[1])  # fmt: skip
                continue
            what = "an interval of a membership is not the journal's"
            self.breaks(what, expected="once in the journal", found="in no entry" if count > 0 else "in no row",
                        membership=name[1], place=name[2])  # fmt: skip


def _name(membership_id: str, one: Interval) -> Name:
    dates = (str(one.start), str(one.until))
    return ("opened", membership_id, one.place, one.kind, one.number, one.plan, *dates, one.value, one.payment)

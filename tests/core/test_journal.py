"""Journal entries of deferred revenue: every one balances, accounts come to what is deferred, beancount reads them."""

import re
from decimal import Decimal

from hypothesis import given

from guerdon.core import journal
from guerdon.core.revenue import Line
from tests.core.test_revenue import FIRST, SECOND, lives, told

_HEAD = re.compile(r'\d{4}-\d\d-\d\d \* "[^"\n]+" "[^"\n]+" \^[A-Za-z0-9/._-]+\Z')
_SIDE = re.compile(r"  ((?:Income|Equity|Liabilities)(?::[A-Z0-9][A-Za-z0-9-]*)+)  (-?\d+(?:\.\d\d)?) ([A-Z]{3})\Z")


def balances(lines):
    """What each account comes to."""
    found = {}
    for line in lines:
        for entry in journal.entries(line):
            assert entry.sides and sum(side.amount for side in entry.sides) == 0
            for side in entry.sides:
                found[side.account] = found.get(side.account, 0) + side.amount
    return found


def read(text):
    """Transactions of a beancount text: the sum of each, by account and currency."""
    for transaction in text.split("\n\n"):
        head, *sides = transaction.rstrip("\n").split("\n")
        assert _HEAD.match(head), head
        yield [(found[1], Decimal(found[2]), found[3]) for side in sides if (found := _SIDE.match(side))], len(sides)


def test_the_illustrative_example_in_a_journal():
    lines = told(FIRST, SECOND)
    owed = journal.deferred("points")
    first, second = (journal.entries(line) for line in lines)
    assert [(one.kind, [(side.account, side.amount) for side in one.sides]) for one in first] == [
        ("allocated", [(journal.SALES, 8_676), (owed, -8_676)]),
        ("recognised", [(owed, 4_110), (journal.REDEEMED, -3_904), (journal.BREAKAGE, -206)]),
    ]
    assert [one.kind for one in second] == ["recognised"] and f"{first[0].day}" == "2026-01-31"
    assert balances(lines)[owed] == -1_073


def test_what_is_brought_forward_has_an_entry_of_its_own():
    line = Line("2026-02", "star_money", 9_500, 0, 0, 0, 0, 4_566, 0, 0, 0, begins=True)
    [entry] = journal.entries(line)
    assert entry.kind == "brought_forward"
    assert [side.account for side in entry.sides] == [journal.EARLIER, "Liabilities:Deferred-Revenue:Star--money"]
    assert f"{entry.day}" == "2026-02-28"


def test_beancount_reads_them_and_every_transaction_sums_to_nothing():
    made = [entry for line in told(FIRST, SECOND) for entry in journal.entries(line)]
    found = list(read(journal.beancount(made, programme="aurora", currency="EUR")))
    assert len(found) == len(made) == 3
    for sides, size in found:
        assert len(sides) == size and sum(amount for _, amount, _ in sides) == 0
        assert {currency for *_, currency in sides} == {"EUR"}
    assert found[0][0][0] == ("Income:Sales", Decimal("86.76"), "EUR")
    assert "8676 JPY" in journal.beancount(made, programme="aurora", currency="JPY")


@given(lives())
def test_accounts_come_to_what_the_statement_says(life):
    lines = told(*life[0])
    found = balances(lines)
    assert -found.get(journal.deferred("points"), 0) == lines[-1].closing
    earned = found.get(journal.REDEEMED, 0) + found.get(journal.BREAKAGE, 0)
    assert -earned == sum(one.recognised for one in lines)
    assert found.get(journal.SALES, 0) == sum(one.allocated for one in lines)

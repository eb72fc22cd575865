"""Points on their way round: whatever cycle of transfers, no point is made or lost, and none lives longer."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guerdon.core import ledger
from guerdon.core.errors import Refusal
from guerdon.core.ledger import Lot
from guerdon.features.ledger.actions import PASSAGES, Books, Cause
from guerdon.features.ledger.lots import Purse
from guerdon.kit import ids

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
PEOPLE = tuple(ids.new() for _ in range(3))
Life = tuple[str, str | None, datetime, datetime, datetime | None]


@st.composite
def stored(draw):
    """A lot that somebody has from before: vested or not, dying soon, late or never, some paid for by a bakery."""
    earned = NOON - timedelta(days=draw(st.integers(1, 50)))
    available = earned + timedelta(days=draw(st.integers(0, 60)))
    end = draw(st.none() | st.integers(1, 60))
    expires = None if end is None else NOON + timedelta(days=end)
    funder = draw(st.sampled_from((None, "bakery")))
    return Lot(ids.new(), ids.new(), draw(st.integers(1, 100)), 0, earned, available, expires, funder)


def lives(books: Books) -> dict[Life, int]:
    """The points of all, by who earned them, who pays, and their dates."""
    found: dict[Life, int] = {}
    for lot in (lot for person in PEOPLE for lot in books.lots(person, "points")):
        life = (lot.origin, lot.funder, lot.earned_at, lot.available_at, lot.expires_at)
        found[life] = found.get(life, 0) + lot.remaining
    return {life: points for life, points in found.items() if points}


moves = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(1, 120))


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), stored()), max_size=6), st.lists(moves, max_size=20))
def test_no_cycle_makes_a_point_or_extends_a_life(own, deeds):
    purses = {(person, "points"): Purse(person, "points") for person in PEOPLE}
    for person, lot in own:
        purse = purses[person, "points"]
        purse.balance += lot.remaining
        purse.available += lot.remaining if lot.spendable(NOON) else 0
        purse.pending += lot.remaining if lot.pending(NOON) else 0
    books = Books(ids.new(), NOON, {account for account, _ in purses}, purses)
    for person, lot in own:
        books.keep(person, "points", lot)
    before, passed = lives(books), 0
    for seq, (giver, taker, points) in enumerate(deeds, start=1):
        if giver == taker:
            continue
        try:
            takes = ledger.take(books.lots(giver, "points"), points, at=NOON, unit="points")
        except Refusal:
            continue
        causes = [Cause(person, ids.new(), seq, NOON) for person in (giver, taker)]
        assert (
            books.pass_on("transfer", giver=causes[0], taker=causes[1], unit="points", takes=takes, at=NOON) == points
        )
        passed += len(takes)
        assert lives(books) == before
        for person in PEOPLE:
            purse, lots = books.purse(person, "points"), books.lots(person, "points")
            assert purse.balance == sum(lot.remaining for lot in lots)
            assert purse.available == sum(lot.remaining for lot in lots if lot.spendable(NOON))
    assert len(dict(books.rows())[PASSAGES]) == passed

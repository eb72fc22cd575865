"""A wrong law, a forgotten step, an end that is a microsecond off: the model must find each of them."""

import sqlite3
from datetime import timedelta

import psycopg
import pytest

from guerdon.core import adjustments, burns, due, holds, ledger, limits, returns, transfers
from guerdon.core.ledger import Lot
from guerdon.engine import merge_parts
from guerdon.engine.batch import Batch
from guerdon.features.ledger import lapsed
from guerdon.features.ledger.actions import Books
from guerdon.features.ledger.guard import BrokenBooks
from guerdon.features.rulebook import actions as rulebook
from tests import effort
from tests.model.deeds import play
from tests.model.houses import EngineHouse, PureHouse

DAY = timedelta(days=1)


def _with(kind, **more):
    """The credit that gives points of a kind other dates than they had."""

    def credit(books, of, cause, *, right=Books.credit, **words):
        if of == kind:
            words |= {name: words[name] and words[name] + longer for name, longer in more.items()}
        return right(books, of, cause, **words)

    return credit


# Where, what, and what stands there instead; of the core they are found in the core alone. Those that hide longest
# stand last, and are looked for when the full effort is asked for.
OF_THE_CORE = {
    "last expiring first out": (ledger, "in_order", lambda lots, right=ledger.in_order: right(lots)[::-1]),
    "nothing expires by itself": (Lot, "lapsed", lambda lot, at: False),
    "dead a moment late": (Lot, "lapsed", lambda lot, at: lot.expires_at is not None and lot.expires_at < at),
    "available a moment late": (Lot, "pending", lambda lot, at: at <= lot.available_at),
    "late points get no grace": (limits, "LATE_GRACE_DAYS", 0),
    "a burn comes back twice": (burns, "returned", lambda taken, before, points, right=burns.returned:
        right(taken, 0, points)),
    "tenders come back rounded down": (returns, "_pro_rata", lambda amounts, returned: tuple(
        amount * returned // max(1, sum(amounts)) for amount in amounts)),
    "the first taken comes back first": (burns, "returned", lambda taken, before, points, right=burns.returned:
        right(taken[::-1], before, points)),
    "a grace of a day more": (burns, "grace_ends", lambda *words, right=burns.grace_ends: right(*words) + DAY),
    "a hold lives a minute longer": (holds, "ends_at", lambda life, *, right=holds.ends_at, **words:
        right(life, **words) + timedelta(minutes=1)),
}  # fmt: skip
OF_THE_ENGINE = {
    "a second person is never asked": (adjustments.ByHand, "needs_second", lambda *_: False),
    "the fee is forgotten": (transfers.Fee, "of", lambda *_: 0),
    "a transfer keeps points alive": (Books, "credit", _with("transfer_in", expires_at=DAY)),
    "a merge makes points wait": (Books, "credit", _with("merge_in", available_at=DAY)),
    "debt is not repaid at once": (Batch, "settle_debts", lambda *_: {}),
    "a merge forgets the debt": (merge_parts.Points, "_take_over", lambda *_, **__: None),
    "limits are forgotten by a merge": (rulebook, "add_counters", lambda *_, **__: None),
    "nothing slides": (Books, "slide", lambda *_: None),
    "the night forgets": (Books, "expire", lambda books, cause, unit: 0),
    "a return forgets what expired": (lapsed, "of_awards", lambda *_: {}),
    "what vested repays nothing": (due, "due", lambda lots, debt, holds=(), *, at, right=due.due: right(
        lots, 0, holds, at=at)),
    "only stored lots slide": (Books, "slide", lambda books, account, unit, until: books._slides.update(
        {(account, unit): until})),
}  # fmt: skip
FOUND = (AssertionError, BrokenBooks, sqlite3.IntegrityError, psycopg.IntegrityError)


@pytest.mark.parametrize("mutant", [*OF_THE_CORE][: effort.times(7, 99)])
def test_a_wrong_law_is_found(monkeypatch, mutant):
    monkeypatch.setattr(*OF_THE_CORE[mutant])
    _find(PureHouse, 500)


@pytest.mark.parametrize("mutant", [*OF_THE_ENGINE][: effort.times(5, 99)])
def test_a_wrong_house_is_found(database, monkeypatch, mutant):
    monkeypatch.setattr(*OF_THE_ENGINE[mutant])
    _find(EngineHouse, 200)


def _find(make, plays):
    with pytest.raises(FOUND):
        for seed in range(plays):
            play(seed, make())

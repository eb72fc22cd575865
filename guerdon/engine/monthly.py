"""Statements of closed months: who had anything happen gets a letter with what the ledger says of the month."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from guerdon.core import closing as law
from guerdon.core import expiring, limits
from guerdon.core.closing import Closing, Sums
from guerdon.core.ledger import Lot
from guerdon.core.letters import MonthTold, Totals
from guerdon.core.programme import Programme
from guerdon.engine import letters
from guerdon.engine.letters import Told
from guerdon.features.closings import queries
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, ids, jobs, mail, store
from guerdon.kit.store import Store

ACCOUNTS_PER_BATCH: Final = 500


def plan(at_hand: Store, now: datetime) -> None:
    """Put the statements of months that were closed lately into the queue, once a month and programme."""
    if mail.outlet() is None:
        return  # months that are closed meanwhile are not told later: that would be old news
    lately = queries.closed_since(at_hand, now - timedelta(days=limits.LETTER_NEWS_DAYS))
    sandboxes = {row.id for row in programmes.every(at_hand) if row.sandbox} if lately else set()
    for programme_id, month in lately:
        if programme_id not in sandboxes:
            write_statements.once(f"statements:{programme_id}:{month}").enqueue(programme_id, month)


@jobs.job()
def write_statements(programme_id: str, month: str) -> dict[str, object]:
    """The statements of a closed month."""
    made = run(programme_id=programme_id, month=month, now=clock.now(), progress=lambda _: jobs.checkpoint())
    return {"month": month, "letters": made}


def run(
    *, programme_id: str, month: str, now: datetime, progress: Callable[[int], None] = lambda accounts: None
) -> int:
    """Write to every member with activity in the closed month, in batches; answers how many letters are new.

    Done again it writes none twice. Raises `month_unknown`.
    """
    made = 0
    for batch in told(programme_id=programme_id, month=month, now=now):
        made += store.committed(lambda at_hand, batch=batch: letters.write(at_hand, programme_id, batch, now=now))  # type: ignore[misc]
        progress(len(batch))
    return made


def told(*, programme_id: str, month: str, now: datetime) -> Iterator[list[Told]]:
    """What the members are told, a batch of accounts at a time; four statements each. Raises `month_unknown`."""
    at_hand = store.current()
    border = queries.one(at_hand, programme_id, month).closing
    before = [one for one in queries.borders(at_hand, programme_id) if one.until < border.until]
    since = before[-1].seq if before else None
    programme = programmes.latest(at_hand, programme_id).current(now).programme
    after = ids.NIL
    while accounts := queries.accounts(at_hand, programme_id, after=after, most=ACCOUNTS_PER_BATCH):
        after = accounts[-1]
        with at_hand.reading():
            sums = queries.sums_of(at_hand, accounts, border, since=since)
            leads = members.leads(at_hand, accounts)
            lots: dict[str, list[tuple[str, Lot]]] = {}
            for account, unit, lot in ledger.lots(at_hand, accounts):
                lots.setdefault(account, []).append((unit, lot))
        yield [
            Told(account, f"statement:{month}:{account}", MonthTold(month, found))
            for account, of_account in sums.items()
            if leads[account].account_id == account  # what led to another account since is told there
            and (found := _totals(programme, border, of_account, lots.get(account, []), now))
        ]


def _totals(
    programme: Programme, border: Closing, sums: Sequence[Sums], lots: list[tuple[str, Lot]], now: datetime
) -> tuple[Totals, ...]:
    """The units in which anything happened; counting credits for tiers is left to the letters about them."""
    next_ends: dict[str, expiring.Expiring] = {}
    for one in expiring.preview(lots, at=max(now, border.until), zone=programme.zone):
        next_ends.setdefault(one.unit, one)
    return tuple(
        [
            _total(one, next_ends.get(one.unit))
            for one in sums
            if one.flows and one.unit in programme.units and programme.units[one.unit].kind != "qualifying"
        ]
    )


def _total(one: Sums, ending: expiring.Expiring | None) -> Totals:
    flows = {name: flow.points for name, flow in law.columns(one).items()}
    earned, expired = flows.pop("issued"), flows.pop("expired")
    spent = flows.pop("burned") + flows.pop("given_up")
    told = (one.opening, earned, spent, expired, sum(flows.values()), one.closing)
    return Totals(one.unit, *told) if ending is None else Totals(one.unit, *told, ending.points, ending.ends_at)

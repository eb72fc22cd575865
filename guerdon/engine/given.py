"""Vouchers that purchases gave: they are withdrawn unused when what is kept of the purchase no longer earns them."""

from collections.abc import Iterable, Sequence

import msgspec

from guerdon.engine.batch import Batch
from guerdon.features.activities.queries import Recorded
from guerdon.features.ledger.actions import Cause
from guerdon.features.vouchers import actions, queries
from guerdon.features.vouchers.queries import Shown


class Given:
    """The vouchers that the purchases of a batch of returns gave."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._stored: dict[str, Shown] = {}  # by code

    def read(self, purchases: Iterable[Recorded]) -> None:
        """Read them as they are by now, in one statement; where none gave any, in none."""
        names = [(one.account_id, issue.id) for one in purchases for issue in one.decision.issued if issue.id]
        self._stored |= {one.code: one for one in queries.issued(self.batch.store, names)}

    def withdraw(self, purchase: Recorded, cause: Cause, keeps: frozenset[str]) -> tuple[str, ...]:
        """Withdraw the unused ones of rules that the kept part no longer meets (LAW 4.5); answers their codes.

        One that has been used is not taken back. What is withdrawn stays so, also when the order is opened again.
        """
        gone: list[Shown] = []
        for issue in purchase.decision.issued:
            shown = self.batch.issuing.given.get(issue.code) or self._stored.get(issue.code)
            if shown is not None and issue.rule not in keeps and not shown.used and shown.withdrawn_at is None:
                gone.append(shown)
                self._stored[issue.code] = msgspec.structs.replace(shown, withdrawn_at=self.batch.now)
        return put_away(self.batch, gone, account_id=cause.account_id, seq=cause.seq)


def put_away(batch: Batch, found: Sequence[Shown], *, account_id: str, seq: int) -> tuple[str, ...]:
    """Withdraw vouchers that members were given, and that are locked with them; answers the codes of those."""
    gone = [one for one in found if one.withdrawn_at is None]
    for one in gone:
        assert one.id is not None
        batch.tell("voucher.withdrawn", account_id=account_id, subject_id=one.id, seq=seq)
        if one.code in batch.issuing.given:
            batch.issuing.withdraw(one.code)
            continue
        table, row = actions.moved(msgspec.structs.replace(one, withdrawn_at=batch.now), batch.programme_id)
        batch.keep(table, row)
    return tuple(one.code for one in gone)

"""Claims: each went one lawful way, and what it was granted is an entry of the journal, which no other claim has."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from guerdon.core import claims as law
from guerdon.insight.verify.invariant import Found, Invariant


class Claims(Invariant):
    """Every claim against its steps, and what was granted against the journal, wherever its member has gone since."""

    clause = "6.4"
    part = "claims"
    sentence = "A claim goes one way, step by step; what it was granted is an entry of the journal, and of no other."

    STEPS: Final = (
        "SELECT [id c.account_id], [id c.id], c.state, c.steps, c.reopened, c.rejected, [id c.entry_id], s.number,"
        " s.deed, s.state, [id s.entry_id] FROM claims_claim c LEFT JOIN claims_step s"
        " ON s.account_id = c.account_id AND s.claim_id = c.id WHERE [mine c] ORDER BY 1, 2, s.number"
    )
    # The entry may stand in the account of whoever stayed after a merge, so the directory leads to it.
    UNGRANTED: Final = (
        "SELECT [id c.account_id], [id c.id], [id c.entry_id] FROM claims_claim c LEFT JOIN activities_key k"
        " ON k.programme_id = c.programme_id AND k.activity_id = c.entry_id LEFT JOIN activities_activity a"
        " ON a.account_id = k.account_id AND a.id = k.activity_id"
        " AND (a.kind = 'purchase' OR (a.kind = 'adjustment' AND a.source = 'claims'))"
        " WHERE c.state = 'granted' AND a.id IS NULL AND [mine c] ORDER BY c.id"
    )
    ELSEWHERE: Final = (
        "SELECT [id c.account_id], [id c.id], [id k.account_id] FROM claims_claim c JOIN activities_key k"
        " ON k.programme_id = c.programme_id AND k.activity_id = c.entry_id"
        " JOIN members_member m ON m.id = c.account_id JOIN members_member o ON o.id = k.account_id"
        " WHERE c.state IN ('granted', 'waiting_for_approval') AND [mine c] AND o.id <> m.id"
        " AND o.kind <> 'household' AND o.id <> coalesce(m.merged_into, m.id)"
        " AND coalesce(o.merged_into, o.id) <> coalesce(m.merged_into, m.id) ORDER BY c.id"
    )
    WAITING: Final = (
        "SELECT [id c.account_id], [id c.id], [id c.entry_id] FROM claims_claim c LEFT JOIN activities_key k"
        " ON k.programme_id = c.programme_id AND k.activity_id = c.entry_id LEFT JOIN adjustments_request r"
        " ON r.account_id = k.account_id AND r.id = k.activity_id AND r.state = 'waiting'"
        " WHERE c.state = 'waiting_for_approval' AND r.id IS NULL AND [mine c] ORDER BY c.id"
    )
    # What the desk gave names its claim, whose steps name it again: nothing is given in the name of none.
    UNCLAIMED: Final = (
        "SELECT [id k.account_id], [id k.activity_id] FROM activities_key k LEFT JOIN claims_step s"
        " ON s.programme_id = k.programme_id AND s.entry_id = k.activity_id AND s.deed IN ('grant', 'request')"
        " AND k.external_id >= [id s.claim_id] || ':' AND k.external_id < [id s.claim_id] || ';'"
        " WHERE k.source = 'claims' AND k.kind = 'adjustment' AND s.id IS NULL AND [mine k] ORDER BY k.activity_id"
    )
    TWICE: Final = (
        "SELECT [id c.entry_id], count(*) FROM claims_claim c WHERE c.entry_id IS NOT NULL AND [mine c]"
        " GROUP BY c.entry_id HAVING count(*) > 1 ORDER BY c.entry_id"
    )

    def ask(self, found: Found) -> None:
        for what, question in (
            ("a claim was granted without an entry", self.UNGRANTED),
            ("a claim waits for an approval that nobody is asked for", self.WAITING),
        ):
            for account, id, entry in found.rows(question):
                self.breaks(what, expected="an entry of the journal", found=entry, member=account, claim=id)
        for account, id, other in found.rows(self.ELSEWHERE):
            what = "a claim was granted to somebody else"
            self.breaks(what, expected=account, found=other, member=account, claim=id)
        for account, entry in found.rows(self.UNCLAIMED):
            what = "goodwill for a claim that was not granted it"
            self.breaks(what, expected="a step of its claim", found="none", member=account, activity=entry)
        for entry, times in found.rows(self.TWICE):
            self.breaks("two claims were granted the same", expected=1, found=times, activity=entry)
        for (account, id, *row), steps in _of_each(found.rows(self.STEPS)):
            self.count("claims", 1)
            self._walk(tuple(row), steps, {"member": account, "claim": id})

    def _walk(self, row: tuple[Any, ...], steps: list[tuple[Any, ...]], where: dict[str, object]) -> None:
        """From its opening to where it is, by lawful steps, each once."""
        state, count, reopened, rejected, entry = row
        numbers = [number for number, *_ in steps]
        if numbers != list(range(1, count + 1)):
            self.breaks("a claim lacks steps", expected=count, found=len(numbers), **where)
            return
        at: law.State = "open"
        granted = None
        for number, deed, after, of_step in steps:
            ways = law.WAYS.get(deed, {})
            lawful = "open" if deed == "open" and number == 1 else ways.get(at)
            if after != lawful:
                what = "a claim went an unlawful way"
                self.breaks(what, expected=lawful or f"no {deed} of one that is {at}", found=after, **where)
            granted = of_step if deed in ("grant", "request") else None if deed == "reject" else granted
            at = after
        deeds = [deed for _, deed, *_ in steps]
        said = (at, deeds.count("reopen"), deeds.count("reject"), granted)
        if said != (state, reopened, rejected, entry):
            expected, stored = said, (state, reopened, rejected, entry)
            self.breaks("a claim is not what its steps made it", expected=expected, found=stored, **where)


def _of_each(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Each claim with its steps, one after the other."""
    for row, group in groupby(rows, key=itemgetter(slice(0, 7))):
        yield row, [each[7:] for each in group if each[7] is not None]

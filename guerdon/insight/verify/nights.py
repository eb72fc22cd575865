"""Nights and time: what had expired when a night ran has been booked, and nothing was before its time."""

from bisect import bisect_left
from datetime import timedelta
from typing import Final

from guerdon.core import limits
from guerdon.insight.verify.accounts import Account, Lot
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.kit import clock, snapshot

Night = tuple[str, int, str]  # the last account it booked something for, its instant, its first entry


class Swept(Invariant):
    """Every lot past its end against the nights that have run since.

    A night takes the accounts in the order of their ids. So a night that booked something for an account has been at
    every account before it, even where it was cut off later.
    """

    clause = "10.11"
    sentence = "After the night at T, no lot with expires_at ≤ T has anything available."

    # The natural key of what a night enters is the account and the instant.
    NIGHTS: Final = snapshot.both(
        "SELECT max(substr(k.external_id, 1, 32)), substr(k.external_id, 34), min(k.activity_id::text)"
        " FROM activities_key k WHERE k.programme_id = :programme AND k.source = 'night' AND k.kind = 'expiry'"
        " GROUP BY substr(k.external_id, 34)"
    )

    def __init__(self) -> None:
        super().__init__()
        self._nights: dict[str, list[Night]] = {}
        self._last: dict[str, int] = {}

    def ask(self, found: Found) -> None:
        self.count("nights", 0)
        for programme in found.books:
            rows = found.view.stream(self.NIGHTS, programme=programme)
            nights = sorted((account, int(at), entry.replace("-", "")) for account, at, entry in rows)
            if nights:
                self._nights[programme] = nights
                self._last[programme] = max(at for _, at, _ in nights)
                self.count("nights", len(nights))

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        last = self._last.get(programme)
        self.count("lots", len(account.lots))
        self.count("expired", -sum(posting.change for posting in account.postings if posting.kind == "expire"))
        if last is None:
            return
        for lot in account.lots:
            if lot.remaining > lot.held and lot.expires_at is not None and lot.expires_at <= last:
                self._look_unswept(account, lot, self._nights[programme])

    def _look_unswept(self, account: Account, lot: Lot, nights: list[Night]) -> None:
        for _, at, entry in nights[bisect_left(nights, (account.id, 0, "")) :]:
            # Ids are in the order of time: only what was there when the night began can have been left by it.
            if lot.expires_at is not None and lot.expires_at <= at and lot.posting_id < entry:
                self.breaks(
                    "a night left points in a lot that had expired",
                    expected=f"0 left of a lot that ended at {lot.expires_at}",
                    found=f"{lot.remaining - lot.held} after the night at {at}",
                    member=account.id,
                    unit=lot.unit,
                    lot=lot.id,
                )
                return


class InItsTime(Invariant):
    """Every posting and every entry of the journal against the instant of the proof."""

    clause = "2.4"
    sentence = "Nothing was recorded or posted at an instant that has not come."

    def __init__(self) -> None:
        super().__init__()
        self._latest = 0

    def ask(self, found: Found) -> None:
        # The clocks of several machines may differ by as much as an activity's may.
        self._latest = clock.micros(found.at + timedelta(seconds=limits.CLOCK_SKEW_SECONDS_MAX))

    def look(self, account: Account) -> None:
        self.count("postings", len(account.postings))
        self.count("entries", len(account.entries))
        for posting in account.postings:
            if posting.posted_at > self._latest:
                self._tell("a posting from the future", posting.posted_at, place(posting))
        for entry in account.entries:
            if entry.recorded_at > self._latest:
                where = {"member": account.id, "activity": entry.id, "seq": entry.seq}
                self._tell("an entry from the future", entry.recorded_at, where)

    def _tell(self, what: str, at: int, where: dict[str, object]) -> None:
        self.breaks(what, expected=f"at most {self._latest}", found=at, **where)

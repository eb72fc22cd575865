"""Nights and time: what had expired when a night ran has been booked, and nothing was before its time."""

from bisect import bisect_left
from datetime import timedelta
from itertools import accumulate
from typing import Final

from guerdon.core import limits
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant, place
from guerdon.kit import clock, snapshot


class Swept(Invariant):
    """Every lot past its end against the nights that have been at every account since."""

    clause = "10.11"
    sentence = "After the night at T, no lot with expires_at ≤ T has anything available."

    NIGHTS: Final = snapshot.both(
        "SELECT n.as_of, n.began_seq FROM programmes_night n WHERE n.programme_id = :programme ORDER BY n.as_of"
    )

    def __init__(self) -> None:
        super().__init__()
        self._nights: dict[str, list[int]] = {}
        self._began: dict[str, list[int]] = {}  # how far the journal was at the latest beginning from this night on

    def prepare(self, found: Found) -> None:
        self.count("nights", 0)
        for programme in found.books:
            nights = list(found.view.stream(self.NIGHTS, programme=programme))
            latest = list(accumulate((began for _, began in reversed(nights)), max))
            self._nights[programme] = [as_of for as_of, _ in nights]
            self._began[programme] = latest[::-1]
            self.count("nights", len(nights))

    def look(self, account: Account) -> None:
        programme = account.member.programme_id if account.member else ""
        self.count("lots", len(account.lots))
        self.count("expired", -sum(posting.change for posting in account.kinds("expire")))
        self.count("cancelled", -sum(posting.change for posting in account.kinds("cancel")))
        nights = self._nights.get(programme)
        if not nights:
            return
        for hold in account.holds:
            if hold.state != "open" or hold.ends_at > nights[-1]:
                continue
            place = bisect_left(nights, hold.ends_at)
            if hold.seq <= self._began[programme][place]:
                self.breaks(
                    "a night left a hold whose time had ended",
                    expected=f"over at {hold.ends_at}",
                    found="open",
                    member=account.id,
                    unit=hold.unit,
                    hold=hold.id,
                )
        for lot in account.lots:
            if lot.remaining <= lot.held or lot.expires_at is None or lot.expires_at > nights[-1]:
                continue
            place = bisect_left(nights, lot.expires_at)
            # Only what was there when a night began can have been left by it; ids would tell of hosts' clocks alone.
            seq = next((posting.seq for posting in account.postings if posting.id == lot.posting_id), 0)
            if seq <= self._began[programme][place]:
                self.breaks(
                    "a night left points in a lot that had expired",
                    expected=f"0 left of a lot that ended at {lot.expires_at}",
                    found=f"{lot.remaining - lot.held} after the night at {nights[place]}",
                    member=account.id,
                    unit=lot.unit,
                    lot=lot.id,
                )


class InItsTime(Invariant):
    """Every posting and every entry of the journal against the instant of the proof."""

    clause = "2.4"
    sentence = "Nothing was recorded or posted at an instant that has not come."

    def __init__(self) -> None:
        super().__init__()
        self._latest: dict[str, int] = {}  # by programme: a test clock goes by its own time

    def prepare(self, found: Found) -> None:
        # The clocks of several machines may differ by as much as an activity's may.
        skew = timedelta(seconds=limits.CLOCK_SKEW_SECONDS_MAX)
        for id, book in found.books.items():
            self._latest[id] = clock.micros((book.row.clock or found.at) + skew)

    def look(self, account: Account) -> None:
        self.count("postings", len(account.postings))
        self.count("entries", len(account.entries))
        latest = self._latest.get(account.member.programme_id if account.member else "")
        if latest is None:
            return  # an account of nobody is told of elsewhere
        for posting in account.postings:
            if posting.posted_at > latest:
                self._tell("a posting from the future", posting.posted_at, latest, place(posting))
        for entry in account.entries:
            if entry.recorded_at > latest:
                where = {"member": account.id, "activity": entry.id, "seq": entry.seq}
                self._tell("an entry from the future", entry.recorded_at, latest, where)

    def _tell(self, what: str, at: int, latest: int, where: dict[str, object]) -> None:
        self.breaks(what, expected=f"at most {latest}", found=at, **where)

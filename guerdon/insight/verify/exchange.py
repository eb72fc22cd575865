"""Foreign money: the rate that stands in a decision is one that the programme had been told."""

from typing import Final

from guerdon.core.decisions import Exchange
from guerdon.insight.verify.accounts import Account
from guerdon.insight.verify.invariant import Found, Invariant
from guerdon.kit import snapshot


class Converted(Invariant):
    """Every rate by which foreign money was counted, against the programme file and what was told beside it."""

    clause = "3.2"
    sentence = (
        "Foreign money was counted by a rate of the programme file or one told beside it, kept with the decision."
    )

    TOLD: Final = snapshot.both(
        "SELECT t.currency, t.day, t.home, t.units FROM rates_rate t WHERE t.programme_id = :programme"
    )

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, frozenset[Exchange]] = {}

    def prepare(self, found: Found) -> None:
        self.count("rates", 0)
        for programme in found.books:
            rows = found.view.stream(self.TOLD, programme=programme)
            self._told[programme] = frozenset(Exchange(*row) for row in rows)
            self.count("rates", len(self._told[programme]))

    def look(self, account: Account) -> None:
        if account.member is None or account.book is None:
            return
        told = self._told.get(account.member.programme_id, frozenset())
        for entry in account.entries:
            rate = entry.decision.rate
            if rate is None:
                continue
            self.count("converted", 1)
            version = entry.decision.version
            of_file = account.book.law(version).programme.rates if account.book.has(version) else {}
            if rate not in told and not any(
                (rate.start, rate.home, rate.units) == (one.start, one.home, one.units)
                for one in of_file.get(rate.currency, ())
            ):
                self.breaks(
                    "foreign money was counted by a rate that nobody told",
                    expected=f"a rate of {rate.currency} from {rate.start}",
                    found=f"{rate.home} for {rate.units}",
                    member=account.id,
                    activity=entry.id,
                    seq=entry.seq,
                )

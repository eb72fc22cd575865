"""Café Aurora as the tests run it: a programme of its own on the database at hand, told facts at chosen instants."""

import itertools
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from guerdon.core.activities import Activity, Line, Member, Reference
from guerdon.core.errors import Refusal
from guerdon.core.holds import TimeToLive
from guerdon.core.rates import ToldRate
from guerdon.engine import (
    adjust,
    cancel,
    closing,
    earn,
    exchange,
    figures,
    grants,
    night,
    publish,
    redeem,
    reserve,
    settling,
)
from guerdon.engine import seal as sealing
from guerdon.engine.adjust import Actor, Adjustment, Verdict
from guerdon.engine.batch import Outcome, Told
from guerdon.engine.desk import Result
from guerdon.features.activities import queries as activities
from guerdon.features.activities.actions import Idempotency
from guerdon.features.closings.queries import ClosedMonth
from guerdon.features.holds import queries as holds
from guerdon.features.ledger import queries as ledger
from guerdon.features.ledger.queries import Amounts, DueLine, LotLine, StatementLine
from guerdon.features.members import actions as members
from guerdon.features.members import records
from guerdon.features.programmes import forms
from guerdon.kit import audit, ids, store

OPENING = datetime(2025, 1, 1, tzinfo=UTC)
DORA = audit.Actor("user", "0" * 32)  # who stands at the till
FAR = datetime(2100, 1, 1, tzinfo=UTC)  # whatever a test plays forward has come by then
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # when nothing had vested or expired
POINTS = {"kind": "redeemable", "name": {"en": "points"}, "expires": {"rolling": {"months": 12}}}
BASE = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]}


def document(key: str, **parts: Any) -> dict[str, Any]:
    """A whole programme file of a few words: units, rules and kinds without names get their keys as names."""
    units = parts.pop("units", {"points": POINTS})
    rules = parts.pop("rules", {"base": BASE})
    kinds = parts.pop("kinds", {})
    whole: dict[str, Any] = {
        "programme": key, "name": {"en": "Café Aurora"}, "zone": "Europe/Sofia", "currency": "EUR", "languages": ["en"],
        "units": {code: {"kind": "redeemable", **named(code, unit)} for code, unit in units.items()},
        "rules": {code: named(code, rule) for code, rule in rules.items()},
    }  # fmt: skip
    if kinds:
        whole["kinds"] = {code: named(code, kind) for code, kind in kinds.items()}
    return whole | parts


def named(key: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """The part with its key as its name where it says none."""
    return {"name": {"en": key}, **part} if isinstance(part, Mapping) else part


def moment(text: str) -> datetime:
    """An instant (UTC): `2026-01-05` is noon of that day, `2026-01-05T10:00` that minute."""
    at = datetime.fromisoformat(text if "T" in text else text + "T12:00")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def count(*shops: "Shop", at: str = "2026-05-01") -> None:
    """Count the daily figures of all that the shops have recorded, and their different members."""
    for one in shops:
        figures.run(programme_id=one.programme_id, now=moment(at))
        figures.finish(programme_id=one.programme_id, now=moment(at))


def seal(*shops: "Shop", at: str = "2026-05-01") -> None:
    """Seal all that the shops have recorded."""
    until = settling.settled()
    for one in shops:
        sealing.run(programme_id=one.programme_id, now=moment(at), until=until)


@dataclass(slots=True)
class Shop:
    """One programme with its members, driven through the engine."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: "t" + secrets.token_hex(8))
    programme_id: str = ""
    sandbox: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    _numbers: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        if not self.programme_id:
            self.publish(**self.parts)

    def publish(self, *, since: datetime = OPENING, now: datetime = OPENING, **parts: Any) -> None:
        """Put the next version of the programme into force."""
        whole = document(self.key, **parts)
        reading = forms.read_document(whole)
        assert reading.programme is not None, reading.problems
        publish.publish(
            programme=reading.programme, source="", effective_at=since, now=now, by="Emil", sandbox=self.sandbox
        )
        at_hand = store.current()
        found = at_hand.fetch(store.Statement("SELECT id FROM programmes_programme WHERE key = :key"), key=self.key)
        self.programme_id = found[0][0]

    def enrol(self, *names: str, now: datetime = OPENING, **more: Any) -> str:
        """Make members of the names; answers the account of the last."""
        at_hand = store.current()
        with at_hand.transaction():
            for name in names:
                enrolment = records.Enrolment(external_ids=(name,), **more)
                self.ids[name] = members.enrol(at_hand, self.programme_id, enrolment, now=now)
        return self.ids[names[-1]]

    # --- facts ---

    def purchase(self, name: str, amount: int | None = 1000, at: str = "2026-01-05", **more: Any) -> Activity:
        """A purchase of so many cents."""
        more.setdefault("external_id", f"order-{next(self._numbers)}")
        more.setdefault("kind", "purchase")
        more.setdefault("source", "till")
        more.setdefault("member", Member(external_id=name))
        lines = tuple(Line(**line) for line in more.pop("lines", ()))
        return Activity(
            occurred_at=moment(at),
            amount=None if lines else amount,
            lines=lines,
            **more,
        )

    def giving_back(self, name: str, order: str, at: str = "2026-01-06", **more: Any) -> Activity:
        """A return of an order, of all that is left where nothing else is said."""
        more.setdefault("external_id", f"return-{next(self._numbers)}")
        more.setdefault("kind", "return")
        return Activity(
            source="till", occurred_at=moment(at), member=Member(external_id=name),
            returns=Reference(external_id=order), **more,
        )  # fmt: skip

    def delivery(self, name: str, order: str, at: str = "2026-01-06", **more: Any) -> Activity:
        """The confirmation that an order has been delivered."""
        more.setdefault("external_id", f"parcel-{next(self._numbers)}")
        return Activity(
            kind=more.pop("kind", "delivered"), source="till", occurred_at=moment(at), member=Member(external_id=name),
            confirms=Reference(external_id=order), **more,
        )  # fmt: skip

    def tell(self, *activities: Activity, now: str | None = None, **more: Any) -> list[Result]:
        """Record activities in one batch, by default at the last instant one of them happened."""
        at = moment(now) if now else max(activity.occurred_at for activity in activities)
        told = [Told(activity) for activity in activities]
        return earn.record_many(programme_id=self.programme_id, told=told, now=at, **more)

    def close(self, month: str, now: str) -> ClosedMonth:
        """Close a month and count its figures."""
        closing.close(programme_id=self.programme_id, month=month, now=moment(now), by="Emil")
        return closing.count(programme_id=self.programme_id, month=month, now=moment(now))

    def tell_rates(self, *rates: tuple[str, str, int, int], now: str = "2026-01-05") -> int:
        """Tell exchange rates: currency, day, home, units. Answers how many are new."""
        told = [ToldRate(*rate) for rate in rates]
        return exchange.tell(programme_id=self.programme_id, rates=told, now=moment(now), by="Emil")[0]

    def buy(self, name: str, amount: int = 1000, at: str = "2026-01-05", **more: Any) -> Outcome:
        """Record one purchase that must be taken."""
        return taken(self.tell(self.purchase(name, amount, at, **more))[0])

    def burn(self, name: str, points: int, at: str, **more: Any) -> Result:
        """Spend points."""
        more.setdefault("external_id", f"burn-{next(self._numbers)}")
        burn = redeem.Burn(member=Member(external_id=name), unit=more.pop("unit", "points"), points=points,
                           source="till", **more)  # fmt: skip
        return redeem.burn_many(programme_id=self.programme_id, burns=[burn], now=moment(at))[0]

    def cancel(self, burn: str, at: str, **more: Any) -> Result:
        """Take a burn back, by its external id."""
        more.setdefault("external_id", f"cancel-{next(self._numbers)}")
        found = activities.one(store.current(), self.programme_id, self._told(burn))
        wanted = cancel.Cancellation(found, more.pop("by", DORA), source="till", **more)
        return cancel.cancel_many(programme_id=self.programme_id, cancellations=[wanted], now=moment(at))[0]

    def hold(self, name: str, points: int, at: str, **more: Any) -> Result:
        """Reserve points."""
        more.setdefault("external_id", f"hold-{next(self._numbers)}")
        measures = {word: more.pop(word) for word in TimeToLive.__struct_fields__ if word in more}
        hold = reserve.NewHold(Member(external_id=name), more.pop("unit", "points"), points,
                               TimeToLive(**(measures or {"days": 3})), source="till", **more)  # fmt: skip
        return reserve.hold_many(programme_id=self.programme_id, holds=[hold], now=moment(at))[0]

    def capture(self, hold: str, at: str, **more: Any) -> Result:
        """Take held points, by the hold's external id."""
        return self._end(hold, "capture", at, **more)

    def release(self, hold: str, at: str, **more: Any) -> Result:
        """Give held points back."""
        return self._end(hold, "release", at, **more)

    def _end(self, hold: str, verb: str, at: str, **more: Any) -> Result:
        more.setdefault("external_id", f"{verb}-{next(self._numbers)}")
        id = self._told(hold)
        account = activities.one(store.current(), self.programme_id, id).account_id
        found = holds.named(store.current(), [(account, id)])[id]
        ending = reserve.Ending(found, verb, source="till", **more)
        return reserve.end_many(programme_id=self.programme_id, endings=[ending], now=moment(at))[0]

    def _told(self, external_id: str) -> str:
        """The id of a burn or a hold of the till."""
        statement = store.Statement(
            "SELECT activity_id FROM activities_key WHERE programme_id = :programme AND source = 'till'"
            " AND kind IN ('burn', 'hold') AND external_id = :external"
        )
        return str(store.current().fetch(statement, programme=self.programme_id, external=external_id)[0][0])

    def adjust(self, name: str, points: int, at: str, **more: Any) -> Result:
        """Give or take points by hand."""
        more.setdefault("external_id", f"adjustment-{next(self._numbers)}")
        actor = Actor(*2 * (more.pop("actor", "Emil"),))
        adjustment = Adjustment(
            member=Member(external_id=name), unit=more.pop("unit", "points"), points=points,
            source=more.pop("source", "till"), reason=more.pop("reason", "goodwill"), actor=actor, **more,
        )  # fmt: skip
        return adjust.adjust_many(programme_id=self.programme_id, adjustments=[adjustment], now=moment(at))[0]

    def judge(self, adjustment_id: str, verdict: Verdict, at: str, actor: str = "Maya") -> Outcome:
        """A second person's word on an adjustment that waits."""
        return adjust.decide(
            programme_id=self.programme_id, adjustment_id=adjustment_id, verdict=verdict,
            actor=Actor(actor, actor), now=moment(at),
        )  # fmt: skip

    def grant(self, name: str, tier: str, at: str, last_day: str, **more: Any) -> Result:
        """Give a tier by hand until the end of a day."""
        more.setdefault("external_id", f"grant-{next(self._numbers)}")
        wanted = grants.Granting(
            member=Member(external_id=name), tier=tier, last_day=date.fromisoformat(last_day),
            kind=more.pop("kind", "manual"), reason=more.pop("reason", "goodwill"), actor=Actor("Emil", "emil"),
            source="till", **more,
        )  # fmt: skip
        return grants.grant_many(programme_id=self.programme_id, grants=[wanted], now=moment(at))[0]

    def night(self, at: str) -> night.Report:
        """Run the night."""
        return night.run(programme_id=self.programme_id, as_of=moment(at))

    # --- what came of it ---

    def amounts(self, name: str, at: str, unit: str = "points") -> Amounts:
        """The balance as of the instant; zeros where there is none."""
        found = ledger.balances(store.current(), self.account(name), moment(at))
        none = Amounts(unit=unit, available=0, pending=0, held=0, debt=0, lapsed=0)
        return next((one for one in found if one.unit == unit), none)

    def lots(self, name: str, at: str | None = None, *, spent_too: bool = False) -> list[LotLine]:
        """The lots of a member as of the instant, in the order they were made; without one as they are stored."""
        now = moment(at) if at else LONG_AGO
        return ledger.account_lots(
            store.current(), self.account(name), now, after=ids.NIL, most=1_000_000, spent_too=spent_too
        )

    def statement(self, name: str) -> list[StatementLine]:
        """All postings of a member."""
        return ledger.statement(store.current(), self.account(name), LONG_AGO, seq=0, part=0, most=1_000_000)[0]

    def due(self, name: str, at: str) -> list[DueLine]:
        """What the statement says of what time has done and nobody has booked."""
        return ledger.statement(store.current(), self.account(name), moment(at), seq=0, part=0, most=1_000_000)[1]

    def purses(self, name: str) -> list[tuple[Any, ...]]:
        """The stored balances of a member."""
        statement = store.Statement(
            "SELECT unit, balance, available, pending, held, debt FROM ledger_balance"
            " WHERE account_id = :account ORDER BY unit"
        )
        return store.current().fetch(statement, account=self.account(name))

    def counters(self, name: str) -> list[tuple[Any, ...]]:
        """The stored counters of a member."""
        statement = store.Statement(
            "SELECT key, win, amount, last_at FROM rulebook_counter WHERE account_id = :account ORDER BY key, win"
        )
        return store.current().fetch(statement, account=self.account(name))

    def account(self, name: str) -> str:
        """The account of a member, also of one whom an activity enrolled."""
        if name not in self.ids:
            at_hand = store.current()
            statement = store.Statement(
                "SELECT member_id FROM members_identifier WHERE programme_id = :programme AND value = :value"
            )
            self.ids[name] = at_hand.fetch(statement, programme=self.programme_id, value=name)[0][0]
        return self.ids[name]

    def noted(self, action: str) -> list[tuple[audit.Actor, str, str]]:
        """Who did so by the book of who did what, to what and why, the first one first."""
        found = audit.page(store.current(), self.programme_id, most=100, actions=[action])
        return [(one.actor, one.about, one.reason) for one in reversed(found)]

    def audit(self) -> list[tuple[Any, ...]]:
        """What does not add up: balance, postings, lots and allocations of each purse agree, and nothing is doubled."""
        statement = store.Statement(_AUDIT)
        rows = store.current().fetch(statement, programme=self.programme_id)
        return [row for row in rows if not _adds_up(*row[2:])] + self._doubled()

    def _doubled(self) -> list[tuple[Any, ...]]:
        """Facts that the journal holds more than once, and budgets that are not the sum of what was given."""
        statement = store.Statement(
            "SELECT source, kind, external_id, count(*) FROM activities_activity WHERE programme_id = :programme"
            " GROUP BY source, kind, external_id HAVING count(*) > 1"
        )
        return store.current().fetch(statement, programme=self.programme_id)

    def count(self, table: str) -> int:
        """How many rows of a table belong to this programme."""
        statement = store.Statement(f"SELECT count(*) FROM {table} WHERE programme_id = :programme")
        return int(store.current().fetch(statement, programme=self.programme_id)[0][0])


_AUDIT = """
SELECT b.account_id, b.unit, b.balance, b.available + b.pending + b.held, b.debt,
 coalesce((SELECT CAST(sum(CASE WHEN p.destination = b.account_id THEN p.amount ELSE -p.amount END) AS bigint)
   FROM ledger_posting p WHERE p.account_id = b.account_id AND p.unit = b.unit), 0),
 coalesce((SELECT CAST(sum(l.remaining) AS bigint)
   FROM ledger_lot l WHERE l.account_id = b.account_id AND l.unit = b.unit), 0),
 coalesce((SELECT CAST(sum(l.amount) AS bigint)
   FROM ledger_lot l WHERE l.account_id = b.account_id AND l.unit = b.unit), 0),
 coalesce((SELECT CAST(sum(CASE a.direction WHEN 'out' THEN a.amount ELSE -a.amount END) AS bigint)
   FROM ledger_allocation a JOIN ledger_lot l
   ON l.account_id = a.account_id AND l.id = a.lot_id WHERE a.account_id = b.account_id AND l.unit = b.unit), 0),
 coalesce((SELECT CAST(sum(CASE p.kind WHEN 'lend' THEN p.amount WHEN 'repay' THEN -p.amount ELSE 0 END) AS bigint)
   FROM ledger_posting p WHERE p.account_id = b.account_id AND p.unit = b.unit), 0)
FROM ledger_balance b WHERE b.programme_id = :programme
"""


def _adds_up(
    balance: int, split: int, debt: int, posted: int, remaining: int, amount: int, allocated: int, lent: int
) -> bool:
    return balance == posted == remaining == amount - allocated and split <= balance and debt == lent


def taken(result: Result) -> Outcome:
    """The outcome of a fact that must not have been refused."""
    if isinstance(result, Refusal):
        raise AssertionError(f"refused: {result}") from result
    return result


def code(result: Result) -> str | None:
    """The code of a refusal; None for what was taken."""
    return result.code if isinstance(result, Refusal) else None


def points(results: Sequence[Result], unit: str = "points") -> int:
    """All points that the outcomes awarded in a unit."""
    return sum(
        award.points
        for result in results
        if isinstance(result, Outcome)
        for award in result.decision.awards
        if award.unit == unit
    )


def keyed(key: str, digest: str = "d", route: str = "activities") -> Idempotency:
    """An `Idempotency-Key` of one credential."""
    return Idempotency(credential="till", route=route, key=key, digest=digest)

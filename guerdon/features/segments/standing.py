"""One member as segments see one: what is booked of the person and of the account."""

from collections.abc import Iterable
from datetime import datetime

from guerdon.core import period, segments
from guerdon.core.conditions import Counter
from guerdon.core.law import Law
from guerdon.core.segments import Ask, Seen
from guerdon.core.standing import EVER
from guerdon.features.members import queries as members
from guerdon.features.members.queries import MemberRow
from guerdon.features.rulebook import queries as rulebook
from guerdon.features.tiers import queries as tiers
from guerdon.features.tiers.queries import Climbed
from guerdon.kit import clock
from guerdon.kit.store import Statement, Store

_BALANCES = Statement("SELECT b.unit, b.available FROM ledger_balance b WHERE b.account_id = :account")
_VOUCHERS = Statement(
    "SELECT DISTINCT v.voucher FROM vouchers_voucher v WHERE v.account_id = ANY(:accounts::uuid[])"
    " AND v.used < v.uses AND v.withdrawn_at IS NULL AND (v.expires_at IS NULL OR v.expires_at > :now)",
    sqlite="SELECT DISTINCT v.voucher FROM vouchers_voucher v WHERE v.account_id IN (SELECT value FROM"
    " json_each(:accounts)) AND v.used < v.uses AND v.withdrawn_at IS NULL"
    " AND (v.expires_at IS NULL OR v.expires_at > :now)",
)


def seen(store: Store, law: Law, member: MemberRow, asked: Iterable[Ask], at: datetime) -> Seen:
    """The member at the instant, with all that these trees look at; in five statements, however many they are."""
    day, account = period.local_day(at, law.zone), member.account_id
    spans = {node.period for tree in asked for node in segments.walk(tree) if isinstance(node, Counter)}
    windows = sorted({EVER, *(period.window(day, span) for span in spans)})
    counters = rulebook.counters_in(store, [account], windows)
    own = sorted({member.id, account})
    theirs = [*own, *(id for found in members.followers_of(store, own).values() for id in found)]
    vouchers = store.fetch(_VOUCHERS, accounts=theirs, now=clock.micros(at))
    return Seen(
        at=at,
        zone=law.zone,
        enrolled_at=member.enrolled_at,
        attributes=member.attributes,
        labels=frozenset(member.segments),
        tiers=_tiers(store, law, member, at),
        birthday_month=member.birthday_month,
        counters={(key, window): (amount, clock.instant(last)) for _, key, window, amount, last in counters},
        balances={unit: int(available) for unit, available in store.fetch(_BALANCES, account=account)},
        vouchers=frozenset(str(voucher) for (voucher,) in vouchers),
    )


def _tiers(store: Store, law: Law, member: MemberRow, at: datetime) -> frozenset[str]:
    ladders, account = law.programme.tiers, member.account_id
    climbed = Climbed([], {}, [])
    if ladders:
        today = period.local_day(at, law.zone)
        climbed = tiers.climbed(store, [account], first=today).get(account) or climbed
    levels = {ladder: steps[-1].level for ladder, steps in climbed.history().items()}
    grants = tuple(row.grant for row in climbed.grants)
    return segments.tiers_of(ladders, member.attributes, levels, grants, at)

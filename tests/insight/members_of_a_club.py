"""A club with paid memberships: joined, paid, paused, changed, given back, and what came of it."""

from typing import Any

from guerdon.core.activities import Member
from guerdon.engine import dues, memberships
from guerdon.engine.memberships import Asked, Joining
from guerdon.engine.turns import Deed
from guerdon.features.memberships import queries
from guerdon.kit import store
from tests import shop
from tests.shop import Shop

PLANS: dict[str, Any] = {
    "plus": {"name": {"en": "Plus"}, "prices": {"EUR": "12.00"}, "period": {"months": 1}, "rank": 1, "trial_days": 7},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"months": 1}, "rank": 2},
}
RULES: dict[str, Any] = {
    "base": shop.BASE,
    "double": {
        "when": "purchase", "if": [{"membership": {"in": ["plus", "gold"]}}],
        "then": [{"multiply": {"unit": "points", "by": 2}}],
    },
    "gold": {
        "when": "purchase", "if": [{"membership": {"in": ["gold"]}}],
        "then": [{"fixed": {"unit": "points", "give": 7}}],
    },
    "thanks": {"when": "membership_renew", "then": [{"fixed": {"unit": "points", "give": 50}}]},
}  # fmt: skip


def live() -> Shop:
    """Nora tries, pays, pauses and rises; Otto wants his money back; Pia has cancelled, Quin has not paid on."""
    club = Shop({"plans": PLANS, "rules": RULES}, key="club")
    club.enrol("Nora", "Otto", "Pia", "Quin")
    _join(club, "Nora", "plus", "2026-01-05")
    club.buy("Nora", 1000, "2026-01-06", external_id="nora-1")
    club.night("2026-01-10T03:00")
    _pay(club, "Nora", "2026-01-11")
    _act(club, "Nora", "pause", "2026-01-20")
    club.buy("Nora", 1000, "2026-02-01", external_id="nora-2")
    _act(club, "Nora", "resume", "2026-02-10")
    _act(club, "Nora", "change", "2026-02-12", plan="gold", reference="till")
    club.buy("Nora", 1000, "2026-02-13", external_id="nora-3")
    _join(club, "Otto", "gold", "2026-02-01", reference="cash")
    club.buy("Otto", 2000, "2026-02-02", external_id="otto-1")
    club.tell(club.giving_back("Otto", "otto-1", "2026-02-03", amount=500))
    _act(club, "Otto", "refund", "2026-02-05")
    club.tell(club.giving_back("Otto", "otto-1", "2026-02-06", amount=500))
    _join(club, "Pia", "gold", "2026-01-05", reference="cash")
    _act(club, "Pia", "cancel", "2026-01-10")
    _join(club, "Quin", "gold", "2026-01-05", reference="cash")
    named = {"programme_id": club.programme_id, "membership_id": _held(club, "Quin").id}
    dues.take(provider="stripe", invoice="in_2", now=shop.moment("2026-02-01"), **named)
    dues.stray(amount=700, currency="EUR", reference="in_3", now=shop.moment("2026-02-02"), **named)
    club.night("2026-03-01T03:00")
    _join(club, "Pia", "plus", "2026-03-02", reference="cash")
    return club


def _join(club: Shop, name: str, plan: str, day: str, **more: Any) -> None:
    wanted = Joining(Member(external_id=name), plan, "EUR", "till", f"{name}-{plan}", **more)
    (result,) = memberships.join_many(programme_id=club.programme_id, wanted=[wanted], now=shop.moment(day))
    shop.taken(result)


def _held(club: Shop, name: str) -> Any:
    return queries.of_member(store.current(), club.account(name), club.account(name))[-1]


def _act(club: Shop, name: str, deed: Deed, day: str, **more: Any) -> None:
    asked = Asked(deed, _held(club, name).id, **more)
    shop.taken(memberships.act(programme_id=club.programme_id, asked=asked, now=shop.moment(day)))


def _pay(club: Shop, name: str, day: str) -> None:
    one = _held(club, name)
    (payment,) = [each for each in queries.payments(store.current(), [one])[one.id] if each.state == "asked"]
    paid = memberships.pay(programme_id=club.programme_id, payment_id=payment.id, now=shop.moment(day), reference="R")
    shop.taken(paid)

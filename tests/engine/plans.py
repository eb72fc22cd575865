"""Paid memberships on the engine: what their tests share."""

from datetime import timedelta
from typing import Any

from guerdon.core import memberships as core
from guerdon.core.activities import Member
from guerdon.core.memberships import Membership, Payment
from guerdon.engine import memberships
from guerdon.engine.memberships import Asked, Joining
from guerdon.engine.turns import Deed
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from tests.shop import Shop, moment

PLUS = {"name": {"en": "Plus"}, "prices": {"EUR": "12.00", "JPY": 2000}, "period": {"months": 1}, "rank": 1}
PLANS = {
    "plus": PLUS | {"trial_days": 0},
    "tried": PLUS | {"trial_days": 14},
    "gold": {"name": {"en": "Gold"}, "prices": {"EUR": "31.00"}, "period": {"months": 1}, "rank": 2},
    "free": {"name": {"en": "Free"}, "prices": {"EUR": 0}, "period": {"months": 1}},
    "ever": {"name": {"en": "Ever"}, "prices": {"EUR": "99.00"}, "period": {"lifetime": True}},
    "week": {"name": {"en": "Week"}, "prices": {"EUR": "5.00"}, "period": {"days": 7}},
    "home": PLUS | {"joint": True},
}
RULES = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "double": {
        "when": "purchase", "if": [{"membership": {"in": ["plus"]}}],
        "then": [{"multiply": {"unit": "points", "by": 2}}],
    },
    "hello": {
        "when": "membership_renew", "if": [{"membership": {"in": ["plus"]}}],
        "then": [{"fixed": {"unit": "points", "give": 100}}],
    },
    "home": {
        "when": "purchase", "if": [{"membership": {"in": ["home"]}}],
        "then": [{"multiply": {"unit": "points", "by": 3}}],
    },
}  # fmt: skip


def cafe(**parts: Any) -> Shop:
    found = Shop({"rules": RULES, "plans": PLANS} | parts)
    found.enrol("ann", "ben")
    return found


def join(shop: Shop, name: str, plan: str, at: str, **more: Any) -> Any:
    more.setdefault("external_id", f"{name}-{plan}-{at}")
    more.setdefault("currency", "EUR")
    wanted = Joining(Member(external_id=name), plan, source="till", **more)
    return memberships.join_many(programme_id=shop.programme_id, wanted=[wanted], now=moment(at))[0]


def held(shop: Shop, name: str) -> Membership:
    row = members.get(store.current(), shop.programme_id, shop.account(name))
    return queries.of_member(store.current(), row.account_id, row.id)[-1]


def act(shop: Shop, name: str, deed: Deed, at: str, **more: Any) -> Any:
    asked = Asked(deed, held(shop, name).id, **more)
    return memberships.act(programme_id=shop.programme_id, asked=asked, now=moment(at))


def payments(shop: Shop, name: str) -> list[Payment]:
    one = held(shop, name)
    return sorted(queries.payments(store.current(), [one]).get(one.id, []), key=lambda each: (each.asked_at, each.id))


def pay(shop: Shop, name: str, at: str, **more: Any) -> Any:
    (payment,) = [each for each in payments(shop, name) if each.state in ("asked", "failed")]
    return memberships.pay(programme_id=shop.programme_id, payment_id=payment.id, now=moment(at), **more)


def state(shop: Shop, name: str, at: str) -> str:
    zone = programmes.latest(store.current(), shop.programme_id).at(moment(at)).zone
    return core.state(held(shop, name), moment(at), zone)


def spans(shop: Shop, name: str) -> list[tuple[str, int, str, str, str | None]]:
    """Kind, number, plan, and the local days from when until when."""

    def day(at: Any) -> str:
        return (at + timedelta(hours=3)).date().isoformat()

    return [(each.kind, each.number, each.plan, day(each.start), each.ends and day(each.ends))
            for each in held(shop, name).intervals]  # fmt: skip

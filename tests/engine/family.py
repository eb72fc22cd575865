"""A family on the engine: what the tests of households share."""

from typing import Any

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import households
from guerdon.engine.households import Asked, Done
from guerdon.features.ledger import queries as ledger
from guerdon.insight import verify
from guerdon.kit import store
from tests import shop
from tests.shop import Shop

UNITS: dict[str, Any] = {
    "points": {
        "expires": {"rolling": {"months": 12}}, "debt_max": 500, "transfers": {},
    },
    "stamps": {"expires": {"sliding": {"months": 6}}},
}  # fmt: skip
RULES: dict[str, Any] = {
    "base": {"when": "purchase", "then": [{"points": {"unit": "points", "give": 1, "per": "1.00"}}]},
    "card": {"when": "visit", "then": [{"fixed": {"unit": "stamps", "give": 1}}]},
    "first": {
        "when": "purchase", "if": [{"nth": {"n": 1}}],
        "then": [{"fixed": {"unit": "points", "give": 5}}],
    },
}  # fmt: skip
OFF: dict[str, Any] = {}


def cafe(**policy: Any) -> Shop:
    """Café Aurora with Ann (100 points) and Ben (50), who share nothing yet, and Cleo."""
    found = Shop(
        {"units": UNITS, "rules": {**RULES, **OFF}, "households": policy, "causes": {"trees": {"name": {"en": "T"}}}}
    )
    found.enrol("Ann", "Ben", "Cleo")
    found.buy("Ann", 9500, "2026-01-05", external_id="ann-1")
    found.buy("Ben", 4500, "2026-01-06", external_id="ben-1")
    return found


def asked(one: Shop, at: str, **more: Any) -> Asked:
    return Asked(one.programme_id, "Emil", shop.moment(at), **more)


def named(name: str) -> Member:
    return Member(external_id=name)


def found(one: Shop, owner: str, at: str) -> Done:
    return households.found(asked(one, at), owner=named(owner))


def joined(one: Shop, household: str, who: str, at: str, role: Any = "adult", by: str = "Ann") -> Done:
    made = households.invite(asked(one, at), household_id=household, by=named(by), member=named(who), role=role)
    assert made.invitation is not None
    return households.answer(asked(one, at), household_id=household, invitation_id=made.invitation.id, deed="accept")


def left(one: Shop, household: str, who: str, at: str) -> Done:
    return households.leave(asked(one, at), household_id=household, member=named(who))


def both(one: Shop) -> str:
    """Ann and Ben share a balance since 10 January."""
    household = found(one, "Ann", "2026-01-10").household.id
    joined(one, household, "Ben", "2026-01-10")
    return household


def available(account: str, at: str) -> int:
    return {one.unit: one.available for one in ledger.balances(store.current(), account, shop.moment(at))}.get(
        "points", 0
    )


def debt(account: str, at: str) -> int:
    return {one.unit: one.debt for one in ledger.balances(store.current(), account, shop.moment(at))}.get("points", 0)


def holds(one: Shop) -> None:
    """All adds up, and every invariant holds."""
    assert one.audit() == []
    report = verify.run(one.programme_id, at=shop.FAR, deep=True)
    assert report.ok, [
        (verdict.clause, verdict.part, verdict.first)
        for verdict in report.verdicts
        if not verdict.holds and verdict.first
    ]


def refused(code: str, deed: Any) -> None:
    with pytest.raises(Refusal) as caught:
        deed()
    assert caught.value.code == code

"""A rule of several effects rounds as one, or the pieces of its fractions would lift it above its cap."""

from datetime import UTC, datetime

from guerdon.core.activities import Activity, Line, Member
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.features.programmes import forms
from tests import shop

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def _halves(**limits: object) -> dict[str, object]:
    half = {"points": {"unit": "points", "give": 1, "per": "2.00"}}
    return {"when": "purchase", "then": [half, half], **limits}


def _shares(**limits: object) -> dict[str, int]:
    document = shop.document("cafe", rules={"a": _halves(**limits), "b": _halves()})
    programme = forms.read_document(document).programme
    assert programme is not None
    purchase = Activity("purchase", "till", "one", NOON, Member(id="m"), lines=(Line(amount=100),))
    standing = Standing(account_id="m", enrolled_at=NOON)
    ruling = Law(programme, 1).decide(purchase, standing, posted_at=NOON, budgets={"a": 1})
    found: dict[str, int] = {}
    for award in ruling.decision.awards:
        for share in award.shares:
            found[share.rule] = found.get(share.rule, 0) + share.points
    return found


def test_two_halves_are_one():
    assert _shares() == {"a": 1, "b": 1}


def test_a_cap_and_a_budget_hold_after_rounding():
    """Four halves make two points; by part both would go to the first rule, which may give one."""
    assert _shares(caps={"order": 1}) == {"a": 1, "b": 1}
    assert _shares(budget=1) == {"a": 1, "b": 1}

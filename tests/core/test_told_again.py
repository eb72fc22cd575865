"""What a fact told again says otherwise than its first telling, place by place."""

from datetime import UTC, datetime
from typing import Any

import pytest

from guerdon.core import activities
from guerdon.core.activities import Activity, Line, Member, Reference, Tender

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
LINES = (Line(amount=100, product="latte"), Line(amount=200, tags=("new",)))


def fact(**more: Any) -> Activity:
    told: dict[str, Any] = {"kind": "purchase", "source": "till", "external_id": "1", "occurred_at": AT, "lines": LINES}
    return Activity(**told | {"member": Member(id="mem_1")} | more)


@pytest.mark.parametrize(
    ("first", "again", "pointers"),
    [
        ({}, {}, []),
        ({}, {"member": Member(card="7")}, []),  # told by the account, not by the spelling
        ({}, {"occurred_at": datetime.fromisoformat("2026-01-05T10:00:00+02:00")}, []),
        ({}, {"occurred_at": AT.replace(hour=9)}, ["/occurred_at"]),
        ({}, {"lines": LINES[:1]}, ["/lines"]),
        ({}, {"lines": (), "amount": 300}, ["/amount", "/lines"]),
        ({}, {"lines": (LINES[0], Line(amount=201))}, ["/lines/1/amount", "/lines/1/tags"]),
        ({"tenders": (Tender("cash", 300),)}, {"tenders": (Tender("card", 300),)}, ["/tenders/0/kind"]),
        ({"tenders": (Tender("points", 300, burn="b"),)}, {"tenders": (Tender("points", 300),)}, ["/tenders/0/burn"]),
        ({"tenders": (Tender("points", 300, "b", "p"),)}, {"tenders": (Tender("points", 300, None, "p"),)}, []),
        (
            {"tenders": (Tender("points", 300, "b", "p"),)},
            {"tenders": (Tender("points", 300, "c", "p"),)},
            ["/tenders/0/burn"],
        ),
        ({}, {"returns": Reference("7")}, ["/returns"]),
        ({"facts": {"a": 1, "b/c": 2, "d": 3}}, {"facts": {"a": 1, "b/c": 3, "e": 3}},
         ["/facts/b~1c", "/facts/d", "/facts/e"]),
    ],
)  # fmt: skip
def test_what_differs_is_named(first: dict[str, Any], again: dict[str, Any], pointers: list[str]) -> None:
    assert list(activities.differing(fact(**again), fact(**first))) == pointers

"""What the model knows of and does not play: each gap with its shortest programme, until somebody closes it."""

import pytest

from guerdon.core.activities import Member
from guerdon.engine import merge
from guerdon.kit import ids
from tests import shop
from tests.shop import Shop


def _merge(cafe: Shop, deed, into: str, goes: str, at: str) -> None:
    deed(
        programme_id=cafe.programme_id, into=cafe.account(into), goes=Member(id=ids.show("member", cafe.account(goes))),
        actor="Emil", now=shop.moment(at),
    )  # fmt: skip


@pytest.mark.xfail(strict=True, reason="a return waits in the account of whoever its member was merged into")
def test_a_return_told_while_merged_meets_its_purchase_told_afterwards(database: str):
    """Ben's return is told while he is Ann, his purchase when he is not any more (LAW 2.3)."""
    cafe = Shop()
    cafe.enrol("Ann", "Ben")
    _merge(cafe, merge.merge, "Ann", "Ben", "2026-01-05")
    cafe.tell(cafe.giving_back("Ben", "order", "2026-01-06"))
    _merge(cafe, merge.unmerge, "Ann", "Ben", "2026-01-07")
    cafe.buy("Ben", 1000, "2026-01-08", external_id="order")
    assert cafe.amounts("Ben", "2026-01-08").available == 0

"""Balances that are asked for together are read together, and each asker gets its own answer."""

import asyncio

from guerdon.core.errors import Refusal
from guerdon.engine.group_read import Balances, GroupRead
from guerdon.kit import store
from tests.house.test_driver import listening
from tests.shop import Shop, moment

NOBODY = "0" * 32


def test_many_askers_share_a_statement_and_nobody_gets_anothers_answer(database, tmp_path):
    shop = Shop()
    names = [f"guest-{number}" for number in range(20)]
    shop.enrol(*names, "newcomer")
    for number, name in enumerate(names):
        shop.buy(name, 100 * (number + 1))
    wanted = [shop.ids[name] for name in names] + [shop.ids["newcomer"], NOBODY, shop.ids[names[0]]]

    async def ask() -> list[Balances | Refusal]:
        group = GroupRead(lambda _: moment("2026-01-06"))
        return await asyncio.gather(*[group.submit(shop.programme_id, one) for one in wanted])

    store.current()
    with listening(tmp_path) as statements:
        found = asyncio.run(ask())
    assert len([text for text in statements if text]) == 1
    had = [[(one.unit, one.available) for one in answer.amounts] if isinstance(answer, Balances) else answer.code
           for answer in found]  # fmt: skip
    assert had == [*[[("points", number + 1)] for number in range(20)], [], "member_unknown", [("points", 1)]]


def test_a_member_of_another_programme_is_nobody(database):
    ours, theirs = Shop(), Shop()
    theirs.enrol("Ann")

    async def ask() -> Balances | Refusal:
        return await GroupRead(lambda _: moment("2026-01-06")).submit(ours.programme_id, theirs.ids["Ann"])

    answer = asyncio.run(ask())
    assert isinstance(answer, Refusal) and answer.code == "member_unknown"

"""A batch is nothing but its facts in order: told one by one, all at once or in any handfuls, the end is the same."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import msgspec
import pytest

from guerdon.core.activities import Activity, Member
from guerdon.engine import adjust, earn, redeem
from guerdon.engine.batch import Told
from guerdon.insight.oracle.terms import Terms
from guerdon.kit import store
from tests import effort
from tests.model.play import PEOPLE, START, Play
from tests.model.telling import activity
from tests.shop import Shop

Deed = Activity | redeem.Burn | adjust.Adjustment


def script(seed: int) -> tuple[Terms, list[Activity], list[Deed]]:
    """A programme, a past that is told one by one, and a crowded present."""
    dice = Random(seed)
    play = Play(dice.choice, None)  # its facts without its café
    past = [activity(play.fact(dice.choice)) for _ in range(25)]
    play.oracle.now = START + timedelta(days=33)
    deeds: list[Deed] = []
    for number in range(40):
        if dice.random() < 0.75:
            deeds.append(activity(play.fact(dice.choice)))
            continue
        named = {"member": Member(external_id=dice.choice(PEOPLE)), "unit": dice.choice(["points", "stamps"]),
                 "source": "hand", "external_id": f"hand-{dice.choice([number, number // 2])}"}  # fmt: skip
        if dice.random() < 0.7:
            deeds.append(redeem.Burn(points=dice.choice([1, 5, 20, 60]), **named))
        else:
            deeds.append(
                adjust.Adjustment(
                    points=dice.choice([-3, 4, 30]), reason="thanks", actor=adjust.Actor("Emil", "Emil"), **named
                )
            )
    return play.oracle.terms, past, deeds


def handfuls(deeds: Sequence[Deed], sizes: Iterator[int]) -> Iterator[list[Deed]]:
    """The deeds in order, in batches of one kind and of at most the next size."""
    batch: list[Deed] = []
    most = next(sizes)
    for deed in deeds:
        if batch and (len(batch) >= most or type(deed) is not type(batch[0])):
            yield batch
            batch, most = [], next(sizes)
        batch.append(deed)
    yield batch


def perform(chosen: Terms, past: Sequence[Activity], deeds: Sequence[Deed], sizes: Iterator[int]) -> dict[str, Any]:
    """Tell the story in batches of these sizes; answers everything that came of it, without ids."""
    shop = Shop(chosen.document())
    shop.enrol(*PEOPLE)
    for fact in past:
        earn.record_many(programme_id=shop.programme_id, told=[Told(fact)], now=START)
    now = START + timedelta(days=33)
    for batch in handfuls(deeds, sizes):
        if isinstance(batch[0], Activity):
            earn.record_many(programme_id=shop.programme_id, told=[Told(one) for one in batch], now=now)
        elif isinstance(batch[0], redeem.Burn):
            redeem.burn_many(programme_id=shop.programme_id, burns=batch, now=now)
        else:
            adjust.adjust_many(programme_id=shop.programme_id, adjustments=batch, now=now)
    return everything(shop)


def everything(shop: Shop) -> dict[str, Any]:
    """All that the database knows of a programme, by names instead of ids."""

    def rows(text: str) -> list[tuple[Any, ...]]:
        return store.current().fetch(store.Statement(text), programme=shop.programme_id)

    names = dict(rows("SELECT activity_id, external_id FROM activities_key WHERE programme_id = :programme"))
    by_hex = {str(id).replace("-", ""): name for id, name in names.items()}  # a return by exchange is named by an id
    state: dict[str, Any] = {
        "budgets": rows("SELECT rule, spent FROM rulebook_budget WHERE programme_id = :programme ORDER BY rule"),
        "parked": sorted(
            rows("SELECT reason, waits_external_id FROM activities_parked WHERE programme_id = :programme")
        ),
        "journal": sorted(
            (kind, by_hex.get(external_id, external_id), bare(decision))
            for kind, external_id, decision in rows(
                "SELECT kind, external_id, decision FROM activities_activity WHERE programme_id = :programme"
            )
            if kind not in ("expiry", "repayment")
        ),
    }
    for who in PEOPLE:
        lots = [
            (
                lot.unit,
                names.get(lot.origin),
                lot.amount,
                lot.remaining,
                lot.earned_at,
                lot.available_at,
                lot.expires_at,
            )
            for lot in sorted(shop.lots(who), key=lambda lot: lot.id)
        ]
        lines = [(line.unit, line.kind, line.points, line.balance, line.effective_at) for line in shop.statement(who)]
        purses = shop.purses(who)
        counters = shop.counters(who)
        state[who] = {"lots": lots, "statement": lines, "purses": purses, "counters": counters}
    return state


def bare(decision: str) -> str:
    """A decision as text, without the id of the return by which it replaced another one."""
    told = msgspec.json.decode(decision)
    return msgspec.json.encode(told | ({"replaced": "yes"} if "replaced" in told else {}), order="sorted").decode()


@pytest.mark.parametrize("seed", range(effort.times(8, 150)))
def test_any_handfuls_come_to_the_same(database, seed):
    chosen, past, deeds = script(seed)
    dice = Random(seed)
    one_by_one = perform(chosen, past, deeds, iter(lambda: 1, 0))
    assert one_by_one["journal"]
    assert perform(chosen, past, deeds, iter(lambda: 1_000, 0)) == one_by_one
    assert perform(chosen, past, deeds, iter(lambda: dice.choice([1, 2, 3, 7]), 0)) == one_by_one

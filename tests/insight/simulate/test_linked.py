"""Facts that follow from others, replayed: what is undone, whatever happened; what did not happen is not undone."""

from typing import Any

import pytest

from guerdon.core.activities import Tender
from guerdon.core.errors import Refusal
from guerdon.insight.simulate import climbing, gate, holding, linked, questions
from guerdon.insight.simulate.history import BURN, CANCEL, GIVE, GRANT, HOLD, History
from guerdon.insight.simulate.questions import Question
from guerdon.insight.simulate.replay import Replayed
from tests.engine import catalogue, test_transfers
from tests.insight.simulate import affairs, worlds
from tests.insight.simulate.test_replays import book_of, compiled, read, replayed
from tests.shop import Shop, code

UNTIL = "2026-12-20"
OF_WHAT = {"cancel": CANCEL, "give": GIVE, "grant": GRANT, "hold": HOLD}  # the facts that each kind of world must have


def lived(seed: int, *kinds: str) -> tuple[Shop, History]:
    """A café of the seed in which much of these kinds happened, and its history."""
    cafe = Shop(affairs.programme(seed, tiers="grant" in kinds))
    cafe.enrol(*worlds.NAMES)
    affairs.play(cafe, affairs.script(seed, kinds))
    return cafe, worlds.history(cafe, UNTIL)


def drafted(seed: int, *kinds: str) -> tuple[Shop, Shop, Replayed, int]:
    """Two cafés, the history of the one under the programme of the other, how often points left the first alone."""
    tiers = "grant" in kinds
    one, other = (Shop(affairs.programme(number, tiers=tiers)) for number in (seed, seed + 500))
    for cafe in (one, other):
        cafe.enrol(*worlds.NAMES)
    deeds = affairs.script(seed, kinds, nights=False, taken=False)
    done = affairs.play(one, deeds).done
    also = affairs.play(other, [deed for deed in deeds if deed.name in done]).done
    history = worlds.history(one, UNTIL)
    draft = read(affairs.programme(seed + 500, tiers=tiers), one.key)
    found = replayed(history, questions.regimes(history, book_of(one), draft=draft))
    return one, other, found, sum(affairs.takes(outcome) for name, outcome in done.items() if name not in also)


def same(one: Shop, other: Shop, found: Replayed) -> None:
    """The replay of the one must be the books of the other, member by member and month by month."""
    books = worlds.history(other, UNTIL)
    mine = [found.run.members.index(one.ids[name]) for name in worlds.NAMES]
    theirs = [[p.account for p in books.people].index(other.ids[name]) for name in worlds.NAMES]
    for of in gate.FLOWS:
        for unit, flow in found.run.flows.items():
            assert (getattr(flow, of)[mine] == getattr(books.ledger, of)[unit][theirs]).all(), (of, unit)


@pytest.mark.parametrize("kind", OF_WHAT)
@pytest.mark.parametrize("seed", range(20))
def test_what_follows_from_other_facts_is_the_ledger(database: str, kind: str, seed: int):
    cafe, history = lived(seed, kind)
    assert (history.events.what == OF_WHAT[kind]).sum() > 3
    found = replayed(history, questions.regimes(history, book_of(cafe)))
    assert gate.check(history, found).points > 0
    assert not any(unmet.any() for unmet in found.unmet.values())


@pytest.mark.parametrize("seed", range(24))
def test_purchases_paid_with_points_are_the_ledger(database: str, seed: int):
    """What is paid with points earns nothing, and a return gives so much of each tender back."""
    cafe, history = lived(seed, "pay")
    assert not history.strange and (history.events.what == BURN).sum() > 1
    gate.check(history, replayed(history, questions.regimes(history, book_of(cafe))))


@pytest.mark.parametrize("kind", OF_WHAT)
@pytest.mark.parametrize("seed", range(12))
def test_a_draft_is_what_the_engine_would_have_done(database: str, kind: str, seed: int):
    """What could be done in the one café is tried in the other: the same is refused there as in the replay."""
    one, other, found, unmet = drafted(seed, kind)
    same(one, other, found)
    assert unmet == sum(int(each.sum()) for each in found.unmet.values())


@pytest.mark.parametrize("seed", range(20, 28))
def test_all_of_it_together_is_the_ledger_and_what_the_engine_would_have_done(database: str, seed: int):
    cafe, history = lived(seed, *OF_WHAT, "pay")
    assert gate.check(history, replayed(history, questions.regimes(history, book_of(cafe)))).steps > 3
    one, other, found, unmet = drafted(seed, *OF_WHAT)
    same(one, other, found)
    assert unmet == sum(int(each.sum()) for each in found.unmet.values())


@pytest.mark.parametrize("kind", OF_WHAT)
def test_the_gate_finds_facts_that_are_not_followed(database: str, kind: str, monkeypatch: pytest.MonkeyPatch):
    cafe, history = lived(3, kind)
    regimes = questions.regimes(history, book_of(cafe))
    gate.check(history, replayed(history, regimes))
    module, name = {"grant": (climbing, "give"), "hold": (holding, "capture")}.get(kind, (linked, kind))
    monkeypatch.setattr(module, name, lambda *_: None)
    with pytest.raises(Refusal, match="what_if_differs"):
        gate.check(history, replayed(history, regimes))


def answered(cafe: Shop, parts: dict[str, Any], until: str) -> Any:
    """What is said of the points under a draft."""
    question = Question(draft=read(parts, cafe.key), name="draft")
    points = questions.ask(worlds.history(cafe, until), book_of(cafe), question, progress=lambda *_: None).mechanical[0]
    return points.whole


def test_a_cancelled_redemption_costs_nothing(database: str):
    """By hand: 100 points, a tea of 25 that is given up, and one that is kept; under the draft there are 20 points."""
    parts = {"rewards": {"tea": affairs.REWARDS["tea"]}, "units": {"points": {}}}
    rules = {"base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "5.00"}})}
    cafe = Shop(parts)
    cafe.enrol("Ann")
    cafe.buy("Ann", 100_00, "2026-01-10")
    got = catalogue.redeem(cafe, "tea", "Ann", "2026-01-11")
    catalogue.redeem(cafe, "tea", "Ann", "2026-01-12")
    assert code(catalogue.settle(cafe, got, "cancel", "2026-02-13")) is None
    whole = answered(cafe, parts | {"rules": rules}, "2026-03-05")
    assert (whole.today.redeemed, whole.today.cost, whole.today.outstanding, whole.today.unmet) == (25, 60, 75, 0)
    assert (whole.draft.redeemed, whole.draft.cost, whole.draft.outstanding, whole.draft.unmet) == (0, 0, 20, 2)


def test_what_is_paid_in_two_units_is_had_whole_or_not_at_all(database: str):
    """By hand: a cup for 5 points and 2 stamps; under the draft there are points and no stamps, and none is taken."""
    parts = {"rewards": {"cup": affairs.REWARDS["cup"]}, "units": {"points": {}, "stamps": {}}}
    points = worlds.rule({"points": {"unit": "points", "give": 1, "per": "1.00"}})
    stamps = worlds.rule({"fixed": {"unit": "stamps", "give": 3}})
    cafe = Shop(parts | {"rules": {"base": points, "stamps": stamps}})
    cafe.enrol("Ann")
    cafe.buy("Ann", 100_00, "2026-01-10")
    assert code(catalogue.redeem(cafe, "cup", "Ann", "2026-01-11")) is None
    whole = answered(cafe, parts | {"rules": {"base": points}}, "2026-03-05")
    assert (whole.today.redeemed, whole.today.outstanding, whole.today.unmet) == (5, 95, 0)
    assert (whole.draft.redeemed, whole.draft.outstanding, whole.draft.unmet) == (0, 100, 1)


def test_points_pass_as_far_as_they_are_there_with_the_fee(database: str):
    """By hand: Ann has 50 and sends 20 for a fee of 5; with 25 these are there, and with a fee of 6 they are not.

    What Ben has of her ends when hers would have, and a donation is what is left.
    """
    units = {"points": {"transfers": {"fee": {"points": 5}}, "expires": {"rolling": {"months": 1}}}}
    half = {"base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "2.00"}})}
    cafe = Shop({"units": units, "causes": {"trees": {"name": {"en": "Trees"}}}})
    cafe.enrol("Ann", "Ben")
    cafe.buy("Ann", 50_00, "2026-01-10")
    assert code(test_transfers.send(cafe, "Ann", "Ben", 20, "2026-01-20")) is None
    assert code(test_transfers.give(cafe, "Ann", 10, "2026-01-21")) is None
    dear = {"points": units["points"] | {"transfers": {"fee": {"points": 6}}}}
    none = {"points": {key: part for key, part in units["points"].items() if key != "transfers"}}
    told = [
        answered(cafe, {"units": changed, "rules": half, "causes": {"trees": {"name": {"en": "Trees"}}}}, "2026-03-05")
        for changed in (units, dear, none)
    ]
    assert (told[0].today.expired, told[0].today.outstanding, told[0].today.unmet) == (20 + 15, 0, 0)
    # 25 are sent with the fee, so that nothing is there to be donated; or none, so that 10 are.
    assert [(one.draft.expired, one.draft.outstanding, one.draft.unmet) for one in told] == [
        (20, 0, 1), (15, 0, 1), (15, 0, 1),
    ]  # fmt: skip


def test_what_is_held_is_neither_spent_nor_gone(database: str):
    """By hand: 50 points of a month; 20 are held until they have ended, 10 of them captured then, 10 released."""
    units = {"points": {"expires": {"rolling": {"months": 1}}}}
    half = {"base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "4.00"}})}
    cafe = Shop({"units": units})
    cafe.enrol("Ann")
    cafe.buy("Ann", 50_00, "2026-01-10")
    assert code(cafe.hold("Ann", 20, "2026-01-20", external_id="h", days=60)) is None
    assert code(cafe.burn("Ann", 40, "2026-01-21")) == "insufficient_points"
    assert code(cafe.capture("h", "2026-02-20", points=10)) is None
    whole = answered(cafe, {"units": units, "rules": half}, "2026-03-05")
    assert (whole.today.redeemed, whole.today.expired, whole.today.outstanding) == (10, 40, 0)
    # A quarter is 12, so that nothing can be held, and nothing is captured.
    assert (whole.draft.redeemed, whole.draft.expired, whole.draft.unmet) == (0, 12, 1)


def test_a_purchase_stays_where_the_points_that_paid_it_would_not_have_been_there(database: str):
    """By hand: 20.00, of which 50 points pay 5.00, earn 15; of 10.00 that are kept 2.50 are paid with points, so 7.

    With a point for 5.00 there are only 20: nothing is taken, nothing comes back, and what was paid earns as it did.
    """
    units = {"points": {"pays": {"points": 1, "money": "0.10"}}}
    fifth = {"base": worlds.rule({"points": {"unit": "points", "give": 1, "per": "5.00"}})}
    cafe = Shop({"units": units})
    cafe.enrol("Ann")
    cafe.buy("Ann", 100_00, "2026-01-10")
    paid = (Tender("points", 500, unit="points"), Tender("cash", 1500))
    cafe.buy("Ann", 20_00, "2026-01-20", tenders=paid, external_id="o")
    assert code(cafe.tell(cafe.giving_back("Ann", "o", "2026-01-21", amount=10_00))[0]) is None
    history = worlds.history(cafe, "2026-03-05")
    whole = answered(cafe, {"units": units, "rules": fifth}, "2026-03-05")
    assert (whole.today.issued, whole.today.redeemed, whole.today.outstanding) == (107, 25, 82)
    assert (whole.draft.issued, whole.draft.redeemed, whole.draft.outstanding, whole.draft.unmet) == (21, 0, 21, 1)
    facts = history.facts
    facts.tendered[facts.tender_first[-2] :] = 0  # where a return left the tenders as they were, nothing is forecast
    with pytest.raises(Refusal, match="what_if_differs"):
        gate.check(history, replayed(history, questions.regimes(history, book_of(cafe))))


def test_compiled_loops_are_the_same(database: str):
    """By numba in a process of its own, and by plain Python here."""
    pytest.importorskip("numba")
    asked = []
    for seed, *kinds in ((3, "cancel", "give", "hold", "pay"), (6, *OF_WHAT)):
        cafe, history = lived(seed, *kinds)
        asked.append((history, questions.regimes(history, book_of(cafe))))
        assert not history.strange
    for (history, regimes), found in zip(asked, compiled(asked), strict=True):
        plain = replayed(history, regimes)
        assert gate.check(history, found).points > 0
        for unit, flow in plain.run.flows.items():
            assert all((mine == theirs).all() for mine, theirs in zip(flow, found.run.flows[unit], strict=True))

"""A gift card pays for a purchase: its money is taken with the purchase, and goes back onto it with returns."""

from typing import Any

import pytest

from guerdon.core.activities import Reference, Tender
from guerdon.core.errors import Refusal
from guerdon.engine import cancel, undo
from guerdon.engine.cards import balance
from guerdon.features.activities import queries as activities
from guerdon.features.cards.queries import Card
from guerdon.features.ledger import queries as ledger
from guerdon.insight import verify
from guerdon.kit import ids, store
from guerdon.kit.store import Statement, Store
from tests import gifts, shop
from tests.engine.pairs import merged
from tests.gifts import left, load, sell
from tests.shop import Shop, code, taken

PAYS: dict[str, Any] = {"points": 100, "money": "1.00", "minimum": 1}


@pytest.fixture
def aurora(database: str) -> Shop:
    made = Shop(gifts.PARTS | {"units": gifts.PARTS["units"] | {"points": shop.POINTS | {"pays": PAYS}}})
    made.enrol("Ann", "Ben")
    return made


def tender(card: Card | str, amount: int) -> Tender:
    return Tender("gift_card", amount, card=card if isinstance(card, str) else card.code)


def pay(at: Shop, /, *tenders: Tender, who: str = "Ann", **more: Any) -> Any:
    """Somebody buys with these tenders."""
    more = {"at": "2026-01-06", "external_id": "order"} | more
    return at.tell(at.purchase(who, sum(one.amount for one in tenders), tenders=tenders, **more))[0]


def back(at: Shop, amount: int | None, day: str = "2026-01-07", **more: Any) -> list[tuple[int, int]]:
    """What goes back to each tender, in money and in what its burn took."""
    done = taken(at.tell(at.giving_back("Ann", "order", day, amount=amount, **more))[0])
    assert done.decision.refund is not None
    return [(one.amount, one.points) for one in done.decision.refund.tenders]


def refused(result: Any, expected: str) -> Refusal:
    assert code(result) == expected, result
    return result


def proved(at: Shop) -> None:
    assert at.audit() == []
    report = verify.run(at.programme_id, deep=True, at=shop.FAR)
    assert report.ok, report.broken


def test_a_card_pays_with_the_purchase_and_earns_nothing(aurora):
    card = sell(aurora, 2_500)
    typed = f" {card.code[:4].lower()}-{card.code[4:]} "
    bought = taken(pay(aurora, tender(typed, 1_500), Tender("cash", 2_500)))
    assert left(card) == 1_000
    assert aurora.amounts("Ann", "2026-01-06").available == 25, "what a gift card paid earns nothing"
    kept = bought.activity.tenders[0]
    assert kept.burn is not None and kept.card == card.code[-4:]
    again = taken(pay(aurora, tender(card, 1_500), Tender("cash", 2_500)))
    assert (again.replayed, again.differs, left(card)) == (True, (), 1_000)
    other = taken(pay(aurora, tender(sell(aurora, 500), 1_500), Tender("cash", 2_500)))
    assert other.differs == ("/tenders/0/card",)
    proved(aurora)


def test_a_return_gives_back_onto_the_card_and_into_its_lots(aurora):
    card = sell(aurora, 1_000, "2026-01-05")
    load(aurora, card, 2_000, "2026-01-06")
    taken(pay(aurora, tender(card, 1_500), Tender("cash", 500)))
    assert back(aurora, 1_000) == [(750, 750), (250, 0)]
    assert left(card, "2026-01-08") == 2_250
    assert back(aurora, None, "2026-01-08") == [(750, 750), (250, 0)]
    assert left(card, "2026-01-08") == 3_000
    assert [lot.remaining for lot in lots(card)] == [1_000, 2_000]
    assert aurora.amounts("Ann", "2026-01-08").available == 0
    proved(aurora)


def lots(card: Card) -> Any:
    return ledger.account_lots(
        store.current(), card.account_id, shop.moment("2026-01-09"), after=ids.NIL, most=9, spent_too=True
    )


@pytest.mark.parametrize(("how", "first"), [("points_first", (400, 200, 0)), ("card_first", (0, 0, 600))])
def test_which_tender_comes_back_first_is_the_programmes_to_say(database, how, first):
    at = Shop(gifts.PARTS | {"units": gifts.PARTS["units"] | {"points": shop.POINTS | {"pays": PAYS}}, "refunds": how})
    at.enrol("Ann")
    at.buy("Ann", 100_000, external_id="old")
    card = sell(at, 300)
    taken(pay(at, Tender("points", 400, unit="points"), tender(card, 300), Tender("card", 700)))
    assert [money for money, _ in back(at, 600)] == list(first)
    assert left(card, "2026-01-07") == first[1]
    proved(at)


def test_two_cards_points_and_cash_together(aurora):
    aurora.buy("Ann", 100_000, external_id="old")
    one, two = sell(aurora, 300), sell(aurora, 500)
    tenders = (tender(one, 300), Tender("points", 400, unit="points"), tender(two, 100), tender(two, 150))
    bought = taken(pay(aurora, *tenders, Tender("cash", 50)))
    assert (left(one), left(two), aurora.amounts("Ann", "2026-01-06").available) == (0, 250, 600)
    assert len({told.burn for told in bought.activity.tenders}) == 5
    assert back(aurora, None) == [(300, 300), (400, 400), (100, 100), (150, 150), (50, 0)]
    assert (left(one), left(two), aurora.amounts("Ann", "2026-01-07").available) == (300, 500, 1_000)
    proved(aurora)


def test_what_is_not_on_the_card_is_refused_and_nothing_is_written(aurora):
    card, other = sell(aurora, 1_000), sell(aurora, 1_000)
    short = refused(pay(aurora, tender(other, 500), tender(card, 600), tender(card, 401)), "gift_card_short")
    assert short.facts == {"pointer": "/tenders/2/card", "asked": 401, "left": 400}
    assert refused(pay(aurora, tender(card, 500), at="2029-02-01"), "gift_card_short").facts["left"] == 0, "it ended"
    for wrong in ("SUMMER10", "", other.code[::-1], "A" * 500):
        assert refused(pay(aurora, tender(card, 500), tender(wrong, 1)), "gift_card_unknown").facts == {}
    elsewhere = gifts.cafe()
    refused(pay(elsewhere, tender(card, 500)), "gift_card_unknown")
    assert (left(card), left(other)) == (1_000, 1_000)
    proved(aurora)


@pytest.mark.parametrize(
    ("told", "more", "pointer", "reason"),
    [
        ({"kind": "card"}, {}, "/tenders/0/kind", "not_gift_card"),
        ({"unit": "points"}, {}, "/tenders/0/card", "card_alone"),
        ({"burn": "brn_" + "0" * 32}, {}, "/tenders/0/card", "card_alone"),
        ({"amount": 0}, {}, "/tenders/0/amount", "out_of_range"),
        ({}, {"kind": "visit"}, "/tenders/0/card", "only_purchases"),
        ({}, {"replaces": Reference("old")}, "/tenders/0/card", "replaces_uncarded"),
        ({}, {"currency": "EUR"}, "/currency", "paid_at_home"),
    ],
)
def test_how_a_card_may_be_told(aurora, told, more, pointer, reason):
    card = sell(aurora, 1_000)
    wrong = Tender(**{"kind": "gift_card", "amount": 500, "card": card.code} | told)
    assert refused(pay(aurora, wrong, **more), "activity_invalid").facts == {"pointer": pointer, "reason": reason}
    assert left(card) == 1_000


def test_one_of_a_batch_never_harms_its_neighbours(aurora):
    card = sell(aurora, 1_000)
    results = aurora.tell(
        *[
            aurora.purchase(who, 400, "2026-01-06", external_id=f"o-{number}", tenders=(tender(card, 400),))
            for number, who in enumerate(("Ann", "Ben", "Ann", "Zoe"))
        ]
    )
    assert [code(one) for one in results] == [None, None, "gift_card_short", "member_unknown"]
    assert left(card) == 200
    proved(aurora)


def test_a_return_in_the_same_batch_or_before_it_finds_the_card(aurora):
    card = sell(aurora, 1_000)
    first = aurora.purchase("Ann", 400, "2026-01-06", external_id="first", tenders=(tender(card, 400),))
    results = aurora.tell(first, aurora.giving_back("Ann", "first", "2026-01-06", amount=100))
    assert taken(results[1]).decision.refund.tenders[0].points == 100
    assert taken(aurora.tell(aurora.giving_back("Ann", "late", "2026-01-06"))[0]).decision.parked == "purchase_missing"
    taken(pay(aurora, tender(card, 500), external_id="late"))
    assert left(card) == 700
    proved(aurora)


def test_an_order_that_is_replaced_gives_the_card_its_money(aurora):
    card = sell(aurora, 1_000)
    taken(pay(aurora, tender(card, 400), external_id="old"))
    taken(pay(aurora, Tender("cash", 500), external_id="new", replaces=Reference("old"), at="2026-01-07"))
    assert left(card, "2026-01-08") == 1_000
    proved(aurora)


def test_the_order_of_a_member_who_was_merged_gives_the_card_its_money(aurora):
    card = sell(aurora, 1_000)
    aurora.buy("Ann", 100_000, external_id="old")
    taken(pay(aurora, tender(card, 400), Tender("points", 100, unit="points"), Tender("cash", 500)))
    merged(aurora, "Ben", "Ann", "2026-01-07")
    done = taken(aurora.tell(aurora.giving_back("Ben", "order", "2026-01-08"))[0])
    assert [one.points for one in done.decision.refund.tenders] == [400, 100, 0]
    assert (left(card, "2026-01-09"), aurora.amounts("Ben", "2026-01-09").available) == (1_000, 1_000)
    proved(aurora)


def test_a_trial_takes_nothing(aurora):
    card = sell(aurora, 1_000)
    order = aurora.purchase("Ann", 400, "2026-01-06", tenders=(tender(card, 400),))
    (tried,) = aurora.tell(order, dry_run=True)
    assert taken(tried).activity.tenders[0].card == card.code[-4:]
    assert left(card) == 1_000


def test_its_burn_is_bound(aurora):
    card = sell(aurora, 1_000)
    bought = taken(pay(aurora, tender(card, 400), Tender("cash", 600)))
    burn = ids.read("burn", str(bought.activity.tenders[0].burn))
    found = activities.one(store.current(), aurora.programme_id, burn)
    told: dict[str, Any] = {"programme_id": aurora.programme_id, "now": shop.moment("2026-01-06T13:00")}
    refused(cancel.cancel_many(cancellations=[cancel.Cancellation(found, shop.DORA)], **told)[0], "burn_bound")
    refused(undo.undo(activity_id=burn, by=shop.DORA, **told), "burn_bound")
    named = Tender("gift_card", 400, burn=ids.show("burn", burn))
    refused(pay(aurora, named, external_id="again"), "burn_unknown")
    taken(undo.undo(activity_id=bought.activity_id, by=shop.DORA, **told))
    assert left(card) == 1_000
    proved(aurora)


def test_what_goes_back_to_a_lot_that_has_ended_expires_at_once(aurora):
    card = sell(aurora, 1_000, "2026-01-05")
    taken(pay(aurora, tender(card, 400), at="2029-01-04"))
    assert back(aurora, None, "2029-02-01") == [(400, 400)]
    assert balance(card, shop.moment("2029-02-01")) == 0
    proved(aurora)


def test_no_code_is_written_anywhere_but_in_the_directory(aurora):
    card = sell(aurora, 1_000)
    taken(pay(aurora, tender(card, 400), Tender("cash", 600)))
    back(aurora, 500)
    refused(pay(aurora, tender(card, 900), external_id="more"), "gift_card_short")
    at_hand = store.current()
    for table in ("activities_activity", "activities_key", "activities_answer", "kit_outgoing", "activities_parked"):
        rows = at_hand.fetch(Statement(f"SELECT * FROM {table}"))
        assert card.code not in repr(rows), table


def test_what_a_batch_costs_does_not_grow(aurora, monkeypatch):
    """With cards it is the directory, their lots and, where it takes two statements, their locks; else nothing."""
    cards = [sell(aurora, 1_000) for _ in range(20)]
    counted: list[str] = []
    fetch = Store.fetch
    monkeypatch.setattr(Store, "fetch", lambda at, text, **told: counted.append(text.text) or fetch(at, text, **told))

    def cost(number: int, *, by_card: bool) -> int:
        counted.clear()
        orders = [
            aurora.purchase(
                "Ann", 100, "2026-01-06", external_id=f"{number}-{by_card}-{place}",
                tenders=(tender(card, 100),) if by_card else (Tender("cash", 100),),
            )
            for place, card in enumerate(cards[:number])
        ]  # fmt: skip
        assert all(code(one) is None for one in aurora.tell(*orders))
        return len(counted)

    plain = cost(1, by_card=False)
    assert cost(20, by_card=False) == plain
    assert cost(1, by_card=True) == cost(20, by_card=True) <= plain + 3

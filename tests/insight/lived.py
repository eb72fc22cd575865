"""A café that has seen everything: one history in which each invariant has something to hold."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from guerdon.core.activities import Member, Tender
from guerdon.core.consents import Said
from guerdon.core.members import Person
from guerdon.engine import (
    cancel,
    consents,
    earn,
    erase,
    exchange,
    merge,
    notes,
    retention,
    revocations,
    showing,
    vouchers,
)  # fmt: skip
from guerdon.engine.batch import Told
from guerdon.features.activities import queries as activities
from guerdon.features.figures import actions as figures
from guerdon.features.imports import actions as imports
from guerdon.features.keys import actions as keys
from guerdon.features.letters import actions as letters
from guerdon.features.looks.queries import Looker
from guerdon.features.members import actions as member_actions
from guerdon.features.members import queries as member_queries
from guerdon.kit import ids, store
from tests import gifts, shop
from tests import vouchers as dealt
from tests.insight import claiming, drafting, members_of_a_club, redeeming, sharing
from tests.shop import Shop

UNITS: dict[str, Any] = {
    "points": {
        "expires": {"rolling": {"months": 12}},
        "vesting": {"days": 14},
        "caps": {"order": 400, "month": 900},
        "debt_max": 500,
        "transfers": {"caps": {"day": 90}, "per_pair": {"month": 60}, "fee": {"percent": 10}},
    },
    "stamps": {"expires": {"sliding": {"months": 6}}, "transfers": {"acceptance": "needed"}},
    "status": {"kind": "qualifying", "expires": "never"},
    "credit": gifts.CREDIT,
    "gifts": {
        "expires": {"rolling": {"months": 12}},
        "vesting": {"activity": "delivered", "days": 2, "cancel_after_days": 30},
    },
}
KINDS: dict[str, Any] = {"delivered": {}}
NEWS: dict[str, Any] = {
    "news": {"name": {"en": "News"}, "text": {"en": "News may come."}},
    "profile": {"name": {"en": "Profile"}, "text": {"en": "You may add up what I buy."}, "keep_days": 30},
}
BY_HAND: dict[str, Any] = {"approve_above": {"points": 100}}
RULES: dict[str, Any] = {
    "base": {
        "when": "purchase",
        "then": [
            {"points": {"unit": "points", "give": 1, "per": "1.00"}},
            {"points": {"unit": "status", "give": 1, "per": "2.00"}},
        ],
    },
    "card": {"when": "visit", "then": [{"fixed": {"unit": "stamps", "give": 1}}]},
    "parcel": {
        "when": "purchase",
        "if": [{"channel": {"in": ["parcel"]}}],
        "then": [{"fixed": {"unit": "gifts", "give": 7}}],
    },
    "welcome": {
        "when": "signup",
        "then": [{"fixed": {"unit": "points", "give": 100}}],
        "vesting": {"days": 0},
        "uses": {"lifetime": 1},
    },
    "bakery": {
        "when": "purchase",
        "if": [{"partner": {"in": ["bakery"]}}],
        "then": [{"fixed": {"unit": "points", "give": 15}}],
        "caps": {"order": 15, "month": 45},
        "budget": 70,
        "funder": "bakery",
    },
    "regular": {
        "when": "purchase",
        "if": [{"counter": {"what": "count:purchase", "period": "month", "min": 1}}],
        "then": [{"fixed": {"unit": "points", "give": 10}}],
        "uses": {"month": 1},
    },
    "spender": {
        "when": "purchase",
        "if": [{"counter": {"what": "spend", "period": "month", "min": "50.00"}}],
        "then": [{"fixed": {"unit": "points", "give": 5}}],
    },
    "gold": {
        "when": "purchase",
        "if": [{"segment": {"in": ["gold"]}}],
        "then": [{"multiply": {"unit": "points", "by": "4/3"}}],
    },
}

SOLD: dict[str, Any] = {"gift_cards": {"unit": "credit"}}
OFFERS: dict[str, Any] = SOLD | dealt.offers(
    five={"amount": "5.00"}, flyer={"percent": 10, "bearer": True, "uses": 5, "uses_per_member": 1},
    film={"gift": {"en": "A film"}, "codes": "pool"},
)  # fmt: skip
CAUSES: dict[str, Any] = {"trees": {"name": {"en": "Trees"}}}


@dataclass(frozen=True)
class Lived:
    """The three programmes of the history, and where it lies."""

    url: str
    cafe: Shop
    grocer: Shop
    club: Shop

    def account(self, name: str) -> str:
        return self.cafe.account(name)


CIRCLE: dict[str, Any] = {
    "circle": {
        "name": {"en": "Circle"}, "basis": {"spend": True}, "grace_days": 30,
        "levels": {
            "silver": {"name": {"en": "Silver"}, "from": "20.00"}, "gold": {"name": {"en": "Gold"}, "from": "40.00"},
        },
    }
}  # fmt: skip


def live(url: str) -> Lived:
    """Two years at Café Aurora, with a grocer next door; the database at `url` is the one at hand."""
    cafe = Shop(
        {
            "kinds": KINDS,
            "units": UNITS,
            "rules": RULES,
            "adjustments": BY_HAND,
            "causes": CAUSES,
            "households": {},
            **OFFERS,
        },
        key="aurora",
    )
    cafe.enrol("Ann", segments=("gold",))
    cafe.enrol("Ben", "Cleo", "Dora", "Finn", "Gus", "Jim")
    cafe.enrol("Hal", "Ivy", "Hugo")
    cafe.enrol("Emil", person=Person(name="Emil", email="emil@example.com"))
    _first_year(cafe)
    rules = RULES | {"base": {**RULES["base"], "then": [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]}}
    more = {"kinds": KINDS, "units": UNITS, "rules": rules, "adjustments": BY_HAND, "causes": CAUSES, "households": {}}
    more |= OFFERS
    cafe.publish(since=_day("2026-01-01"), now=_day("2025-12-20"), **more)
    _second_year(cafe)
    sharing.befriend(cafe)
    sharing.live_together(cafe)
    _vouchers(cafe)
    _gift_cards(cafe)
    grocer = Shop({"tiers": CIRCLE, "consents": NEWS, **claiming.PARTS, **redeeming.PARTS}, key="grocer")
    grocer.enrol("Ann")
    grocer.buy("Ann", 3000, "2026-01-07")
    shop.taken(grocer.grant("Ann", "gold", "2026-01-08", "2026-06-30"))
    _leaving(grocer)
    shop.seal(grocer)  # up to here; the café is sealed by those who rob a seal: sealed, little could be stolen alone
    _closed_months(grocer)
    _foreign_money(grocer)
    redeeming.redeem(grocer)
    claiming.claim(grocer)
    club = members_of_a_club.live()
    drafting.draft()
    for one in (cafe, grocer, club):  # counted by those who rob a day: counted, few points could be stolen alone
        store.committed(lambda at_hand, id=one.programme_id: figures.reset(at_hand, id, zone=""))  # type: ignore[misc]
    return Lived(url, cafe, grocer, club)


def _leaving(grocer: Shop) -> None:
    """Emil takes back what he agreed to, and Nick wants to be erased; somebody looks at who he is before."""
    grocer.enrol("Emil", "Nick", person=Person(name="Nick"))
    now = shop.moment("2026-01-10")
    for who, given in (("Emil", True), ("Emil", False), ("Nick", True)):
        consents.say(
            programme_id=grocer.programme_id, member_id=grocer.account(who), said={"news": Said(given)}, how="till",
            actor="Dora", now=now,
        )  # fmt: skip
        notes.write(
            programme_id=grocer.programme_id, member_id=grocer.account(who), text="Likes his coffee black",
            author="Dora", author_id=ids.NIL, now=now,
        )  # fmt: skip
    consents.say(
        programme_id=grocer.programme_id, member_id=grocer.account("Emil"), said={"profile": Said(True)}, how="till",
        actor="Dora", now=now,
    )  # fmt: skip
    seen = {"programme_id": grocer.programme_id, "member_id": grocer.account("Emil"), "now": now}
    store.committed(lambda at_hand: letters.seen(at_hand, names=["gift:of-ann"], **seen))
    retention.run(programme_id=grocer.programme_id, as_of=shop.moment("2026-02-15"))
    looker = Looker("command", "dora", "Dora", "member show")
    showing.persons(store.current(), grocer.programme_id, [grocer.account("Nick")], looker, now=now)
    erase.ask(programme_id=grocer.programme_id, member_id=grocer.account("Nick"), actor="Dora", now=now)


def _first_year(cafe: Shop) -> None:
    cafe.tell(cafe.purchase("Ann", None, "2025-01-10", kind="signup"))
    cafe.buy("Ann", 5000, "2025-01-11", external_id="ann-1")
    cafe.buy("Ann", 1234, "2025-01-12", partner="bakery")
    cafe.tell(
        *[cafe.purchase("Ann", 2000 + n, f"2025-02-{n + 1:02}", partner="bakery") for n in range(5)], now="2025-02-06"
    )
    for month in ("02", "05", "06"):
        cafe.tell(cafe.purchase("Ann", None, f"2025-{month}-03", kind="visit"))
    shop.taken(cafe.burn("Ann", 2, "2025-06-10", unit="stamps"))
    shop.taken(cafe.burn("Ann", 120, "2025-03-01"))
    cafe.buy("Ben", 20000, "2025-03-02", external_id="ben-1")
    shop.taken(cafe.burn("Ben", 150, "2025-04-01"))
    cafe.tell(cafe.giving_back("Ben", "ben-1", "2025-04-02"))  # 150 of 200 are gone: a debt
    cafe.buy("Ben", 8000, "2025-04-03")  # pending: repays when it vests
    shop.taken(cafe.adjust("Ben", 30, "2025-04-04"))
    cafe.buy("Cleo", 7000, "2025-05-01", external_id="cleo-0")
    cafe.tell(cafe.giving_back("Cleo", "cleo-1", "2025-05-03", external_id="cleo-back"))  # comes first
    cafe.buy("Cleo", 6000, "2025-05-02", external_id="cleo-1")
    cafe.tell(cafe.giving_back("Cleo", "cleo-0", "2025-05-04"))  # still pending
    cafe.buy("Dora", 4000, "2025-01-20", external_id="dora-1")
    cafe.buy("Dora", 600, "2025-04-20", external_id="dora-2")  # she is reminded of their end
    cafe.buy("Finn", 3000, "2025-02-20", external_id="finn-1")
    cafe.buy("Finn", 2500, "2025-02-21", external_id="finn-2")
    cafe.buy("Gus", 10000, "2025-06-01", external_id="gus-1")
    cafe.buy("Gus", 5000, "2025-06-02", external_id="gus-2")
    shop.taken(cafe.burn("Gus", 60, "2025-07-01"))
    cafe.tell(
        cafe.giving_back("Gus", "gus-1", "2025-07-02", external_id="gus-back")
    )  # its own rest, other points, and a debt


def _second_year(cafe: Shop) -> None:
    cafe.night("2026-02-01T03:00")
    cafe.tell(cafe.giving_back("Dora", "dora-1", "2026-02-02"))  # has expired and was booked
    cafe.tell(cafe.giving_back("Finn", "finn-1", "2026-02-25", external_id="finn-back"))  # has expired, not booked yet
    cafe.buy("Ann", 4500, "2026-02-03", external_id="ann-2")
    cafe.tell(cafe.purchase("Ann", None, "2026-02-03", kind="visit"))
    shop.taken(cafe.adjust("Ann", 25, "2026-02-04"))
    shop.taken(cafe.adjust("Ann", -5, "2026-02-05"))
    _by_hand(cafe)
    shop.taken(cafe.burn("Ann", 60, "2026-03-01", external_id="burn-31"))
    cafe.buy("Jim", 3000, "2026-03-02", external_id="jim-parts")
    cafe.tell(cafe.giving_back("Jim", "jim-parts", "2026-03-03", external_id="jim-part-1", amount=700))
    cafe.tell(cafe.giving_back("Jim", "jim-parts", "2026-03-04", external_id="jim-part-2", amount=350))
    cafe.tell(cafe.giving_back("Jim", "jim-parts", "2026-03-05", external_id="jim-undo", kind="reopen"))
    cafe.tell(cafe.giving_back("Jim", "jim-parts", "2026-03-06", external_id="jim-part-3", amount=1000))
    cafe.tell(cafe.giving_back("Ben", "never-bought", "2026-03-02", external_id="waiting"))
    emil = cafe.purchase("Emil", 900, "2026-03-03", external_id="emil-1")
    told = [
        Told(_by_email(emil), idempotency=shop.keyed("k1")),
        Told(cafe.giving_back("Dora", "dora-1", "2026-03-03"), idempotency=shop.keyed("k2")),  # refused: twice
        Told(cafe.purchase("Ann", 1100, "2026-03-03"), idempotency=shop.keyed("k3")),
    ]
    earn.record_many(programme_id=cafe.programme_id, told=told, now=shop.moment("2026-03-03"))
    _parcels(cafe)
    cafe.night("2026-04-01T03:00")
    _holds_and_cancellations(cafe)
    _one_and_the_same(cafe)
    _open_doors(cafe)


def _one_and_the_same(cafe: Shop) -> None:
    """Ivy turns out to be Hal: points that wait, points of the bakery and a debt pass, and one order comes back."""
    cafe.buy("Hal", 3000, "2026-03-05")
    cafe.buy("Ivy", 2000, "2026-03-04", external_id="ivy-0")
    shop.taken(cafe.burn("Ivy", 40, "2026-03-20"))
    cafe.tell(cafe.giving_back("Ivy", "ivy-0", "2026-03-21"))
    cafe.buy("Ivy", 1000, "2026-04-01", external_id="ivy-1")
    cafe.tell(cafe.purchase("Ivy", None, "2026-04-01", kind="visit"))
    merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("Hal"), goes=Member(external_id="Ivy"), actor="Emil",
        now=shop.moment("2026-04-02"),
    )  # fmt: skip
    cafe.tell(cafe.giving_back("Ivy", "ivy-1", "2026-04-03", external_id="ivy-back"))


def _by_hand(cafe: Shop) -> None:
    """Too much for one person: agreed to, turned down, and still waiting."""
    for verdict in ("approval", "rejection", None):
        asked = shop.taken(cafe.adjust("Hugo", 190, "2026-02-06", external_id=f"large-{verdict}"))
        if verdict is not None:
            cafe.judge(asked.activity_id, verdict, "2026-02-07")


def _foreign_money(grocer: Shop) -> None:
    """Dollars of two days: one in time for its rate, one that waits and is released; one that waits for ever."""
    grocer.tell_rates(("USD", "2026-03-03", 86, 100), now="2026-03-03")
    grocer.buy("Ann", 1000, "2026-03-04", currency="USD", external_id="usd-1")
    grocer.tell(grocer.purchase("Ann", 2000, "2026-03-02", currency="USD", external_id="usd-2"), now="2026-03-05")
    grocer.tell(grocer.purchase("Ann", 2000, "2026-01-02", currency="USD", external_id="usd-3"), now="2026-03-05")
    grocer.tell_rates(("USD", "2026-03-01", 85, 100), now="2026-03-06")
    exchange.release(programme_id=grocer.programme_id, now=shop.moment("2026-03-06"))


def _closed_months(grocer: Shop) -> None:
    """January is closed, something comes late for it, and February is closed, too."""
    grocer.buy("Ann", 700, "2025-12-30", external_id="grocer-0")
    grocer.night("2026-02-01T03:00")
    grocer.close("2026-01", "2026-02-02")
    grocer.tell(grocer.purchase("Ann", 500, "2026-01-31", external_id="grocer-late"), now="2026-02-03")
    shop.taken(grocer.burn("Ann", 12, "2026-02-04"))
    grocer.night("2026-03-01T03:00")
    grocer.close("2026-02", "2026-03-02")


def _parcels(cafe: Shop) -> None:
    """Jo's first parcel comes, the second never does, the third is on its way; news of the fourth were early."""
    cafe.enrol("Jo")
    cafe.buy("Jo", 1000, "2026-02-01T04:00", channel="parcel", external_id="jo-1")
    cafe.buy("Jo", 1000, "2026-02-01T05:00", channel="parcel", external_id="jo-2")
    cafe.tell(cafe.delivery("Jo", "jo-1", "2026-02-02", external_id="jo-parcel"))
    cafe.buy("Jo", 1000, "2026-03-20", channel="parcel", external_id="jo-3")
    cafe.tell(cafe.delivery("Jo", "jo-4", "2026-03-21", external_id="jo-early"))
    cafe.buy("Jo", 1000, "2026-03-22", channel="parcel", external_id="jo-4")
    shop.taken(cafe.burn("Jo", 3, "2026-03-30", unit="gifts"))


def _holds_and_cancellations(cafe: Shop) -> None:
    """Ina reserves, captures, releases, forgets and takes back; one hold is open in the end."""
    cafe.enrol("Ina")
    for day in ("2026-03-05", "2026-03-06", "2026-03-07"):
        shop.taken(cafe.adjust("Ina", 100, day))
    shop.taken(cafe.burn("Ina", 5, "2026-03-09"))
    shop.taken(cafe.burn("Ina", 150, "2026-03-10", external_id="ina-burn"))
    shop.taken(cafe.cancel("ina-burn", "2026-03-11", points=60))
    shop.taken(cafe.hold("Ina", 50, "2026-03-12", days=5, external_id="hold-1"))
    shop.taken(cafe.capture("hold-1", "2026-03-13", points=20, final=False))
    shop.taken(cafe.capture("hold-1", "2026-03-14", points=10))
    shop.taken(cafe.hold("Ina", 30, "2026-03-15", days=5, external_id="hold-2"))
    shop.taken(cafe.release("hold-2", "2026-03-16"))
    shop.taken(cafe.hold("Ina", 20, "2026-03-17", days=5, external_id="hold-3"))
    cafe.night("2026-04-02T01:00")
    shop.taken(cafe.hold("Ina", 40, "2026-04-02T02:00", days=300, external_id="hold-4"))


def _vouchers(cafe: Shop) -> None:
    """Nora and Otto use vouchers; one use is rolled back, one voucher is withdrawn, and a pool has codes left."""
    cafe.enrol("Nora", "Otto")
    dealt.bring(cafe, "flyer", "sun", day="2026-06-20")
    dealt.bring(cafe, "film", "film-1", "film-2", "film-3", day="2026-06-20")
    code = dealt.given(cafe, "Nora", "five", "2026-06-21")
    shop.taken(dealt.redeem(cafe, code, "sun", who="Nora", day="2026-06-22", external_id="nora-1"))
    use = shop.taken(dealt.redeem(cafe, "sun", who="Otto", day="2026-06-23"))
    shop.taken(dealt.roll_back(cafe, use, day="2026-06-24"))
    dealt.given(cafe, "Otto", "film", "2026-06-25")
    unused = dealt.given(cafe, "Otto", "five", "2026-06-25")
    vouchers.withdraw(
        programme_id=cafe.programme_id, code=unused, reason="a mistake", now=shop.moment("2026-06-26")
    )  # fmt: skip


def _gift_cards(cafe: Shop) -> None:
    """A card is loaded, spent from, given back to, handed on in part, and pays. Another one lies in a drawer."""
    card = gifts.sell(cafe, 5_000, "2026-06-20")
    gifts.sell(cafe, 1_000, "2026-06-20")
    gifts.load(cafe, card, 2_000, "2026-06-21")
    burn = gifts.spend(cafe, card, 1_250, "2026-06-22", name="gift-spent")
    back = cancel.Cancellation(
        activities.one(store.current(), cafe.programme_id, burn.activity_id), shop.DORA, 250, "till", "back"
    )
    cancel.cancel_many(programme_id=cafe.programme_id, cancellations=[back], now=shop.moment("2026-06-23"))
    gifts.hand(cafe, card, "Otto", 2_000, "2026-06-24")
    tenders = (Tender("gift_card", 900, card=card.code), Tender("cash", 600))
    cafe.tell(cafe.purchase("Otto", 1_500, "2026-06-25", tenders=tenders, external_id="gift-paid"))
    cafe.tell(cafe.giving_back("Otto", "gift-paid", "2026-06-26", amount=500))
    named = shop.taken(cafe.burn("Otto", 300, "2026-06-27", unit="credit", external_id="gift-named"))
    tenders = (Tender("gift_card", 300, burn=ids.show("burn", named.activity_id)),)
    cafe.tell(cafe.purchase("Otto", 300, "2026-06-27", tenders=tenders, external_id="gift-told"))
    cafe.tell(cafe.giving_back("Otto", "gift-told", "2026-06-28", amount=120))


def _open_doors(cafe: Shop) -> None:
    """A key of the API, and an import that has begun; Dora has lost her phone, and need not wait for the new one."""
    at_hand, now = store.current(), shop.moment("2026-04-02")
    revocations.revoke(programme_id=cafe.programme_id, member_id=cafe.account("Dora"), actor="Emil", now=now)
    with at_hand.transaction():
        dora = member_queries.lock_self(at_hand, cafe.programme_id, cafe.account("Dora"))
        member_actions.lift_wait(at_hand, dora, now=now)
        keys.create(at_hand, programme_id=cafe.programme_id, name="till", scopes=("activities:write",), now=now)
        imports.begin(at_hand, cafe.programme_id, file_digest="f", mapping_digest="m", file_name="shop.csv", now=now)


def _by_email(activity: Any) -> Any:
    return msgspec.structs.replace(activity, member=Member(email="emil@example.com"))


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

"""The people of Café Aurora, and what they did there: the same five in the demo, the docs and the screenshots."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from guerdon.core import period
from guerdon.core.activities import Activity, FactValue, Line, Member, Reference, Tender
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import desk, earn, enrolment, memberships, redeem, redemptions, supplies
from guerdon.engine.batch import Told
from guerdon.features.members import queries as members
from guerdon.features.members.records import Enrolment
from guerdon.kit import store

SOURCE: Final = "demo"
JOINED_DAYS_AGO: Final = {"ann": 400, "ben": 3, "cleo": 200, "dora": 300, "emil": 390}
PEOPLE: Final = {
    "ann": Enrolment(
        external_ids=("ann",),
        cards=("4711",),
        person=Person(name="Ann", email="ann@aurora.example", birthday=date(1990, 5, 17), language="en"),
        attributes={"tier": "gold", "diet": "vegan", "children": 2},
    ),
    "ben": Enrolment(external_ids=("ben",), cards=("4712",), person=Person(name="Ben", email="ben@aurora.example")),
    "cleo": Enrolment(
        external_ids=("cleo",),
        cards=("4713",),
        person=Person(name="Cleo", email="cleo@bakery.example"),
        segments=("partners",),
    ),
    "dora": Enrolment(
        external_ids=("dora",),
        person=Person(name="Dora", email="dora@aurora.example"),
        segments=("staff",),
    ),
    "emil": Enrolment(
        external_ids=("emil",),
        person=Person(name="Emil", email="emil@aurora.example", language="bg"),
        attributes={"role": "manager"},
        segments=("staff",),
    ),
}  # fmt: skip
BURN: Final = 20
PIECES: Final = {("mug", ""): 12, ("shirt", "s"): 3, ("shirt", "m"): 5, ("shirt", "l"): 4}


def act(*, programme_id: str, zone: ZoneInfo, now: datetime) -> int:
    """Enrol the five and tell what they did, once for ever; answers how many facts were new."""
    for name, person in PEOPLE.items():
        if members.find(store.current(), programme_id, "external_id", name) is None:
            joined = now - timedelta(days=JOINED_DAYS_AGO[name])
            enrolment.enrol(programme_id=programme_id, enrolment=person, now=joined)
    told = [Told(activity) for activity in _life(zone, now)]
    results = [*earn.record_many(programme_id=programme_id, told=told, now=now), *_spend(programme_id, now)]
    results += _join(programme_id, now)
    results += _redeem(programme_id, now)
    return sum(not isinstance(result, Refusal) and not result.replayed for result in results)


def _spend(programme_id: str, now: datetime) -> list[desk.Result]:
    """Ann buys a cake with points."""
    burn = redeem.Burn(Member(external_id="ann"), "points", BURN, SOURCE, "ann-cake")
    return redeem.burn_many(programme_id=programme_id, burns=[burn], now=now)


def _join(programme_id: str, now: datetime) -> list[desk.Result]:
    """Cleo buys a membership at the till."""
    wanted = memberships.Joining(
        Member(external_id="cleo"), "aurora-plus", "EUR", SOURCE, "cleo-plus", reference="till 1"
    )
    return memberships.join_many(programme_id=programme_id, wanted=[wanted], now=now)


def _redeem(programme_id: str, now: datetime) -> list[desk.Result]:
    """Emil brings mugs and shirts in; Ann has a flat white for her points, which waits at the counter."""
    for (reward, variant), pieces in PIECES.items():
        told = ("came in", "Emil", SOURCE, f"first-{reward}-{variant}")
        supplies.supply(
            programme_id=programme_id, wanted=supplies.NewSupply(reward, variant, pieces, *told), now=now
        )  # fmt: skip
    wanted = redemptions.NewRedemption(Member(external_id="ann"), "flat_white", SOURCE, "ann-flat-white")
    return redemptions.redeem_many(programme_id=programme_id, wanted=[wanted], now=now)


def _life(zone: ZoneInfo, now: datetime) -> Iterator[Activity]:
    """The year of the five, told in days before today."""
    today = period.local_day(now, zone)

    def fact(who: str, name: str, days: int, at: str, kind: str, *lines: Line, **more: object) -> Activity:
        local = datetime.combine(today - timedelta(days=days), time.fromisoformat(at))
        instant = min(_instant(local, zone), now)
        return Activity(
            kind, SOURCE, f"{who}-{name}", instant, Member(external_id=who), lines=lines, **more  # type: ignore[arg-type]
        )  # fmt: skip

    for who, days in JOINED_DAYS_AGO.items():
        yield fact(who, "signup", days, "08:30", "signup")
    yield fact("ann", "1", 396, "10:15", "purchase", *COFFEE, CAKE, channel="shop", store="sofia-centre")
    yield fact("ann", "2", 120, "07:40", "purchase", BEANS, CAPSULES, channel="shop", store="sofia-centre")
    yield fact("ann", "3", 46, "12:00", "purchase", *PARTY, channel="web")
    yield fact("ann", "4", 30, "16:20", "purchase", MUG, CAKE, channel="shop", store="plovdiv")
    yield fact("ann", "4-back", 29, "10:05", "return", returns=Reference("ann-4"))
    yield fact("ann", "review", 20, "21:30", "review", facts=_facts(anonymous=False))
    yield fact("ann", "5", 2, "08:10", "purchase", *COFFEE, channel="app", tenders=(Tender("card", 1_120),))
    yield fact("ben", "1", 1, "09:30", "purchase", *COFFEE, CAKE, channel="shop", store="plovdiv")
    yield fact("cleo", "1", 60, "11:45", "purchase", BREAD, CAKE, partner="bakery-ivanovi", currency="EUR")
    yield fact("cleo", "2", 12, "13:10", "purchase", *COFFEE, BREAD, channel="shop", store="sofia-centre")
    yield fact("dora", "share", 15, "18:00", "share")
    yield fact("emil", "survey", 5, "17:00", "survey", facts=_facts(score=9, topic="coffee", anonymous=True))


COFFEE: Final = (
    Line(420, "flat-white", "coffee", quantity=1),
    Line(700, "oat-latte", "coffee", tags=("plant-based",), quantity=2),
)
CAKE: Final = Line(650, "walnut-cake", "cakes", discount=50)
BEANS: Final = Line(2_980, "sidamo-250", "beans", brand="Aurora", quantity=2)
CAPSULES: Final = Line(1_150, "capsules-dark", "capsules", brand="Aurora", quantity=2)
BREAD: Final = Line(780, "rye-loaf", "bread", quantity=2)
MUG: Final = Line(1_890, "mug-blue", "goods")
PARTY: Final = (Line(6_400, "cake-whole", "cakes", quantity=2), Line(2_400, "espresso", "coffee", quantity=12))


def _facts(**facts: FactValue) -> dict[str, FactValue]:
    return facts


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The hours above never fall into a change of the clocks; what a zone may still do is taken as the first of two."""
    try:
        return period.instant(local, zone)
    except Refusal:
        return period.midnight(local.date() + timedelta(days=1), zone)

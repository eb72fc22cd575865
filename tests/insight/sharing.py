"""Those of the café who pass points to each other, and a family that has one balance."""

from typing import Any

from guerdon.core.activities import Member
from guerdon.engine import donate, households, transfers
from guerdon.engine.batch import Outcome
from tests import shop
from tests.shop import Shop


def befriend(cafe: Shop) -> None:
    """Hera and Ivo pass points and stamps to and fro, and give some to the trees."""
    cafe.enrol("Hera", "Ivo")
    cafe.buy("Hera", 5000, "2026-04-03", external_id="hera-1", partner="bakery")
    cafe.buy("Hera", 6000, "2026-04-04", external_id="hera-2")
    cafe.tell(cafe.purchase("Hera", None, "2026-04-05", kind="visit"))
    cafe.tell(cafe.purchase("Ivo", None, "2026-04-06", kind="visit"))
    _send(cafe, "Hera", "Ivo", 40, "2026-05-01", external_id="gift-1")
    _send(cafe, "Hera", "Ivo", 15, "2026-05-02")
    _send(cafe, "Ivo", "Hera", 20, "2026-05-03", external_id="gift-back")
    offer = _send(cafe, "Hera", "Ivo", 1, "2026-05-04", unit="stamps", external_id="stamp-1")
    settled = {"programme_id": cafe.programme_id, "transfer_id": offer.activity_id}
    shop.taken(transfers.settle(deed="accept", now=shop.moment("2026-05-05"), **settled))
    cafe.tell(cafe.purchase("Ivo", None, "2026-05-06", kind="visit"))
    _send(cafe, "Ivo", "Hera", 1, "2026-05-07", unit="stamps", external_id="stamp-2")
    given = donate.Donation(
        member=Member(external_id="Hera"), cause="trees", unit="points", points=5, source="app", external_id="trees-1"
    )
    shop.taken(donate.donate_many(programme_id=cafe.programme_id, donations=[given], now=shop.moment("2026-05-08"))[0])


def live_together(cafe: Shop) -> None:
    """Kim shares a balance with Lea and Max: all earn, two spend, one leaves what was brought."""
    cafe.enrol("Kim", "Lea", "Max")
    for name, amount in (("Kim", 3000), ("Lea", 2000), ("Max", 1000)):
        cafe.buy(name, amount, "2026-05-10", external_id=f"{name}-1")
    member = {name: Member(external_id=name) for name in ("Kim", "Lea", "Max")}
    home = households.found(_asked(cafe, "2026-06-01"), owner=member["Kim"]).household.id
    for name, role in (("Lea", "child"), ("Max", "adult")):
        guest = {"household_id": home, "member": member[name], "by": member["Kim"], "role": role}
        made = households.invite(_asked(cafe, "2026-06-01"), **guest).invitation
        assert made is not None
        answer = {"household_id": home, "invitation_id": made.id, "deed": "accept"}
        households.answer(_asked(cafe, "2026-06-02"), **answer)
    households.change_role(
        _asked(cafe, "2026-06-03"), household_id=home, member=member["Lea"], role="adult", by=member["Kim"]
    )
    cafe.buy("Lea", 1500, "2026-06-04", external_id="lea-2")
    households.leave(_asked(cafe, "2026-06-15"), household_id=home, member=member["Max"])
    shop.taken(cafe.burn("Kim", 30, "2026-06-20"))


def _asked(cafe: Shop, day: str) -> households.Asked:
    return households.Asked(cafe.programme_id, "Emil", shop.moment(day))


def _send(cafe: Shop, who: str, to: str, points: int, day: str, **more: Any) -> Outcome:
    more = {"unit": "points", "source": "app", "external_id": f"{who}-{to}-{day}"} | more
    wanted = transfers.NewTransfer(member=Member(external_id=who), to=Member(external_id=to), points=points, **more)
    results = transfers.send_many(programme_id=cafe.programme_id, wanted=[wanted], now=shop.moment(day))
    return shop.taken(results[0])

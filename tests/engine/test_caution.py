"""Who got a new address a short while ago gives nothing away until some hours have gone by."""

from datetime import timedelta

import pytest

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import address_waits, donate, enrolment, erase, merge, redeem, redemptions, staff, transfers
from guerdon.engine.adjust import Actor
from guerdon.engine.enrolment import MemberChange, PersonChange
from guerdon.features.activities.actions import Idempotency
from guerdon.insight import verify
from guerdon.kit import audit, store
from tests import shop
from tests.engine import catalogue
from tests.shop import POINTS, Shop, moment, taken

pytestmark = pytest.mark.usefixtures("database")
COFFEE = shop.named("coffee", {**catalogue.COFFEE})
START = moment("2026-03-01")
CAUSES = {"trees": {"name": {"en": "Trees"}}}
ANN = Person(name="Ann", email="ann@x.example", phone="+359888123456")


class Cafe(Shop):
    """Ann has 5,000 points, and an address as old as her account."""

    def __init__(self, **parts):
        parts = {"address_wait_hours": 24, "address_wait_free": {"points": 200}} | parts
        units = {"points": POINTS | {"transfers": {}}}
        super().__init__({"units": units, "rewards": {"coffee": COFFEE}, "causes": CAUSES, **parts})
        self.enrol("ann", person=ANN)
        self.enrol("ben")
        for name in ("ann", "ben"):
            self.tell(self.purchase(name, 500_000, "2026-02-01"))

    def renew(self, at=START, **told):
        wanted = MemberChange(person=PersonChange(**told or {"email": "thief@x.example"}))
        enrolment.change(
            programme_id=self.programme_id, member_id=self.account("ann"), etag=None, wanted=wanted, now=at
        )

    def acts(self, at, points=1_000):
        """What Ann may not do at an instant: the name of each act that was refused."""
        ann, ben, named = Member(external_id="ann"), Member(external_id="ben"), f"{at}{points}"
        about = {"programme_id": self.programme_id, "now": at, "dry_run": True}
        sent = transfers.NewTransfer(ann, ben, "points", points, "app", f"t{named}")
        given = donate.Donation(ann, "trees", "points", points, "app", f"d{named}")
        burned = redeem.Burn(ann, "points", points, "app", f"b{named}")
        answers = {
            "send": transfers.send_many(wanted=[sent], **about)[0],
            "donate": donate.donate_many(donations=[given], **about)[0],
            "burn": redeem.burn_many(burns=[burned], **about)[0],
        }
        try:
            merge.merge(into=self.account("ben"), goes=ann, actor="x", **about)
        except Refusal as refusal:
            answers["merge"] = refusal
        return {name for name, one in answers.items() if isinstance(one, Refusal) and one.code == "address_new"}


ALL = {"send", "donate", "burn", "merge"}


@pytest.mark.parametrize(
    "told", [{"email": "thief@x.example"}, {"phone": "+359888999999"}, {"email": "t@x.example", "phone": None}]
)
def test_who_has_a_new_address_waits(told):
    cafe = Cafe()
    assert cafe.acts(START) == set()
    cafe.renew(**told)
    assert cafe.acts(START) == ALL
    assert cafe.acts(START + timedelta(hours=24, seconds=-1)) == ALL
    assert cafe.acts(START + timedelta(hours=24)) == set()


def test_a_little_can_be_spent_all_the_same():
    cafe = Cafe()
    cafe.renew()
    assert cafe.acts(START, points=200) == ALL - {"burn"}
    assert cafe.acts(START, points=201) == ALL
    cafe = Cafe(address_wait_free={})
    cafe.renew()
    assert cafe.acts(START) == ALL - {"burn"}, "nothing is said of spending"


def test_another_new_address_begins_anew():
    cafe = Cafe()
    cafe.renew()
    cafe.renew(START + timedelta(hours=20), email=ANN.email)  # the old one again is a new one
    assert cafe.acts(START + timedelta(hours=30)) == ALL


def test_what_is_no_new_address_lets_nobody_wait():
    cafe = Cafe()
    for told in ({"name": "Anna"}, {"email": "ANN@x.example"}, {"phone": "+359 888 123 456"}, {"email": None}):
        cafe.renew(**told)
        assert cafe.acts(START) == set(), told
    cafe = Cafe(address_wait_hours=0, address_wait_free={})
    cafe.renew()
    assert cafe.acts(START) == set()


def test_rewards_wait_and_who_receives_does_not():
    cafe = Cafe(address_wait_free={"points": 10})
    cafe.renew()
    wanted = redemptions.NewRedemption(Member(external_id="ann"), "coffee", "app", "r1")
    (answer,) = redemptions.redeem_many(programme_id=cafe.programme_id, wanted=[wanted], now=START)
    assert isinstance(answer, Refusal) and answer.code == "address_new"
    gift = transfers.NewTransfer(Member(external_id="ben"), Member(external_id="ann"), "points", 100, "app", "g1")
    taken(transfers.send_many(programme_id=cafe.programme_id, wanted=[gift], now=START)[0])


def test_nobody_is_erased_by_who_has_just_come_in():
    cafe = Cafe()
    cafe.renew()
    about = {"programme_id": cafe.programme_id, "member_id": cafe.account("ann"), "actor": "x"}
    with pytest.raises(Refusal, match="address_new"):
        erase.ask(now=START, **about)
    state, _ = erase.ask(now=START + timedelta(hours=24), **about)
    assert state.erasure is not None


def test_the_same_request_is_taken_when_the_time_is_over():
    """A refusal that passes is not kept under the Idempotency-Key."""
    cafe = Cafe()
    cafe.renew()
    key = Idempotency("app", "/v1/transfers", "k1", "digest")
    sent = transfers.NewTransfer(
        Member(external_id="ann"), Member(external_id="ben"), "points", 500, "app", "t1", idempotency=key
    )
    for at, well in ((START, False), (START + timedelta(hours=24), True)):
        (answer,) = transfers.send_many(programme_id=cafe.programme_id, wanted=[sent], now=at)
        assert isinstance(answer, Refusal) is not well


# --- the wait is lifted ---


DORA = Actor("Dora", "d" * 32, "user")


def lift(cafe, at=START, by=DORA, **more):
    return address_waits.lift(
        programme_id=cafe.programme_id, member_id=cafe.account("ann"), by=by, reason="She has shown her passport.",
        now=at, **more,
    )  # fmt: skip


def test_a_wait_is_lifted_with_words_and_a_further_address_begins_it_anew():
    cafe = Cafe()
    cafe.renew()
    done, known = lift(cafe, START + timedelta(hours=1))
    assert (done.account_id, done.at, known) == (cafe.account("ann"), START + timedelta(hours=1), False)
    assert cafe.acts(START + timedelta(hours=1)) == set()
    lines = audit.page(store.current(), cafe.programme_id, most=9)
    [line] = [one for one in lines if one.action == "member.wait_lifted"]
    assert (line.actor.name, line.reason) == (DORA.id, "She has shown her passport.")
    assert line.about == f"member mem_{cafe.account('ann')}" and "2026-03-02T12:00:00+00:00" in str(line.before)
    cafe.renew(START + timedelta(hours=2), phone="+359888999999")
    assert cafe.acts(START + timedelta(hours=3)) == ALL
    assert cafe.acts(START + timedelta(hours=26)) == set()
    assert verify.run(cafe.programme_id, at=shop.FAR, deep=True).ok


def test_who_does_not_wait_is_not_let_off():
    cafe = Cafe()
    for at in (START, START + timedelta(hours=25)):
        with pytest.raises(Refusal, match="address_wait_none"):
            lift(cafe, at)
        cafe.renew()
    assert cafe.count("members_lift") == 0


def test_it_is_lifted_once_for_a_key():
    cafe = Cafe()
    cafe.renew()
    key = Idempotency("app", "/v1/members/address-wait/lift", "k1", "digest")
    first, known = lift(cafe, idempotency=key)
    assert not known
    assert lift(cafe, START + timedelta(hours=1), idempotency=key) == (first, True)
    assert cafe.count("members_lift") == 1
    assert verify.run(cafe.programme_id, at=shop.FAR, deep=True).ok


def test_nobody_lifts_the_wait_of_their_own_account():
    cafe = Cafe()
    email = f"ann@{cafe.key}.example"
    cafe.renew(email=email)
    ann = staff.appoint(
        programme_id=cafe.programme_id, email=email, name="Ann", role="manager", by=audit.Actor("operator", "x"),
        now=shop.OPENING,
    )  # fmt: skip
    for by in (Actor("Ann", ann, "user"), Actor("A key of hers", "k" * 32, "key", ann)):
        with pytest.raises(Refusal, match="own_address_wait"):
            lift(cafe, by=by)
    assert cafe.acts(START) == ALL
    lift(cafe)

"""Whoever takes an account over changes how it is reached: the owner is told where they were before."""

import re
from pathlib import Path

import allauth
import pytest

from guerdon.core.letters import Notice
from guerdon.core.members import Person
from guerdon.engine import enrolment
from guerdon.engine.enrolment import MemberChange, PersonChange
from guerdon.faces.signin import adapter
from guerdon.features.letters import queries
from guerdon.kit import clock, ids, store
from tests import mail
from tests.faces.signin.test_again import by_link, by_password, cafe, code_of  # noqa: F401
from tests.shop import Shop

pytestmark = pytest.mark.usefixtures("pristine_database")


@pytest.fixture
def server():
    with mail.server() as box:
        yield box


def notices(programme_id):
    """To whom it is told what changed, in the order of the letters that wait."""
    waiting = queries.listed(store.current(), "waiting", after=ids.NIL, most=100)
    opened = [one.opened() for one in waiting if one.programme_id == programme_id]
    return [(one.to.email, one.content.changed) for one in opened if isinstance(one.content, Notice)]


ANN = Person(name="Ann", email="ann@aurora.example", phone="+359888123456", language="bg")


def changed(person, *, before=ANN, sandbox=False):
    shop = Shop({}, sandbox=sandbox)
    shop.enrol("ann", person=before)
    enrolment.change(
        programme_id=shop.programme_id, member_id=shop.account("ann"), etag=None, wanted=MemberChange(person=person),
        now=clock.now(),
    )  # fmt: skip
    return notices(shop.programme_id)


@pytest.mark.parametrize(
    ("person", "told"),
    [
        (PersonChange(email="thief@x.example"), ["email"]),
        (PersonChange(email=None), ["email"]),
        (None, []),  # all of the person goes: nothing is left to write to
        (PersonChange(phone="+359888999999"), ["phone"]),
        (PersonChange(email="thief@x.example", phone="+359888999999"), ["both"]),
        (PersonChange(name="Anna"), []),
        (PersonChange(email="ANN@aurora.example"), []),
        (PersonChange(email="ann@aurora.example", phone="+359888123456"), []),
    ],
)
def test_a_new_address_is_told_to_the_old_one(server, person, told):
    assert changed(person) == [("ann@aurora.example", one) for one in told]


def test_who_had_no_address_is_told_nothing(server):
    assert changed(PersonChange(email="ann@x.example"), before=Person(name="Ann")) == []
    assert changed(PersonChange(email="ann@x.example", phone="+359888999999"), before=Person(phone=ANN.phone)) == []
    assert changed(PersonChange(email="thief@x.example"), sandbox=True) == []


def test_a_change_that_is_refused_tells_nobody(server):
    shop = Shop({})
    shop.enrol("ann", person=ANN)
    with pytest.raises(enrolment.errors.Refusal, match="etag_outdated"):
        enrolment.change(
            programme_id=shop.programme_id, member_id=shop.account("ann"), etag=99,
            wanted=MemberChange(person=PersonChange(email="thief@x.example")), now=clock.now(),
        )  # fmt: skip
    assert notices(shop.programme_id) == []


def test_without_letters_a_change_is_made_all_the_same():
    assert changed(PersonChange(email="thief@x.example")) == []


def test_every_way_in_that_is_made_or_taken_is_told(server, cafe):  # noqa: F811
    client = by_password(cafe)
    client.post("/sign-in/new-password", {"password": "another four words here"})
    assert notices(cafe.programme_id) == [(cafe.emil, "password")]
    client.get("/sign-in/factors/app/activate/")
    client.post("/sign-in/factors/app/activate/", {"code": code_of(client)})
    assert notices(cafe.programme_id)[1:] == [(cafe.emil, "factor_added")]
    client.post("/sign-in/factors/codes/generate/")
    client.post("/sign-in/factors/app/deactivate/")
    assert [what for _, what in notices(cafe.programme_id)][2:] == ["codes", "factor_removed"]


def test_what_is_wrong_tells_nothing(server, cafe):  # noqa: F811
    client = by_link(cafe)
    client.get("/sign-in/factors/app/activate/")
    client.post("/sign-in/factors/app/activate/", {"code": "000000"})
    client.post("/sign-in/new-password", {"password": "short"})
    assert notices(cafe.programme_id) == []


def test_we_have_words_for_all_that_the_library_tells():
    home = Path(allauth.__file__).parent
    told = set()
    for path in (*home.glob("mfa/*/internal/flows.py"), *home.glob("account/internal/flows/password*.py")):
        told |= set(re.findall(r'send_notification_mail\(\s*"[\w/]+/(\w+)"', path.read_text("utf-8")))
    assert told == adapter._CHANGED.keys()

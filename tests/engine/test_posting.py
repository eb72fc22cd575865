"""Letters on a real mail server: taken once, put off, refused, recognised after a crash; nobody's address in a log."""

import logging
from datetime import timedelta

import pytest

from guerdon.core import limits
from guerdon.core.errors import Refusal
from guerdon.core.letters import Recipient
from guerdon.core.members import Person
from guerdon.engine import enrolment, letters, monthly, posting
from guerdon.faces.design import colours
from guerdon.faces.design.brand import LIGHT, Brand
from guerdon.faces.letters import envelope
from guerdon.features.letters import actions, queries
from guerdon.features.letters.actions import New
from guerdon.kit import clock, ids, jobs, mail, store
from guerdon.kit.worker import Worker
from tests import mail as postbox
from tests.shop import Shop, moment

NOON = moment("2026-03-01")
ANN = Recipient("ann@aurora.example", "Ann", "en")
pytestmark = pytest.mark.usefixtures("pristine_database")


@pytest.fixture
def server():
    with postbox.server() as box:
        yield box


def put_code(cafe, to=ANN, *, now=NOON, minutes=10):
    def write(at_hand):
        return letters.sign_in(
            at_hand, programme_id=cafe.programme_id, to=to, code="493 017", valid_minutes=minutes, now=now
        )

    return store.committed(write)


def put_tier(cafe, name="ann", *, cause="tier:1"):
    """A letter that its member can do without."""
    from guerdon.core.letters import Climbed

    new = New(cafe.programme_id, cause, Climbed("status", None, "gold", True), cafe.account(name))
    return store.committed(lambda at_hand: actions.put(at_hand, [new], now=NOON))


def cafe_of(*names):
    cafe = Shop()
    for name in names:
        cafe.enrol(name, person=Person(name=name.title(), email=f"{name}@aurora.example", language="bg"))
    return cafe


def carry(at=NOON):
    return posting.carry(now=lambda: at)


def test_a_code_goes_out_as_html_and_text_and_leaves_nothing_behind(server):
    cafe = Shop()
    id = put_code(cafe)
    assert postbox.states(cafe.programme_id) == [("sign_in", "waiting", None, True)]
    assert carry() == 1
    (message,) = server.messages
    assert server.recipients == ["ann@aurora.example"]
    assert message["Message-ID"] == f"<{id}@aurora.example>"
    assert message["From"] == postbox.SENDER and message["Subject"].endswith("493 017")
    assert message["Auto-Submitted"] == "auto-generated" and message["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "493 017" in postbox.html(message) and "493 017" in postbox.text(message)
    assert postbox.states(cafe.programme_id) == [("sign_in", "sent", None, False)]
    assert carry() == 0


def test_a_code_goes_out_at_once_without_a_worker(server):
    cafe = Shop()
    id = put_code(cafe)
    assert posting.carry_one(id, now=lambda: NOON)
    assert not posting.carry_one(id, now=lambda: NOON)
    assert len(server.messages) == 1


def test_where_the_mail_server_is_away_the_code_waits_for_the_worker():
    cafe = Shop()
    with postbox.switched_on(postbox.free_port()):
        id = put_code(cafe, minutes=60)
        assert not posting.carry_one(id, now=lambda: NOON)
    assert postbox.states(cafe.programme_id) == [("sign_in", "waiting", "unreachable", True)]
    with postbox.server() as box:
        assert carry() == 0  # it is put off
        assert carry(NOON + timedelta(seconds=60)) == 1
        assert len(box.messages) == 1


def test_the_worker_sends_what_is_put_in(server):
    cafe = Shop()
    put_code(cafe, now=clock.now())
    working = Worker(plan=lambda _: None)
    while working.turn():
        pass
    assert len(server.messages) == 1


def test_a_letter_the_server_puts_off_comes_again_later_and_later(server):
    cafe = Shop()
    id = put_code(cafe, minutes=600)
    server.answers = ["451 later", "421 later"]
    at, waits = NOON, []
    for _ in range(3):
        carry(at)
        found = queries.one(store.current(), id)
        if found.state == "sent":
            break
        assert (found.fault, found.code) in {("refused", 451), ("refused", 421)}
        waits.append((found.due_at - at).total_seconds())
        at = found.due_at
    assert waits == [60, 120] and len(server.messages) == 1
    assert found.attempts == 3


def test_a_letter_that_is_always_put_off_is_given_up(server):
    cafe = Shop()
    id = put_code(cafe, minutes=100_000)
    server.answers = ["451 later"] * limits.LETTER_ATTEMPTS_MAX
    at = NOON
    while queries.one(store.current(), id).state == "waiting":
        carry(at)
        at += timedelta(hours=1)
    assert queries.one(store.current(), id).attempts == limits.LETTER_ATTEMPTS_MAX


def test_a_refused_letter_is_kept_sealed_until_it_is_tried_anew(server):
    cafe = Shop()
    server.refuses = {"ann@aurora.example": "550 no such mailbox"}
    id, other = put_code(cafe), put_code(cafe, Recipient("ben@aurora.example"))
    assert carry() == 1  # its neighbour goes out by the same connection
    assert server.recipients == ["ben@aurora.example"]
    found = queries.one(store.current(), id)
    assert (found.state, found.fault, found.code) == ("failed", "refused", 550)
    assert found.sealed is not None and "ann" not in found.sealed
    server.refuses = {}
    with pytest.raises(Refusal, match="letter_not_failed"):
        posting.retry(other, now=NOON)
    assert posting.retry(id, now=NOON) == 1
    assert carry() == 1
    assert server.recipients[1:] == ["ann@aurora.example"]


def test_a_code_that_is_no_longer_good_is_not_sent(server):
    cafe = Shop()
    put_code(cafe)
    assert carry(NOON + timedelta(minutes=10)) == 0
    assert postbox.states(cafe.programme_id) == [("sign_in", "dropped", "too_late", False)]
    assert server.messages == []


def test_after_a_crash_it_is_sent_again_under_the_same_name(server, monkeypatch):
    cafe = Shop()
    put_code(cafe, minutes=60)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "note_sent", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            carry()
    assert carry() == 0  # the worker that died has it until its lease ends
    assert carry(NOON + timedelta(seconds=limits.LETTER_LEASE_SECONDS)) == 1
    first, again = server.messages
    assert first["Message-ID"] == again["Message-ID"]


def test_a_worker_that_was_too_slow_sends_no_more(server):
    cafe = Shop()
    put_code(cafe, minutes=60)
    times = iter([NOON, NOON, NOON + timedelta(seconds=limits.LETTER_LEASE_SECONDS)])
    assert posting.carry_one(queries.listed(store.current(), "waiting", after=ids.NIL, most=1)[0].id,
                             now=lambda: next(times)) is False  # fmt: skip
    assert server.messages == []


def test_an_erased_member_gets_nothing_and_nothing_is_left(server):
    cafe = cafe_of("ann", "ben")
    put_tier(cafe)
    put_tier(cafe, "ben", cause="tier:2")
    wanted = enrolment.MemberChange(person=None)
    enrolment.change(programme_id=cafe.programme_id, member_id=cafe.account("ann"), etag=None, wanted=wanted, now=NOON)
    assert postbox.states(cafe.programme_id)[0] == ("tier", "dropped", "no_address", False)
    assert carry() == 1
    assert server.recipients == ["ben@aurora.example"]


def test_a_letter_goes_to_the_address_of_its_day(server):
    cafe = cafe_of("ann")
    put_tier(cafe)
    wanted = enrolment.MemberChange(person=enrolment.PersonChange(email="ann@new.example"))
    enrolment.change(programme_id=cafe.programme_id, member_id=cafe.account("ann"), etag=None, wanted=wanted, now=NOON)
    carry()
    assert sorted(server.recipients) == ["ann@aurora.example", "ann@new.example"]  # the old one hears of the new one


def test_logs_name_no_address_and_no_code(server, caplog):
    cafe = cafe_of("ann")
    server.answers = ["451 ann@aurora.example is busy", "550 ann@aurora.example is nobody", "250 taken"]
    with caplog.at_level(logging.DEBUG):
        put_code(cafe, minutes=60)
        put_tier(cafe)
        carry()
        carry(NOON + timedelta(minutes=2))
    said = " ".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records if one.name.startswith("guerdon"))
    assert "451" in said and "550" in said
    assert "ann@" not in said and "aurora.example" not in said
    assert "493 017" not in said and "493017" not in said


def test_letters_that_are_off_wait_for_nothing():
    cafe = cafe_of("ann")
    with pytest.raises(Refusal, match="letters_off"):
        put_code(cafe)
    assert carry() == 0
    monthly.plan(store.current(), NOON)
    posting.plan(store.current(), NOON)
    assert jobs.claim(worker="w", now=clock.now()) is None


def test_old_letters_are_forgotten(server):
    cafe = Shop()
    put_code(cafe)
    carry()
    later = NOON + timedelta(days=limits.LETTERS_KEPT_DAYS)
    assert not queries.is_old(store.current(), NOON - timedelta(microseconds=1))
    assert store.committed(lambda at_hand: actions.prune(at_hand, now=later, most=10)) == 1
    assert postbox.states(cafe.programme_id) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("smtp://me:p%40ss@mail.example?tls=1", ("mail.example", 587, "me", "p@ss", True, False, "")),
        ("smtp://mail.example:25?tls=0", ("mail.example", 25, "", "", False, False, "")),
        ("smtps://mail.example", ("mail.example", 465, "", "", False, True, "")),
        ("file:///srv/let%20ters", ("", 0, "", "", False, False, "/srv/let ters")),
    ],
)
def test_the_outlet_is_read_from_an_address(address, told):
    found = mail.read(address, postbox.SENDER, url=postbox.URL)
    assert found is not None
    assert (found.host, found.port, found.user, found.password, found.tls, found.ssl, found.folder) == told
    assert found.domain == "aurora.example"


@pytest.mark.parametrize(
    ("address", "sender", "url"),
    [
        ("mail.example", postbox.SENDER, postbox.URL),
        ("http://mail.example", postbox.SENDER, postbox.URL),
        ("smtp://mail.example:port", postbox.SENDER, postbox.URL),
        ("smtp://mail.example", None, postbox.URL),
        ("smtp://mail.example", "nobody", postbox.URL),
        ("smtp://mail.example", postbox.SENDER, ""),
    ],
)
def test_what_is_said_halfway_is_a_mistake(address, sender, url):
    with pytest.raises(ValueError, match="GUERDON_"):
        mail.read(address, sender, url=url)


def test_nothing_said_is_off():
    assert mail.read(None, None, url="") is None


def test_it_goes_out_in_the_colour_of_its_programme(server):
    cafe = Shop({"brand": {"colour": "#1d4ed8"}})
    put_code(cafe)
    carry()
    mine = envelope.palette(Brand(colours.read("1d4ed8")), LIGHT)
    (message,) = server.messages
    assert mine.brand in postbox.html(message) and envelope.palette(Brand(), LIGHT).brand not in postbox.html(message)

"""Another secret for the installation: all that was made before holds, and later nothing needs the former one."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.http import Http404
from django.test import Client

from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import notes, resealing
from guerdon.faces import life
from guerdon.faces.api import calls
from guerdon.faces.cli.doctor import secret as look
from guerdon.faces.letters import tokens
from guerdon.faces.signin import entry
from guerdon.faces.signin.adapter import SecondFactor
from guerdon.faces.start import access
from guerdon.features.draws import actions as draws
from guerdon.features.users import actions as users
from guerdon.features.users import queries as staff
from guerdon.kit import audit, clock, digests, ids, secrets, store
from guerdon.kit import resealing as columns
from guerdon.kit.archive import shapes
from guerdon.kit.audit import Actor
from guerdon.kit.store import Statement
from tests.engine import leaving
from tests.secrecy import NEW, OLD, found, opened, secret

OPERATOR = Actor("operator", "olga")


@pytest.fixture
def cafe(pristine_database):
    """A café whose people came under the first secret."""
    with opened() as made:
        yield made


def _rotated() -> int:
    return resealing.run(actor=OPERATOR, now=clock.now())


def _link(name: str) -> str:
    return entry.link(email=f"{name}@aurora.example", to="/sign-in/places")


def _factor(user_id: str, kind: str, told: dict[str, str]) -> None:
    Authenticator.objects.create(user_id=user_id, type=kind, data=told)


def test_what_was_made_before_holds_and_later_nothing_needs_the_former_secret(cafe):
    token = tokens.made(cafe.programme_id, cafe.account("ann"), "tier")
    with secret(NEW, OLD):
        assert found(cafe) == "Ann Aurora" and tokens.read(token).member_id == cafe.account("ann")
        assert _rotated() > 1
        assert _rotated() == 0, "nothing is left to be sealed anew"
    with secret(NEW):
        assert found(cafe) == "Ann Aurora" and tokens.read(token).member_id == cafe.account("ann")
        assert tokens.made(cafe.programme_id, cafe.account("ann"), "tier") == token
    with secret(OLD), pytest.raises(ValueError, match="not covered here"):
        found(cafe)


def test_links_cursors_sessions_and_second_factors_of_before_are_taken(cafe):
    cursor, first = calls.cursor("a", 1), access.link()
    emil = _link("emil")
    _, invited, _ = store.committed(
        lambda at_hand: users.invite(
            at_hand, programme_id=cafe.programme_id, email="m@aurora.example", name="Maya", role="manager", by="Emil",
            now=clock.now(),
        )
    )  # fmt: skip
    browser = Client(SERVER_NAME="localhost")
    assert browser.get(emil).status_code == 302
    user = staff.by_email(store.current(), "emil@aurora.example")
    adapter = SecondFactor()
    _factor(user, "totp", {"secret": adapter.encrypt("JBSWY3DP")})
    _factor(user, "recovery_codes", {"seed": adapter.encrypt("chance"), "used_mask": 0})
    with secret(NEW, OLD):
        assert calls.after(cursor, tuple[str, int]) == ("a", 1)
        assert entry._read(emil.split("/")[2])[1].pk == user
        assert access.admit(browser, first.rpartition("/")[2])
        assert staff.invitation(store.current(), invited).name == "Maya"
        assert browser.get("/sign-in/places").status_code == 200
        _rotated()
    with secret(NEW):
        assert staff.invitation(store.current(), invited).name == "Maya"
        kept = {one.type: one.data for one in Authenticator.objects.filter(user_id=user)}
        assert adapter.decrypt(kept["totp"]["secret"]) == "JBSWY3DP" and kept["recovery_codes"]["used_mask"] == 0
        assert adapter.decrypt(kept["recovery_codes"]["seed"]) == "chance"
        with pytest.raises(Refusal, match="cursor_invalid"):
            calls.after(cursor, tuple[str, int])
        with pytest.raises(Http404):
            entry._read(emil.split("/")[2])


def test_who_came_in_since_stays_in_and_everybody_else_signs_in_again(cafe):
    link = _link("emil"), _link("olga")
    browsers = [Client(SERVER_NAME="localhost") for _ in link]
    for browser, one in zip(browsers, link, strict=True):
        assert browser.get(one).status_code == 302
    with secret(NEW, OLD):
        assert browsers[0].get("/sign-in/places").status_code == 200
    with secret(NEW):
        assert [browser.get("/sign-in/places").status_code for browser in browsers] == [200, 302]


def test_a_mark_is_taken_whole():
    mark = secrets.signed("cursor", "text", chars=32)
    assert len(mark) == 32 and secrets.is_signed("cursor", "text", mark, chars=32)
    for other in ("", mark[:-1], mark[:-1] + "é", secrets.signed("entry", "text", chars=32)):
        assert not secrets.is_signed("cursor", "text", other, chars=32)


def test_it_is_stopped_and_goes_on(cafe, monkeypatch):
    monkeypatch.setattr(columns, "ROWS_PER_PAGE", 2)
    for number in range(6):
        cafe.enrol(f"m{number}", person=Person(name=f"Member {number}", email=f"m{number}@aurora.example"))

    for number in range(3):
        text = {"text": f"note {number}", "author": "Emil", "author_id": ids.new(), "now": clock.now()}
        notes.write(programme_id=cafe.programme_id, member_id=cafe.account("ann"), **text)
    store.committed(lambda at_hand: draws.open_seeds(at_hand, cafe.programme_id, clock.now()))
    leaving.live(leaving.cafe())  # a claim, a delivery and a letter, too
    _factor(
        users.make(store.current(), email="o@aurora.example", now=clock.now()),
        "totp",
        {"secret": SecondFactor().encrypt("JBSWY3DP")},
    )

    def stop(cells: int) -> None:
        raise KeyboardInterrupt

    with secret(NEW, OLD):
        with pytest.raises(KeyboardInterrupt):
            resealing.run(actor=OPERATOR, now=clock.now(), progress=stop)
        assert resealing.standing(store.current()).done_at is None
        looked = []
        kept = {one.table: one.how_many(store.current()) for one in resealing.SEALED}
        assert all(kept.values()), "something of everything that is sealed"
        assert resealing.how_many(store.current()) == sum(kept.values())
        changed = resealing.run(actor=OPERATOR, now=clock.now(), progress=looked.append)
        assert changed == sum(kept.values()) - 2 + 1, "all but the page that was done, and the key of digests"
        assert sum(looked) == sum(kept.values()) and max(looked) == 2
        assert resealing.standing(store.current()).done
    with secret(NEW):  # what it opens came under it
        for one in resealing.SEALED:
            assert one.needing(lambda cells: None) == 0, one.table


def test_who_still_seals_with_the_former_one_is_seen(cafe):
    with secret(NEW, OLD):
        _rotated()
    with secret(OLD, NEW):  # a worker that was not restarted
        cafe.enrol("ben", person=Person(name="Ben", email="ben@aurora.example"))
    with secret(NEW, OLD):
        stands = resealing.standing(store.current())
        assert stands.late and not stands.done and "not restarted" in look.told(stands).told
        _rotated()
        assert resealing.standing(store.current()).done


def test_the_book_tells_of_it_and_not_the_secret(cafe):
    with secret(NEW, OLD):
        _rotated()
    rows = audit.page(store.current(), ids.NIL, before=audit.LAST, most=10)
    (told,) = [one for one in rows if one.action == "secret.rotated"]
    assert told.actor == OPERATOR and json.loads(told.after)["former"] == 1
    assert not [one for one in (OLD, NEW) if one in repr(rows)]


def test_a_database_from_before_the_key_is_found_in_as_it_was(cafe):
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(NEW, OLD):
        store.committed(lambda at_hand: digests.provide(at_hand, old=True))
        assert digests.derived("x") == secrets._derived(OLD, "x")


def test_every_sealed_column_is_known(database):
    found = {
        one.table for one in shapes.every(store.current()) for column in one.columns if column.name == "wrapped_key"
    }
    assert found == {one.table for one in resealing.SEALED} - {"mfa_authenticator"}


def test_a_secret_that_is_not_here_is_a_fault(cafe):
    with secret(NEW):
        assert look.look(store.current()).state == "fault"


def test_no_server_starts_on_what_another_secret_sealed(cafe):
    with secret(NEW), pytest.raises(life.Unfit, match="another secret"):
        life.check_database()
    with secret(NEW, OLD):
        life.check_database()
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(OLD), pytest.raises(life.Unfit, match="guerdon migrate"):
        life.check_database()

"""Another secret for the installation: all that was made before holds, and later nothing needs the former one."""

import contextlib
import json

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404
from django.test import Client

from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import notes, resealing
from guerdon.faces import life
from guerdon.faces.api import calls
from guerdon.faces.cli import terminal
from guerdon.faces.cli.doctor import secret as look
from guerdon.faces.letters import tokens
from guerdon.faces.signin import entry
from guerdon.faces.signin.adapter import SecondFactor
from guerdon.faces.start import access
from guerdon.features.draws import actions as draws
from guerdon.features.members import queries as members
from guerdon.features.users import actions as users
from guerdon.features.users import queries as staff
from guerdon.kit import audit, clock, digests, ids, secrets, store
from guerdon.kit import resealing as columns
from guerdon.kit.archive import shapes
from guerdon.kit.audit import Actor
from guerdon.kit.store import Statement
from tests import shop
from tests.faces.cli.command import guerdon

OLD, NEW = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2, "a1b2c3d4e5f60718293a4b5c6d7e8f90" * 2
OPERATOR = Actor("operator", "olga")


@contextlib.contextmanager
def secret(now: str, *former: str):
    """The installation has this secret, and had those."""
    before = settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = now, list(former)
    digests._keys.clear()  # as a process that has just started
    try:
        yield
    finally:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = before
        digests._keys.clear()


@pytest.fixture
def cafe(pristine_database):
    """A café whose people came under the first secret."""
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(OLD):
        store.committed(lambda at_hand: digests.provide(at_hand, old=False))
        made = shop.Shop(key="cafe")
        made.enrol("ann", person=Person(name="Ann Aurora", email="ann@aurora.example"))
        made.buy("ann", 4_000)
        yield made


def _rotated() -> int:
    return resealing.run(actor=OPERATOR, now=clock.now())


def _found(cafe) -> str | None:
    at_hand = store.current()
    id = members.find(at_hand, cafe.programme_id, "email", members.stored("email", "ann@aurora.example"))
    return None if id is None else members.persons_of(at_hand, [id])[id].name


def _link(name: str) -> str:
    return entry.link(email=f"{name}@aurora.example", to="/sign-in/places")


def _factor(user_id: str, kind: str, told: dict[str, str]) -> None:
    Authenticator.objects.create(user_id=user_id, type=kind, data=told)


def test_what_was_made_before_holds_and_later_nothing_needs_the_former_secret(cafe):
    token = tokens.made(cafe.programme_id, cafe.account("ann"), "tier")
    with secret(NEW, OLD):
        assert _found(cafe) == "Ann Aurora" and tokens.read(token).member_id == cafe.account("ann")
        assert _rotated() > 1
        assert _rotated() == 0, "nothing is left to be sealed anew"
    with secret(NEW):
        assert _found(cafe) == "Ann Aurora" and tokens.read(token).member_id == cafe.account("ann")
        assert tokens.made(cafe.programme_id, cafe.account("ann"), "tier") == token
    with secret(OLD), pytest.raises(ValueError, match="not covered here"):
        _found(cafe)


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

    def stop(cells: int) -> None:
        raise KeyboardInterrupt

    with secret(NEW, OLD):
        with pytest.raises(KeyboardInterrupt):
            resealing.run(actor=OPERATOR, now=clock.now(), progress=stop)
        assert resealing.standing(store.current()).done_at is None
        looked = []
        assert resealing.how_many(store.current()) == 7 + 3 + 2
        changed = resealing.run(actor=OPERATOR, now=clock.now(), progress=looked.append)
        assert changed == sum(looked) - 2 + 1, "all but the page that was done, and the key of digests"
        assert max(looked) == 2 and resealing.standing(store.current()).free


def test_who_still_seals_with_the_former_one_is_seen(cafe):
    with secret(NEW, OLD):
        _rotated()
    with secret(OLD, NEW):  # a worker that was not restarted
        cafe.enrol("ben", person=Person(name="Ben", email="ben@aurora.example"))
    with secret(NEW, OLD):
        found = resealing.standing(store.current())
        assert found.late and not found.free and look.told(found).state == "warning"
        _rotated()
        assert resealing.standing(store.current()).free


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


@pytest.fixture
def home(cafe, tmp_path, monkeypatch):
    """The secret is kept in the data folder, as it is where nobody sets one."""
    monkeypatch.delenv("GUERDON_SECRET", raising=False)
    monkeypatch.setattr(settings, "HOME", tmp_path)
    (tmp_path / "secret").write_text(OLD)
    yield tmp_path


def test_an_operator_gives_the_installation_another_secret(cafe, home):
    assert look.look(store.current()).state == "fine"
    made = guerdon("secret", "new")
    assert made.code == terminal.OK and (home / "secret.former").read_text() == OLD
    fresh = (home / "secret").read_text()
    assert fresh != OLD and fresh == settings.SECRET_KEY and len(fresh) == 64
    assert [(home / name).stat().st_mode & 0o777 for name in ("secret", "secret.former")] == [0o600, 0o600]
    assert look.look(store.current()).do.endswith("guerdon secret rotate")
    for words in (("new",), ("forget", "--yes")):
        early = guerdon("secret", *words)
        assert early.code == terminal.USAGE and "secret rotate" in early.err
    rotated = guerdon("secret", "rotate")
    assert rotated.code == terminal.OK and "can be taken away" in rotated.err
    assert "secret forget" in look.look(store.current()).do
    assert guerdon("secret", "forget").code == terminal.USAGE, "nobody is there to be asked"
    gone = guerdon("secret", "forget", "--yes")
    assert gone.code == terminal.OK and not (home / "secret.former").exists()
    digests._keys.clear()
    assert _found(cafe) == "Ann Aurora" and look.look(store.current()).state == "fine"
    said = "".join([one.out + one.err for one in (made, rotated, gone)])
    assert OLD not in said and fresh not in said


def test_a_secret_of_the_environment_is_its_own(cafe, home):
    told = guerdon("secret", "new", GUERDON_SECRET=NEW)
    assert told.code == terminal.USAGE and "GUERDON_SECRET_FORMER" in told.err and NEW not in told.err
    assert not (home / "secret.former").exists()


def test_a_secret_that_is_not_here_is_a_fault(cafe):
    with secret(NEW):
        assert look.look(store.current()).state == "fault"


def test_former_secrets_are_read_from_the_environment_and_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GUERDON_SECRET", "c")
    monkeypatch.setenv("GUERDON_SECRET_FORMER", "b  c")
    (tmp_path / "secret.former").write_text("b\na\n")
    assert secrets.find_former(tmp_path) == ["b", "a"]


def test_a_backup_brings_the_former_secrets_with_it(tmp_path, monkeypatch):
    monkeypatch.delenv("GUERDON_SECRET", raising=False)
    with secret(NEW, OLD):
        told = secrets.told()
        secrets.adopt(tmp_path, told)
        assert (secrets.find(tmp_path), secrets.find_former(tmp_path)) == (NEW, [OLD])


def test_no_server_starts_on_what_another_secret_sealed(cafe):
    with secret(NEW), pytest.raises(life.Unfit, match="another secret"):
        life.check_database()
    with secret(NEW, OLD):
        life.check_database()
    store.current().fetch(Statement("DELETE FROM kit_key"))
    with secret(OLD), pytest.raises(life.Unfit, match="guerdon migrate"):
        life.check_database()

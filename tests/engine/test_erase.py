"""Erasure through the engine: what is lost, what ends, and that nothing says any more who it was (LAW 10.30)."""

import sqlite3

import pytest
from django.apps import apps
from django.db import connection

from guerdon.core.activities import Member
from guerdon.core.erasing import Ends
from guerdon.core.errors import Refusal
from guerdon.engine import enrolment, erase, households, merge
from guerdon.engine.enrolment import MemberChange
from guerdon.features.claims import queries as claims
from guerdon.features.consents import queries as consents
from guerdon.features.holds import queries as holds
from guerdon.features.letters import queries as letters
from guerdon.features.members import names
from guerdon.features.members import queries as members
from guerdon.features.memberships import queries as memberships
from guerdon.features.transfers import queries as transfers
from guerdon.features.users import actions as staff
from guerdon.features.users import queries as users
from guerdon.features.vouchers import queries as vouchers
from guerdon.insight import verify
from guerdon.kit import ids, store
from guerdon.kit.store import Statement
from tests import shop
from tests.engine import family, leaving
from tests.engine.pairs import merged, refused
from tests.shop import Shop


def gone(cafe: Shop, who: str = "Ann", at: str = "2026-01-07") -> erase.State:
    return erase.ask(programme_id=cafe.programme_id, member_id=cafe.account(who), actor="Emil", now=shop.moment(at))[0]


def preview(cafe: Shop, who: str = "Ann", at: str = "2026-01-07") -> erase.State:
    return erase.preview(programme_id=cafe.programme_id, member_id=cafe.account(who), now=shop.moment(at))


def status(cafe: Shop, who: str = "Ann") -> str:
    return members.get(store.current(), cafe.programme_id, cafe.account(who)).status


def proves(cafe: Shop, at: str = "2027-03-01") -> None:
    assert cafe.audit() == []
    report = verify.run(cafe.programme_id, deep=True, at=shop.moment(at))
    assert report.ok, [(one.name, str(one.first)) for one in report.broken]


def found_in(needles: tuple[str, ...]) -> list[tuple[str, str]]:
    """The tables that have one of the words in some row, whatever column it is."""
    names = connection.introspection.table_names()
    found = []
    for table in names:
        whole = f"t::text FROM {table} t" if connection.vendor == "postgresql" else f"* FROM {table}"
        text = " ".join(map(str, store.current().fetch(Statement(f"SELECT {whole}")))).lower()
        found += [(table, needle) for needle in needles if needle in text]
    return found


NEEDLES = (*leaving.CANARIES, leaving.EMAIL, leaving.PHONE, "canary-browser", "203.0.113.7")


def test_the_preview_says_what_would_be_lost(database):
    cafe = leaving.cafe()
    leaving.live(cafe)
    lost = preview(cafe).lost
    assert lost.points == (Ends("points", 500, 500),)  # the shirt took 500 of them; 50 are held
    assert (lost.vouchers, lost.memberships, lost.redemptions) == (1, ("plus",), ("shirt",))
    assert (lost.holds, lost.transfers, lost.household) == (1, 2, False)
    assert status(cafe) == "active"


def test_everything_ends_and_nothing_says_who_it_was(pristine_database):
    cafe = leaving.cafe()
    leaving.live(cafe)
    told = gone(cafe)
    assert told.lost == preview(cafe).lost and told.lost.points == (Ends("points", 500, 500),)
    assert told.erasure is not None and told.erasure.done_at == shop.moment("2026-01-07")
    ann, at_hand = cafe.account("Ann"), store.current()
    assert status(cafe) == "erased"
    assert cafe.amounts("Ann", "2026-01-08").available == 0
    assert holds.open_of(at_hand, [ann]) == []
    assert vouchers.alive(at_hand, [ann], shop.moment("2026-01-08"), most=9) == []
    states = [one.state for one in transfers.of_member(at_hand, ann, after=ids.NIL, most=9)]
    assert states == ["withdrawn", "declined"]
    (held,) = memberships.of_member(at_hand, ann, ann)
    assert held.ends_at == shop.moment("2026-01-07")
    assert not consents.of_member(at_hand, ann)["news"].given
    assert found_in(NEEDLES) == [("members_member", "canary-follower")]  # Cleo's, who is somebody else
    proves(cafe)


def test_the_search_finds_what_is_there(pristine_database):
    """The control: before an erasure the words are found wherever they are readable; what is sealed is not."""
    cafe = leaving.cafe()
    leaving.live(cafe)
    found = {needle for _, needle in found_in(NEEDLES)}
    assert found == {
        "canary-ext", "canary-card", "canary-attribute", "canary-segment", "canary-follower", "canary-browser",
        "203.0.113.7",
    }  # fmt: skip


def test_claims_letters_and_words_are_forgotten(pristine_database):
    cafe = leaving.cafe()
    leaving.live(cafe)
    ann, at_hand = cafe.account("Ann"), store.current()
    (claim,) = claims.of_member(at_hand, [ann], before="f" * 32, most=9)
    assert (
        claims.told(at_hand, [claim])[claim.id][1].text == "canary-claim" and claims.photos(at_hand, [claim])[claim.id]
    )
    assert [one.id for one in names.search(at_hand, cafe.programme_id, "canary-name", after=ids.NIL, most=9)] == [ann]
    gone(cafe)
    assert claims.told(at_hand, [claim]) == {} and claims.photos(at_hand, [claim]) == {claim.id: []}
    assert claims.key(at_hand, claim) is None
    assert names.search(at_hand, cafe.programme_id, "canary-name", after=ids.NIL, most=9) == []
    assert letters.listed(at_hand, "waiting", after=ids.NIL, most=9) == []
    assert users.by_email(at_hand, leaving.EMAIL) is None
    assert apps.get_model("usersessions", "UserSession")._default_manager.count() == 0


def test_nothing_of_a_user_is_forgotten_to_be_forgotten():
    tables = {one.related_model._meta.db_table for one in apps.get_model("users", "User")._meta.related_objects}
    assert tables == set(staff.FORGOTTEN)


def test_who_signs_in_elsewhere_too_still_can(pristine_database):
    """As a member of another programme, or as staff; the last one to go takes the user along."""
    here, there = leaving.cafe(), leaving.cafe()
    user = leaving.signs_in(here)
    gone(here)
    assert users.by_email(store.current(), leaving.EMAIL) == user
    by = {"programme_id": there.programme_id, "user_id": user, "email": leaving.EMAIL, "by": "Emil"}
    staff.appoint(store.current(), role="support", now=shop.moment("2026-01-06"), **by)
    gone(there)
    assert users.by_email(store.current(), leaving.EMAIL) == user


def test_who_was_merged_is_forgotten_too(pristine_database):
    cafe = leaving.cafe()
    leaving.live(cafe)
    merge.merge(
        programme_id=cafe.programme_id, into=cafe.account("Ben"), goes=Member(external_id="Cleo"), actor="Dora",
        now=shop.moment("2026-01-07"),
    )  # fmt: skip
    assert members.person(store.current(), cafe.account("Cleo")) is not None
    gone(cafe, "Ben", "2026-01-08")
    assert ("members_member", "canary-follower") not in found_in(NEEDLES)
    assert ("members_merge", "canary-follower") not in found_in(NEEDLES)
    assert members.person(store.current(), cafe.account("Cleo")) is None
    with pytest.raises(Refusal) as parted:
        merge.unmerge(
            programme_id=cafe.programme_id, into=cafe.account("Ben"), goes=Member(id="mem_" + cafe.ids["Cleo"]),
            actor="Dora", now=shop.moment("2026-01-09"),
        )  # fmt: skip
    assert parted.value.code == "member_not_active"
    proves(cafe)


def test_nothing_is_left_in_the_files_of_sqlite(pristine_database):
    """As docs/guides/operator/privacy.md says: VACUUM, then the log is folded back."""
    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL are its own")
    cafe = leaving.cafe()
    leaving.live(cafe)
    path = connection.settings_dict["NAME"]
    assert b"canary-attribute" in _files(path)
    gone(cafe)
    raw = sqlite3.connect(path)
    raw.execute("VACUUM")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    held = _files(path)
    assert [needle for needle in (*NEEDLES, "CANARY-CARD") if needle.encode() in held] == ["canary-follower"]


def _files(path: str) -> bytes:
    from pathlib import Path

    return b"".join(one.read_bytes() for one in Path(path).parent.glob(Path(path).name + "*"))


def test_asking_again_answers_the_same(database):
    cafe = leaving.cafe()
    first = gone(cafe)
    assert gone(cafe, at="2026-02-01") == first
    assert cafe.night("2026-02-02").erased == 0
    proves(cafe)


def test_who_was_erased_is_nobody_any_more(database):
    cafe = leaving.cafe()
    gone(cafe)
    bought = cafe.tell(cafe.purchase("canary-ext", 1000, "2026-01-08"))[0]
    assert isinstance(bought, Refusal) and bought.code == "member_unknown"
    by_id = Member(id="mem_" + cafe.account("Ann"))
    bought = cafe.tell(cafe.purchase("", 1000, "2026-01-08", member=by_id))[0]
    assert isinstance(bought, Refusal) and bought.facts == {"status": "erased"}
    with pytest.raises(Refusal) as changed:
        enrolment.change(
            programme_id=cafe.programme_id, member_id=cafe.account("Ann"), etag=None,
            wanted=MemberChange(attributes={"diet": "vegan"}), now=shop.moment("2026-01-09"),
        )  # fmt: skip
    assert changed.value.facts == {"status": "erased"}
    cafe.enrol("canary-ext")  # the name is free again, for somebody new
    assert status(cafe, "canary-ext") == "active"


def test_time_to_think_and_a_change_of_mind(database):
    cafe = leaving.cafe(erase_after_days=14)
    waits = gone(cafe)
    assert waits.erasure is not None and waits.erasure.done_at is None
    assert waits.erasure.due_at == shop.moment("2026-01-21T22:00")  # midnight in Sofia, after the 14th day
    assert cafe.night("2026-01-10").erased == 0
    shop.taken(cafe.tell(cafe.purchase("canary-ext", 1000, "2026-01-11"))[0])
    assert refused(lambda: merged(cafe, "Ben", "canary-ext", "2026-01-11")).code == "erasure_waiting"
    erase.cancel(
        programme_id=cafe.programme_id, member_id=cafe.account("Ann"), actor="Ann", now=shop.moment("2026-01-12")
    )
    assert preview(cafe).erasure is None and cafe.night("2026-02-01").erased == 0
    gone(cafe, at="2026-02-02")
    assert cafe.night("2026-02-17").erased == 1
    assert status(cafe) == "erased" and cafe.amounts("Ann", "2026-02-18").available == 0
    proves(cafe)


@pytest.mark.parametrize(
    ("days", "at", "code"),
    [(14, None, "erasure_none"), (14, "2026-02-10", "erasure_due"), (0, "2026-01-08", "member_not_active")],
)
def test_what_can_not_be_taken_back(database, days, at, code):
    cafe = leaving.cafe(erase_after_days=days)
    if at is not None:
        gone(cafe)
    with pytest.raises(Refusal) as late:
        erase.cancel(
            programme_id=cafe.programme_id,
            member_id=cafe.account("Ann"),
            actor="Ann",
            now=shop.moment(at or "2026-01-08"),
        )
    assert late.value.code == code


def test_what_becomes_spendable_later_ends_with_the_night(database):
    late = {"base": {"when": "purchase", "vesting": {"days": 14}, "then": shop.BASE["then"]}}
    cafe = leaving.cafe(rules=late)
    gone(cafe, at="2026-01-07")
    assert cafe.amounts("Ann", "2026-01-08").pending == 1000
    cafe.night("2026-02-01")
    assert (cafe.amounts("Ann", "2026-02-02").available, cafe.amounts("Ann", "2026-02-02").pending) == (0, 0)
    proves(cafe)


def test_an_owner_leaves_the_household_to_who_has_been_there_longest(database):
    cafe = family.cafe()
    house = family.found(cafe, "Ann", "2026-01-07").household.id
    family.joined(cafe, house, "Ben", "2026-01-08", role="child")
    family.joined(cafe, house, "Cleo", "2026-01-09")
    assert preview(cafe, "Ann", "2026-01-10").lost.household
    gone(cafe, "Ann", "2026-01-10")
    _, persons = households.of(store.current(), cafe.programme_id, house)
    assert {one.id: one.role for one in persons} == {cafe.account("Ben"): "child", cafe.account("Cleo"): "owner"}
    assert cafe.amounts("Ann", "2026-01-11").available == 0
    shared = sum(one.available for one in family.ledger.balances(store.current(), house, shop.moment("2026-01-11")))
    assert shared == 150  # what was contributed stays with the household
    gone(cafe, "Cleo", "2026-01-12")
    gone(cafe, "Ben", "2026-01-13")  # the last one takes all, and all of it ends
    assert cafe.amounts("Ben", "2026-01-14").available == 0
    proves(cafe)

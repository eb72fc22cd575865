"""What is kept only for a while: it is there on the last of its days and gone after it, for whoever has gone, too."""

from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection

from guerdon.core import limits
from guerdon.core.consents import Said
from guerdon.engine import consents, retention, staff, users
from guerdon.features.consents import queries
from guerdon.features.looks import actions as look_actions
from guerdon.features.looks import queries as looks
from guerdon.features.looks.queries import Looker
from guerdon.features.users.models import Invitation, User
from guerdon.insight import verify
from guerdon.kit import clock, store
from guerdon.kit.audit import Actor
from tests import shop
from tests.shop import Shop

DAYS = 30
PURPOSES = {
    "terms": {"name": {"en": "Rules"}, "text": {"en": "I agree."}, "required": True},
    "news": {"name": {"en": "News"}, "text": {"en": "News may come."}, "keep_days": DAYS},
    "profile": {"name": {"en": "Profile"}, "text": {"en": "You may add up what I buy."}},
}


def cafe(*names: str) -> Shop:
    found = Shop({"consents": PURPOSES})
    found.enrol(*(names or ("Ann",)))
    return found


def say(one: Shop, who: str, at: str, **said: bool) -> None:
    consents.say(
        programme_id=one.programme_id, member_id=one.account(who), said={key: Said(is_) for key, is_ in said.items()},
        how="portal", actor="member", now=shop.moment(at),
    )  # fmt: skip


def standing(one: Shop, who: str = "Ann") -> dict[str, tuple[bool, str, str]]:
    found = queries.of_member(store.current(), one.account(who))
    return {key: (each.given, each.how, each.actor) for key, each in found.items()}


def topics(one: Shop) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT topic FROM kit_outgoing WHERE account_id = %s AND topic LIKE 'consent.%%' ORDER BY id",
            [one.account("Ann")],
        )
        return [topic for (topic,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("said_at", "stands_at", "over_at"),
    [
        ("2026-01-05T00:00", "2026-02-04T21:59:59", "2026-02-04T22:00"),
        ("2026-01-05T21:59:59", "2026-02-04T21:59:59", "2026-02-04T22:00"),
        ("2026-01-05T22:00", "2026-02-05T21:59:59", "2026-02-05T22:00"),  # the sixth has begun in Sofia
    ],
)
def test_a_consent_stands_to_the_end_of_its_last_day(database, said_at, stands_at, over_at):
    one = cafe()
    say(one, "Ann", said_at, news=True, terms=True, profile=True)
    assert one.night(stands_at).consents == 0
    assert standing(one)["news"] == (True, "portal", "member")
    assert one.night(over_at).consents == 1
    assert standing(one) == {
        "news": (False, "lapse", "night"), "terms": (True, "portal", "member"), "profile": (True, "portal", "member"),
    }  # fmt: skip
    assert one.night(over_at).consents == 0, "twice it ends nothing more"
    assert verify.run(one.programme_id, at=shop.FAR, deep=True).ok


def test_what_ended_was_said_to_others_and_can_be_given_anew(database):
    one = cafe()
    say(one, "Ann", "2026-01-05", news=True)
    one.night("2026-02-05")
    said = queries.said(store.current(), [one.account("Ann")], before="f" * 32, most=9)
    assert [(each.given, each.how) for each in said] == [(False, "lapse"), (True, "portal")], "no word is lost"
    assert topics(one) == ["consent.given", "consent.withdrawn"]
    say(one, "Ann", "2026-02-06", news=True)
    assert one.night("2026-03-08").consents == 0 and one.night("2026-03-09").consents == 1


def test_given_anew_before_the_night_has_been_it_stands_from_then_on(database):
    one = cafe()
    say(one, "Ann", "2026-01-05", news=True)
    say(one, "Ann", "2026-02-05", news=True)
    assert one.night("2026-02-06").consents == 0
    assert standing(one)["news"] == (True, "portal", "member")


def test_who_is_blocked_is_treated_alike_and_who_withdrew_is_left_alone(database):
    one = cafe("Ann", "Ben")
    say(one, "Ann", "2026-01-05", news=True)
    say(one, "Ben", "2026-01-05", news=True)
    say(one, "Ben", "2026-01-06", news=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET status = 'blocked' WHERE id = %s", [one.account("Ann")])
    assert one.night("2026-02-05").consents == 1
    assert not standing(one)["news"][0] and standing(one, "Ben")["news"] == (False, "portal", "member")


def test_a_night_that_crashed_goes_on_where_it_was_and_statements_do_not_grow(database, monkeypatch):
    names = [f"member-{number}" for number in range(12)]
    one = cafe(*names)
    for name in names:
        say(one, name, "2026-01-05", news=True)
    batches: list[int] = []

    def crash(rows: int) -> None:
        batches.append(rows)
        if len(batches) == 2:
            raise RuntimeError("the light went out")

    night = {"programme_id": one.programme_id, "as_of": shop.moment("2026-02-05"), "most": 5}
    with pytest.raises(RuntimeError):
        retention.run(**night, progress=crash)
    assert sum(standing(one, name)["news"][0] for name in names) == 2
    assert retention.run(**night, progress=batches.append).consents == 2
    assert batches == [5, 5, 2]


def test_who_looked_is_kept_for_its_days_and_forgotten_batch_by_batch(database):
    one, at = cafe(), shop.moment("2026-01-05T12:30")
    for number in range(7):
        who = Looker("key", f"{number:032}", f"till {number}", "portal")
        store.committed(
            lambda at_hand, who=who: look_actions.note(at_hand, one.programme_id, [one.account("Ann")], who, now=at)
        )

    def kept() -> int:
        return len(looks.of_member(store.current(), [one.account("Ann")], after=looks.FIRST, most=99))

    def gone(after_hours: int) -> int:
        as_of = at + limits.LOOKS_KEPT_DAYS * clock.timedelta(days=1) + after_hours * clock.timedelta(hours=1)
        return retention.run(programme_id=one.programme_id, as_of=as_of, most=3).looks

    assert gone(-1) == 0 and kept() == 7
    assert gone(+1) == 7 and kept() == 0


def test_accounts_that_nobody_ever_used_are_forgotten(database):
    """After ninety days without a sign-in; who came in once, is or was staff, or has asked for a code anew, stays."""
    one, now = cafe(), clock.now()
    old = now - timedelta(days=limits.USERS_UNUSED_DAYS, seconds=1)
    young = now - timedelta(days=limits.USERS_UNUSED_DAYS, seconds=-60)

    def made(name: str, at: datetime) -> str:
        return users.known(email=f"{name}@{one.key}.example", now=at)

    strangers = [made(f"stranger-{number}", old) for number in range(7)]
    stays = {name: made(name, old) for name in ("signed-in", "staff", "former", "asked-anew")}
    stays["young"] = made("young", young)
    made("asked-anew", now)
    User.objects.filter(pk=stays["signed-in"]).update(last_login=old)
    for name in ("staff", "former"):
        staff.appoint(programme_id=one.programme_id, email=f"{name}@{one.key}.example", name=name, role="manager",
                      by=Actor("operator", "operator"), now=now)  # fmt: skip
    staff.end(
        programme_id=one.programme_id, user_id=stays["former"], by=Actor("operator", "operator"), reason="", now=now
    )
    batches: list[int] = []
    gone = retention.run(programme_id=one.programme_id, as_of=now, most=3, progress=batches.append).unused
    assert gone >= 7 and max(batches) <= 3, "in batches; other tests may have left some"
    left = set(User.objects.filter(pk__in=[*strangers, *stays.values()]).values_list("pk", flat=True))
    assert left == set(stays.values())
    assert retention.run(programme_id=one.programme_id, as_of=now).unused == 0
    assert made("stranger-1", now) not in strangers, "who comes after all begins anew"


def test_sessions_that_are_over_are_forgotten_with_where_they_were(database):
    one, now = cafe(), clock.now()
    user = User.objects.get(pk=users.known(email=f"ann@{one.key}.example", now=now))
    for name, days in (("over", -1), ("open", 1)):
        key = f"{name}{one.key}"
        Session.objects.create(session_key=key, session_data="sealed", expire_date=now + timedelta(days=days))
        UserSession.objects.create(user=user, session_key=key, ip="203.0.113.7", user_agent="Firefox")
    retention.run(programme_id=one.programme_id, as_of=now)
    for kept in (Session.objects.all(), UserSession.objects.all()):
        found = set(kept.filter(session_key__contains=one.key).values_list("session_key", flat=True))
        assert found == {f"open{one.key}"}


def test_a_sandbox_far_ahead_forgets_nobody(database):
    one = cafe()
    user = users.known(email=f"new@{one.key}.example", now=clock.now())
    retention.run(programme_id=one.programme_id, as_of=shop.FAR)
    assert User.objects.filter(pk=user).exists()


def test_invitations_that_nobody_took_are_forgotten(database):
    one, now = cafe(), clock.now()
    long = now - timedelta(days=limits.USERS_UNUSED_DAYS, hours=limits.INVITATION_HOURS, seconds=1)
    asked = {"programme_id": one.programme_id, "role": "cashier", "by": Actor("operator", "operator"), "name": "Dora"}
    for name, at in (("lapsed", long), ("open", now), ("taken", long)):
        made = staff.invite(email=f"{name}@{one.key}.example", now=at, **asked)
        if name == "taken":
            staff.accept(secret=made.secret, now=at)
    assert retention.run(programme_id=one.programme_id, as_of=now).unused >= 1
    left = {one.email.partition("@")[0] for one in Invitation.objects.filter(programme_id=one.programme_id)}
    assert left == {"open", "taken"}

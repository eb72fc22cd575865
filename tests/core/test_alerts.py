"""Patterns of fraud: each is seen from its bound on, not before it, and says whom and what it is about."""

import msgspec
import pytest

from guerdon.core import alerts, limits
from guerdon.core.alerts import Act, Watching

DAY = 24 * 3600 * 1_000_000


def act(seq=1, giver="dora", member="ann", points=10, unit="points", at=0, day=0, id=None):
    return Act("a-" + member, id or f"e{seq}", seq, "till", giver, giver.title(), member, unit, points, at, day)


def acts(count, **given):
    return [act(seq, **given) for seq in range(1, count + 1)]


def test_a_card_is_repeated_when_it_is_more_than_usual_in_a_day():
    watching = Watching(purchases_a_day=2)
    assert alerts.repeated_card(acts(2), watching) == []
    (found,) = alerts.repeated_card([*acts(3), act(9, day=1)], watching)
    assert (found.kind, found.members, found.giver, found.name) == ("repeated_card", ("ann",), "dora", "Dora")
    assert found.acts == tuple(acts(3))
    days = alerts.repeated_card([*acts(3, day=2), *acts(3, day=1)], watching)
    assert [one.acts[0].day for one in days] == [1, 2], "one for each day, the first day first"
    assert alerts.repeated_card([act(1), act(2), act(3, id="e2", unit="stars")], watching) == [], (
        "two units are one act"
    )


def test_a_card_is_favoured_above_its_share_and_with_some_purchases():
    few, enough = acts(limits.ALERT_PURCHASES_MIN - 1), acts(limits.ALERT_PURCHASES_MIN)
    points = 10 * limits.ALERT_PURCHASES_MIN
    watching = Watching(share_percent=50)
    assert alerts.favoured_card(enough, {"points": 2 * points}, watching) == [], "half is not more than half"
    assert alerts.favoured_card(few, {"points": 1}, watching) == []
    (found,) = alerts.favoured_card(enough, {"stars": 1, "points": 2 * points - 1}, watching)
    assert (found.kind, found.acts) == ("favoured_card", tuple(enough))


def test_bounds_of_the_other_patterns():
    assert alerts.own_card([]) == [] and alerts.own_card(acts(1))[0].kind == "own_card"
    watching = Watching(adjustments=3, senders=3)
    assert alerts.repeated_adjustments(acts(2), watching) == []
    assert alerts.repeated_adjustments(acts(3), watching)[0].kind == "repeated_adjustments"
    gifts = [act(seq, giver=giver) for seq, giver in enumerate(("ben", "cleo", "emil"), 1)]
    assert alerts.many_senders([*gifts[:2], act(5, giver="ben")], watching) == []
    (found,) = alerts.many_senders(gifts, watching)
    assert (found.kind, found.members, found.giver) == ("many_senders", ("ann",), "")


@pytest.mark.parametrize(
    ("gifts", "spent", "own", "seen"),
    [
        (2, [0], False, True),
        (1, [0], False, False),
        (2, [0], True, False),
        (2, [], False, False),
        (2, [-1], False, False),
        (2, [limits.ALERT_SPENT_DAYS * DAY], False, True),
        (2, [limits.ALERT_SPENT_DAYS * DAY + 1], False, False),
        (2, [limits.ALERT_SPENT_DAYS * DAY + 1, 5], False, True),
    ],
)
def test_a_new_account_that_only_spends_gifts(gifts, spent, own, seen):
    found = alerts.new_account(acts(gifts), spent, own=own)
    assert [(one.kind, one.members) for one in found] == ([("new_account", ("ann",))] if seen else [])


def around(*members, since=1):
    pairs = zip(members, (*members[1:], members[0]), strict=True)
    return [act(seq, giver=giver, member=member) for seq, (giver, member) in enumerate(pairs, since)]


@pytest.mark.parametrize("members", [("ann", "ben", "cleo"), ("ann", "ben", "cleo", "dora")])
def test_a_ring_is_found_once_by_its_last_gift(members):
    ring = around(*members)
    (found,) = alerts.rings(ring, after=len(members) - 1)
    assert found.kind == "ring" and sorted(found.members) == list(members) and set(found.acts) == set(ring)
    assert alerts.rings(ring, after=len(members)) == [], "nothing of it is new"
    assert alerts.rings(ring[:-1], after=0) == [], "it never came back"
    assert len(alerts.rings(ring, after=0)) == 1


def test_two_who_give_each_other_are_no_ring_and_five_are_too_many():
    assert alerts.rings(around("ann", "ben"), after=0) == []
    assert alerts.rings(around("ann", "ben", "cleo", "dora", "emil"), after=0) == []
    back_and_forth = [*around("ann", "ben"), act(3, giver="ben", member="cleo"), act(4, giver="cleo", member="ben")]
    assert alerts.rings(back_and_forth, after=0) == []


def test_the_last_gift_of_each_counts_in_a_ring():
    (found,) = alerts.rings([*around("ann", "ben", "cleo"), act(7, giver="ann", member="ben")], after=6)
    assert sorted(one.seq for one in found.acts) == [2, 3, 7]


def test_of_who_gives_to_very_many_only_the_last_count():
    ring = around("ann", "ben", "cleo")
    others = [act(10 + n, giver="ann", member=f"m{n}") for n in range(limits.ALERT_GIVES_TO_MAX)]
    assert alerts.rings([*ring, *others[1:]], after=0) != []
    assert alerts.rings([*ring, *others], after=0) == [], "the gift to Ben is the oldest and no longer looked at"


def test_what_a_finding_says():
    several = (act(5, points=3), act(2, points=4), act(2, points=1, unit="stars"), act(9, points=0, unit="visits"))
    found = alerts.by_giver("own_card", several)
    assert found.last_seq == 9
    assert found.entries == (("a-ann", "e2"), ("a-ann", "e5"), ("a-ann", "e9"))
    assert found.points == {"points": 7, "stars": 1}
    assert found.subject == "dora ann"
    assert alerts.among_members("ring", several, "cleo", "ann").subject == "ann cleo"
    assert msgspec.structs.replace(found, members=("cleo", "ann")).subject == "dora ann cleo"


# --- codes that nobody has ---

SLOT = limits.ALERT_SLOT_SECONDS * 1_000_000


def typed(*tries):
    """So many wrong codes in each slot of an hour, of those after the 100th."""
    return [alerts.Typed("dora", 100 + number, many, (100 + number) * SLOT, (100 + number) * SLOT + 5)
            for number, many in enumerate(tries) if many]  # fmt: skip


def test_an_instant_is_in_one_slot():
    assert [alerts.slot(at) for at in (0, SLOT - 1, SLOT, 7 * SLOT + 3)] == [0, 0, 1, 7]
    assert alerts.SLOTS * limits.ALERT_SLOT_SECONDS == 3600


@pytest.mark.parametrize(
    ("tries", "seen"),
    [
        ((4, 5), []), ((4, 6), [100, 101]), ((9, 0, 0, 0, 0, 1), [100, 105]), ((9, 0, 0, 0, 0, 0, 1), []),
        ((3, 0, 0, 0, 0, 7, 3), [100, 105, 106]), ((10, 0, 0, 0, 0, 0, 9), [100]), ((1, 0, 0, 0, 0, 0, 10), [106]),
        ((1, 10), [100, 101]), ((), []),
    ],
)  # fmt: skip
def test_wrong_codes_are_too_many_within_any_hour(tries, seen):
    found = alerts.wrong_codes(typed(*tries), Watching(wrong_codes=10), name="Till", staff=["u1"])
    assert [[one.slot for one in each.typed] for each in found] == ([seen] if seen else [])
    for one in found:
        mine = [each for each in typed(*tries) if each.slot in seen]
        assert (one.kind, one.giver, one.name, one.staff, one.acts) == ("wrong_codes", "dora", "Till", ("u1",), ())
        assert one.times == sum(each.tries for each in mine) and one.last_seq == seen[-1]
        assert one.span == (mine[0].first_at, mine[-1].last_at)


def test_what_a_finding_is_about():
    (found,) = alerts.repeated_card(acts(3), Watching(purchases_a_day=2))
    assert (found.subject, found.times, found.last_seq, found.span) == ("dora ann", 3, 3, (0, 0))
    assert found.entries == (("a-ann", "e1"), ("a-ann", "e2"), ("a-ann", "e3"))
    assert msgspec.structs.replace(found, giver="", members=("cleo", "ann")).subject == "ann cleo"
    assert msgspec.structs.replace(found, core="ben").subject == "ben"
    (two,) = alerts.repeated_card([*acts(3), act(4, id="e3", unit="stars", at=7)], Watching(purchases_a_day=2))
    assert (two.times, two.span) == (3, (0, 7)), "two units are one act"

"""The law of alerts: what is a stay in a household by which points changed hands."""

from guerdon.core import alerts as law
from guerdon.core.alerts import Act, Watching


def acts(*told: tuple[str, str, str, dict[str, int]]) -> list[Act]:
    """Who came and went: way, household, member, points by unit; each told is an entry of its own."""
    return [
        Act(household, f"{seq:032x}", seq, way, household, "", member, unit, points, seq, 1)  # type: ignore[arg-type]
        for seq, (way, household, member, units) in enumerate(told, 1)
        for unit, points in (units or {"": 0}).items()
    ]


def test_what_stayed_behind_and_what_was_taken_beyond():
    found = law.stays(
        acts(
            ("join", "h", "ann", {"points": 100, "stars": 5}), ("join", "h", "ben", {"points": 50}),
            ("leave", "h", "ben", {}), ("leave", "h", "ann", {"points": 150, "stars": 5}),
        )
    )  # fmt: skip
    assert [(one.member, one.left_behind, one.last_seq) for one in found] == [("ben", True, 3), ("ann", False, 4)]
    assert [[(act.way, act.unit, act.points) for act in one.acts] for one in found] == [
        [("join", "points", 50), ("leave", "", 0)],
        [("join", "points", 0), ("join", "stars", 0), ("leave", "points", 50), ("leave", "stars", 0)],
    ]


def test_one_unit_that_stayed_behind_is_enough_and_so_is_one_point():
    [stay] = law.stays(acts(
        ("join", "h", "ann", {"points": 9, "stars": 5}), ("leave", "h", "ann", {"points": 9}),
    ))  # fmt: skip
    assert stay.left_behind, "the stars stayed, whatever became of the points"
    [brought] = law.stays(acts(("join", "h", "ann", {"points": 1}), ("leave", "h", "ann", {})))
    assert brought.left_behind
    [taken] = law.stays(acts(("join", "h", "ann", {}), ("leave", "h", "ann", {"points": 1})))
    assert not taken.left_behind and [one.points for one in taken.acts] == [0, 1]


def test_who_only_has_been_there_is_no_stay():
    assert law.stays(acts(("join", "h", "ann", {"points": 9}), ("leave", "h", "ann", {"points": 9}))) == []
    assert law.stays(acts(("join", "h", "ann", {}), ("leave", "h", "ann", {}))) == []
    assert law.stays(acts(("leave", "h", "ann", {"points": 9}))) == [], "of who came before nothing is known"
    assert law.stays(acts(("join", "h", "ann", {"points": 9}), ("leave", "g", "ann", {}))) == []


def test_a_pot_is_of_one_household_and_a_way_of_several():
    def stay(household: str, member: str) -> list[tuple[str, str, str, dict[str, int]]]:
        return [("join", household, member, {"points": 9}), ("leave", household, member, {})]

    twice = law.stays(acts(*stay("h", "ann"), *stay("h", "ben")))
    thrice = law.stays(acts(*stay("h", "ann"), *stay("h", "ben"), *stay("h", "ann")))
    assert law.pooled(twice, Watching()) == []
    [pot] = law.pooled(thrice, Watching())
    assert (pot.subject, pot.members, pot.points) == ("h", ("h", "ann", "ben"), {"points": 27})
    [low] = law.pooled(twice, Watching(household_stays=2))
    assert low.last_seq == 4
    often = [one for one in law.stays(acts(*stay("h", "ann") * 3)) if one.member == "ann"]
    assert law.through(often, Watching()) == [], "that is a matter of the household"
    away = law.stays(acts(*stay("h", "ann"), *stay("h", "ann"), *stay("g", "ann")))
    [way] = law.through(away, Watching())
    assert (way.subject, way.members) == ("ann", ("ann", "h", "g"))

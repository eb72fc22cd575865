"""Households through the engine: joining, earning by two, leaving, and what comes back afterwards (LAW 6.2)."""

from guerdon.core.activities import Member
from guerdon.engine import donate, households, merge, transfers
from guerdon.features.households import queries
from guerdon.features.ledger import queries as ledger
from guerdon.features.members import queries as members
from guerdon.kit import store
from tests import shop
from tests.engine.family import asked, available, both, cafe, debt, found, holds, joined, left, named, refused


def test_all_that_a_person_has_passes_with_its_life(database):
    one = cafe()
    before = [(lot.origin, lot.remaining, lot.earned_at, lot.expires_at) for lot in one.lots("Ann")]
    done = found(one, "Ann", "2026-01-10")
    household = done.household.id
    assert [(moved.unit, moved.points, moved.debt) for moved in done.moved] == [("points", 100, 0)]
    lots = ledger.account_lots(
        store.current(), household, shop.moment("2026-01-10"), after="0" * 32, most=9, spent_too=False
    )
    assert [(lot.origin, lot.remaining, lot.earned_at, lot.expires_at) for lot in lots] == before
    assert available(one.account("Ann"), "2026-01-10") == 0
    joined(one, household, "Ben", "2026-01-11", role="child")
    assert available(household, "2026-01-11") == 150
    assert [(person.id, person.role) for person in households.of(store.current(), one.programme_id, household)[1]] == [
        (one.account("Ann"), "owner"), (one.account("Ben"), "child"),
    ]  # fmt: skip
    holds(one)


def test_two_earn_into_one_balance_and_every_posting_names_who(database):
    one = cafe()
    household = both(one)
    bought = one.buy("Ben", 1000, "2026-01-12")
    assert bought.account_id == household and bought.activity.member.id == "mem_" + one.account("Ben")
    assert bought.decision.awarded() == {"points": 10}  # not the first purchase of anybody here
    shop.taken(one.burn("Ann", 120, "2026-01-13"))
    lines, _ = ledger.statement(store.current(), household, shop.moment("2026-01-14"), seq=0, part=0, most=99)
    assert [(line.kind, line.points, line.person_id) for line in lines] == [
        ("pool_in", 100, one.account("Ann")), ("pool_in", 50, one.account("Ben")),
        ("earn", 10, one.account("Ben")), ("burn", -120, one.account("Ann")),
    ]  # fmt: skip
    mine, _ = ledger.statement(
        store.current(), household, shop.moment("2026-01-14"), seq=0, part=0, most=99, person_id=one.account("Ben")
    )
    assert [line.points for line in mine] == [50, 10]
    holds(one)


def test_a_fact_told_again_is_known_whoever_shares_and_whoever_left(database):
    one = cafe()
    household = both(one)
    told = one.purchase("Ben", 1000, "2026-01-12", external_id="again")
    first = shop.taken(one.tell(told)[0])
    again = shop.taken(one.tell(told)[0])
    assert again.replayed and again.activity_id == first.activity_id and again.differs == ()
    other = shop.taken(one.tell(one.purchase("Ann", 1000, "2026-01-12", external_id="again"))[0])
    assert other.replayed and other.differs == ("/member",)
    left(one, household, "Ben", "2026-01-13")
    late = shop.taken(one.tell(told, now="2026-01-14")[0])
    assert late.replayed and late.differs == ()
    holds(one)


def test_a_child_earns_and_spends_nothing(database):
    one = cafe()
    household = found(one, "Ann", "2026-01-10").household.id
    joined(one, household, "Ben", "2026-01-10", role="child")
    assert shop.code(one.burn("Ben", 5, "2026-01-11")) == "role_may_not_spend"
    assert shop.code(one.hold("Ben", 5, "2026-01-11", days=1)) == "role_may_not_spend"
    gift = transfers.NewTransfer(
        member=named("Ben"), to=named("Cleo"), unit="points", points=5, source="app", external_id="g"
    )
    (sent,) = transfers.send_many(programme_id=one.programme_id, wanted=[gift], now=shop.moment("2026-01-11"))
    assert shop.code(sent) == "role_may_not_spend"
    given = donate.Donation(member=named("Ben"), cause="trees", unit="points", points=5, source="app", external_id="d")
    (gave,) = donate.donate_many(programme_id=one.programme_id, donations=[given], now=shop.moment("2026-01-11"))
    assert shop.code(gave) == "role_may_not_spend"
    households.change_role(
        asked(one, "2026-01-12"), household_id=household, member=named("Ben"), role="adult", by=named("Ann")
    )
    shop.taken(one.burn("Ben", 5, "2026-01-13"))
    holds(one)


def test_who_shares_a_balance_sends_nothing_to_each_other(database):
    one = cafe()
    both(one)
    gift = transfers.NewTransfer(
        member=named("Ann"), to=named("Ben"), unit="points", points=5, source="app", external_id="g"
    )
    (sent,) = transfers.send_many(programme_id=one.programme_id, wanted=[gift], now=shop.moment("2026-01-11"))
    assert shop.code(sent) == "transfer_to_self"


def test_contributions_stay_with_the_pool(database):
    one = cafe()
    household = both(one)
    one.buy("Ben", 1000, "2026-01-12")
    done = left(one, household, "Ben", "2026-01-13")
    assert done.moved == () and done.belonging is not None and done.belonging.how == "stay"
    assert available(household, "2026-01-13") == 160 and available(one.account("Ben"), "2026-01-13") == 0
    assert one.buy("Ben", 1000, "2026-01-14").account_id == one.account("Ben")
    holds(one)


def test_what_is_left_of_the_own_points_goes_along(database):
    one = cafe(leaving="take")
    household = both(one)
    one.buy("Ben", 1000, "2026-01-12", external_id="ben-2")
    shop.taken(one.burn("Ann", 120, "2026-01-13"))  # 100 of Ann's, 20 of Ben's: what ends first goes first
    done = left(one, household, "Ben", "2026-01-14")
    assert [(moved.unit, moved.points) for moved in done.moved] == [("points", 40)]
    assert available(household, "2026-01-14") == 0 and available(one.account("Ben"), "2026-01-14") == 40
    back = shop.taken(one.tell(one.giving_back("Ben", "ben-2", "2026-01-15"))[0])
    assert back.account_id == one.account("Ben") and back.decision.taken[0].origin == 10
    holds(one)


def test_the_last_one_takes_all_and_the_household_is_closed(database):
    one = cafe()
    household = both(one)
    left(one, household, "Ben", "2026-01-13")
    done = left(one, household, "Ann", "2026-01-14")
    assert done.persons == () and done.household.merged_into == one.account("Ann")
    assert available(one.account("Ann"), "2026-01-14") == 150
    refused("household_closed", lambda: left(one, household, "Ann", "2026-01-15"))
    back = shop.taken(one.tell(one.giving_back("Ben", "ben-1", "2026-01-16"))[0])
    assert back.account_id == one.account("Ben") and debt(one.account("Ben"), "2026-01-16") == 50
    holds(one)


def test_nobody_opens_a_limit_anew_by_joining_or_leaving(database):
    one = cafe()
    assert one.buy("Cleo", 1000, "2026-01-09").decision.awarded() == {"points": 15}  # the first one
    household = found(one, "Cleo", "2026-01-10").household.id
    assert one.buy("Cleo", 1000, "2026-01-11").decision.awarded() == {"points": 10}
    left(one, household, "Cleo", "2026-01-12")
    assert one.buy("Cleo", 1000, "2026-01-13").decision.awarded() == {"points": 10}
    again = found(one, "Cleo", "2026-01-14").household.id
    assert again != household and one.buy("Cleo", 1000, "2026-01-15").decision.awarded() == {"points": 10}
    holds(one)


def test_what_is_refused_and_why(database):
    one = cafe(persons_max=2)
    refused("household_unknown", lambda: left(one, one.account("Ann"), "Ann", "2026-01-09"))
    household = both(one)
    refused("in_household", lambda: found(one, "Ben", "2026-01-11"))
    refused("household_full", lambda: joined(one, household, "Cleo", "2026-01-11"))
    refused("owner_only", lambda: joined(one, household, "Cleo", "2026-01-11", by="Ben"))
    refused("not_in_household", lambda: left(one, household, "Cleo", "2026-01-11"))
    refused("owner_stays", lambda: left(one, household, "Ann", "2026-01-11"))
    refused(
        "in_household",
        lambda: merge.merge(
            programme_id=one.programme_id, into=one.account("Cleo"), goes=named("Ben"), actor="Emil",
            now=shop.moment("2026-01-11"),
        ),
    )  # fmt: skip
    refused(
        "no_person",
        lambda: merge.merge(
            programme_id=one.programme_id, into=one.account("Cleo"), goes=Member(id="mem_" + household), actor="Emil",
            now=shop.moment("2026-01-11"),
        ),
    )  # fmt: skip
    unnamed = one.purchase("", 100, "2026-01-11", member=Member(id="mem_" + household))
    assert shop.code(one.tell(unnamed)[0]) == "household_unnamed"
    households.hand_over(asked(one, "2026-01-12"), household_id=household, to=named("Ben"), by=named("Ann"))
    left(one, household, "Ann", "2026-01-12")
    holds(one)


def test_points_that_are_held_and_facts_that_wait_keep_somebody_out(database):
    one = cafe()
    shop.taken(one.hold("Ann", 5, "2026-01-09", days=3, external_id="h"))
    refused("household_held", lambda: found(one, "Ann", "2026-01-10"))
    one.tell(one.giving_back("Ben", "never-bought", "2026-01-09"))
    refused("household_waiting", lambda: found(one, "Ben", "2026-01-10"))
    assert one.count("households_belonging") == 0
    holds(one)


def test_an_invitation_is_one_and_ends(database):
    one = cafe(invitation_days=3)
    household = found(one, "Ann", "2026-01-10").household.id
    ask = {"household_id": household, "by": named("Ann"), "member": named("Ben"), "role": "adult"}
    made = households.invite(asked(one, "2026-01-10"), **ask).invitation
    refused("invited_already", lambda: households.invite(asked(one, "2026-01-11"), **ask))
    answer = {"household_id": household, "invitation_id": made.id}
    refused("invitation_lapsed", lambda: households.answer(asked(one, "2026-01-14"), deed="accept", **answer))
    again = households.invite(asked(one, "2026-01-14"), **ask).invitation
    answer["invitation_id"] = again.id
    households.answer(asked(one, "2026-01-14"), deed="decline", **answer)
    refused("invitation_settled", lambda: households.answer(asked(one, "2026-01-14"), deed="accept", **answer))
    states = [each.state for each in queries.invitations(store.current(), household, after="0" * 32, most=9)]
    assert states == ["lapsed", "declined"]
    holds(one)


def test_one_key_answers_the_same_and_a_trial_keeps_nothing(database):
    one = cafe()
    tried = households.found(asked(one, "2026-01-10", dry_run=True), owner=named("Ann"))
    assert [moved.points for moved in tried.moved] == [100] and one.count("households_belonging") == 0
    key = shop.keyed("k", route="households")
    first = households.found(asked(one, "2026-01-10", idempotency=key), owner=named("Ann"))
    again = households.found(asked(one, "2026-01-11", idempotency=key), owner=named("Ann"))
    assert again.known and again.household.id == first.household.id and again.moved == first.moved
    holds(one)


def test_who_was_merged_into_a_person_leads_to_the_household(database):
    one = cafe()
    merge.merge(
        programme_id=one.programme_id, into=one.account("Ann"), goes=named("Cleo"), actor="Emil",
        now=shop.moment("2026-01-09"),
    )  # fmt: skip
    household = both(one)
    told = one.purchase("", 1000, "2026-01-11", member=Member(id="mem_" + one.account("Cleo")))
    bought = shop.taken(one.tell(told)[0])
    assert bought.account_id == household and bought.activity.member.id == "mem_" + one.account("Ann")
    row = members.get(store.current(), one.programme_id, one.account("Cleo"))
    assert row.account_id == household
    holds(one)

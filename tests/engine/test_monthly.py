"""Statements of a closed month say what the statement of the ledger says, to who had anything happen, once."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guerdon.core import closing
from guerdon.core.letters import MonthTold, Totals
from guerdon.core.members import Person
from guerdon.engine import monthly, posting
from guerdon.features.closings import queries as closings
from guerdon.features.letters import queries
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, ids, jobs, store
from tests import mail as postbox
from tests.engine import pairs
from tests.shop import POINTS, Shop, moment

UNIT: dict[str, Any] = POINTS | {"expires": {"rolling": {"days": 40}}}
NOW = "2026-03-02"


def cafe_of(*names: str) -> Shop:
    cafe = Shop({"units": {"points": UNIT}})
    for name in names:
        cafe.enrol(name, person=Person(email=f"{name}@aurora.example"))
    return cafe


def told(cafe: Shop, month: str, now: str = NOW) -> dict[str, Totals]:
    """What is told of the points of each account."""
    found = {}
    for batch in monthly.told(programme_id=cafe.programme_id, month=month, now=moment(now)):
        for one in batch:
            assert isinstance(one.content, MonthTold) and one.content.month == month
            (found[one.account_id],) = one.content.totals
    return found


def by_statement(cafe: Shop, name: str, month: str) -> tuple[int, int, int]:
    """What the ledger's own statement says: before the month, in it, and after it."""
    at_hand = store.current()
    borders = closings.borders(at_hand, cafe.programme_id)
    zone = programmes.lawbook(at_hand, cafe.programme_id).current(moment(NOW)).zone
    before = inside = 0
    for line in cafe.statement(name):
        place = closing.place(seq=line.seq, effective_at=line.effective_at, closings=borders, zone=zone)
        before += line.points if place.month < month else 0
        inside += line.points if place.month == month else 0
    return before, inside, before + inside


def check(cafe: Shop, name: str, month: str) -> Totals | None:
    """The figures of a member hold what the statement says."""
    found = told(cafe, month).get(cafe.account(name))
    before, inside, after = by_statement(cafe, name, month)
    if found is None:
        assert inside == 0
        return None
    assert (found.opening, found.earned + found.spent + found.expired + found.other, found.closing) == (
        before, inside, after,
    )  # fmt: skip
    return found


def test_a_month_is_told_as_the_statement_has_it(database):
    cafe = cafe_of("ann", "ben")
    cafe.buy("ann", 10_000, "2026-01-05", external_id="o-1")
    cafe.buy("ann", 5_000, "2026-02-03")
    cafe.tell(cafe.giving_back("ann", "o-1", "2026-02-04"))
    cafe.buy("ann", 2_000, "2026-02-05")
    cafe.burn("ann", 30, "2026-02-06")
    cafe.buy("ben", 700, "2026-01-06")
    cafe.night("2026-03-01T12:00")
    cafe.close("2026-01", NOW)
    cafe.close("2026-02", NOW)
    january, february = check(cafe, "ann", "2026-01"), check(cafe, "ann", "2026-02")
    assert january is not None and (january.opening, january.earned, january.closing) == (0, 100, 100)
    assert february is not None
    assert (february.earned, february.spent, february.other, february.closing) == (70, -30, -100, 40)
    assert february.ending == 20 and february.ends_at == moment("2026-03-15T22:00")
    assert check(cafe, "ben", "2026-01") == Totals("points", 0, 7, 0, 0, 0, 7)
    ben = check(cafe, "ben", "2026-02")
    assert ben is not None and (ben.opening, ben.expired, ben.closing) == (7, -7, 0)


deeds = st.lists(
    st.tuples(
        st.sampled_from(["buy", "burn", "return"]), st.integers(100, 9_000),
        st.dates(moment("2026-01-01").date(), moment("2026-02-27").date()),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=15)
@given(deeds)
def test_whatever_happens_figures_and_statement_agree(scratch_database, happened):
    cafe = cafe_of("ann")
    bought: list[str] = []
    for what, amount, day in sorted(happened, key=lambda one: one[2]):
        if what == "buy":
            cafe.buy("ann", amount, day.isoformat(), external_id=f"o-{len(bought)}")
            bought.append(f"o-{len(bought)}")
        elif what == "burn":
            cafe.burn("ann", amount // 100, day.isoformat())
        elif bought:
            cafe.tell(cafe.giving_back("ann", bought.pop(), day.isoformat()))
    cafe.night("2026-03-01T12:00")
    for month in ("2026-01", "2026-02"):
        cafe.close(month, NOW)
        check(cafe, "ann", month)


def test_what_came_late_is_told_in_the_month_it_counts_in(database):
    cafe = cafe_of("ann")
    cafe.buy("ann", 1_000, "2026-01-05")
    cafe.night("2026-02-01T12:00")
    cafe.close("2026-01", "2026-02-02")
    cafe.tell(cafe.purchase("ann", 2_000, "2026-01-31"), now="2026-02-10")
    cafe.night("2026-03-01T12:00")
    cafe.close("2026-02", NOW)
    january, february = check(cafe, "ann", "2026-01"), check(cafe, "ann", "2026-02")
    assert january is not None and january.earned == 10
    assert february is not None and february.earned == 20


def test_statements_go_out_once_to_who_had_anything_happen(pristine_database):
    cafe = cafe_of("ann", "ben", "cleo")
    cafe.buy("ann", 1_000, "2026-01-05")
    cafe.buy("ben", 1_000, "2026-02-05")
    cafe.night("2026-03-01T12:00")
    cafe.close("2026-01", NOW)
    cafe.close("2026-02", NOW)
    with postbox.server():
        run = {"programme_id": cafe.programme_id, "month": "2026-02", "now": moment(NOW)}
        assert monthly.run(**run) == 2  # Ann's points ended
        assert monthly.run(**run) == 0
    waiting = queries.listed(store.current(), "waiting", after=ids.NIL, most=10)
    assert {one.member_id for one in waiting} == {cafe.account("ann"), cafe.account("ben")}


def test_the_plan_puts_each_closed_month_in_once_and_no_old_ones(pristine_database):
    cafe, sandbox = cafe_of("ann"), Shop(sandbox=True)
    for one in (cafe, sandbox):
        one.enrol("x")
        one.buy("x", 1_000, "2026-01-05")
        one.night("2026-03-01T12:00")
        one.close("2026-01", NOW)
    with postbox.server():
        for now in (moment(NOW), moment(NOW) + timedelta(days=1)):
            monthly.plan(store.current(), now)
        one = jobs.claim(worker="w", now=clock.now())
        assert one is not None and one.name == "write_statements"
        assert one.row.args_kwargs["args"] == [cafe.programme_id, "2026-01"]
        assert jobs.claim(worker="w", now=clock.now()) is None
        monthly.plan(store.current(), moment(NOW) + timedelta(days=8))
        assert jobs.claim(worker="w", now=clock.now()) is None


def test_who_was_merged_is_told_in_one_letter(database):
    cafe = cafe_of("ann", "ben")
    cafe.buy("ann", 1_000, "2026-02-05")
    cafe.buy("ben", 2_000, "2026-02-05")
    pairs.merged(cafe, "ann", "ben", "2026-02-10")
    cafe.night("2026-03-01T12:00")
    cafe.close("2026-02", NOW)
    assert set(told(cafe, "2026-02")) == {cafe.ids["ann"]}


def test_the_statements_of_a_batch_are_constant(database, monkeypatch):
    counts = []
    for members in (1, 6):
        cafe = cafe_of(*[f"m{number}" for number in range(members)])
        for number in range(members):
            cafe.buy(f"m{number}", 1_000, "2026-02-05")
        cafe.night("2026-03-01T12:00")
        cafe.close("2026-02", NOW)
        told(cafe, "2026-02")  # the programme is read once in a process …
        posting.hurry()  # … and a job that waits is put in once
        heard: list[str] = []
        fetch = store.Store.fetch

        def count(self: store.Store, statement: store.Statement, _heard=heard, _fetch=fetch, **params: object) -> Any:
            _heard.append(statement.text)
            return _fetch(self, statement, **params)

        with monkeypatch.context() as patch:
            patch.setattr(store.Store, "fetch", count)
            assert monthly.run(programme_id=cafe.programme_id, month="2026-02", now=moment(NOW)) == members
        counts.append(len(heard))
    assert counts[0] == counts[1]

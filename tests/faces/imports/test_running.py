"""An import survives being stopped anywhere: it goes on where it was, tells nothing twice and counts right."""

import csv
import secrets
import sqlite3
from datetime import UTC, datetime

import msgspec
import pytest

from guerdon.core import activities as law
from guerdon.core.activities import Activity, Line, Member
from guerdon.core.decisions import Award, Decision, Share
from guerdon.core.members import MEMBER_UNKNOWN
from guerdon.faces import refusals
from guerdon.faces.imports import faults, running
from guerdon.faces.imports.chunks import Chunk
from guerdon.faces.imports.faults import ErrorFile, Fault
from guerdon.features.imports import queries
from guerdon.kit import clock, ids, store

pytestmark = pytest.mark.usefixtures("database")

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)
CHUNKS, EACH = 5, 3


class Power(Exception):
    """The power goes out."""


class Recorded(msgspec.Struct, frozen=True):
    """What the engine would answer."""

    recorded_at: datetime
    decision: Decision
    activity: Activity
    replayed: bool = False
    differs: tuple[str, ...] = ()


class Till:
    """A recorder that keeps its promises: chunks are all or nothing, what is known is replayed."""

    def __init__(self):
        self.known = {}
        self.calls = 0
        self.fails_before = self.fails_after = None
        self.stranger = None
        self.broken = {}

    def record(self, told, now):
        self.calls += 1
        if self.calls == self.fails_before:
            raise Power
        answers = []
        for activity in told:
            key = law.key(activity)
            if activity.member.external_id == self.stranger:
                answers.append(MEMBER_UNKNOWN(kind="external_id"))
            elif activity.member.external_id in self.broken:
                answers.append(self.broken[activity.member.external_id])
            elif key in self.known:
                answers.append(msgspec.structs.replace(self.known[key], replayed=True))
            else:
                points = sum(line.net for line in activity.lines) // 100
                share = Share(rule="base", points=points, exact=str(points))
                award = Award(unit="points", points=points, shares=(share,), available_at=now)
                self.known[key] = Recorded(now, Decision(version=1, awards=(award,)), activity)
                answers.append(self.known[key])
        if self.calls == self.fails_after:
            raise Power  # committed, and nobody heard of it
        return answers


class Source:
    """Five chunks of three baskets; the third row of each chunk is faulty."""

    name = "sales.csv"

    def __init__(self):
        self.digest = secrets.token_hex(32)
        self.mapping_digest = "m"
        self.rows = CHUNKS * (EACH + 1)
        self.begun_at = []

    def chunks(self, *, skip=0, limit=None):
        self.begun_at.append(skip)
        width = EACH + 1
        assert skip % width == 0
        for number in range(skip // width, CHUNKS):
            first = number * width + 1
            told = [purchase(number * EACH + place) for place in range(EACH)]
            fault = Fault(first + 2, "gross", "not_a_number", "=1+1")
            yield Chunk(told, [first, first + 1, first + 3], first + width - 1, width, [fault], 1, {"void": 1})
            if limit is not None and (number + 1 - skip // width) * width >= limit:
                return


def purchase(number):
    return Activity(
        kind="purchase", source="till", external_id=f"o{number}", occurred_at=AT,
        member=Member(external_id=f"m{number}"), lines=(Line(amount=200 + 100 * number),),
    )  # fmt: skip


@pytest.fixture
def till():
    return Till()


@pytest.fixture
def source():
    return Source()


PROGRAMME = ids.derived("the importer's tests")
POINTS = sum(2 + number for number in range(CHUNKS * EACH))


def run(source, till, **more):
    return running.run(origin=source, programme_id=PROGRAMME, record=till.record, **more)


def check_whole(counts):
    assert (counts.rows, counts.recorded, counts.lines) == (CHUNKS * (EACH + 1), CHUNKS * EACH, CHUNKS * EACH)
    assert (counts.replayed, counts.faulty, counts.refused) == (0, CHUNKS, 0)
    assert counts.points == {"points": POINTS}
    assert counts.rules == {"points": {"base": POINTS}}
    assert (counts.reasons, counts.left_out) == ({"not_a_number": CHUNKS}, {"void": CHUNKS})


def test_a_whole_run(source, till):
    result = run(source, till)
    check_whole(result.counts)
    assert (result.state, result.resumed_from, result.position) == ("finished", 0, source.rows)
    assert running.unfinished(PROGRAMME, source) is None


@pytest.mark.parametrize("chunk", range(1, CHUNKS + 1))
@pytest.mark.parametrize("when", ["fails_before", "fails_after"])
def test_a_run_stopped_at_any_chunk_goes_on_there(source, till, chunk, when):
    setattr(till, when, chunk)
    with pytest.raises(Power):
        run(source, till)
    stopped = running.unfinished(PROGRAMME, source)
    assert (stopped.state, stopped.position) == ("stopped", (chunk - 1) * (EACH + 1))
    assert len(till.known) == EACH * (chunk - 1 + (when == "fails_after"))
    result = run(source, till)
    assert source.begun_at == [0, stopped.position]
    assert (result.state, result.resumed_from, result.run_id) == ("finished", stopped.position, stopped.id)
    check_whole(result.counts)  # also what was committed without being heard of is counted once
    assert len(till.known) == CHUNKS * EACH


def test_a_program_that_was_killed_leaves_a_run_to_go_on_with(source, till, monkeypatch):
    monkeypatch.setattr(running, "_stop", lambda run_id: None)  # a killed program says nothing any more
    till.fails_after = 2
    with pytest.raises(Power):
        run(source, till)
    assert running.unfinished(PROGRAMME, source).state == "running"
    check_whole(run(source, till).counts)


def test_an_interruption_by_the_keyboard_is_resumable(source, till):
    def interrupt(rows, activities):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source, till, advance=interrupt)
    assert running.unfinished(PROGRAMME, source).position == EACH + 1
    check_whole(run(source, till).counts)


def test_a_second_run_writes_nothing_and_says_so(source, till):
    run(source, till)
    before = dict(till.known)
    again = run(source, till)
    assert (again.counts.recorded, again.counts.replayed, again.counts.points) == (0, CHUNKS * EACH, {})
    assert till.known == before
    assert source.begun_at == [0, 0]


def test_limits_stop_and_go_on(source, till):
    first = run(source, till, limit=4)
    assert (first.state, first.position, first.session.recorded) == ("stopped", 4, 3)
    second = run(source, till)
    assert (second.state, second.resumed_from) == ("finished", 4)
    check_whole(second.counts)


def test_another_mapping_is_another_run(source, till):
    till.fails_before = 2
    with pytest.raises(Power):
        run(source, till)
    source.mapping_digest = "another"
    assert running.unfinished(PROGRAMME, source) is None
    assert running.unfinished(ids.new(), source) is None


def test_refusals_are_individual_and_listed_with_their_lines(source, till, tmp_path):
    till.stranger = "m4"
    error_file = ErrorFile(tmp_path / "sales.csv.errors.csv")
    result = run(source, till, error_file=error_file)
    error_file.close()
    assert (result.counts.refused, result.counts.recorded) == (1, CHUNKS * EACH - 1)
    assert result.counts.reasons["refused:member_unknown"] == 1
    [row] = list(csv.DictReader(error_file.path.open()))
    assert (row["line"], row["reason"]) == ("6", "refused:member_unknown")
    assert row["excerpt"] == "o4, external_id m4"
    assert row["explanation"].startswith(refusals.tell(MEMBER_UNKNOWN(kind="external_id"), "en").cause)
    assert "--enrol" in row["explanation"]


def test_what_the_database_refuses_is_a_fault_of_its_line(source, till, tmp_path):
    till.broken = {"m4": ValueError("this can't be written")}
    error_file = ErrorFile(tmp_path / "sales.csv.errors.csv")
    result = run(source, till, error_file=error_file)
    error_file.close()
    assert (result.state, result.counts.refused, result.counts.recorded) == ("finished", 1, CHUNKS * EACH - 1)
    [row] = list(csv.DictReader(error_file.path.open()))
    assert (row["line"], row["reason"]) == ("6", "refused:internal")
    assert row["excerpt"] == "o4, external_id m4 ValueError: this can't be written"


@pytest.mark.parametrize(
    "trouble", [store.DATABASE_BUSY(retry_after_seconds=1), sqlite3.OperationalError("disk I/O error")]
)
def test_a_database_in_trouble_stops_the_run_and_takes_no_line_for_faulty(source, till, trouble):
    till.broken = {f"m{number}": trouble for number in range(3, 6)}
    with pytest.raises(type(trouble)):
        run(source, till)
    assert running.unfinished(PROGRAMME, source).position == EACH + 1
    till.broken = {}
    check_whole(run(source, till).counts)


def test_positions_only_grow(source):
    from guerdon.features.imports import actions

    at_hand = store.current()
    with at_hand.transaction():
        begun = actions.begin(
            at_hand, PROGRAMME, file_digest=source.digest, mapping_digest="m", file_name="f", now=clock.now()
        )
        actions.advance(at_hand, begun.id, position=10, counts=queries.Counts(rows=10))
        actions.advance(at_hand, begun.id, position=5, counts=queries.Counts(rows=5))
    found = queries.latest(at_hand, PROGRAMME, file_digest=source.digest, mapping_digest="m")
    assert (found.position, found.counts.rows, found.finished_at) == (10, 10, None)
    assert found.started_at == begun.started_at
    assert found.id in [one.id for one in queries.recent(at_hand, PROGRAMME, most=5)]


# --- the error file ---


def test_no_cell_of_the_error_file_is_a_formula(tmp_path):
    error_file = ErrorFile(tmp_path / "e.csv")
    for place, text in enumerate(["=1+1", "+1", "-1-1", "@x", "\t=1", "\r=1", "plain", '=cmd|"/c calc"!A1']):
        error_file.write([Fault(place, text, "not_a_number", text)])
    error_file.close()
    rows = list(csv.reader(error_file.path.open(newline="")))
    assert len(rows) == 9
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert rows[7][4] == "plain"


def test_a_resumed_error_file_keeps_what_is_asked_for(tmp_path):
    path = tmp_path / "e.csv"
    first = ErrorFile(path)
    first.write([Fault(3, "gross", "not_a_number", "x"), Fault(5, "", "refused:member_unknown", "o5")])
    first.close()
    with path.open("a") as file:
        file.write("7,torn by a cra")
    resumed = ErrorFile(path, keep="refusals")
    resumed.write([Fault(9, "gross", "empty", "")])
    resumed.close()
    assert [row["line"] for row in csv.DictReader(path.open())] == ["5", "9"]
    again = ErrorFile(path, keep="all")
    again.write([Fault(11, "", "would_be_refused:member_unknown", "o11", "Nobody has this card.")])
    again.close()
    assert [row["explanation"] for row in csv.DictReader(path.open())][2:] == ["Nobody has this card."]
    again = ErrorFile(path, keep="all")
    again.close()
    assert [row["line"] for row in csv.DictReader(path.open())] == ["5", "9"]
    ErrorFile(path).close()
    assert not path.exists()


def test_every_reason_has_a_sentence():
    for reason in (*faults.ROW_REASONS, "refused:member_unknown"):
        assert faults.explain(reason)
    assert all(faults.FILE_REASONS.values())

"""Points by hand from a file: tried, told with a fingerprint, and booked as that."""

import pytest

from guerdon.engine import adjust, group_commit
from guerdon.faces.cli import terminal
from guerdon.features.adjustments import queries as requests
from guerdon.features.keys import actions as keys
from guerdon.kit import clock, ids, store
from tests.faces.cli.command import guerdon
from tests.shop import POINTS, Shop

HEADER = "member,unit,points,reason,external_id\n"
FILE = """member,unit,points,reason,external_id,note
Ann,points,500,goodwill,s-1,late train
Ben,points,2000,goodwill,s-2,
Ann,points,-100,mistake,s-3,
Zoe,points,5,goodwill,s-4,
Ann,points,5,because,s-5,
Ann,points,half,goodwill,s-6,
"""


NOTHING = {"rows": 0, "given": {}, "taken": {}}


@pytest.fixture
def cafe(pristine_database):
    reasons = {code: {"name": {"en": code}} for code in ("goodwill", "mistake")}
    unit = POINTS | {"name": {"en": "stars"}}
    made = Shop(
        {"units": {"points": unit}, "adjustments": {"reasons": reasons, "approve_above": {"points": 1000}}}, key="cafe"
    )
    made.enrol("Ann", "Ben")
    return made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sorry.csv"
    path.write_text(FILE)
    return path


def available(cafe):
    now = clock.now().replace(tzinfo=None).isoformat()
    return [cafe.amounts(name, now).available for name in ("Ann", "Ben")]


def test_what_was_tried_is_booked(cafe, file):
    tried = guerdon("adjust", str(file), "--dry-run", "--json")
    assert tried.code == terminal.FINDING
    told = tried.json
    assert told["rows"] == 6
    assert told["booked"] == {"rows": 2, "given": {"points": 500}, "taken": {"points": 100}}
    assert told["waiting"] == {"rows": 1, "given": {"points": 2000}, "taken": {}}
    assert told["known"] == NOTHING
    refused = [(one["line"], one["reason"]) for one in told["refused"]]
    assert refused == [(5, "member_unknown"), (6, "reason_unknown"), (7, "not_a_number")]
    assert all(one["told"] for one in told["refused"])
    assert available(cafe) == [0, 0]
    booked = guerdon("adjust", str(file), "--fingerprint", told["fingerprint"], "--by", "Emil", "--json")
    assert booked.code == terminal.FINDING and booked.json | {"dry_run": True} == told
    assert available(cafe) == [400, 0], "what waits has moved nothing"


def test_booked_again_it_does_nothing(cafe, file):
    mark = guerdon("adjust", str(file), "--dry-run", "--json").json["fingerprint"]
    everything = {"rows": 3, "given": {"points": 2500}, "taken": {"points": 100}}
    for known in (NOTHING, everything):
        assert guerdon("adjust", str(file), "--fingerprint", mark, "--json").json["known"] == known
    again = guerdon("adjust", str(file), "--dry-run", "--json").json
    assert (again["booked"], again["waiting"], again["known"]) == (NOTHING, NOTHING, everything)
    assert again["fingerprint"] == mark
    assert available(cafe) == [400, 0]
    assert cafe.count("adjustments_request") == 1


def test_stopped_halfway_it_goes_on(cafe, file, monkeypatch):
    mark = guerdon("adjust", str(file), "--dry-run", "--json").json["fingerprint"]
    with monkeypatch.context() as patch:
        patch.setattr("guerdon.core.limits.BATCH_STEP", 1)
        steps = iter([group_commit.record_each] * 2)

        def interrupted(**more):
            step = next(steps, None)
            if step is None:
                raise KeyboardInterrupt
            return step(**more)

        patch.setattr(group_commit, "record_each", interrupted)
        assert guerdon("adjust", str(file), "--fingerprint", mark).code == terminal.INTERRUPTED
    assert available(cafe) == [500, 0]
    assert guerdon("adjust", str(file), "--fingerprint", mark, "--json").json["known"]["rows"] == 2
    assert available(cafe) == [400, 0]


@pytest.mark.parametrize("change", ["file", "outcome", "law"])
def test_anything_else_is_not_booked(cafe, file, change):
    mark = guerdon("adjust", str(file), "--dry-run", "--json").json["fingerprint"]
    if change == "file":
        file.write_text(FILE.replace("500", "501"))
    elif change == "outcome":
        cafe.enrol("Zoe")
    else:
        cafe.publish(since=clock.now(), now=clock.now())
    ended = guerdon("adjust", str(file), "--fingerprint", mark)
    assert ended.code == terminal.FINDING and "Nothing was booked" in ended.err
    assert available(cafe) == [0, 0]


def test_an_id_of_another_adjustment_is_told(cafe, file):
    who = adjust.Actor("Emil", "Emil")
    one = cafe.adjust("Ann", 7, "2026-02-01", source="csv", external_id="s-1")
    assert one and who
    told = guerdon("adjust", str(file), "--dry-run", "--json").json
    assert (2, "told_otherwise") in [(row["line"], row["reason"]) for row in told["refused"]]


def test_what_cannot_be_done_is_told(cafe, file, tmp_path):
    assert guerdon("adjust", str(file)).code == terminal.USAGE
    assert guerdon("adjust", str(tmp_path / "none.csv"), "--dry-run").code == terminal.UNREADABLE
    (tmp_path / "bare.csv").write_text("member,points\nAnn,5\n")
    assert "unit" in guerdon("adjust", str(tmp_path / "bare.csv"), "--dry-run").err
    ended = guerdon("adjust", str(file), "--dry-run")
    table = {" ".join(line.split()) for line in ended.out.splitlines()}
    assert {"rows stars given stars taken", "would be booked 2 500 100"} <= table
    assert "would wait for a second person 1 2,000 0" in table
    assert "--fingerprint" in ended.out and "mapping" not in ended.out


def test_words_are_of_points(cafe, tmp_path):
    (tmp_path / "odd.csv").write_text(HEADER + "Ann,points,1.5,goodwill,s-1\nAnn,points,half,goodwill,s-2\n")
    told = guerdon("adjust", str(tmp_path / "odd.csv"), "--dry-run", "--json").json["refused"]
    assert [(one["line"], one["reason"]) for one in told] == [(2, "too_many_decimals"), (3, "not_a_number")]
    assert not any("mapping" in one["told"] or "currency" in one["told"] for one in told)
    (tmp_path / "much.csv").write_text(HEADER + "Ann,points,-7,goodwill,s-3\n")
    (much,) = guerdon("adjust", str(tmp_path / "much.csv"), "--dry-run", "--json").json["refused"]
    assert much["told"].startswith("7 stars were asked for")
    (tmp_path / "bare.csv").write_bytes((HEADER + "Ann,points,5,goodwill,é\n").encode("latin-1"))
    (told,) = guerdon("adjust", str(tmp_path / "bare.csv"), "--dry-run", "--json").json["refused"]
    assert told["reason"] == "not_decodable" and "mapping" not in told["told"]


def test_who_has_a_key_of_that_name_is_one_person(cafe, tmp_path):
    """Whoever asks at the command line can't agree over the API with the key that is called as they are."""

    def ask(name, number):
        path = tmp_path / f"{number}.csv"
        path.write_text(HEADER + f"Ann,points,2000,goodwill,{number}\n")
        mark = guerdon("adjust", str(path), "--dry-run", "--json").json["fingerprint"]
        return guerdon("adjust", str(path), "--fingerprint", mark, "--by", name)

    def asked_by(name, number):
        assert ask(name, number).code == terminal.OK
        queue = requests.queue(store.current(), cafe.programme_id, state="waiting", seq=0, most=100)
        return queue[-1].asked_by

    def key_of(name):
        return keys.create(store.current(), programme_id=cafe.programme_id, name=name, scopes=[], now=clock.now())[0].id

    gone, emil = key_of("Emil"), key_of("Emil")
    told = ask("emil", "s-1")
    assert told.code == terminal.USAGE and ids.show("key", emil) in told.err
    keys.revoke(store.current(), key_id=gone, now=clock.now())
    assert asked_by("emil", "s-1") == emil
    assert asked_by(ids.show("key", emil), "s-2") == emil
    assert asked_by(" Maya  Ivanova", "s-3") == asked_by("maya ivanova", "s-4") == "operator:maya ivanova"

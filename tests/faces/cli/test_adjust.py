"""Points by hand from a file: tried, told with a fingerprint, and booked as that."""

import pytest

from guerdon.engine import adjust, group_commit
from guerdon.faces.cli import terminal
from guerdon.kit import clock
from tests.faces.cli.command import guerdon
from tests.shop import Shop

FILE = """member,unit,points,reason,external_id,note
Ann,points,500,goodwill,s-1,late train
Ben,points,2000,goodwill,s-2,
Ann,points,-100,mistake,s-3,
Zoe,points,5,goodwill,s-4,
Ann,points,5,because,s-5,
Ann,points,half,goodwill,s-6,
"""


@pytest.fixture
def cafe(pristine_database):
    reasons = {code: {"name": {"en": code}} for code in ("goodwill", "mistake")}
    made = Shop({"adjustments": {"reasons": reasons, "approve_above": {"points": 1000}}}, key="cafe")
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
    assert (told["rows"], told["booked"], told["waiting"], told["known"]) == (6, 2, 1, 0)
    assert (told["given"], told["taken"]) == ({"points": 2500}, {"points": 100})
    refused = [(one["line"], one["reason"]) for one in told["refused"]]
    assert refused == [(5, "member_unknown"), (6, "reason_unknown"), (7, "not_a_number")]
    assert all(one["told"] for one in told["refused"])
    assert available(cafe) == [0, 0]
    booked = guerdon("adjust", str(file), "--fingerprint", told["fingerprint"], "--by", "Emil", "--json")
    assert booked.code == terminal.FINDING and booked.json | {"dry_run": True} == told
    assert available(cafe) == [400, 0], "what waits has moved nothing"


def test_booked_again_it_does_nothing(cafe, file):
    mark = guerdon("adjust", str(file), "--dry-run", "--json").json["fingerprint"]
    for known in (0, 3):
        assert guerdon("adjust", str(file), "--fingerprint", mark, "--json").json["known"] == known
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
    assert guerdon("adjust", str(file), "--fingerprint", mark, "--json").json["known"] == 2
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
    text = guerdon("adjust", str(file), "--dry-run").out
    assert "waiting for a second person" in text and "--fingerprint" in text

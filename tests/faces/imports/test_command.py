"""The command as people use it, through the real engine: what it prints, what it writes, how it ends."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.db import connection
from typer.testing import CliRunner

from guerdon.core.errors import Refusal
from guerdon.engine import earn
from guerdon.faces.cli import imports, terminal
from guerdon.faces.imports import completejourney, mapping_text, wheels
from tests.faces.api.test_activities import POISON
from tests.faces.imports import samples
from tests.faces.imports.samples import HEADER, basket
from tests.shop import BASE, Shop

GOOD = HEADER + basket("1", "latte,3.50,1,0.50", "bun,2.00,2,") + basket("2", "tea,2.40,1,0", who="ben")
BAD = GOOD + basket("3", "tea,x,1,0")


@pytest.fixture
def shop(database):
    return Shop()


@pytest.fixture
def call(tmp_path, shop):
    """Run `guerdon import csv` on a content; answers the code it ends with and its output."""

    def run(content, *more, text=samples.LINES, name="sales.csv"):
        path = samples.write(tmp_path, content, name)
        map_file = samples.write(tmp_path, text, "map.yaml")
        return end(["csv", str(path), "--map", str(map_file), "--programme", shop.key, *more])

    return run


def end(words):
    """The code and the output of the command, a known failure being a code as `main` makes it."""
    result = CliRunner().invoke(imports.app, words)
    if isinstance(result.exception, terminal.Failure):
        return result.exception.code, f"{result.exception} {result.exception.why} {result.exception.hint}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


def test_a_csv_file_needs_no_table_library():
    probe = (
        "import sys; from guerdon.faces.imports import files, running, survey, summary; print('polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_example_can_be_saved_and_read():
    code, output = end(["csv", "--example"])
    assert code == 0
    assert mapping_text.read(output).mapping is not None
    assert json.loads(end(["csv", "--schema"])[1])["title"]


def test_a_dry_run_writes_nothing_but_the_list_of_faults(call, shop, tmp_path):
    code, output = call(BAD, "--dry-run")
    assert code == terminal.FINDING
    assert "activities to import" in output
    assert "not_a_number" in output
    assert (tmp_path / "sales.csv.errors.csv").read_text().splitlines()[1].startswith("5,gross,not_a_number,")
    assert shop.count("activities_activity") == shop.count("members_member") == shop.count("imports_run") == 0


def left_out(tmp_path):
    with (tmp_path / "sales.csv.errors.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_dry_run_refuses_what_the_import_refuses(call, shop, tmp_path):
    """Before the programme, from the future, of a stranger; the same lines stay out when it is done (LAW 3.9)."""
    shop.enrol("ann", "ben")
    content = GOOD + basket("3", "tea,2.40,1,0", at="2024-02-03 10:00:00") + basket("4", "tea,2.40,1,0", who="cleo")
    content += basket("5", "tea,2.40,1,0", at="2099-01-05 10:00:00")
    code, output = call(content, "--dry-run", "--json")
    report = json.loads(output)["report"]
    assert (code, report["activities"], report["lines"], report["tried"]) == (terminal.FINDING, 2, 3, True)
    assert {one: told["count"] for one, told in report["refusals"].items()} == {
        "activity_before_programme": 1, "member_unknown": 1, "activity_in_future": 1,
    }  # fmt: skip
    expected = left_out(tmp_path)
    assert "--as-of 2024-02-03" in expected[0]["explanation"]
    assert (expected[1]["excerpt"], "--enrol" in expected[1]["explanation"]) == ("4, external_id cleo", True)
    assert shop.count("activities_activity") == shop.count("imports_run") == 0
    code, _ = call(content, "--yes")
    assert (code, shop.count("activities_activity")) == (terminal.FINDING, 2)
    done = left_out(tmp_path)
    assert [row["reason"] for row in done] == [row["reason"].replace("would_be_", "") for row in expected]
    assert [row["line"] for row in done] == [row["line"] for row in expected]


def test_a_file_in_another_encoding_is_told_which_one(call, tmp_path):
    content = (HEADER + basket("1", "tea,2.40,1,0", who="Борис")).encode("cp1251")
    code, output = call(content, "--dry-run")
    assert (code, "Try `encoding: cp1251`" in output, "“Борис”" in output) == (terminal.FINDING, True, True)
    assert "cp1251" in left_out(tmp_path)[0]["explanation"]


def test_a_dry_run_says_in_one_sentence_how_all_of_them_go_in(call, shop):
    old = "".join(basket(str(day), "tea,2.40,1,0", at=f"2024-02-{day:02} 10:00:00") for day in (9, 3, 5))
    code, output = call(HEADER + old, "--dry-run", "--enrol")
    assert (code, "--as-of 2024-02-03 or earlier" in output) == (terminal.FINDING, True), output
    assert "before the first version, which is in force from 2025-01-01" in output


def test_a_dry_run_with_enrol_makes_members_and_forgets_them(call, shop):
    code, output = call(GOOD, "--dry-run", "--enrol", "--json")
    assert (code, json.loads(output)["report"]["activities"]) == (0, 2)
    assert shop.count("members_member") == 0
    call(GOOD, "--enrol", "--yes")
    report = json.loads(call(GOOD, "--dry-run", "--json")[1])["report"]
    assert (report["activities"], report["known"]) == (2, 2)


def test_where_nobody_is_asked_the_file_is_only_read_and_that_is_said(call, shop):
    _, output = call(GOOD, "--yes")
    assert "activities to import" not in output
    assert "only read" in output


def test_several_programmes_are_listed_where_none_is_named(call, shop, tmp_path):
    other = Shop()
    path, map_file = samples.write(tmp_path, GOOD), samples.write(tmp_path, samples.LINES, "map.yaml")
    code, output = end(["csv", str(path), "--map", str(map_file)])
    assert (code, shop.key in output, other.key in output) == (terminal.USAGE, True, True)


def test_an_import_and_its_repetition(call, shop):
    code, output = call(GOOD, "--enrol", "--yes")
    assert (code, shop.count("activities_activity"), shop.count("members_member")) == (0, 2, 2)
    assert shop.amounts("ann", "2026-12-01").available == 5
    assert "points issued" in output
    code, output = call(GOOD, "--enrol", "--yes", "--json")
    told = json.loads(output)
    assert (code, told["result"]["counts"]["replayed"], told["members"]) == (0, 2, 2)
    assert (told["result"]["counts"]["differing"], told["result"]["examples"]) == (0, [])
    assert shop.count("activities_activity") == 2


def test_a_receipt_told_again_with_another_total_is_listed(call, shop, tmp_path):
    call(GOOD, "--enrol", "--yes")
    other = HEADER + basket("1", "latte,3.50,1,0.50", "bun,9.00,2,") + basket("2", "tea,2.40,1,0", who="ann")
    expected = ["/lines/1/amount", "/member"]
    for words, reason in ((["--dry-run"], "would_be_known_otherwise"), (["--yes"], "known_otherwise")):
        code, output = call(other, *words, "--enrol", "--json")
        told = json.loads(output)
        counts = told["report"] if words == ["--dry-run"] else told["result"]["counts"]
        shown = counts["differences"] if words == ["--dry-run"] else told["result"]["examples"]
        assert (code, counts["differing"], [one["column"] for one in shown]) == (0, 2, expected)
        listed = left_out(tmp_path)
        assert [(row["line"], row["column"], row["reason"]) for row in listed] == [
            ("2", "/lines/1/amount", reason), ("4", "/member", reason),
        ]  # fmt: skip
        assert listed[0]["excerpt"] == "1, external_id ann"
        assert listed[0]["explanation"] == "What was told first stands: /lines/1/amount: 200 (here 900)."
        _, output = call(other, *words, "--enrol")
        assert "of them told otherwise now; what was told first stands" in output and "(here 900)" in output
    assert (shop.count("activities_activity"), shop.amounts("ann", "2026-12-01").available) == (2, 5)


def test_faulty_baskets_stay_out_and_the_code_says_so(call, shop):
    code, _ = call(BAD, "--enrol", "--yes")
    assert (code, shop.count("activities_activity")) == (terminal.FINDING, 2)


def test_strangers_are_refused_one_by_one(call, shop, tmp_path):
    shop.enrol("ann")
    code, output = call(GOOD, "--yes")
    assert (code, shop.count("activities_activity")) == (terminal.FINDING, 1)
    assert "refused:member_unknown" in (tmp_path / "sales.csv.errors.csv").read_text()
    assert "refused by the programme" in output


def test_a_row_that_the_database_refuses_leaves_its_neighbours_alone(pristine_database, call, shop, tmp_path):
    with connection.cursor() as cursor:
        for statement in POISON[connection.vendor]:
            cursor.execute(statement)
    code, output = call(GOOD + basket("poison", "tea,2.40,1,0") + basket("4", "tea,2.40,1,0"), "--enrol", "--yes")
    assert (code, shop.count("activities_activity")) == (terminal.FINDING, 3)
    assert "refused:internal" in (tmp_path / "sales.csv.errors.csv").read_text()
    assert "to go on" not in output


def test_an_amount_that_gives_too_many_points_is_a_fault_of_its_row(call, shop):
    shop.publish(rules={"base": {**BASE, "then": [{"points": {"unit": "points", "give": 200, "per": "0.01"}}]}})
    code, _ = call(GOOD + basket("3", "tea,99999999999.00,1,0"), "--enrol", "--yes")
    assert (code, shop.count("activities_activity")) == (terminal.FINDING, 2)


def test_nothing_is_written_where_nobody_agreed(call, shop):
    code, output = call(GOOD, "--enrol")
    assert (code, shop.count("activities_activity")) == (terminal.USAGE, 0)
    assert "--yes" in output


def test_an_import_in_parts(call, shop):
    assert call(GOOD, "--enrol", "--yes", "--limit", "1")[0] == 0
    assert shop.count("activities_activity") == 1
    code, output = call(GOOD, "--enrol", "--yes", "--json")
    result = json.loads(output)["result"]
    assert (code, result["resumed_from"], result["counts"]["recorded"], result["state"]) == (0, 2, 2, "finished")
    assert (result["counts"]["replayed"], shop.count("activities_activity")) == (0, 2)


@pytest.mark.parametrize(
    ("content", "text", "code", "words"),
    [
        (GOOD, "source: till", terminal.USAGE, "“columns” is needed"),
        (GOOD.replace("gross", "brutto"), samples.LINES, terminal.UNREADABLE, "“gross” is not among"),
        (GOOD + '9,"', samples.LINES, terminal.UNREADABLE, "line 5"),
        (GOOD + basket("1", "pie,1,1,0"), samples.LINES, terminal.UNREADABLE, "line 5 goes on with line 2"),
        (HEADER + basket("1", "a,x,1,0"), samples.LINES, terminal.FINDING, "nothing to import"),
        (HEADER, samples.LINES, terminal.FINDING, "nothing to import"),
    ],
)
def test_what_cannot_be_imported(call, shop, content, text, code, words):
    ended, output = call(content, "--enrol", "--yes", text=text)
    assert (ended, words in output, shop.count("activities_activity")) == (code, True, 0), output


def test_a_file_or_mapping_that_was_not_named():
    assert end(["csv"])[0] == terminal.USAGE


def test_an_interruption_says_how_to_go_on(call, shop, monkeypatch):
    from guerdon.faces.imports import running

    def interrupted(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run", interrupted)
    code, output = call(GOOD, "--enrol", "--yes")
    assert (code, "same command" in output) == (terminal.INTERRUPTED, True)


def test_an_interrupted_dry_run_promises_no_place_to_go_on_from(call, shop, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(earn, "record_many", interrupted)
    code, output = call(GOOD, "--enrol", "--dry-run")
    assert (code, "nothing was written" in output, "goes on" in output) == (terminal.INTERRUPTED, True, False)


@pytest.fixture
def journey():
    try:
        wheels.locate(completejourney.PACKAGE, completejourney.REQUIREMENT)
    except Refusal:
        pytest.skip(f"{completejourney.REQUIREMENT} is not installed: a year of real shopping is NOT tested")


def test_some_of_a_year_of_real_shopping(database, journey, tmp_path):
    since = datetime(2016, 1, 1, tzinfo=UTC)
    shop = Shop({"currency": completejourney.CURRENCY, "zone": completejourney.ZONE.key, "since": since})
    words = ["completejourney", "--programme", shop.key, "--errors", str(tmp_path / "e.csv"), "--json", "--limit"]
    first = json.loads(end([*words, "300"])[1])["result"]
    second = json.loads(end([*words, "200"])[1])["result"]
    assert (first["counts"]["recorded"], first["state"]) == (300, "stopped")
    assert (second["counts"]["recorded"], second["resumed_from"]) == (500, first["position"])
    assert shop.count("activities_activity") == 500


def test_a_year_of_shopping_that_is_refused_ends_as_any_import(database, journey, tmp_path):
    since = datetime(2026, 1, 1, tzinfo=UTC)
    shop = Shop({"currency": completejourney.CURRENCY, "zone": completejourney.ZONE.key, "since": since})
    words = ["completejourney", "--programme", shop.key, "--errors", str(tmp_path / "e.csv"), "--limit", "5"]
    assert (end(words)[0], shop.count("activities_activity")) == (terminal.FINDING, 0)
    assert (tmp_path / "e.csv").read_text().count("refused:activity_before_programme") == 5
    code, output = end([*words, "--dry-run", "--json"])
    assert (code, json.loads(output)["report"]["refusals"]["activity_before_programme"]["count"]) == (1, 5)

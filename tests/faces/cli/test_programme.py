"""Programme files at the terminal."""

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from guerdon.faces.cli import terminal
from guerdon.features.programmes import forms
from guerdon.kit import clock
from tests import shop
from tests.faces.cli.command import guerdon

DEMO = resources.files("guerdon").joinpath("demo")


@pytest.fixture
def file(tmp_path):
    """A small programme in a file; answers a function that writes it with other parts."""
    path = tmp_path / "cafe.yaml"

    def write(**parts):
        path.write_text(json.dumps(shop.document("cafe", **parts)))
        return str(path)

    write()
    return write


def test_a_right_file_ends_with_0(file):
    ended = guerdon("programme", "check", file())
    assert ended.code == terminal.OK
    assert "cafe is right: 1 unit, 1 rule." in ended.out


@pytest.mark.parametrize("name", ["aurora", "grocer"])
def test_the_files_of_the_demo_are_right(name):
    ended = guerdon("programme", "check", str(DEMO / f"{name}.yaml"), "--json")
    assert ended.code == terminal.OK
    assert ended.json == {"valid": True, "compared": True, "problems": []}


def test_every_mistake_is_told_with_its_line_and_a_suggestion(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text((DEMO / "aurora.yaml").read_text().replace("zone: Europe/Sofia", "zone: Europe/Sofa", 1))
    ended = guerdon("programme", "check", str(path))
    assert ended.code == terminal.FINDING
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.startswith("zone"))
    assert f"{path}:{line}:" in ended.out and "Europe/Sofia" in ended.out
    document = guerdon("programme", "check", str(path), "--json").json
    assert not document["valid"] and document["problems"][0]["line"] == line


def test_what_was_typed_is_no_markup_and_no_emoji(tmp_path):
    path = tmp_path / "l:100:[red]x[bold].yaml"
    path.write_text('programme: x\n":smile: [b]": 1\n')
    told = guerdon("programme", "check", str(path)).out
    assert f"{path}:2:1: There is no key “:smile: [b]” here." in told
    assert "How the parts fit together is looked at once these are mended." in told
    assert "no:100:[red].yaml: no such file" in guerdon("programme", "check", "no:100:[red].yaml").err


def test_a_file_can_come_from_a_pipe(file):
    text = Path(file()).read_text()
    assert guerdon("programme", "check", "-", given=text).code == terminal.OK


def test_a_file_that_is_not_there_ends_with_3(tmp_path):
    ended = guerdon("programme", "check", str(tmp_path / "nowhere.yaml"))
    assert ended.code == terminal.UNREADABLE
    assert "nowhere.yaml: no such file" in ended.err
    assert guerdon("programme", "check", str(tmp_path)).code == terminal.UNREADABLE


def test_publish_then_show_then_diff(pristine_database, file):
    first = guerdon("programme", "publish", file(), "--as-of", "2026-01-01", "--by", "Emil", "--yes", "--json").json
    assert (first["published"], first["version"], first["published_by"]) == (True, 1, "Emil")
    assert first["effective_at"] == "2025-12-31T22:00:00Z"  # midnight in Sofia

    again = guerdon("programme", "publish", file(), "--as-of", "2026-01-01", "--yes")
    assert again.code == terminal.OK and "nothing was published" in again.out

    same = guerdon("programme", "diff", file())
    assert same.code == terminal.OK and "Nothing changes" in same.out
    twice = {"when": "purchase", "then": [{"points": {"unit": "points", "give": 2, "per": "1.00"}}]}
    changed = file(rules={"base": twice})
    other = guerdon("programme", "diff", changed)
    assert other.code == terminal.FINDING and "base" in other.out and "2 points" in other.out
    assert guerdon("programme", "diff", changed, "--json").json["changes"][0]["path"].startswith("/rules/base")

    assert "Version 2 of cafe" in guerdon("programme", "publish", changed, "--yes").out
    assert "2 points" in guerdon("programme", "show").out
    assert "1 point " in guerdon("programme", "show", "--version", "1").out
    assert guerdon("programme", "diff", changed, "--against", "1").code == terminal.FINDING
    listed = guerdon("programme", "list", "--json").json
    assert [version["version"] for version in listed[0]["versions"]] == [1, 2]


def test_a_programme_that_is_not_there_yet_is_told_whole(pristine_database, file):
    ended = guerdon("programme", "diff", file())
    assert ended.code == terminal.OK
    assert "cafe is new: publishing makes version 1" in ended.out and "1 point " in ended.out
    told = guerdon("programme", "diff", file(), "--json").json
    assert told["against"] is None and any("1 point " in sentence for sentence in told["sentences"])
    assert guerdon("programme", "diff", file(), "--against", "1").code == terminal.UNREADABLE


def test_one_mistake_is_no_mistakes(tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text((DEMO / "grocer.yaml").read_text().replace("currency: USD", "currency: UZD", 1))
    assert "✗ 1 mistake, 0 warnings." in guerdon("programme", "check", str(path)).out


def test_nobody_at_the_terminal_agrees_to_nothing(pristine_database, file):
    ended = guerdon("programme", "publish", file())
    assert ended.code == terminal.USAGE
    assert "Nothing was published" in ended.err and "--yes" in ended.err
    assert guerdon("programme", "list", "--json").json == []


def test_a_scheduled_version_that_never_comes_into_force_is_told(pristine_database, file):
    def publish(points, since, *more):
        rule = {"when": "purchase", "then": [{"points": {"unit": "points", "give": points, "per": "1.00"}}]}
        words = ("programme", "publish", file(rules={"base": rule}), "--as-of", since, *more)
        return guerdon(*words, "--yes")

    assert "never" not in publish(1, "2026-01-01").err
    year = clock.now().year + 5
    assert "never" not in publish(2, f"{year}-03-01").err  # the first one is in force, so nothing scheduled is lost
    assert "never" not in publish(3, f"{year}-06-01").err  # the second one has its three months
    assert "never" not in publish(3, f"{year}-06-01").err  # nothing was published
    assert json.loads(publish(4, f"{year}-06-01", "--json").out)["replaced"] == [3]

    told = publish(5, f"{year}-01-01").err
    assert f"Version 2, which was to be in force from {year}-03-01 00:00" in told
    assert f"Version 4, which was to be in force from {year}-06-01 00:00" in told
    assert "Version 3" not in told  # the fourth one had replaced it already


def test_a_version_in_force_that_never_rules_again_is_told(pristine_database, file):
    def publish(points, since, *more):
        rule = {"when": "purchase", "then": [{"points": {"unit": "points", "give": points, "per": "1.00"}}]}
        return guerdon("programme", "publish", file(rules={"base": rule}), "--as-of", since, *more)

    publish(1, "2026-02-01", "--yes")
    assert "never" not in publish(2, "2026-03-01", "--yes").err  # the first one has its month
    asked = publish(3, "2026-01-01")
    assert asked.code == terminal.USAGE
    for number, since in ((1, "2026-02-01"), (2, "2026-03-01")):
        assert f"Version {number}, in force from {since} 00:00, never rules again" in asked.err
    assert json.loads(publish(3, "2026-01-01", "--yes", "--json").out)["replaced"] == [1, 2]
    assert "never" not in publish(4, "2026-05-01", "--yes").err


def _plain(out):
    """What was said, however its lines were broken."""
    return " ".join(out.split())


def test_show_speaks_three_languages_and_gives_the_file_back(pristine_database, tmp_path):
    path = str(DEMO / "aurora.yaml")
    guerdon("programme", "publish", path, "--as-of", "2026-01-01", "--yes")
    told = {language: guerdon("programme", "show", "--language", language).out for language in ("en", "bg", "tr")}
    assert len(set(told.values())) == 3 and "точк" in told["bg"]
    mug = {
        "en": "“The blue mug” is a reward: merchandise, for 1,900 points, or for 900 points and 9.00 EUR.",
        "bg": "„Синята чаша“ е награда: предмет, срещу 1900 точки или срещу 900 точки и 9,00 EUR.",
        "tr": "“Mavi kupa” bir ödüldür: bir ürün, 1.900 puan karşılığında ya da 900 puan ve 9,00 EUR karşılığında.",
    }
    for language, sentence in mug.items():
        assert sentence in _plain(told[language])
    cheaper = tmp_path / "aurora.yaml"
    cheaper.write_text((DEMO / "aurora.yaml").read_text().replace("points: {points: 1900}", "points: {points: 1500}"))
    changed = guerdon("programme", "diff", str(cheaper), "--language", "bg")
    assert changed.code == terminal.FINDING
    assert "Награда „Синята чаша“, цени: вече срещу 1500 точки или срещу 900 точки и 9,00 EUR" in _plain(changed.out)
    [part] = guerdon("programme", "diff", str(cheaper), "--json").json["changes"]
    assert part["path"] == "/rewards/mug/prices"
    assert guerdon("programme", "show", "--yaml").out == (DEMO / "aurora.yaml").read_text()
    assert guerdon("programme", "show", "--json").json["programme"] == "aurora"
    assert guerdon("programme", "show", path).out.splitlines()[1:] == told["en"].splitlines()[1:]


def test_an_invalid_file_is_not_published(pristine_database, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("programme: cafe\nnonsense: 1\n")
    ended = guerdon("programme", "publish", str(path), "--yes")
    assert ended.code == terminal.FINDING and "nonsense" in ended.err
    assert guerdon("programme", "list", "--json").json == []


def test_a_refused_publication_says_why(pristine_database, file):
    guerdon("programme", "publish", file(), "--yes")
    ended = guerdon("programme", "publish", file(currency="USD"), "--yes")
    assert ended.code == terminal.UNREADABLE
    assert "EUR" in ended.err and "USD" in ended.err


@pytest.mark.parametrize("when", ["tomorrow", "2026-13-01", "2026-03-29T03:30"])
def test_a_moment_that_is_none_is_not_guessed(pristine_database, file, when):
    ended = guerdon("programme", "publish", file(), "--as-of", when, "--yes")
    assert ended.code in (terminal.USAGE, terminal.UNREADABLE) and ended.err


def test_what_is_unknown_ends_with_3(pristine_database, file):
    assert "There is no programme yet" in guerdon("programme", "show").err
    guerdon("programme", "publish", file(), "--yes")
    ended = guerdon("programme", "show", "--programme", "other")
    assert ended.code == terminal.UNREADABLE and "cafe" in ended.err
    assert guerdon("programme", "show", "--version", "9").code == terminal.UNREADABLE


def test_the_schema_fits_the_files_of_the_demo():
    schema = guerdon("programme", "schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    broken = {"programme": "x", "nonsense": 1}
    assert list(validator.iter_errors(broken))  # negative control
    for name in ("aurora", "grocer"):
        programme = forms.load((DEMO / f"{name}.yaml").read_text())
        assert not list(validator.iter_errors(forms.to_document(programme)))

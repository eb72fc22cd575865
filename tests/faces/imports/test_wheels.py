"""Packages that lend only their files are found without being imported, and missed in plain words."""

import sys

import pytest

from guerdon.core.errors import Refusal
from guerdon.faces.imports import cdnow, wheels


def test_a_package_that_is_not_there():
    with pytest.raises(Refusal) as refused:
        wheels.locate("no_such_package_here", "no-such-package==1")
    assert refused.value.facts == {"package": "no_such_package_here", "requirement": "no-such-package==1"}


def test_a_file_that_is_not_there():
    with pytest.raises(Refusal) as refused:
        wheels.file("msgspec", "msgspec", "no-such-file.txt")
    assert refused.value.code == "import_package_file_missing"


def test_cdnow():
    try:
        source = cdnow.Cdnow()
    except Refusal:
        pytest.skip(f"{cdnow.REQUIREMENT} is not installed: CDNOW is NOT tested")
    assert "lifetimes" not in sys.modules
    told = [activity for chunk in source.chunks() for activity in chunk.activities]
    assert (len(told), source.rows) == (69_659, 69_659)
    assert len({activity.member.external_id for activity in told}) == 23_570
    assert len({activity.external_id for activity in told}) == 69_659
    assert sum(activity.amount for activity in told) == 250_031_563
    assert told[0].external_id == "00001-19970101-1"
    [few] = source.chunks(skip=69_000, limit=3)
    assert (few.activities, few.position) == (told[69_000:69_003], 69_003)

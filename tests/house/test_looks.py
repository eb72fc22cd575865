"""Nobody shows personal data past the one door that notes who looks: faces open no vault themselves."""

import re

import pytest

from tests.house import source

_OPENS = re.compile(
    r"(?<!showing\.)\b(persons_of|members\.person|queries\.deliveries|redemptions\.deliveries|unseal)\("
)


def _opened(text: str) -> list[str]:
    return [match[1] for match in _OPENS.finditer(text)]


def test_faces_open_no_vault_themselves() -> None:
    faces = [path for path in source.list_modules() if source.name(path).startswith("guerdon/faces/")]
    assert len(faces) > 50, "no faces were found, so nothing is proved"
    assert {source.name(path): found for path in faces if (found := _opened(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "text", ["members.persons_of(store, ids)", "members.person(store, id)", "queries.deliveries(s)"]
)
def test_the_wall_sees_an_open_vault(text: str) -> None:
    assert _opened(text)
    assert not _opened("showing.persons(store, programme_id, ids, who, now=now)")

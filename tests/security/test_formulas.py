"""No table that leaves this house holds a formula, whoever's words are in it: every address that answers with one."""

import ast
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from guerdon.engine import closing
from guerdon.faces import tables
from guerdon.faces.api import routes
from guerdon.kit import clock
from guerdon.site import urls
from tests.faces.console import insights
from tests.house import source
from tests.security import world
from tests.security.test_matrix_pages import OTHERS, address

ROUTES = [one for one in routes.ROUTES if one.method == "GET" and one.right != "public"]
FORMULA = re.compile(r"[\s\u200b\ufeff\x00]*[=+\-@\t\r＝＋－＠]")
# Months and numbers, and only of programmes with enough members to measure anything: tests/faces/api/test_roi.py.
MEASURED = {"roi.read", "roi.beside", "console.worth_csv", "console.beside_csv"}
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


@pytest.fixture(scope="module")
def hostile(scratch_database, tmp_path_factory) -> Iterator[world.World]:
    """A programme in which everybody's words begin a formula, one way or another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        found = world.opened()
        enrol(found)
        speak(found)
        close(found)
        insights.placed(patch, tmp_path_factory.mktemp("exports"))
        insights.written(found.cafe)
        yield found
        found.api.close()


def enrol(one: world.World) -> None:
    person = {"name": '＝HYPERLINK("http://x")', "email": f"+{one.mark}@x.example", "language": "en"}
    body = {"external_ids": ["=ext"], "cards": ["card1"], "person": person, "attributes": {"diet": "\u200b=diet"}}
    member = one.post("/v1/members", body)["id"]
    one.ids["mem"].insert(0, member)  # whose download is taken
    bought = {
        "kind": "purchase", "source": "till", "external_id": "=order", "member": {"external_id": "=ext"},
        "occurred_at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}", "store": "@store",
        "lines": [{"amount": 12_500, "product": "-2+3", "category": "＋beans"}],
    }  # fmt: skip
    one.post("/v1/activities", bought)


def speak(one: world.World) -> None:
    member = {"external_id": "=ext"}
    adjusted = {"unit": "points", "points": 20, "reason": "goodwill", "note": "=cmd|' /C calc'!A0", "member": member}
    one.post("/v1/adjustments", adjusted | {"external_id": "=a1"})
    one.post("/v1/claims", {"member": member, "kind": "question", "text": "=claim", "store": "@store", "receipt": "=r"})
    one.post("/v1/keys", {"name": "=key", "scopes": ["members:read"], "reason": "＠reason"})
    one.post("/v1/programme/drafts", {"title": "+title", "why": "-why"})
    segment = {"key": f"{one.mark}all", "name": dict.fromkeys(("en", "bg", "tr"), "=name")}
    segment["if"] = [{"not": {"last": {"days_min": 9_000}}}]
    one.post("/v1/segments", segment | {"why": "=why"})


def close(one: world.World) -> None:
    """The month before is closed and counted, so that its journal is there."""
    now = clock.now()
    month = f"{now.replace(day=1) - timedelta(days=1):%Y-%m}"
    one.cafe.night(f"{now:%Y-%m-%dT%H:%M}")
    one.post("/v1/closings", {"month": month, "reason": "=month"})
    closing.count(programme_id=one.cafe.programme_id, month=month, now=now)
    one.codes["month"] = month


def sheets_of(kind: str, body: bytes) -> list[list[list[str]]]:
    """The tables in an answer; of a ZIP those in it."""
    if kind.startswith("text/csv"):
        return [list(csv.reader(io.StringIO(body.decode(), newline="")))]
    if kind.startswith("application/zip"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")]
        return [list(csv.reader(io.StringIO(text, newline=""))) for text in texts]
    return []


def formulas(every: list[list[list[str]]]) -> list[str]:
    cells = (cell for sheet in every for row in sheet for cell in row)
    return [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]


def of_api(one: world.World) -> dict[str, list[list[list[str]]]]:
    found = {}
    for endpoint in ROUTES:
        path, _ = one.request(endpoint)
        answer = one.api.send("GET", path, headers={"accept": "text/csv"})
        every = sheets_of(answer.headers.get("content-type", ""), answer.body)
        assert every or not endpoint.csv or endpoint.name in MEASURED, (endpoint.name, answer.status)
        if every:
            found[endpoint.name] = every
    return found


def of_pages(one: world.World) -> dict[str, list[list[list[str]]]]:
    owner: Client = one.staffed("owner")
    found = {}
    for page in urls.PAGES:
        if "GET" not in page.methods or page.path.startswith("my/"):
            continue
        path = address(page, one, one).replace(f"/{one.mark}seg", f"/{one.mark}all")
        path = path.replace(f"/{OTHERS['month']}/", f"/{one.codes['month']}/")
        answer = owner.get(path)
        every = sheets_of(answer.headers.get("content-type", ""), b"".join(answer))
        assert every or not page.path.endswith(".csv") or page.name in MEASURED, (page.path, answer.status_code)
        if every:
            found[page.name] = every
    return found


def test_no_address_answers_with_a_formula(hostile):
    hostile.api.checked = False  # tables are no JSON
    found = of_api(hostile) | of_pages(hostile)
    assert {name: formulas(every) for name, every in found.items() if formulas(every)} == {}
    assert {one.name for one in routes.ROUTES if one.csv} - MEASURED <= found.keys()
    cells = {cell for every in found.values() for sheet in every for row in sheet for cell in row}
    for said in ("=ext", '＝HYPERLINK("http://x")', "＠reason", "@store"):
        assert any(f"'{said}" in cell for cell in cells), f"nothing of {said} came out, so nothing was tried"


def test_without_the_guard_they_are_found(hostile, monkeypatch):
    """The control: the same words, and nobody guards."""
    monkeypatch.setattr(tables, "guarded", lambda cell: cell)
    hostile.api.checked = False
    found = of_api(hostile) | of_pages(hostile)
    told = {name for name, every in found.items() if formulas(every)}
    assert {"audit.list", "privacy.read_files", "console.segment_csv", "console.audit_csv"} <= told


def test_one_place_writes_tables():
    """A table that is written elsewhere would have no guard."""
    found = {
        name for name, node in source.walk()
        if isinstance(node, ast.Attribute) and source.spell(node) in ("csv.writer", "csv.DictWriter")
    }  # fmt: skip
    assert found == {"guerdon/faces/tables.py"}

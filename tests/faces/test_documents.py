"""Documentation pages: served from our own files under a strict policy, the same bytes only once."""

import re

import pytest

from guerdon.core import errors
from guerdon.faces import documents, refusals
from tests.faces.api import door
from tests.shop import Shop


@pytest.fixture
def api(database):
    opened = door.opened(Shop())
    yield opened
    opened.close()


PATHS = sorted(documents.load())


@pytest.mark.parametrize("path", PATHS)
def test_every_document_is_served_without_a_key(api, path):
    answer = api.get(path, key="")
    assert answer.status == 200
    assert int(answer.headers["content-length"]) == len(answer.body) > 0
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    again = api.get(path, key="", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert api.send("HEAD", path, key="").body == b""
    assert api.post(path, {}).status in (404, 405)


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith("/docs")])
def test_pages_load_only_what_is_here_and_carry_nothing_inline(api, path):
    page = api.get(path).body.decode()
    for address in re.findall(r'(?:src|href)="([^"#]+)"', page):
        assert address in PATHS, address
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert all(re.search(r'src="', tag) for tag in re.findall(r"<script[^>]*>", page))
    assert '<html lang="' in page
    assert 'name="viewport"' in page


@pytest.mark.parametrize("language", refusals.LANGUAGES)
def test_every_refusal_has_its_place(language):
    page = documents.errors_page(language)
    for code in errors.declared():
        assert f'id="{code}"' in page


def test_a_problem_points_to_its_explanation(api):
    answer = api.get("/v1/nothing")
    address, _, place = answer.json["type"].partition("#")
    assert f'id="{place}"'.encode() in api.get(address).body

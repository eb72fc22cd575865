"""Every limit says what it limits, and the page that prints them is up to date."""

import pytest

from tests import limits


def test_the_page_is_what_the_file_says():
    page = limits.render(limits.SOURCE.read_text("utf-8"))
    assert page == limits.PAGE.read_text("utf-8"), "print it again: python -m tests.limits --write"


def test_a_limit_becomes_a_row():
    source = "from typing import Final\n\n# ── Bodies\nBODY_BYTES_MAX: Final = 8 * 1024 * 1024  # the body\n"
    assert "## Bodies\n\n| limit | value | of what |" in limits.render(source)
    assert limits.render(source).endswith("| `BODY_BYTES_MAX` | 8 MiB | the body |\n")


def test_a_limit_that_says_nothing_is_seen():
    with pytest.raises(ValueError, match="LINES_MAX in line 2"):
        limits.render("from typing import Final\nLINES_MAX: Final = 1_000\n")

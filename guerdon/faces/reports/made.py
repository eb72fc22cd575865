"""A report as a file: a page that needs nothing else, or a paper that can be read aloud; the same content for both."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from django.template import Context, Engine

from guerdon.core import errors, limits
from guerdon.faces.reports.content import Content

PAPER_NOT_INSTALLED = errors.declare("clash", "paper_not_installed")
_HERE: Final = Path(__file__).parent


def page(content: Content) -> bytes:
    """HTML in one file."""
    whole: str = _engine().get_template("page.html").render(Context({"content": content}))
    return whole.encode()


def paper(content: Content) -> bytes:
    """PDF/UA: tagged, with its title and language. Raises `paper_not_installed` without the extra `insight`."""
    return _set(msgspec.json.encode(content).decode())


@lru_cache(limits.REPORTS_KEPT_MAX)  # each takes some tenths of a second to make
def _set(content: str) -> bytes:
    try:
        import typst
    except ImportError:
        raise PAPER_NOT_INSTALLED() from None
    made: bytes = typst.compile(
        str(_HERE / "paper.typ"), ignore_system_fonts=True, sys_inputs={"content": content}, pdf_standards=["ua-1"]
    )
    return made


@lru_cache(1)
def _engine() -> Engine:
    return Engine(dirs=[str(_HERE)])

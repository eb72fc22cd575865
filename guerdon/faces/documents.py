"""What is served as it lies there: the API's description, its documentation pages and their assets."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from guerdon.core import errors
from guerdon.faces import refusals, tags, web
from guerdon.faces.api import openapi
from guerdon.faces.design import assets

# Nothing but our own files may run or be loaded; no inline script or style; nobody may frame the page.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MEDIA: Final = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}  # fmt: skip
_ASSETS: Final = (
    "docs.css", "docs.js", "vendor/swagger-ui/swagger-ui-bundle.js", "vendor/swagger-ui/swagger-ui.css",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with their headers; a caller who has them already is told so."""

    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    etag: bytes

    def answer(self, headers: Mapping[bytes, bytes]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Status, headers and body for a caller with these request headers."""
        if tags.known(headers.get(b"if-none-match"), self.etag):
            return 304, [*self.headers], b""
        return 200, [*self.headers], self.body


def load() -> dict[str, Document]:
    """Every document by its path."""
    found = {f"/static/{name}": _document((assets.ROOT / name).read_bytes(), Path(name).suffix) for name in _ASSETS}
    found |= {f"/static/{name}": _document(body, ".js") for name, body in assets.of_sign_in().items()}
    found |= {address: _kept(body, Path(address).suffix) for address, body in assets.every().items()}
    found["/favicon.ico"] = _document(
        (assets.ROOT / "icon.svg").read_bytes(), ".svg"
    )  # asked for without a page of ours
    found["/docs"] = _document((assets.ROOT / "docs.html").read_bytes(), ".html")
    found["/docs/errors"] = _document(errors_page("en").encode(), ".html")
    for language in refusals.LANGUAGES:
        found[f"/docs/errors/{language}"] = _document(errors_page(language).encode(), ".html")
    found["/v1/openapi.json"] = _made(openapi.write().encode(), "application/json")
    return found


def errors_page(language: str) -> str:
    """Every refusal with its status, cause and cure, to which the `type` of a problem points."""
    sections = [
        f'<section id="{code}"><h2>{escape(title)}</h2>'
        f"<p><code>{code}</code> · HTTP {web.status(kind)}</p>"
        f"<p>{escape(cause)}</p><p>{escape(cure)}</p></section>"
        for code, kind in sorted(errors.declared().items())
        for title, cause, cure in (refusals.template(code, language),)
    ]
    heading, about = _HEADINGS[language]
    links = " ".join(
        f'<a href="/docs/errors/{other}" hreflang="{other}" lang="{other}">{name}</a>' for other, name in _NAMES.items()
    )
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n"
        '<link rel="stylesheet" href="/static/docs.css">\n</head>\n<body>\n<main class="plain">\n'
        f'<h1>{heading}</h1>\n<nav>{links} <a href="/docs">API</a></nav>\n<p>{about}</p>\n'
        + "\n".join(sections)
        + "\n</main>\n</body>\n</html>\n"
    )


_NAMES: Final = {"en": "English", "bg": "Български", "tr": "Türkçe"}
_HEADINGS: Final = {
    "en": ("Refusals", "What the API may refuse, why, and what to do. Words in braces are facts of the very case."),
    "bg": ("Откази", "Какво може да откаже API, защо и какво да направите. В скоби стоят фактите от самия случай."),
    "tr": ("Retler", "API’nin neyi, neden reddedebileceği ve ne yapılacağı. Ayraç içindekiler olayın bilgileridir."),
}


def _document(body: bytes, suffix: str) -> Document:
    return _made(body, _MEDIA[suffix])


def _kept(body: bytes, suffix: str) -> Document:
    """A file whose address has its hash in it is never another one."""
    return _made(body, _MEDIA[suffix], cached=b"public, max-age=31536000, immutable")


# What is kept is asked about each time, unless said otherwise: a new version shows at once.
def _made(body: bytes, media: str, *, cached: bytes = b"no-cache") -> Document:
    etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:16].encode()
    headers = (
        (b"content-type", media.encode()),
        (b"etag", etag),
        (b"cache-control", cached),
        (b"content-security-policy", POLICY.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    )
    return Document(body, headers, etag)

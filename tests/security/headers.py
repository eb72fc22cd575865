"""What every answer must tell browsers."""

from collections.abc import Mapping
from typing import Final

# Types whose letters are always those of JSON, or that have none.
BARE: Final = ("application/", "image/png", "image/jpeg", "image/webp", "font/")


def check(told: Mapping[str, str], cell: object, *, page: bool = False, https: bool = False) -> None:
    """The headers of an answer: no guessing of types, no frames, nothing inline, no address told to others."""
    found = {name.lower(): value for name, value in told.items()}
    assert found.get("x-content-type-options") == "nosniff", cell
    policy = found.get("content-security-policy", "")
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, (cell, policy)
    assert "object-src 'none'" in policy and "base-uri 'none'" in policy, (cell, policy)
    assert "unsafe" not in policy and "*" not in policy, (cell, policy)
    assert found.get("referrer-policy") in ("no-referrer", "same-origin"), cell
    assert not page or found.get("referrer-policy") == "same-origin" or "/letters/" in str(cell), cell
    if https:
        assert int(found["strict-transport-security"].partition("=")[2].split(";")[0]) >= 31_536_000, cell
        assert "includeSubDomains" in found["strict-transport-security"], cell
    kind = found.get("content-type", "")
    assert not kind or kind.startswith(BARE) or "charset=utf-8" in kind, (cell, kind)
    assert "access-control-allow-origin" not in found, cell

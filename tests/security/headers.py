"""What every answer must tell browsers."""

from collections.abc import Mapping


def check(told: Mapping[str, str], cell: object, *, page: bool = False, https: bool = False) -> None:
    """The headers of an answer: no guessing of types, no frames, nothing inline, no address told to others."""
    found = {name.lower(): value for name, value in told.items()}
    assert found.get("x-content-type-options") == "nosniff", cell
    policy = found.get("content-security-policy", "")
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, (cell, policy)
    assert "unsafe" not in policy and "*" not in policy, (cell, policy)
    assert found.get("referrer-policy") in ("no-referrer", "same-origin"), cell
    assert not page or found.get("referrer-policy") == "same-origin" or "/letters/" in str(cell), cell
    if https:
        assert int(found["strict-transport-security"].partition("=")[2].split(";")[0]) >= 31_536_000, cell

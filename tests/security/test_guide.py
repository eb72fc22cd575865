"""The guide of what guards an installation says what the program does, and leaves nothing out."""

import ast
import re

import pytest

from guerdon.core import limits
from guerdon.faces.signin import guessable
from guerdon.features.users import queries as users
from guerdon.features.users.models import User
from tests.house import source

GUIDE = (source.ROOT / "docs/guides/operator/security.md").read_text("utf-8")
SECURITY = (source.ROOT / "SECURITY.md").read_text("utf-8")
REFERENCE = (source.ROOT / "docs/reference/cli.md").read_text("utf-8")
# Files that let somebody in, and how the guide calls what they do.
LETS_IN = {"guerdon/faces/signin/entry.py": ("/enter/", "/invited/"), "guerdon/faces/start/pages.py": ("/start/open/",)}


def test_the_guide_says_what_holds():
    told = re.findall(r"^\| `([A-Z_]+)` \| ([\d,]+) \|", GUIDE, re.MULTILINE)
    assert {name for name, _ in told} >= {"SESSION_DAYS", "SESSION_IDLE_DAYS", "STAFF_HOURS", "SIGN_INS_OF_USER_MAX"}
    assert {name: int(value.replace(",", "")) for name, value in told} == {
        name: getattr(limits, name) for name, _ in told
    }
    assert f"up to {limits.PASSWORD_CHARS_MAX}" in GUIDE and "as many sessions as they like" in GUIDE


def test_the_guide_names_every_way_in():
    found = {
        source.name(path)
        for path in source.list_modules()
        for node in ast.walk(source.parse(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.contrib.auth"
        and "login" in [alias.name for alias in node.names]
    }  # fmt: skip
    assert found == set(LETS_IN)
    for address in ("/sign-in/", "/sign-in/password", *[one for many in LETS_IN.values() for one in many]):
        assert f"`{address}" in GUIDE, address
    assert "a passkey" in GUIDE and "API key" in GUIDE


def test_the_guide_lists_the_words_of_the_house():
    for word in guessable.HOUSE:
        assert re.search(rf"\b{word}[,.\n]", GUIDE), word


def test_the_guide_sorts_what_is_kept():
    architecture = (source.ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for sort in ("secret", "personal", "confidential", "public"):
        assert f"| {sort} |" in GUIDE
    for table in ("members_vault", "kit_audit"):
        assert f"`{table}`" in GUIDE and f"`{table}`" in architecture


def test_the_guide_says_which_files_are_taken():
    for name in ("PICTURE_BYTES_MAX", "CLAIM_PHOTO_BYTES_MAX"):
        assert f"`{name}`" in GUIDE and hasattr(limits, name)
    assert "PNG, JPEG or WebP" in GUIDE and "no scanner for malware" in GUIDE


NAMED = {"_PURPOSE": "digests", "queries.SECOND_FACTOR": users.SECOND_FACTOR}


def purposes():
    """For what the secret of the installation is used, as the calls say it; what follows a colon is left out."""
    for path in source.list_modules():
        for node in ast.walk(source.parse(path)):
            if isinstance(node, ast.Call) and node.args:
                called = source.spell(node.func).rpartition(".")
                verbs = ("cover", "digest", "derived", "numbers", "signed")
                if called[0] in ("secrets", "kept", "digests", "keyed") and called[2] in verbs:
                    first = node.args[0]
                    told = first.values[0] if isinstance(first, ast.JoinedStr) else first
                    if isinstance(told, ast.Constant):
                        yield str(told.value)
                    elif isinstance(told, ast.Name | ast.Attribute):
                        yield NAMED[source.spell(told)]


def test_the_guide_lists_every_use_of_the_secret():
    found = set(purposes())
    assert {"sessions", "second factor", "attempts:", "cursor", "digests"} <= found
    assert not [one for one in found if f"`{one}" not in GUIDE]


def test_the_guide_names_every_connection():
    for variable in (
        "GUERDON_DATABASE_URL",
        "GUERDON_SMTP_URL",
        "GUERDON_METRICS_TOKEN",
        "GUERDON_OTEL",
        "GUERDON_PROXIES",
    ):
        assert f"`{variable}`" in GUIDE and f"`{variable}`" in REFERENCE, variable
    assert "outward.md" in GUIDE


def test_the_guide_tells_what_is_logged():
    assert "standard error only" in GUIDE and "(UTC)" in GUIDE and "`kit_audit`" in GUIDE
    for variable in ("GUERDON_LOG_REQUESTS", "GUERDON_EVENTS"):
        assert variable in GUIDE and f"`{variable}`" in REFERENCE


def test_security_says_how_soon_libraries_are_mended():
    assert "within three days where it is critical, fourteen where it is high" in SECURITY
    assert "docs/reference/asvs.md" in SECURITY


def test_a_new_installation_has_no_accounts(pristine_database):
    assert not User.objects.exists()


def test_no_password_runs_out():
    names = {field.name for field in User._meta.get_fields()}
    assert "password" in names and not [one for one in names if re.search("expire|valid|rotat|changed", one)]


@pytest.mark.parametrize("path", ["deploy/env.example", "deploy/systemd/environment.example", "deploy/compose.yml"])
def test_no_password_stands_in_what_we_ship(path):
    text = (source.ROOT / path).read_text("utf-8")
    told = re.findall(r"(?m)^\W*\w*(?:PASSWORD|SECRET|TOKEN)\s*[=:][ \t]*(\S*)", text)
    told += re.findall(r"://[^:/\s]+:([^@\n]+)@", text)
    assert told and not [one for one in told if one not in ("", "PASSWORD") and not one.startswith("${")]

"""The repository names no package registry and no folder of the machine it was written on."""

import re

import pytest

from tests.house import source

# Put together here from pieces, so that this file does not find itself.
HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "registry.npm" + "js",
    "npm" + "js.com",
    "index.crates" + ".io",
)
LEAKS = re.compile(
    "|".join(
        [
            *(re.escape(host) for host in HOSTS),
            r"--(extra-)?index" + r"-url\b",
            r"--find" + r"-links\b",
            r"https?://[^\s\"']*/simple/?(?=[\s\"']|$)",
            r"(?<![\w.~$})])/(root|home|work|farm|Users|tmp|opt)/[\w.]",
        ]
    ),
    re.MULTILINE,
)


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + HOSTS[0],
        "x = '/" + "root/x'",
        "/" + "tmp/x.log",
        "pip --index" + "-url=u",
        "https://a" + "/simple/",
    ],
)
def test_leaks_are_seen(text):
    assert LEAKS.search(text)


@pytest.mark.parametrize("text", ["--no-emit-index" + "-url", "a/work/b", "var/tmp/x", "https://example.com/home/x"])
def test_innocent_text_is_fine(text):
    assert not LEAKS.search(text)


def test_no_file_leaks():
    found = []
    for path in source.list_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue  # a picture or an archive
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            match = LEAKS.search(line)
            if match:
                found.append(f"{source.name(path)}:{number}: {match.group()}")
    assert not found

"""What the sources do not do, so that whole kinds of attacks find nothing: no shell, no eval, no XML."""

import ast
import functools
import re

import pytest

from tests.house import source

DANGEROUS = frozenset({
    "pickle", "marshal", "shelve", "dill", "xml", "lxml", "defusedxml", "ldap", "ldap3", "memcache", "pymemcache",
    "jinja2", "jwt", "authlib", "oauthlib", "saml2", "telnetlib", "ftplib", "ctypes", "cffi",
})  # fmt: skip
CALLS = frozenset(
    {"eval", "exec", "compile", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "yaml.full_load"}
)
# Torture makes disks and networks break: it is started by the operator, and never serves.
TORTURE = "guerdon/faces/cli/torture/"
CHANCE_WITHOUT_SECRETS = {"guerdon/kit/store.py": "how long somebody waits who met another one"}
SUBPROCESSES = {"guerdon/faces/imports/parquet.py"}  # reads columns in a process of its own, without a shell
OUR_OWN_DRAWINGS = {
    "guerdon/faces/design/templatetags/pen.py", "guerdon/faces/portal/redemptions.py", "guerdon/faces/portal/card.py",
    "guerdon/faces/reports/content.py",
}  # fmt: skip
SCRIPTS = sorted((source.PRODUCT / "faces/design/static").glob("*.js"))
TEMPLATES = sorted(path for path in source.PRODUCT.rglob("*.html") if "vendor" not in path.parts)
WRITES_HTML = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|document\.write|\beval\(|new Function|setTimeout\(\s*[\"'`]"
    r"|postMessage|new WebSocket|RTCPeerConnection|jsonp", re.IGNORECASE,
)  # fmt: skip
LOOSE = re.compile(r"[^=!<>]==[^=]|!=[^=]")


@functools.cache
def nodes():
    """The nodes that are looked at, read once."""
    kinds = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute)
    return [(file, node) for file, node in source.walk() if isinstance(node, kinds)]


def imported():
    """Every module that a file brings in, by the file."""
    for file, node in nodes():
        if isinstance(node, ast.Import):
            yield from ((file, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield file, node.module or ""


def calls():
    for file, node in nodes():
        if isinstance(node, ast.Call):
            yield file, source.spell(node.func), node


def test_what_is_dangerous_is_not_there():
    assert not [
        (file, name)
        for file, name in imported()
        if name.partition(".")[0] in DANGEROUS and not file.startswith(TORTURE)
    ]
    assert not [(file, name) for file, name, node in calls() if name in CALLS and not _is_empty(node)]
    assert "yaml" in {name for _, name in imported()}, "the files that are looked at are there"


def _is_empty(node):
    """Whether a text is run that stands there and says nothing, as the command does at its end."""
    return [one.value for one in node.args if isinstance(one, ast.Constant)] == [""]


def test_no_shell_is_asked():
    assert not [file for file, _, node in calls() for word in node.keywords if word.arg == "shell"]
    assert {file for file, name in imported() if name == "subprocess" and not file.startswith(TORTURE)} == SUBPROCESSES


def test_patterns_are_constants():
    """A pattern that is put together escapes what it is put together of."""
    functions = {f"re.{name}" for name in ("compile", "match", "search", "sub", "fullmatch", "findall", "split")}
    for file, name, node in calls():
        if name in functions and node.args and isinstance(node.args[0], ast.JoinedStr):
            told = [part.value for part in node.args[0].values if isinstance(part, ast.FormattedValue)]
            assert all(_fixed(one) for one in told), (file, node.lineno)


def _fixed(node: ast.expr) -> bool:
    """A name in capitals, or an escaped text."""
    name = source.spell(node)
    if isinstance(node, ast.Call):
        return source.spell(node.func) in ("re.escape", '"|".join') or _joined(node)
    return bool(name) and name.rpartition(".")[2].isupper()


def _joined(node: ast.Call) -> bool:
    """Fixed words, one or the other."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "join" and len(node.args) == 1


def test_chance_that_matters_is_the_systems():
    found = {file for file, name in imported() if name == "random" and not file.startswith(TORTURE)}
    assert found == set(CHANCE_WITHOUT_SECRETS)
    assert {"guerdon/kit/codes.py", "guerdon/features/keys/actions.py", "guerdon/kit/secrets.py"} <= {
        file for file, name in imported() if name == "secrets"
    }


def test_hashes_are_sha_256():
    used = {name for _, node in nodes() if (name := source.spell(node)).startswith("hashlib.")}
    assert {name.partition(".")[2] for name in used if ".sha256." not in name} <= {"sha256", "file_digest"}
    assert "hashlib.sha256" in used
    assert not [
        file
        for file, name, node in calls()
        if name in ("hmac.new", "hmac.digest") and "hashlib.sha256" not in ast.unparse(node)
    ]


def test_cryptography_is_that_of_libraries():
    used = {
        (file, name) for file, name in imported() if name.partition(".")[0] in ("cryptography", "Crypto", "nacl", "ssl")
    }
    assert ("guerdon/kit/secrets.py", "cryptography.fernet") in used
    assert {name for _, name in used} <= {"cryptography.fernet", "ssl"}
    assert not [
        file for file, name, _ in calls() if name in ("ssl._create_unverified_context", "ssl._create_stdlib_context")
    ]
    assert not [file for file, node in nodes() if source.spell(node) == "ssl.CERT_NONE"]


def test_nothing_is_compiled_of_our_own():
    assert not [
        path
        for path in source.list_files()
        if path.suffix in (".c", ".cpp", ".pyx", ".rs", ".so") and not source.name(path).startswith(TORTURE)
    ]


def test_no_path_is_made_of_a_request():
    """Faces of the web open no file; those that lie beside the program are read by modules of their own."""
    web = tuple(
        f"guerdon/faces/{face}/" for face in ("api", "portal", "console", "till", "signin", "start", "hooks", "letters")
    )
    opening = ("open", "Path", "pathlib.Path", "io.open", "os.open", "FileResponse")
    opened = {file for file, name, _ in calls() if file.startswith(web) and name in opening}
    assert opened <= {"guerdon/faces/api/openapi.py"}, "it writes the description of the API, at the command line"


def test_templates_escape_by_themselves():
    assert len(TEMPLATES) > 50
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape off|\|safeseq", path.read_text("utf-8")), path
    assert {
        file for file, name, _ in calls() if name.rpartition(".")[2] in ("mark_safe", "SafeString")
    } == OUR_OWN_DRAWINGS


def test_templates_are_files():
    made = ("django.template.Template", "Template", "engines.from_string", "Engine.from_string")
    named = {file for file, name in imported() if name in ("django.template", "django.template.engine")}
    assert not [file for file, name, _ in calls() if name in made and file in named]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_write_no_html_and_run_no_text(path):
    assert not WRITES_HTML.search(_code(path)), path


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_compare_strictly(path):
    assert not LOOSE.search(_code(path))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_strict(path):
    assert '"use strict";' in path.read_text("utf-8")


def test_what_is_looked_for_is_found():
    assert WRITES_HTML.search("box.innerHTML = told") and WRITES_HTML.search("window.postMessage(x)")
    assert (
        LOOSE.search("a == b") and LOOSE.search("a != b") and not LOOSE.search("a === b && c !== d && e >= f => g <= h")
    )
    assert not _fixed(ast.parse("typed", mode="eval").body) and _fixed(ast.parse("re.escape(typed)", mode="eval").body)


def _code(path):
    """A script without its remarks."""
    return re.sub(r"(?m)(^|\s)//.*$", "", path.read_text("utf-8"))

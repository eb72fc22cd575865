"""What every test may ask for: Django set up, a migrated database, a pristine one, repeatable Hypothesis."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import databases
from tests.samples import Samples

# Timing never decides: a loaded machine must not fail a test, so no deadline and no complaint about slowness.
hypothesis.settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    derandomize=True,  # the same examples on every machine; `full` is the one that goes looking
    print_blob=True,
    # Without `explain`, which traces every line of every example to comment on a failure that hardly ever comes.
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.reuse, hypothesis.Phase.generate, hypothesis.Phase.shrink),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "full",
    hypothesis.settings.get_profile("quick"),
    max_examples=2_000,
    stateful_step_count=100,
    derandomize=bool(os.environ.get("CI")),
)

FOLDER = pytest.StashKey[str]()
SCRATCH = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the scratch database before Django reads its settings; nothing is created until a test asks."""
    hypothesis.settings.load_profile(os.environ.get("GUERDON_HYPOTHESIS", "quick"))
    config.stash[FOLDER] = folder = tempfile.mkdtemp(prefix="guerdon-tests-")
    server = os.environ.get(databases.VARIABLE) or f"sqlite:///{Path(folder) / 'server'}"
    config.stash[SCRATCH] = databases.name_new(server)
    os.environ[databases.VARIABLE] = config.stash[SCRATCH]
    os.environ["GUERDON_HOME"] = folder
    os.environ["COLUMNS"] = "200"  # no line of output is wrapped, whatever terminal the tests are started from
    os.environ["DJANGO_SETTINGS_MODULE"] = "guerdon.site.settings"

    import django

    django.setup()
    from guerdon.kit import secrets

    secrets.provide(Path(folder))


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a run may be told."""
    parser.addoption("--one-language", action="store_true", help="leave out what is the same test in other words")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is still at it when the others have nothing left to do."""
    items.sort(key=lambda item: "tests/torture/" not in item.nodeid)
    if config.getoption("one_language"):
        out = [item for item in items if _language(item) not in (None, "en")]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if _language(item) in (None, "en")]


def _language(item: pytest.Item) -> object:
    """In which language the test is, if it is there in several."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("language") if callspec is not None else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def template_database(pytestconfig: pytest.Config) -> Iterator[str]:
    """A migrated database nobody writes to; the others are copies of it."""
    from django.core import management

    from guerdon.faces.cli import migrate

    template = databases.name_new(pytestconfig.stash[SCRATCH])
    databases.create(template)
    with databases.selected(template):
        management.call_command("migrate", verbosity=0, interactive=False)
        migrate.provide_key()
    yield template
    databases.drop(template)


@pytest.fixture(scope="session")
def scratch_database(pytestconfig: pytest.Config, template_database: str) -> Iterator[str]:
    """The one database most tests share."""
    scratch = pytestconfig.stash[SCRATCH]
    databases.copy(template_database, to=scratch)
    yield scratch
    databases.disconnect()
    databases.drop(scratch)


@pytest.fixture
def database(scratch_database: str) -> Iterator[str]:
    """The shared database's address. It is never emptied: the ledger is append-only, triggers see to that.

    A test makes its own programme instead; everything is scoped by programme, so tests do not see each other.
    """
    yield scratch_database
    from django.db import connections

    left_open = [found.alias for found in connections.all(initialized_only=True) if found.in_atomic_block]
    assert not left_open, f"the test left a transaction open on {left_open}"


@pytest.fixture
def pristine_database(template_database: str) -> Iterator[str]:
    """A fresh migrated database for this test alone, selected for Django and for programs the test starts."""
    own = databases.name_new(template_database)
    databases.copy(template_database, to=own)
    with databases.selected(own):
        yield own
    databases.drop(own)


@pytest.fixture(scope="session")
def samples(template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    """Worlds that are made once."""
    found = Samples(template_database, tmp_path_factory.mktemp("samples"))
    yield found
    found.drop()


@pytest.fixture
def sampled(samples: Samples, tmp_path: Path) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """`sampled(make)` is what `make` answers, on a database and with exports that this test alone changes."""
    with ExitStack() as stack:
        yield lambda make: stack.enter_context(samples.living(make, tmp_path))

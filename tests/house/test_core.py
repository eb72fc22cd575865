"""The law needs nothing: importing all of it loads no framework, no driver and no data library."""

import json
import subprocess
import sys

from tests.house import source

HEAVY = {"django", "psycopg", "polars", "yaml", "structlog", "rich", "typer", "sqlite3", "asyncio"}

PROBE = """
import importlib, json, pkgutil, sys
before = set(sys.modules)  # what this environment's start loads by itself is not the law's doing
import guerdon.core
for found in pkgutil.walk_packages(guerdon.core.__path__, "guerdon.core."):
    importlib.import_module(found.name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_core_loads_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=source.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    assert "guerdon.core.errors" in loaded, "nothing was imported, so nothing is proved"
    assert not [name for name in loaded if name.partition(".")[0] in HEAVY]
    assert not [name for name in loaded if name.startswith("guerdon.") and not name.startswith("guerdon.core")]

"""Fuzz the whole API: `python -m tests.security.fuzz [--examples N] [--seed N] [--role ROLE] [--postgresql]`.

The suite runs a sample of it.
"""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests import databases, postgres


def main() -> int:
    """Fuzz the API by its description, as every role all that it may do; 0 where nothing was wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--examples", type=int, default=20, help="so many of each operation, and so many sequences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--role", action="append", help="only as somebody of this role; may be said again")
    parser.add_argument("--postgresql", action="store_true", help="on a private PostgreSQL instead of SQLite")
    options = parser.parse_args()
    with contextlib.ExitStack() as undo:
        folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="guerdon-fuzz-"))
        _open(folder, undo.enter_context(postgres.running()) if options.postgresql else f"sqlite:///{folder}/server")
        from guerdon.core import rights
        from tests.security import fuzzing, scenes, world

        not_done = scenes.play(world.opened())
        print(f"{len(world.routed()) - len(not_done)} of {len(world.routed())} operations are done well in scenes")
        fuzz = fuzzing.Fuzz()
        for role in options.role or rights.ROLES:
            began, before, may = monotonic(), fuzz.asked.total(), fuzzing.allowed(role)
            fuzzing.run(fuzz, world.opened(), role, examples=options.examples, seed=options.seed, only=may)
            asked = fuzz.asked.total() - before
            print(f"{role}: {len(may)} operations, {asked} requests in {monotonic() - began:.0f} s", flush=True)
        databases.disconnect()
    print(f"seed {options.seed}: {fuzz.asked.total()} requests")
    for (phase, kind), count in sorted(fuzz.asked.items()):
        print(f"  {phase} {kind}: {count}")
    print(dict(sorted(fuzz.answered.items())), dict(fuzz.checked))
    print(f"{len(fuzz.done)} operations answered 2xx")
    for where, what in fuzz.wrong.items():
        print(f"\n{where}: {what}")
    for name in not_done:
        print(f"\n{name} was never answered well")
    return 1 if fuzz.wrong or not_done else 0


def _open(folder: str, server: str) -> None:
    """An empty installation, its files in a folder of its own, its database beside the one that is named."""
    url = databases.name_new(server)
    databases.create(url)
    os.environ |= {
        "GUERDON_HOME": folder, databases.VARIABLE: url, "DJANGO_SETTINGS_MODULE": "guerdon.site.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }  # fmt: skip
    import django
    import structlog
    from django.core import management

    django.setup()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    from guerdon.faces.cli import migrate
    from guerdon.kit import secrets

    secrets.provide(Path(folder))
    management.call_command("migrate", verbosity=0, interactive=False)
    migrate.provide_key()


if __name__ == "__main__":
    sys.exit(main())

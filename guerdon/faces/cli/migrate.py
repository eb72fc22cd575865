"""Creates the database, or brings it up to this version of the program."""

import time
from typing import Any

from guerdon.faces.cli import installation, terminal


def migrate(as_json: terminal.Json = False) -> None:
    """Create the database, or bring it up to this version of the program.

    It is safe to run at any time and as often as you like; nothing that is recorded is changed.

    \b
    Examples:
      guerdon migrate
      GUERDON_DATABASE_URL=postgresql://guerdon@localhost/guerdon guerdon migrate
    """
    installation.enter(create=True)
    began = time.monotonic()
    applied = run()
    if as_json:
        terminal.show_json({"applied": applied})
    elif applied:
        steps, spent = terminal.counted(len(applied), "step"), terminal.duration(time.monotonic() - began)
        terminal.say(f"The database is ready: {steps} in {spent}.")
    else:
        terminal.say("The database is ready; there was nothing to do.")


def run() -> list[str]:
    """Apply what is missing, make the installation's secret where there is none, and answer what was applied."""
    applied = apply()
    _provide_secret()
    provide_key()
    return applied


def apply() -> list[str]:
    """Apply what is missing, and answer its names."""
    from django.core import management
    from django.core.management.commands.migrate import Command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with terminal.progress("Setting up the database (steps)", total=len(plan)) as advance:

            class Counting(Command):
                def migration_progress_callback(self, action: str, *_: Any, **__: Any) -> None:
                    advance(action == "apply_success")

            management.call_command(Counting(), verbosity=0, interactive=False)
        from guerdon.kit import store

        store.current()  # made anew: the migrations may have replaced the connection
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def provide_key() -> None:
    """Make the key of keyed digests where the database has none."""
    from guerdon.features.programmes import queries as programmes
    from guerdon.features.users import queries as users
    from guerdon.kit import digests, store

    at_hand = store.current()
    old = bool(programmes.every(at_hand)) or users.any_there(at_hand)
    digests.provide(at_hand, old=old)


def _provide_secret() -> None:
    """Make the installation's secret where there is none, unless personal data are sealed with the one that was."""
    from django.conf import settings

    from guerdon.faces.cli import faults
    from guerdon.features.members import queries as members
    from guerdon.kit import secrets, store

    if secrets.present():
        return
    if members.any_sealed(store.current()):
        told = "This database holds personal data, and the secret with which they were sealed is not here."
        raise faults.secret_missing(told, sealed=True)
    secrets.provide(settings.HOME)

"""Health: whether this process lives, and whether it may be sent requests."""

from typing import Final

import msgspec

from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.kit import durability


class Alive(msgspec.Struct, frozen=True):
    """The process answers."""

    status: str = "ok"


class Ready(msgspec.Struct, frozen=True):
    """Whether requests are welcome, with the durability settings in force and whatever is wrong."""

    status: str
    database: str
    settings: dict[str, str]
    migrations_applied: bool
    triggers_present: bool
    faults: list[str]


def alive(call: Call) -> Reply:
    """Answers as long as the process does, without looking at the database."""
    return Reply(Alive())


def ready(call: Call) -> Reply:
    """Looks at the database: settings, migrations, triggers; 503 while something is wrong."""
    found = durability.inspect(call.store)
    view = Ready(
        status="unready" if found.faults else "ready",
        database=found.engine,
        settings=found.settings,
        migrations_applied=not found.unapplied,
        triggers_present=not found.missing,
        faults=found.faults,
    )
    return Reply(view, status=503 if found.faults else 200)


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/healthz", "public", alive, "Is the process alive?", Alive, hot=True, tag="Health",
    ),
    Endpoint(
        "GET", "/readyz", "public", ready, "Is the server ready?", Ready, tag="Health",
        about="With the durability settings that are really in force.",
    ),
)  # fmt: skip

"""One day at Café Aurora: examples of health."""

from typing import Final

from guerdon.faces.api.examples.cast import Example

# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "health.alive": Example({"status": "ok"}),
    "health.ready": Example(
        {
            "status": "ready",
            "database": "postgresql",
            "settings": {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"},
            "migrations_applied": True,
            "triggers_present": True,
            "faults": [],
        }
    ),
}  # fmt: skip

"""The words for the fields of health."""

from typing import Final

from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Alive": {"status": "ok."},
    "Ready": {
        "status": "ready or unready.",
        "database": "sqlite or postgresql.",
        "settings": "The durability settings in force.",
        "migrations_applied": "Whether the tables are those of this program.",
        "triggers_present": "Whether the ledger is append-only by trigger.",
        "faults": "What is wrong, in sentences.",
    },
}

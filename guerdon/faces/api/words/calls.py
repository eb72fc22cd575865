"""The words for what many endpoints take alike: pages of lists, and trials."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Page": {"limit": phrases.LIMIT, "cursor": phrases.CURSOR},
    "Trial": {"dry_run": "Decide and answer, but keep nothing."},
    "HandedOver": {
        "dry_run": "Decide and answer, but keep nothing.",
        "source": "The source of the till where it was handed over, as `till:STORE:NUMBER`, with `external_id`.",
        "external_id": "How that till names it, with `source`; names that begin with the day are counted in it. "
        "None of another cashier is taken.",
    },
}

"""The words for what many endpoints take alike: pages of lists, and trials."""

from typing import Final

from guerdon.faces.api.words import phrases
from guerdon.faces.api.words.phrases import Fields

FIELDS: Final[Fields] = {
    "Page": {"limit": phrases.LIMIT, "cursor": phrases.CURSOR},
    "Trial": {"dry_run": "Decide and answer, but keep nothing."},
}

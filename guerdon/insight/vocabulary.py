"""The words of tills and shops that rules can ask for: categories, products, stores … as purchases have told them."""

from collections import Counter
from typing import Final

import msgspec

from guerdon.core import limits
from guerdon.kit.store import Statement, Store, allow_fanout

# Of the last numbers of the journal, whoever's they are: so that this costs the same however long the journal is.
_RECENT = allow_fanout(
    "the words that tills tell, for who writes a rule",
    Statement(
        "SELECT facts FROM activities_activity WHERE programme_id = :programme"
        " AND seq > (SELECT coalesce(max(seq), 0) FROM activities_activity) - :numbers ORDER BY seq DESC LIMIT :most"
    ),
)
ASKED: Final = ("category", "product", "brand", "tag", "store", "channel", "partner", "tender")


class _Line(msgspec.Struct, frozen=True):
    product: str | None = None
    category: str | None = None
    brand: str | None = None
    tags: tuple[str, ...] = ()


class _Tender(msgspec.Struct, frozen=True):
    kind: str


class _Told(msgspec.Struct, frozen=True):
    store: str | None = None
    channel: str | None = None
    partner: str | None = None
    lines: tuple[_Line, ...] = ()
    tenders: tuple[_Tender, ...] = ()


_told = msgspec.json.Decoder(_Told).decode


def heard(store: Store, programme_id: str) -> dict[str, tuple[str, ...]]:
    """By what they name the words that were told lately, those told most often first."""
    counts: dict[str, Counter[str]] = {what: Counter() for what in ASKED}
    rows = store.fetch(_RECENT, programme=programme_id, numbers=limits.VOCABULARY_NUMBERS, most=limits.VOCABULARY_FACTS)
    for (facts,) in rows:
        one = _told(facts)
        words = [("store", one.store), ("channel", one.channel), ("partner", one.partner)]
        words += [("tender", each.kind) for each in one.tenders]
        for line in one.lines:
            words += [("category", line.category), ("product", line.product), ("brand", line.brand)]
            words += [("tag", tag) for tag in line.tags]
        for what, word in words:
            if word:
                counts[what][word] += 1
    most = limits.VOCABULARY_WORDS
    return {what: tuple([word for word, _ in found.most_common(most)]) for what, found in counts.items()}

"""The names that people read instead of the words of other systems."""

from typing import Final

from guerdon.core import limits
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES
from guerdon.core.grammar.structures import Keyed
from guerdon.core.grammar.words import LABEL
from guerdon.core.naming import Called


def _of(words: str) -> Keyed[dict[str, str]]:
    return Keyed(LABEL, NAMES, limits.NAMED_WORDS_MAX, of=words)


CALLED: Final = Record(
    Called,
    Field("products", _of("products"), "Products, by the words that purchases tell."),
    Field("categories", _of("categories"), "Categories of goods."),
    Field("brands", _of("brands"), "Brands of goods."),
    Field("tags", _of("tags"), "Labels of goods."),
    Field("stores", _of("stores"), "Stores."),
    Field("segments", _of("segments"), "Segments of members, also those that are saved."),
    Field("channels", _of("channels"), "Channels of purchases."),
    Field("partners", _of("partners"), "Partners at whom members buy."),
    Field("attributes", _of("attributes"), "Attributes of members, and facts of activities."),
    Field("values", _of("values"), "Values of these, by attribute or fact and value with a point between."),
    form="a mapping of categories, products, stores and the like",
)

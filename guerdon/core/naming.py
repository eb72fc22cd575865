"""How people call what rules name by the words of other systems: categories, products, stores, segments."""

from typing import Final

import msgspec

Named = dict[str, dict[str, str]]  # by the word, its name in each language


class Called(msgspec.Struct, frozen=True):
    """Names for words; a word without one is said as it is."""

    products: Named = {}
    categories: Named = {}
    brands: Named = {}
    tags: Named = {}
    stores: Named = {}
    segments: Named = {}
    channels: Named = {}
    partners: Named = {}
    attributes: Named = {}
    values: Named = {}  # by the attribute and its value: `diet.vegan`

    def of(self, what: str, word: str) -> dict[str, str] | None:
        """The names of a word of a product, a category, …; None where it has none."""
        folder: Named = getattr(self, _FOLDERS[what]) if what in _FOLDERS else {}
        return folder.get(word)

    def all(self, what: str) -> tuple[str, ...]:
        """The words of products, of categories, … that have names."""
        return tuple(getattr(self, _FOLDERS[what])) if what in _FOLDERS else ()


_FOLDERS: Final = {
    "product": "products", "category": "categories", "brand": "brands", "tag": "tags", "store": "stores",
    "segment": "segments", "channel": "channels", "partner": "partners",
    "attribute": "attributes", "fact": "attributes", "value": "values",
}  # fmt: skip
NOTHING: Final = Called()

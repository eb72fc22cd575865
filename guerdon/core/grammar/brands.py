"""The grammar of brands: colours, a shape, a picture by its hash, a name in an address."""

from typing import Final

from guerdon.core import brands, documents
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.shapes import At, Key, Shape, Word, Wrong


class Colour(Shape[str]):
    """A colour as six hexadecimal digits; the number sign may be left out, as YAML takes it for a comment."""

    form = "a colour, like “#0b6e4f” in quotes"

    def read(self, found: Document, at: At) -> str | Wrong:
        if isinstance(found, int) and not isinstance(found, bool):
            found = str(found)
        if found is None:
            return at.mistyped(found, self.form, "put it in quotes: after a blank, “#” begins a comment")
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        colour = "#" + found.removeprefix("#").lower()
        if brands.COLOUR.match(colour) is None:
            told = f"“{documents.shortened(found)}” is not {self.form}."
            return at.wrong("not_a_colour", told, "write six hexadecimal digits")
        return colour

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": ["string", "integer"], "pattern": "^#?[0-9A-Fa-f]{6}$"}


class Hash(Shape[str]):
    """The SHA-256 of a picture, in hexadecimal."""

    form = "the SHA-256 of a picture, 64 hexadecimal digits"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if brands.HASH.match(found) is None:
            told = f"“{documents.shortened(found)}” is not {self.form}."
            return at.wrong("not_a_hash", told, "take the hash that the upload answered")
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


BRAND: Final = Record(
    brands.Brand,
    Field("colour", Colour(), "The colour of buttons and links, as six hexadecimal digits in quotes."),
    Field("accent", Colour(), "The colour of what stands out beside it."),
    Field("shape", Word(*brands.SHAPES), "How round corners are."),
    Field("logo", Hash(), "The SHA-256 of the picture that stands at the top of pages."),
    Field("portal", Key(), "The name of the members' pages in their address."),
    form='a mapping like {colour: "#0b6e4f", shape: soft}',
)

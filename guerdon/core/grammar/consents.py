"""The grammar of consents: what members are asked for, in which words, and who else gets the data."""

from typing import Final
from urllib.parse import urlsplit

from guerdon.core import limits
from guerdon.core.consents import Purpose, Recipient
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.records import Field, Record
from guerdon.core.grammar.rules import NAMES, Names
from guerdon.core.grammar.shapes import At, Flag, Key, Shape, Text, Whole, Wrong
from guerdon.core.grammar.structures import Keyed, Listing


class Link(Shape[str]):
    """The address of a page that anybody can read."""

    form = "an address like https://example.org/privacy"

    def __init__(self) -> None:
        self.text = Text(limits.LINK_CHARS_MAX)

    def read(self, found: Document, at: At) -> str | Wrong:
        text = self.text.read(found, at)
        if isinstance(text, Wrong):
            return text
        if not _is_page(text):
            return at.wrong("bad_link", "The text is no address of a page.", "write it whole, beginning with https://")
        return text

    def write(self, value: object, at: At) -> Document:
        return self.text.write(value, at)

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^https://[^/]+", "maxLength": limits.LINK_CHARS_MAX}


def _is_page(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text


_RECIPIENT: Final = Record(
    Recipient,
    Field("name", Text(limits.NAME_CHARS_MAX), "Who gets the data."),
    Field("link", Link(), "Where it can be read what they do with them."),
    form="a mapping like {name: Brevo, link: https://www.brevo.com/legal/privacypolicy}",
)


def _ends(value: Purpose, at: At) -> bool:
    """What nobody can be a member without does not end before the membership."""
    if value.required and value.keep_days is not None:
        told = "What nobody can be a member without ends only with the membership."
        at.under("keep_days").wrong("either_or", told, "leave out “keep_days”, or “required”")
        return False
    return True


PURPOSE: Final = Record(
    Purpose,
    Field("name", NAMES, "What members are asked for, in a few words of each language."),
    Field("text", Names(limits.CONSENT_CHARS_MAX), "What they agree to, in each language."),
    Field("version", Whole(1, limits.CONSENT_VERSIONS_MAX), "The number of the wording; one more when it changes."),
    Field("required", Flag(), "Whether nobody can be a member without it; then it ends only with the membership."),
    Field(
        "recipients", Listing(_RECIPIENT, limits.RECIPIENTS_MAX, of="others who get data"),
        "Who else gets data for it.",
    ),
    Field("keep_days", Whole(1, limits.VALIDITY_DAYS_MAX), "For how many days after it was given its data are kept;"
          " then it ends by itself. Left out, as long as somebody is a member."),
    form="a purpose, with “name” and “text”",
    step="key",
    check=_ends,
)  # fmt: skip
CONSENTS: Final = Keyed(Key(), PURPOSE, limits.CONSENTS_MAX, of="consents")

"""What may be said of a member: identifiers in their one written form, attributes, segments, personal data."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import documents, errors, limits
from guerdon.core.activities import IdentifierKind
from guerdon.core.conditions import Scalar

MEMBER_UNKNOWN = errors.declare("unknown", "member_unknown", "kind")
NOBODY_SHOWN = errors.declare("unknown", "nobody_shown")
MEMBER_NOT_ACTIVE = errors.declare("forbidden", "member_not_active", "status")
IDENTIFIER_TAKEN = errors.declare("clash", "identifier_taken", "kind")
IDENTIFIER_INVALID = errors.declare("invalid", "identifier_invalid", "kind", "reason")
MEMBER_INVALID = errors.declare("invalid", "member_invalid", "pointer", "reason")

# It passes: told again later the same is taken, under the same Idempotency-Key, too.
ADDRESS_NEW = errors.declare("invalid", "address_new", "until")
ADDRESS_WAIT_NONE = errors.declare("clash", "address_wait_none")
OWN_ADDRESS_WAIT = errors.declare("forbidden", "own_address_wait")

PRIVATE_KINDS: Final = frozenset({"email", "phone"})  # found by keyed digest, readable only in the vault
_EARLIEST_DAY: Final = timedelta(hours=14)  # by how much the first clocks of the world are ahead of UTC
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,}\Z")
_PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}\Z")
_SPACING: Final = re.compile(r"[\s\-().]")


class Person(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Personal data; stands only in the vault."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    birthday: date | None = None
    language: str | None = None

    def check(self) -> None:
        """Refuse what is too long to be true."""
        for pointer, text in (("/person/name", self.name), ("/person/language", self.language)):
            if text is not None and len(text) > limits.NAME_CHARS_MAX:
                raise MEMBER_INVALID(pointer=pointer, reason="too_long")


def check_birthday(birthday: date | None, *, now: datetime) -> None:
    """Refuse the birthday of who is not born yet, wherever on earth they are, or older than anybody is.

    Raises `member_invalid`.
    """
    if birthday is None:
        return
    today = (now + _EARLIEST_DAY).astimezone(UTC).date()
    if birthday > today:
        raise MEMBER_INVALID(pointer="/person/birthday", reason="day_ahead")
    oldest = (today.year - limits.AGE_YEARS_MAX, today.month, today.day)  # no date: there may be no such 29 February
    if (birthday.year, birthday.month, birthday.day) < oldest:
        raise MEMBER_INVALID(pointer="/person/birthday", reason="birthday_too_old")


def canonical(kind: IdentifierKind, value: str) -> str:
    """The one written form of an identifier, so that two spellings never become two members."""
    text = unicodedata.normalize("NFC", value).strip()
    if not text or len(text) > limits.IDENTIFIER_CHARS_MAX:
        raise IDENTIFIER_INVALID(kind=kind, reason="length")
    if not text.isprintable():
        raise IDENTIFIER_INVALID(kind=kind, reason="unprintable")
    if kind == "email":
        text = text.casefold()
        if not _EMAIL.match(text):
            raise IDENTIFIER_INVALID(kind=kind, reason="not_an_email")
    elif kind == "phone":
        text = _SPACING.sub("", text)
        text = "+" + text[2:] if text.startswith("00") else text
        if not _PHONE.match(text):
            raise IDENTIFIER_INVALID(kind=kind, reason="not_international")
    elif kind == "card":
        text = text.replace(" ", "").upper()
    return text


def check_attributes(attributes: dict[str, Scalar], segments: list[str]) -> None:
    """Refuse more, or longer, than the limits allow."""
    if len(attributes) > limits.ATTRIBUTES_MAX:
        raise MEMBER_INVALID(pointer="/attributes", reason="too_many")
    for name, value in attributes.items():
        if not name or len(name) > limits.KEY_CHARS_MAX:
            raise MEMBER_INVALID(pointer="/attributes", reason="name_length")
        if isinstance(value, str) and len(value) > limits.NAME_CHARS_MAX:
            raise MEMBER_INVALID(pointer=documents.under("/attributes", name), reason="too_long")
        if isinstance(value, int) and abs(value) > limits.NUMBER_MAX:
            raise MEMBER_INVALID(pointer=documents.under("/attributes", name), reason="out_of_range")
    if len(segments) > limits.SEGMENTS_MAX:
        raise MEMBER_INVALID(pointer="/segments", reason="too_many")
    for place, name in enumerate(segments):
        if len(name) > limits.KEY_CHARS_MAX:
            raise MEMBER_INVALID(pointer=f"/segments/{place}", reason="length")

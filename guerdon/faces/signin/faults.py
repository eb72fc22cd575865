"""What is wrong with what somebody typed to sign in, in our words: Django and its libraries know them only by code."""

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError

from guerdon.faces import words
from guerdon.faces.words import signin_faults

_PASSKEY: Final = "credential"  # the field in which a browser answers for a passkey, which nobody types


def said(errors: Iterable[ValidationError], *, field: str = "") -> list[str]:
    """Each fault as a sentence in the language of the page; of a refusal the sentence that it brings with it."""
    return [_sentence(error, field) for error in errors]


def _sentence(error: ValidationError, field: str) -> str:
    known = "passkey" if field == _PASSKEY and error.code in ("required", "invalid", "incorrect_code") else error.code
    if known not in signin_faults.WORDS:
        return " ".join(error.messages)
    return words.say(f"signin_faults.{known}", words.language(), **(error.params or {}))

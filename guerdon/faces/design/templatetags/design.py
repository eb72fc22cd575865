"""What templates may ask of the design system: a word in the reader's language, the address of a file."""

from typing import Final

from django import template
from django.utils import translation

from guerdon.faces import words
from guerdon.faces.design import assets

register: Final = template.Library()


@register.simple_tag
def say(key: str, **facts: object) -> str:
    """The words of a key in the language of the page. Raises KeyError for a key that nobody wrote."""
    return words.say(key, translation.get_language() or "en", **facts)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a file of pages."""
    return assets.address(name)


@register.filter
def dash(share: str) -> str:
    """How a ring shows a share in hundredths: its own length, then the rest of a circle of 100."""
    return f"{max(0, min(100, int(share)))} 100"

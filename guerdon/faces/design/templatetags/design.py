"""What templates may ask of the design system: a word in the reader's language, the address of a file."""

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils import translation

from guerdon.faces import words
from guerdon.faces.design import assets, shapes

register: Final = template.Library()
_MARKS: Final = ("", "second", "third", "fourth")
_TONES: Final = ("brand", "accent", "good", "warn")


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


@register.filter
def spark(numbers: Sequence[float]) -> str:
    """A row of figures as the points of a line."""
    return shapes.sparkline(numbers)


@register.filter
def mark(series: Sequence[shapes.Series], at: int) -> str:
    """The colour of the series at a place; one that is compared has that of its partner, the series before it."""
    place = sum(not one.compared for one in series[: at + 1]) - 1
    return _MARKS[max(0, place) % len(_MARKS)]


@register.filter
def counted(path: str) -> str:
    """A place in a tree as people count: from one, without the names of its lists."""
    return ".".join([str(int(step) + 1) for step in path.split(".") if step.isdecimal()])


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word, for who has no picture."""
    parts = name.split()
    return "".join(part[0] for part in parts[:1] + parts[1:][-1:]).upper()


@register.filter
def tint(name: str) -> str:
    """A colour that stays with a name."""
    return _TONES[sum(name.encode()) % len(_TONES)]


@register.filter
def column(columns: Sequence[shapes.Column], at: int) -> shapes.Column:
    """The column at a place, counted from zero."""
    return columns[at]

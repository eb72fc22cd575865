"""What templates of a programme's pages write values with."""

from datetime import date, datetime
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from guerdon.kit import ids

register: Final = template.Library()


@register.simple_tag
def token() -> SafeString:
    """The hidden field which makes that a form is done once, however often it is sent."""
    return mark_safe(f'<input type="hidden" name="token" value="{ids.new()}">')


@register.simple_tag(takes_context=True)
def points(context: Any, steps: int, unit: str) -> str:
    """Steps of a unit with its name, like 1,240 points."""
    return str(context["pen"].points(steps, unit))


@register.simple_tag(takes_context=True)
def number(context: Any, number: int, unit: str | None = None) -> str:
    """A number, or steps of a unit without its name."""
    return str(context["pen"].number(number, unit))


@register.simple_tag(takes_context=True)
def percent(context: Any, hundredths: int) -> str:
    """A share in hundredths, as the language writes it: 10%, in Turkish %10."""
    return str(context["pen"].tongue.percent(100 * hundredths))


@register.simple_tag(takes_context=True)
def money(context: Any, minor: int, currency: str | None = None) -> str:
    """Minor units of a currency."""
    return str(context["pen"].money(minor, currency))


@register.simple_tag(takes_context=True)
def moment(context: Any, at: datetime) -> str:
    """Day and time as clocks there show them."""
    return str(context["pen"].moment(at))


@register.simple_tag(takes_context=True)
def day(context: Any, at: date) -> str:
    """The day; of an instant, the day that it is there."""
    return str(context["pen"].day(at))


@register.simple_tag(takes_context=True)
def until(context: Any, at: datetime) -> str:
    """The last day on which something counts, or the moment at which it ends within a day."""
    return str(context["pen"].until(at))

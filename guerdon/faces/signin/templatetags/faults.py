"""What templates of sign-in ask: what is wrong with a form, in our words."""

from django import template
from django.forms import BoundField
from django.forms.utils import ErrorList

from guerdon.faces.signin import faults as told

register = template.Library()


@register.simple_tag
def faults(of: BoundField | ErrorList) -> list[str]:
    """What is wrong with a field, or with a whole form, in the language of the page; nothing where all is well."""
    if isinstance(of, BoundField):
        return told.said(of.errors.as_data(), field=of.name)
    return told.said(of.as_data())

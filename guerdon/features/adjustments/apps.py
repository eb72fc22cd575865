"""The Django app of this noun."""

from django.apps import AppConfig


class Adjustments(AppConfig):
    name = "guerdon.features.adjustments"
    label = "adjustments"

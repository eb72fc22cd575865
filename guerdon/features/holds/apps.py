"""The Django app of this noun."""

from django.apps import AppConfig


class Holds(AppConfig):
    name = "guerdon.features.holds"
    label = "holds"

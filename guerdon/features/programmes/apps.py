"""The Django app of this noun."""

from django.apps import AppConfig


class Programmes(AppConfig):
    name = "guerdon.features.programmes"
    label = "programmes"

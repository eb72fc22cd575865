"""The Django app of this noun."""

from django.apps import AppConfig


class Keys(AppConfig):
    name = "guerdon.features.keys"
    label = "keys"

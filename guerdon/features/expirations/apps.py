"""The Django app of this noun."""

from django.apps import AppConfig


class Expirations(AppConfig):
    name = "guerdon.features.expirations"
    label = "expirations"

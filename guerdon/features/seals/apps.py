"""The Django app of this noun."""

from django.apps import AppConfig


class Seals(AppConfig):
    name = "guerdon.features.seals"
    label = "seals"

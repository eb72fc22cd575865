"""The Django app of this noun."""

from django.apps import AppConfig


class Rulebook(AppConfig):
    name = "guerdon.features.rulebook"
    label = "rulebook"

"""The Django app of this noun."""

from django.apps import AppConfig


class Draws(AppConfig):
    name = "guerdon.features.draws"
    label = "draws"

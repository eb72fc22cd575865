"""The Django app of this noun."""

from django.apps import AppConfig


class Letters(AppConfig):
    name = "guerdon.features.letters"
    label = "letters"

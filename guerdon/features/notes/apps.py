"""The Django app of this noun."""

from django.apps import AppConfig


class Notes(AppConfig):
    name = "guerdon.features.notes"
    label = "notes"

"""The Django app of this noun."""

from django.apps import AppConfig


class Claims(AppConfig):
    name = "guerdon.features.claims"
    label = "claims"

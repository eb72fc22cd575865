"""The Django app of this noun."""

from django.apps import AppConfig


class Costs(AppConfig):
    name = "guerdon.features.costs"
    label = "costs"

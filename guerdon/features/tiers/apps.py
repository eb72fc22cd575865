"""The Django app of this noun."""

from django.apps import AppConfig


class Tiers(AppConfig):
    name = "guerdon.features.tiers"
    label = "tiers"

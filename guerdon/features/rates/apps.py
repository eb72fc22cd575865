"""The Django app of this noun."""

from django.apps import AppConfig


class Rates(AppConfig):
    name = "guerdon.features.rates"
    label = "rates"

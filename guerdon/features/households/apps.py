"""The Django app of this noun."""

from django.apps import AppConfig


class Households(AppConfig):
    name = "guerdon.features.households"
    label = "households"

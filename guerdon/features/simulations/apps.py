"""The Django app of this noun."""

from django.apps import AppConfig


class Simulations(AppConfig):
    name = "guerdon.features.simulations"
    label = "simulations"

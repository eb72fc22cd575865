"""The Django app of this noun."""

from django.apps import AppConfig


class Figures(AppConfig):
    name = "guerdon.features.figures"
    label = "figures"

"""The Django app of this noun."""

from django.apps import AppConfig


class Objectives(AppConfig):
    name = "guerdon.features.objectives"
    label = "objectives"

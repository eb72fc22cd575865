"""The Django app of this noun."""

from django.apps import AppConfig


class Closings(AppConfig):
    name = "guerdon.features.closings"
    label = "closings"

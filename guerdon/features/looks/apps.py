"""The Django app of this noun."""

from django.apps import AppConfig


class Looks(AppConfig):
    name = "guerdon.features.looks"
    label = "looks"

"""The Django app of this noun."""

from django.apps import AppConfig


class Erasures(AppConfig):
    name = "guerdon.features.erasures"
    label = "erasures"

"""The Django app of these pages."""

from django.apps import AppConfig


class Till(AppConfig):
    name = "guerdon.faces.till"
    label = "till"

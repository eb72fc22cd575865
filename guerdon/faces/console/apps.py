"""The Django app of these pages."""

from django.apps import AppConfig


class Console(AppConfig):
    name = "guerdon.faces.console"
    label = "console"

"""The Django app of these pages."""

from django.apps import AppConfig


class Start(AppConfig):
    name = "guerdon.faces.start"
    label = "start"

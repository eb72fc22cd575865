"""The Django app of these pages."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "guerdon.faces.portal"
    label = "portal"

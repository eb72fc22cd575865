"""The design system as Django finds it: its components and the tags of its templates."""

from django.apps import AppConfig


class Design(AppConfig):
    """No tables, only templates."""

    name = "guerdon.faces.design"

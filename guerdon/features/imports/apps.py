"""The Django app of this noun."""

from django.apps import AppConfig


class Imports(AppConfig):
    name = "guerdon.features.imports"
    label = "imports"

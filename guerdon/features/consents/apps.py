"""The Django app of this noun."""

from django.apps import AppConfig


class Consents(AppConfig):
    name = "guerdon.features.consents"
    label = "consents"

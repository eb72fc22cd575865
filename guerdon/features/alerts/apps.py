"""The Django app of this noun."""

from django.apps import AppConfig


class Alerts(AppConfig):
    name = "guerdon.features.alerts"
    label = "alerts"

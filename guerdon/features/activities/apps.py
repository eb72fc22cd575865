"""The Django app of this noun."""

from django.apps import AppConfig


class Activities(AppConfig):
    name = "guerdon.features.activities"
    label = "activities"

"""The Django app of this noun."""

from django.apps import AppConfig


class Redemptions(AppConfig):
    name = "guerdon.features.redemptions"
    label = "redemptions"

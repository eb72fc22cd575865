"""The Django app of this noun."""

from django.apps import AppConfig


class Rewards(AppConfig):
    name = "guerdon.features.rewards"
    label = "rewards"

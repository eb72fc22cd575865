"""The Django app of this noun."""

from django.apps import AppConfig


class Cards(AppConfig):
    name = "guerdon.features.cards"
    label = "cards"

"""The Django app of this noun."""

from django.apps import AppConfig


class Ledger(AppConfig):
    name = "guerdon.features.ledger"
    label = "ledger"

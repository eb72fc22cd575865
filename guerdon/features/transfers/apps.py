"""The Django app of this noun."""

from django.apps import AppConfig


class Transfers(AppConfig):
    name = "guerdon.features.transfers"
    label = "transfers"

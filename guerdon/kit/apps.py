"""The Django app of the outbox."""

from django.apps import AppConfig


class Kit(AppConfig):
    name = "guerdon.kit"
    label = "kit"

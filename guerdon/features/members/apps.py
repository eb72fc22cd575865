"""The Django app of this noun."""

from django.apps import AppConfig


class Members(AppConfig):
    name = "guerdon.features.members"
    label = "members"

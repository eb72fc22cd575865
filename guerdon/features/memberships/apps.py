"""The Django app of this noun."""

from django.apps import AppConfig


class Memberships(AppConfig):
    name = "guerdon.features.memberships"
    label = "memberships"

"""The Django app of this noun."""

from django.apps import AppConfig


class Users(AppConfig):
    name = "guerdon.features.users"
    label = "users"

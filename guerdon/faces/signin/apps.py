"""The Django app of the pages of signing in."""

from django.apps import AppConfig


class SignIn(AppConfig):
    name = "guerdon.faces.signin"
    label = "signin"

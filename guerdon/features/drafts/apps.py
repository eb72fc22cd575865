"""The Django app of this noun."""

from django.apps import AppConfig


class Drafts(AppConfig):
    name = "guerdon.features.drafts"
    label = "drafts"

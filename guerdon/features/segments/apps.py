"""The Django app of this noun."""

from django.apps import AppConfig


class Segments(AppConfig):
    name = "guerdon.features.segments"
    label = "segments"

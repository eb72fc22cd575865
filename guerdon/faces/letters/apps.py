"""The letters as Django finds them: their templates."""

from django.apps import AppConfig


class Post(AppConfig):
    """No tables, only templates; the queue stands in `features/letters`."""

    name = "guerdon.faces.letters"
    label = "post"

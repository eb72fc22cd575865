"""The Django app of this noun."""

from django.apps import AppConfig


class Vouchers(AppConfig):
    name = "guerdon.features.vouchers"
    label = "vouchers"

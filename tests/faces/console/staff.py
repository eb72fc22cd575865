"""Café Aurora's console as the tests visit it: people with roles, each in a browser of their own."""

from guerdon.engine import staff
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.portal import aurora

OPERATOR = Actor("operator", "operator")


def appoint(cafe, name, role):
    """Somebody of the staff."""
    staff.appoint(
        programme_id=cafe.programme_id, email=cafe.email(name), name=name.title(), role=role, by=OPERATOR,
        now=clock.now(),
    )  # fmt: skip
    return cafe.client(name)


def at(cafe, page=""):
    return f"/console/{cafe.key}/{page}"


def opened():
    cafe = aurora.opened()
    cafe.give("ann", 1_500)
    return cafe

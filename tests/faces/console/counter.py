"""Café Aurora's console as the tests visit it: the programme of the demo, Ann with points, and staff of each role."""

from django.test import Client

from guerdon.engine import staff
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests.faces.portal import aurora


class Counter(aurora.Cafe):
    """The café, seen from behind the counter."""

    def staffed(self, role, **more):
        """A browser in which somebody of the role has come in."""
        client = Client(SERVER_NAME="localhost", **more)
        client.get(self.way_in(role))
        return client

    def way_in(self, role, to="rewards"):
        """The link by which somebody of the role comes in, who is appointed before."""
        staff.appoint(
            programme_id=self.programme_id, email=self.email(f"emil-{role}"), name=f"Emil {role}", role=role,
            by=Actor("operator", "operator"), now=clock.now(),
        )  # fmt: skip
        return entry.link(email=self.email(f"emil-{role}"), to=self.desk(to))

    def desk(self, page=""):
        return f"/console/{self.key}/{page}"


def opened():
    cafe = Counter()
    cafe.join("ann")
    cafe.join("ben")
    cafe.give("ann", 1_500)
    cafe.give("ben", 1_500)
    return cafe

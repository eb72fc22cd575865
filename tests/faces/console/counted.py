"""A café whose numbers are counted, and the people who look at them in the console: two months of two stores."""

from dataclasses import dataclass

from django.test import Client

from guerdon.engine import staff
from guerdon.faces.signin import entry
from guerdon.kit import clock
from guerdon.kit.audit import Actor
from tests import shop
from tests.shop import Shop

WORTH = {"units": {"points": shop.POINTS | {"worth": {"points": 100, "money": "1.00"}}}}
FEBRUARY = "days=own&from=2025-02-01&until=2025-02-28"


@dataclass
class Cafe(Shop):
    """The café, where somebody of each role can come in."""

    def address(self, role):
        return f"{role}@{self.key}.example"

    def client(self, role):
        """The browser of somebody who has come in by a link."""
        staff.appoint(
            programme_id=self.programme_id, email=self.address(role), name=role.title(), role=role,
            by=Actor("operator", "operator"), now=clock.now(),
        )  # fmt: skip
        client = Client(SERVER_NAME="localhost")
        client.get(self.link(role))
        return client

    def link(self, role):
        return entry.link(email=self.address(role), to=self.at())

    def at(self, page=""):
        return f"/console/{self.key}/{page}"


def opened():
    """January is over and swept; February has a return, points spent, and somebody new."""
    cafe = Cafe(WORTH)
    cafe.enrol("Ann", "Ben")
    cafe.enrol("Cleo", now=shop.moment("2025-02-10"))
    cafe.buy("Ann", 4_000, "2025-01-05", store="Sofia")
    cafe.buy("Ann", 10_000, "2025-02-02", store="Sofia", external_id="large")
    cafe.buy("Ben", 2_000, "2025-02-03", store="Plovdiv")
    cafe.tell(cafe.giving_back("Ann", "large", "2025-02-04", store="Sofia", amount=3_000))
    shop.taken(cafe.burn("Ann", 30, "2025-02-05"))
    cafe.night("2025-03-01T03:00")
    shop.count(cafe, at="2025-03-01T04:00")
    return cafe

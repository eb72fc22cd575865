"""Café Aurora's portal as the tests visit it: the programme of the demo, Ann with points, Ben with none."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from django.test import Client

from guerdon.core.errors import Refusal
from guerdon.core.members import Person
from guerdon.engine import enrolment, publish
from guerdon.faces.signin import entry
from guerdon.features.members.records import Enrolment
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, store
from tests.shop import OPENING, Shop

ZONE = ZoneInfo("Europe/Sofia")


def today() -> date:
    """The day at the café: for two or three hours of the night it is another one than in UTC."""
    return clock.now().astimezone(ZONE).date()


def text():
    """The programme file of the demo."""
    return resources.files("guerdon").joinpath("demo/aurora.yaml").read_text("utf-8")


@dataclass
class Cafe(Shop):
    """The café with its whole programme, and people with addresses of their own."""

    link: str = ""
    otherwise: tuple[str, str] = ("", "")  # a place in the file, and what it says here

    def publish(self, **more):
        told = text().replace(*self.otherwise, 1)
        programme = forms.read(told.replace("programme: aurora", f"programme: {self.key}")).programme
        publish.publish(programme=programme, source=told, effective_at=OPENING, now=OPENING, by="Emil")
        self.programme_id = programmes.by_key(store.current(), self.key).id

    def email(self, name):
        return f"{name}@{self.key}.example"

    def join(self, name, **more):
        person = Person(name=name.title(), email=self.email(name), language="en")
        made = Enrolment(external_ids=(name,), cards=(f"{self.key}{name}",), person=person, **more)
        id, _ = enrolment.enrol(programme_id=self.programme_id, enrolment=made, now=clock.now() - timedelta(days=90))
        self.ids[name] = id
        return id

    def client(self, name, to="", **more):
        """A browser in which somebody has come in by a link."""
        client = Client(SERVER_NAME="localhost", **more)
        client.get(entry.link(email=self.email(name), to=f"/my/{self.key}/{to}"))
        return client

    def at(self, page=""):
        return f"/my/{self.key}/{page}"

    def give(self, name, points, unit="points", days=1):
        """Points by hand, as of some days ago: of more than 2,000 a day a second person would be asked."""
        result = self.adjust(name, points, unit=unit, at=f"{clock.now() - timedelta(days=days):%Y-%m-%d}")
        assert not isinstance(result, Refusal), result


def opened(**more):
    cafe = Cafe(**more)
    cafe.join("ann")
    cafe.join("ben")
    return cafe

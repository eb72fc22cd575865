"""Café Aurora's console as the tests visit it: Emil manages, Fani looks at what he does, Gita only reads."""

from importlib import resources

from django.test import Client

from guerdon.engine import publish, staff
from guerdon.faces.signin import entry
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, store
from guerdon.kit.audit import Actor
from tests.shop import OPENING, Shop

ROLES = {"emil": "owner", "fani": "finance", "gita": "analyst", "mara": "marketer"}


class Cafe(Shop):
    """The café with the whole programme of the demo, and its staff."""

    review = "required"
    link = ""

    def publish(self, **more):
        text = self.file()
        programme = forms.load(text)
        publish.publish(programme=programme, source=text, effective_at=OPENING, now=OPENING, by="Emil")
        self.programme_id = programmes.by_key(store.current(), self.key).id

    def file(self):
        text = resources.files("guerdon").joinpath("demo/aurora.yaml").read_text("utf-8")
        return text.replace("programme: aurora", f"programme: {self.key}").replace(
            "review: required", f"review: {self.review}"
        )

    def email(self, name):
        return f"{name}@{self.key}.example"

    def client(self, name, to=""):
        """A browser in which somebody of the staff has come in by a link."""
        client = Client(SERVER_NAME="localhost")
        client.get(entry.link(email=self.email(name), to=self.at(to)))
        return client

    def at(self, page=""):
        return f"/console/{self.key}/{page}"


class Free(Cafe):
    """The same without second persons."""

    review = "free"


def opened(kind=Cafe):
    cafe = kind()
    for name, role in ROLES.items():
        staff.appoint(
            programme_id=cafe.programme_id, email=cafe.email(name), name=name.title(), role=role,
            by=Actor("operator", "operator"), now=clock.now(),
        )  # fmt: skip
    return cafe

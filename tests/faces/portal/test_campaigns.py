"""Members who are held out don't read of campaigns that are not for them."""

import html
from dataclasses import dataclass

import msgspec

from guerdon.core import hold_out
from guerdon.core.hold_out import HoldOut
from guerdon.engine import publish
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store
from tests.faces.portal import aurora
from tests.shop import OPENING

HALF = HoldOut(5_000)


@dataclass
class Cafe(aurora.Cafe):
    """The weekend is a campaign, and half of the members are held out."""

    def publish(self, **more):
        whole = forms.read(aurora.text().replace("programme: aurora", f"programme: {self.key}")).programme
        rules = tuple([msgspec.structs.replace(one, campaign=one.key == "weekend") for one in whole.rules])
        whole = msgspec.structs.replace(whole, rules=rules, hold_out=HALF)
        publish.publish(programme=whole, source="", effective_at=OPENING, now=OPENING, by="Emil")
        self.programme_id = programmes.by_key(store.current(), self.key).id


def test_the_rules_are_those_that_count_for_the_member(database):
    cafe = Cafe()
    seen = {}
    for number in range(24):
        cafe.join(f"guest{number}")
        page = html.unescape(cafe.client(f"guest{number}").get(f"/my/{cafe.key}/how").content.decode())
        assert "A point for every euro" in page
        held = hold_out.is_held_out(HALF, cafe.key, cafe.ids[f"guest{number}"])
        seen.setdefault(held, set()).add("Double points at the weekend" in page)
    assert seen == {True: {False}, False: {True}}  # all of them on one side: once in eight million

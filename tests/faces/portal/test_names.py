"""A programme that is named in one language only is read in every other one: names stand as they are, and say so."""

import html
import re
from importlib import resources

import pytest

from guerdon.engine import publish
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, store
from tests.faces.portal import aurora
from tests.faces.portal.test_activity import HOUSE, READ, read
from tests.faces.portal.test_portal import told
from tests.shop import OPENING

LANGUAGES = ("en", "bg", "tr")


def in_turkish(text):
    """The programme file with every name in Turkish alone."""
    word = r'(?:"[^"]*"|[^,{}"]*)'
    text = re.sub(rf"\ben: {word},\s*bg: {word},\s*(?=tr: )", "", text)
    text = re.sub(r"^ +(?:en|bg): .*\n(?: {10,}\S.*\n)*", "", text, flags=re.M)
    return text.replace("languages: [en, bg, tr]", "languages: [tr]")


class Turkish(aurora.Cafe):
    """Café Aurora as somebody has it who speaks Turkish only."""

    def publish(self, **more):
        text = resources.files("guerdon").joinpath("demo/aurora.yaml").read_text("utf-8")
        source = in_turkish(text).replace("programme: aurora", f"programme: {self.key}")
        programme = forms.read(source).programme
        publish.publish(programme=programme, source=source, effective_at=OPENING, now=OPENING, by="Emil")
        self.programme_id = programmes.by_key(store.current(), self.key).id


@pytest.fixture
def cafe(database):
    found = Turkish()
    found.join("ann")
    found.give("ann", 1_500)
    found.buy("ann", 4_000, at=f"{clock.now():%Y-%m-%d}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_as_they_are_with_their_language(cafe, language):
    client = cafe.client("ann")
    client.get(cafe.at(), {"language": language})
    for one in READ:
        answer = client.get("/" + one.path.replace("<slug:programme>", cafe.key))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        page = told(answer)
        assert HOUSE.findall(read(page).replace(cafe.key, "")) == [], one.path
        assert not re.search(r"<(h1|h2|h3|strong)[^>]*>\s*</\1>", page[page.index("<main") : page.index("</main>")]), (
            one.path
        )
    other = language != "tr"
    for place, name in (("rewards", "Bir flat white"), ("rewards/flat_white", "Bir flat white"), ("", "Aurora Kafe")):
        page = html.unescape(told(client.get(cafe.at(place))))
        assert name in page and bool(re.search(rf' lang="tr">(<a [^>]*>)?{name}<', page)) is other, place
    receipt = html.unescape(told(client.get(cafe.at("activity"))))
    assert "Her avro için bir puan" in receipt

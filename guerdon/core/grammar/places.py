"""The words a programme is founded on: its zone, currencies, languages and the keys of its own kinds."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from guerdon.core import activities, documents, money, phones
from guerdon.core.documents import Document, Mapping
from guerdon.core.grammar.shapes import At, Key, Shape, Wrong


class Zone(Shape[str]):
    """An IANA time zone."""

    form = "a time zone, like Europe/Sofia"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if zone_of(found) is None:
            known = sorted(_zones())
            city = [zone for zone in known if zone.rpartition("/")[2].casefold() == found.rpartition("/")[2].casefold()]
            meant = documents.nearest(found, known) or (city[0] if city else None)
            told = f"There is no time zone “{documents.shortened(found)}”."
            return at.wrong(
                "zone_unknown", told, f"did you mean “{meant}”?" if meant else "write one like Europe/Sofia"
            )
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {
            "type": "string",
            "pattern": "^[A-Za-z0-9_+/-]+$",
            "examples": ["Europe/Sofia", "America/New_York"],
        }


@cache
def _zones() -> frozenset[str]:
    """The names of all zones; looking them up on the disk takes longer than reading a programme."""
    return frozenset(available_timezones())


def zone_of(key: Document) -> ZoneInfo | None:
    """The zone of that name; None where there is none."""
    return ZoneInfo(key) if isinstance(key, str) and key in _zones() else None


class Currency(Shape[str]):
    """An ISO 4217 currency."""

    form = "a currency, like EUR"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if not money.known(found):
            upper = found.strip().upper()
            hint = f"did you mean “{upper}”?" if money.known(upper) else "write its ISO 4217 code, like EUR"
            told = f"There is no currency “{documents.shortened(found)}”."
            return at.wrong("currency_unknown", told, hint)
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[A-Z]{3}$"}


class Country(Shape[str]):
    """An ISO 3166 country whose phone numbers are known."""

    form = "a country, like BG"

    def read(self, found: Document, at: At) -> str | Wrong:
        if not isinstance(found, str):
            return at.mistyped(found, self.form)
        if found not in phones.countries():
            upper = found.strip().upper()
            hint = f"did you mean “{upper}”?" if upper in phones.countries() else "write its ISO 3166 code, like BG"
            return at.wrong("country_unknown", f"There is no country “{documents.shortened(found)}”.", hint)
        return found

    def write(self, value: object, at: At) -> Document:
        assert isinstance(value, str)
        return value

    def schema(self, defs: Mapping) -> Mapping:
        return {"type": "string", "pattern": "^[A-Z]{2}$"}


class KindKey(Key):
    """The key of an own kind of activity; the house's kinds are taken."""

    def read(self, found: Document, at: At) -> str | Wrong:
        if found in (*activities.BUILT_IN_KINDS, *activities.LEDGER_KINDS):
            told = f"“{found}” is a kind of the house; every programme has it."
            return at.wrong("kind_reserved", told, f"call yours “own_{found}”", of_key=True)
        return super().read(found, at)


class Language(Key):
    """A language code, like en."""

    form = "a language code, like en"


class ForeignCurrency(Currency):
    """A currency with rates, which can't be the programme's own."""

    def read(self, found: Document, at: At) -> str | Wrong:
        if found == at.scope.currency:
            told = f"“{found}” is the programme's own currency and needs no rate."
            return at.wrong("duplicate", told, "leave it out", of_key=True)
        return super().read(found, at)

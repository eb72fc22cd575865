"""How values stand on a page: points, money and moments as people write them, in the language of the page."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from guerdon.core import closing, money, sentences
from guerdon.core.programme import Programme
from guerdon.core.sentences import postings
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import words
from guerdon.faces.design.brand import Brand
from guerdon.faces.visits import Visit
from guerdon.faces.words import purposes


class Pen:
    """What writes the values of one page, with the names, the currency and the zone of its programme."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @cached_property
    def tongue(self) -> Tongue:
        """The language, with its grammar."""
        return sentences.tongue(self._visit.language)

    @cached_property
    def programme(self) -> Programme:
        """The programme as it is now."""
        return self._visit.programme

    @property
    def today(self) -> date:
        """The local day."""
        return self._visit.now.astimezone(self._visit.zone).date()

    @property
    def name(self) -> str:
        """How the programme is called."""
        return self.tongue.named(self.programme.name)

    @property
    def lang(self) -> str:
        """In which language names of the programme are, where it has none in that of the page; else nothing."""
        spoken = self.programme.languages
        return "" if self.tongue.code in spoken or not spoken else spoken[0]

    def points(self, steps: int, unit: str) -> str:
        """Steps of a unit with its name, like 1,240 points."""
        return self.tongue.points(steps, self.programme.unit(unit))

    def signed_points(self, steps: int, unit: str) -> str:
        """The same with the sign in front, where they come or go."""
        return f"{'+' if steps > 0 else '−'}{self.points(abs(steps), unit)}"

    def number(self, number: int, unit: str | None = None) -> str:
        """A number, or steps of a unit without its name."""
        return self.tongue.number(number, self.programme.unit(unit).scale if unit else 0)

    @property
    def decimals(self) -> int:
        """How many decimals amounts of the programme's currency have."""
        return money.decimals(self.programme.currency)

    def signed(self, number: int) -> str:
        """A number with its sign, like +7 or −7."""
        return f"{'+' if number > 0 else '−' if number < 0 else ''}{self.number(abs(number))}"

    def money(self, minor: int, currency: str | None = None) -> str:
        """Minor units of a currency, of the programme's own where none is said."""
        return self.tongue.money(minor, currency or self.programme.currency)

    def moment(self, at: datetime) -> str:
        """Day and time as clocks there show them."""
        return self.tongue.moment(at.astimezone(self._visit.zone))

    def until(self, at: datetime) -> str:
        """The end of something, which is exclusive: at midnight there it is the last day that counts, else a moment."""
        return self.tongue.until(at, self._visit.zone)

    def since(self, at: datetime) -> str:
        """The beginning of something: at midnight there the day, else a moment."""
        return self.tongue.since(at, self._visit.zone)

    def word(self, what: str, key: str | None) -> str:
        """A store, a channel, a partner … as people call it: by its name in the programme, else by its own word."""
        return sentences.word(what, key, self.programme, self.tongue.code) if key else ""

    def by_hand_for(self, reason: str) -> str:
        """Why points are given or taken by hand, as people call it."""
        return postings.by_hand_for(reason, self.programme.adjustments, self.tongue)

    def purpose(self, told: str) -> str:
        """What somebody looked at personal data for, in words."""
        return words.say(f"purposes.{purposes.area(told)}", self._visit.language)

    def day(self, at: date) -> str:
        """The day; of an instant, the day that it is there."""
        return self.tongue.day(at.astimezone(self._visit.zone).date() if isinstance(at, datetime) else at)

    def month(self, named: str) -> str:
        """A month as people call it, like December 2025 for 2025-12."""
        first = closing.first_day(named)
        return f"{self.tongue.months[first.month - 1]} {first.year}"


def page(visit: Visit, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """A page of a programme, with what every page of one shows."""
    brand = Brand.of(visit.programme.brand)
    told = {"visit": visit, "pen": Pen(visit), "key": visit.row.key, "brand": brand, **(context or {})}
    return render(visit.request, template, told, status=status)

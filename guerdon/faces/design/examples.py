"""What the style guide shows in its tables, forms, rules and charts: Café Aurora and its people."""

import math
from itertools import pairwise

from django.http import HttpRequest

from guerdon.core.brands import SHAPES
from guerdon.faces import words
from guerdon.faces.design import addresses
from guerdon.faces.design.shapes import (
    Cell,
    Choice,
    Column,
    Dot,
    Fact,
    Fault,
    Goal,
    Heat,
    HeatRow,
    Line,
    Link,
    Measure,
    Paging,
    Plot,
    Point,
    Row,
    Series,
    Stretch,
    Tick,
    step,
)  # fmt: skip


class Examples:
    """The examples in a language; templates ask for them by name."""

    def __init__(self, language: str, request: HttpRequest) -> None:
        self._language = language
        self._request = request

    def _say(self, key: str, **facts: object) -> str:
        return words.say(key, self._language, **facts)

    def shapes(self) -> tuple[Choice, ...]:
        """How round the corners of a brand are."""
        return tuple(Choice(one, self._say(f"guide.shape_{one}")) for one in SHAPES)

    # tables and lists

    def columns(self) -> tuple[Column, ...]:
        """The heads of the table of redemptions; two of them sort."""
        asked = self._request.GET
        return (
            addresses.column(asked, self._say("guide.member"), "member", usual="-points"),
            Column(self._say("guide.reward")),
            addresses.column(asked, self._say("guide.points"), "points", end=True, usual="-points"),
            Column(self._say("guide.state")),
        )

    def rows(self) -> tuple[Row, ...]:
        """Three redemptions."""
        mug, told = self._say("guide.mug"), (("Ann", "fulfilled"), ("Ben", "waiting"), ("Cleo", "cancelled"))
        signs: dict[str, Cell] = {
            "fulfilled": Cell(self._say("guide.fulfilled"), sign="good"),
            "waiting": Cell(self._say("guide.waiting"), sign="warn"),
            "cancelled": Cell(self._say("guide.cancelled"), sign=""),
        }
        return tuple(Row((Cell(name), Cell(mug), Cell("1 900"), signs[state]), "#facts") for name, state in told)

    def sums(self) -> tuple[Column, ...]:
        """The heads of a table that a page writes itself."""
        return Column(self._say("guide.member")), Column(self._say("guide.points"), end=True)

    def paging(self) -> Paging:
        """In the middle of a long list."""
        return Paging(self._say("guide_forms.shown"), "#tables", "#tables")

    def facts(self) -> tuple[Fact, ...]:
        """What is known of Ann."""
        return (
            Fact(self._say("guide.name"), "Ann"),
            Fact(self._say("guide.email"), "ann@example.com", "mailto:ann@example.com"),
            Fact(self._say("guide_forms.card_number"), "4021 7733 0015"),
            Fact(self._say("guide_forms.joined"), self._say("guide_forms.joined_when")),
        )

    def bought(self) -> tuple[Fact, ...]:
        """The lines of a receipt."""
        return (Fact(self._say("guide_forms.coffee"), "3.20"), Fact(self._say("guide_forms.cake"), "4.30"))

    def paid(self) -> Fact:
        """What the receipt comes to."""
        return Fact(self._say("guide_forms.sum"), "7.50 EUR")

    # forms

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the form."""
        return (
            Fault("email", self._say("guide_forms.email_fault")), Fault("price", self._say("guide_forms.price_fault"))
        )  # fmt: skip

    def stores(self) -> tuple[Choice, ...]:
        """The stores of the café."""
        return tuple(Choice(one, self._say(f"guide.store_{one}")) for one in ("centre", "station"))

    def all_stores(self) -> tuple[Choice, ...]:
        """The stores, and all of them."""
        return (Choice("", self._say("guide_forms.stores")), *self.stores())

    def deliveries(self) -> tuple[Choice, ...]:
        """How a reward is handed over."""
        return tuple(
            Choice(one, self._say(f"guide_forms.delivery_{one}"), self._say(f"guide_forms.delivery_{one}_about"), icon)
            for one, icon in (("till", "store"), ("post", "truck"))
        )

    def spans(self) -> tuple[Choice, ...]:
        """Day, week, month."""
        return tuple(Choice(one, self._say(f"guide_forms.{one}")) for one in ("day", "week", "month"))

    def periods(self) -> tuple[Choice, ...]:
        """What a page looks back on."""
        return tuple(Choice(one, self._say(f"guide_forms.period_{one}")) for one in ("week", "month"))

    # ways

    def path(self) -> tuple[Link, ...]:
        """The pages above that of a member."""
        return Link(self._say("guide.overview"), "#head"), Link(self._say("guide_forms.members"), "#head")

    def tabs(self) -> tuple[Link, ...]:
        """What there is about a member."""
        titles = ("overview", "activity", "privacy")
        counts = {"activity": "12"}
        return tuple(
            Link(self._say(f"guide.{one}"), "#head", current=one == "overview", count=counts.get(one, ""))
            for one in titles
        )

    def goals(self) -> tuple[Goal, ...]:
        """The tiers along a way."""
        return (
            Goal(50, f"{self._say('guide_members.silver')} · 500", done=True),
            Goal(100, f"{self._say('guide.gold')} · 1 000"),
        )

    def week(self) -> tuple[int, ...]:
        """How a figure went."""
        return 12, 14, 11, 15, 18, 17, 21, 24

    def fall(self) -> tuple[int, ...]:
        """How another one went."""
        return 41, 40, 42, 39, 40, 38, 39, 38

    # rules

    def triggers(self) -> tuple[Choice, ...]:
        """What a rule may wait for."""
        return tuple(Choice(one, self._say(f"guide_rules.{one}")) for one in ("purchase", "review", "birthday"))

    def tiers(self) -> tuple[Choice, ...]:
        """The tiers of the programme."""
        return Choice("silver", self._say("guide_members.silver")), Choice("gold", self._say("guide.gold"))

    def lines(self) -> tuple[Line, ...]:
        """A rule before and after."""
        return (
            Line("same", self._say("guide_rules.line_same")), Line("removed", self._say("guide_rules.line_removed")),
            Line("added", self._say("guide_rules.line_added")),
        )  # fmt: skip

    # charts

    def earned_series(self) -> tuple[Series, ...]:
        """Points of these days and of those before."""
        return Series(self._say("guide_rules.earned")), Series(self._say("guide_rules.before"), compared=True)

    def earned(self) -> tuple[Point, ...]:
        """Four weeks; on one day the till was closed."""
        return tuple(
            Point(
                self._say("guide_rules.may", day=day),
                (_measure(None if day == 9 else _wave(day, 900)), _measure(_wave(day + 3, 720))),
            )
            for day in range(1, 29)
        )

    def voucher_series(self) -> tuple[Series, ...]:
        """One column."""
        return (Series(self._say("guide_rules.vouchers")),)

    def vouchers(self) -> tuple[Point, ...]:
        """Eight weeks."""
        return tuple(
            Point(self._say("guide_rules.week_number", number=week), (_measure(_wave(week * 3, 40)),))
            for week in range(1, 9)
        )

    def months(self) -> tuple[str, ...]:
        """Six months, the first one included."""
        return tuple([str(month) for month in range(6)])

    def cohorts(self) -> tuple[HeatRow, ...]:
        """Who of three weeks came back; of the later ones less is known."""
        return tuple([
            HeatRow(
                self._say("guide_rules.week_number", number=week),
                tuple([Heat(f"{share} %", step(share / 100)) for share in shares[: 7 - week]]),
                str(40 + week),
            )
            for week, shares in enumerate(((100, 84, 72, 62, 55, 48), (100, 41, 37, 25, 18), (100, 9, 4, 2)), 1)
        ])  # fmt: skip

    def out_series(self) -> tuple[Series, ...]:
        """Two ways for points to go."""
        return Series(self._say("guide_rules.burned")), Series(self._say("guide_rules.ended"))

    def out(self) -> tuple[Point, ...]:
        """Eight weeks, two figures each."""
        return tuple(
            Point(
                self._say("guide_rules.week_number", number=week),
                (_measure(_wave(week * 2, 600)), _measure(_wave(week, 150))),
            )
            for week in range(1, 9)
        )

    def choices_plot(self) -> Plot:
        """Five choices of which three are on the front, and today."""
        kinds = ("today", "other", "other", "front", "front", "best")
        places = ((20, 70), (40, 60), (70, 50), (24, 50), (84, 12), (52, 24))
        front = ((24, 50), (52, 24), (84, 12))
        return Plot(
            along=self._say("guide_rules.burned"), up=self._say("guide_rules.earned"),
            dots=tuple([Dot(kind, f"{x}%", f"{y}%", kind) for kind, (x, y) in zip(kinds, places, strict=True)]),
            lines=tuple([Stretch(f"{x}%", f"{y}%", f"{to}%", f"{down}%") for (x, y), (to, down) in pairwise(front)]),
            along_ticks=(Tick("14%", "100"), Tick("96%", "900", "end")),
            up_ticks=(Tick("88%", "100"), Tick("8%", "600")),
            legend=tuple([(kind, self._say(f"sweeps.mark_{kind}")) for kind in ("best", "front", "other", "today")]),
        )  # fmt: skip

    # members

    def links(self) -> tuple[Link, ...]:
        """The navigation of the portal."""
        told = (("home", "house"), ("card", "qr-code"), ("rewards", "gift"), ("history", "history"), ("me", "user"))
        return tuple(Link(self._say(f"guide_members.{key}"), "#main", icon, key == "home") for key, icon in told)


def _wave(at: int, height: int) -> int:
    """A figure that goes up and down over a week, as those of cafés do."""
    return round(height * (1 + 0.35 * math.sin(at * 2 * math.pi / 7) + at / 60))


def _measure(number: int | None) -> Measure:
    return Measure(number, "–" if number is None else f"{number:,}".replace(",", " "))

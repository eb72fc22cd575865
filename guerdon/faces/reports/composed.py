"""A report in words: what a month came to, told in one language to owners and accountants."""

import functools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from guerdon.core import closing as law
from guerdon.core import expiring, kpis, sentences
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue
from guerdon.faces import words
from guerdon.faces.api import figures as api
from guerdon.faces.design import brand, colours
from guerdon.faces.design.brand import LIGHT, Brand
from guerdon.faces.reports import charts
from guerdon.faces.reports.charts import Series
from guerdon.faces.reports.content import Block, Chart, Column, Content, Paragraph, Section, Table, Terms
from guerdon.insight.liability import Month
from guerdon.insight.report import Compared, Report

UNKNOWN: Final = "–"
ENDS_MAX: Final = 12  # months that are told of what ends
_DEFERRED: Final = ("opening", "allocated", "recognised", "breakage", "closing")
_COLUMNS: Final = tuple(dict.fromkeys(law.COLUMNS.values()))


def compose(report: Report, language: str) -> Content:
    """The whole report."""
    return _Writer(report, language).content()


class _Writer:
    def __init__(self, report: Report, language: str) -> None:
        self.report = report
        self.language = language
        self.tongue: Tongue = sentences.tongue(language)
        self.programme: Programme = report.programme
        tokens = Brand.of(self.programme.brand)
        self.first, self.second = brand.tone(tokens.colour, LIGHT), brand.tone(tokens.accent, LIGHT)

    def content(self) -> Content:
        report, programme = self.report, self.tongue.named(self.programme.name)
        state = "open"
        if report.closed_at is not None:
            state = "closed"
        day = (
            "" if report.closed_at is None else self.tongue.day(report.closed_at.astimezone(self.programme.zone).date())
        )
        sections = [
            Section(self.say("short"), tuple(self._short())),
            Section(self.say("figures"), (self._figures(),)),
            Section(self.say("course"), (*self._charts(), self._course())),
            Section(self.say("points"), tuple(self._rolls())),
            Section(self.say("deferred_title"), tuple(self._deferred())),
            Section(self.say("ends"), (self._ends(),)),
            Section(self.say("meaning"), (self._meaning(),)),
        ]
        return Content(
            self.language, self.say("title", programme=programme, month=self.month(report.month, capital=True)),
            (self.say(state, day=day), self.say("seq", seq=self.tongue.number(report.mark.seq))),
            tuple([one for one in sections if one.blocks]), self.first.text.hex, self.first.tint.hex,
        )  # fmt: skip

    # --- values ---

    def say(self, key: str, **facts: object) -> str:
        return words.say(key if "." in key else f"report.{key}", self.language, **facts)

    def month(self, named: str, *, capital: bool = False) -> str:
        first = law.first_day(named)
        told = f"{self.tongue.months[first.month - 1]} {first.year}"
        return self.tongue.capital(told) if capital else told

    def unit(self, code: str) -> str:
        known = self.programme.units.get(code)
        return code if known is None else self.tongue.capital(self.tongue.named(known.name))

    def steps(self, code: str, points: int) -> str:
        """Points without their name, with a proper minus."""
        known = self.programme.units.get(code)
        return self._minus(self.tongue.number(points, known.scale if known else 0))

    def points(self, code: str, points: int) -> str:
        known = self.programme.units.get(code)
        return f"{self.steps(code, points)} {code}" if known is None else self._minus(self.tongue.points(points, known))

    def money(self, minor: int, currency: str = "") -> str:
        return self._minus(self.tongue.money(minor, currency or self.programme.currency))

    @staticmethod
    def _minus(text: str) -> str:
        return f"−{text[1:]}" if text.startswith("-") else text

    def value(self, one: Compared, number: int | None) -> str:
        if number is None:
            return UNKNOWN
        kind, (currency, _) = kpis.kpi(one.value.kpi).kind, api.measure(one.value, self.programme)
        if kind == "money":
            return self.money(number, currency or "")
        if kind == "points":
            return self.steps(one.value.of, number)
        if kind == "percent":
            return self._minus(self.tongue.percent(number))
        return self._minus(self.tongue.number(number) if kind == "count" else self.tongue.ratio(Fraction(number, 100)))

    def change(self, one: Compared, before: kpis.Value | None) -> str:
        """By how much it is another one, with its sign: in tenths of a percent, in whole ones from ten on."""
        found = kpis.change(one.value, before)
        if found is None:
            return UNKNOWN
        step = 100 if abs(found) >= 10_00 else 10
        short = (abs(found) + step // 2) // step * step
        return ("+" if found > 0 else "−" if found < 0 else "±") + self.tongue.percent(short)

    def name(self, one: Compared) -> str:
        """What a number is called, with what it is of where there may be several."""
        name, of = self.say(f"figures.{one.value.kpi}"), one.value.of
        if not of or (kpis.kpi(one.value.kpi).kind == "money" and of == self.programme.currency):
            return name
        if of in self.programme.units:
            return f"{name} ({self.unit(of)})" if len(self._spendable()) > 1 else name
        ladder, _, level = of.partition("/")
        for each in self.programme.tiers:
            for tier in each.levels:
                if (each.key, tier.key) == (ladder, level):
                    return f"{name}: {self.tongue.named(tier.name)}"
        plan = self.programme.plans.get(of)
        return f"{name}: {self.tongue.named(plan.name)}" if plan else f"{name}, {of}"

    def find(self, kpi: str, of: str = "") -> Compared:
        return next(one for one in self.report.figures if (one.value.kpi, one.value.of) == (kpi, of))

    def compared(self, one: Compared) -> str:
        """How it changed since the month before and the year before, in brackets; nothing where neither can be said."""
        report = self.report
        told = [
            self.say("against", change=self.change(one, value), month=self.month(month))
            for value, month in ((one.before, report.before), (one.year_before, report.year_before))
            if kpis.change(one.value, value) is not None
        ]
        return self.say("compared", changes="; ".join(told)) if told else ""

    # --- in short ---

    def _short(self) -> Iterator[Block]:
        active, new = self.find("active_members"), self.find("new_members")
        joined = self.value(new, new.value.value)
        if active.value.value is None:
            yield Paragraph(self.say("joined", new=joined))
        else:
            told = self.value(active, active.value.value)
            yield Paragraph(self.say("members", active=told, compared=self.compared(active), new=joined))
        times, money = self.find("purchases"), self.find("revenue", self.programme.currency)
        sums = {"times": self.value(times, times.value.value), "money": self.value(money, money.value.value)}
        yield Paragraph(self.say("bought", **sums, compared=self.compared(money)))
        for code in self._spendable():
            yield Paragraph(" ".join(self._of_unit(code)))

    def _spendable(self) -> list[str]:
        return [one.value.of for one in self.report.figures if one.value.kpi == "points_outstanding"]

    def _of_unit(self, code: str) -> Iterator[str]:
        had = self.find("points_outstanding", code)
        told = {
            word: self.steps(code, self.find(f"points_{word}", code).value.value or 0)
            for word in ("issued", "redeemed", "expired", "outstanding")
        }
        yield self.say("moved", unit=self.unit(code), **told, compared=self.compared(had))
        worth = [one.worth_closing for one in self._months(code) if one.month == self.report.month]
        if worth and worth[0] is not None:
            yield self.say("worth", money=self.money(worth[0]))
        for line in self.report.deferred.months:
            if (line.unit, line.month) == (code, self.report.month):
                yield self.say("deferred", closing=self.money(line.closing), recognised=self.money(line.recognised))
        following = law.following(self.report.month)
        for one in [one for one in self.report.ends if (one.unit, one.month) == (code, following) and one.points]:
            yield self.say("soon", month=self.month(one.month), points=self.points(code, one.points))

    # --- numbers ---

    def _figures(self) -> Table:
        report = self.report
        heads = [self.say("column_figure"), self.month(report.month, capital=True)]
        for month in (report.before, report.year_before):
            heads += [self.month(month, capital=True), self.say("column_change")]
        rows = [
            (
                self.name(one), self.value(one, one.value.value),
                *[
                    cell
                    for other in (one.before, one.year_before)
                    for cell in (self.value(one, other.value if other else None), self.change(one, other))
                ],
            )
            for one in report.figures
        ]  # fmt: skip
        return Table(self.say("figures_caption"), _columns(heads), tuple(rows))

    def _drawn(self) -> list[tuple[str, str, list[Compared]]]:
        """Title and kind of each chart, with the numbers that it shows."""
        found = [
            (self.say("figures.revenue"), "bars", [self.find("revenue", self.programme.currency)]),
            (self.say("figures.active_members"), "lines", [self.find("active_members")]),
        ]
        for code in self._spendable():
            flows = [self.find("points_issued", code), self.find("points_redeemed", code)]
            found.append((self.say("chart_points", unit=self.unit(code)), "bars", flows))
            had = [self.find("points_outstanding", code)]
            found.append((self.say("chart_outstanding", unit=self.unit(code)), "lines", had))
        return [one for one in found if any(any(number for number in each.course if number) for each in one[2])]

    def _charts(self) -> Iterator[Block]:
        months = [self._briefly(place) for place in range(len(self.report.months))]
        draws: dict[str, Callable[[Sequence[Series], Sequence[str], Callable[[int], str]], str]] = {
            "bars": charts.bars, "lines": charts.lines,
        }  # fmt: skip
        span = {"first": self.month(self.report.months[0]), "last": self.month(self.report.month)}
        for title, drawing, ones in self._drawn():
            inks = (self.first.fill.hex, self._other())
            series = [
                Series(self.say(f"figures.{one.value.kpi}"), ink, one.course)
                for one, ink in zip(ones, inks, strict=False)
            ]
            _, scale = api.measure(ones[0].value, self.programme)
            svg = draws[drawing](series, months, functools.partial(self._tick, scale))
            yield Chart(title, self.say("chart_about", title=title, **span), svg)

    def _tick(self, scale: int, number: int) -> str:
        return self._minus(self.tongue.number(number, scale))

    def _other(self) -> str:
        """The colour beside the first one; a dark one where both tokens of the brand look alike."""
        first, second = self.first.fill, self.second.fill
        alike = sum(abs(one - other) for one, other in zip(first, second, strict=True)) < 90
        return colours.read("1c1e21").hex if alike else second.hex

    def _briefly(self, place: int) -> str:
        """A month below a chart; the first one and each January with the year."""
        first = law.first_day(self.report.months[place])
        name = self.tongue.capital(self.tongue.months[first.month - 1][:3])
        return f"{name} {first.year}" if place == 0 or first.month == 1 else name

    def _course(self) -> Table:
        ones = list({id(one): one for _, _, drawn in self._drawn() for one in drawn}.values())
        rows = [
            (self.month(month, capital=True), *[self.value(one, one.course[place]) for one in ones])
            for place, month in enumerate(self.report.months)
        ]
        heads = [self.say("console_finance.column_month"), *[self.name(one) for one in ones]]
        return Table(self.say("course_caption"), _columns(heads), tuple(rows), (len(rows) - 1,), even=True)

    # --- accounts ---

    def _months(self, code: str) -> list[Month]:
        return [one for one in self.report.owed if one.sums.unit == code]

    def _shown(self) -> tuple[str, ...]:
        """The month, the one before, and the same of the year before."""
        return (self.report.month, self.report.before, self.report.year_before)

    def _rolls(self) -> Iterator[Block]:
        for code in dict.fromkeys(one.sums.unit for one in self.report.owed):
            by_month = {one.month: one for one in self._months(code)}
            known = [by_month.get(month) for month in self._shown()]
            flows = [None if one is None else law.columns(one.sums) for one in known]
            rows: list[tuple[str, ...]] = [
                self._row(code, "opening", [None if one is None else one.sums.opening for one in known])
            ]
            for name in _COLUMNS:
                moved = [None if one is None else one[name].points for one in flows]
                if any(moved):
                    rows.append(self._row(code, name, moved))
            sums = (0, len(rows))
            rows.append(self._row(code, "closing", [None if one is None else one.sums.closing for one in known]))
            late = [None if one is None else sum(flow.prior for flow in one.values()) for one in flows]
            if any(late):
                told = [UNKNOWN if one is None else self.steps(code, one) for one in late]
                rows.append((self.say("late_row"), *told))
            worth = [None if one is None else one.worth_closing for one in known]
            if any(one is not None for one in worth):
                told = [UNKNOWN if one is None else self.money(one) for one in worth]
                rows.append((self.say("console_finance.worth_closing"), *told))
            yield self._accounts(self.say("points_caption", unit=self.unit(code)), rows, sums)

    def _row(self, code: str, name: str, numbers: Sequence[int | None]) -> tuple[str, ...]:
        told = [UNKNOWN if one is None else self.steps(code, one) for one in numbers]
        return (self.say(f"console_finance.column_{name}"), *told)

    def _accounts(self, caption: str, rows: Sequence[tuple[str, ...]], sums: tuple[int, ...]) -> Table:
        heads = ["", *[self.month(month, capital=True) for month in self._shown()]]
        heads[0] = self.say("console_home.column_what")
        return Table(caption, _columns(heads), tuple(rows), sums)

    def _deferred(self) -> Iterator[Block]:
        found = self.report.deferred
        for code in dict.fromkeys(line.unit for line in found.months):
            lines = {line.month: line for line in found.months if line.unit == code}
            rows = [
                (
                    self.say(f"console_finance.column_{name}"),
                    *[self.money(getattr(lines[one], name)) if one in lines else UNKNOWN for one in self._shown()],
                )
                for name in _DEFERRED
            ]
            yield self._accounts(self.say("deferred_caption", unit=self.unit(code)), rows, (0, len(rows) - 1))
        for one in found.silent:
            yield Paragraph(self.say(f"console_finance.silent_{one.why}", unit=self.unit(one.unit)), soft=True)

    def _ends(self) -> Block:
        if self.report.looked is None:
            return Paragraph(self.say("ends_unknown"), soft=True)
        rows = []
        for one in [one for one in self.report.ends if one.points][:ENDS_MAX]:
            unit = self.programme.units.get(one.unit)
            worth = expiring.worth(one.points, unit) if unit else None
            rows.append((
                self.month(one.month, capital=True), self.points(one.unit, one.points),
                UNKNOWN if worth is None else self.money(worth),
            ))  # fmt: skip
        if not rows:
            return Paragraph(self.say("ends_none"), soft=True)
        at = self.tongue.moment(self.report.looked.astimezone(self.programme.zone))
        heads = [
            self.say("console_finance.column_month"),
            self.say("column_points"),
            self.say("console_finance.column_worth"),
        ]
        return Table(self.say("ends_caption", at=at), _columns(heads), tuple(rows))

    def _meaning(self) -> Terms:
        names = dict.fromkeys(one.value.kpi for one in self.report.figures)
        return Terms(tuple([(self.say(f"figures.{one}"), self.say(f"figures.{one}_about")) for one in names]))


def _columns(titles: Sequence[str]) -> tuple[Column, ...]:
    return tuple([Column(title, end=place > 0) for place, title in enumerate(titles)])

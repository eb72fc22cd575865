"""`guerdon simulate`: the whole real history replayed under a draft, beside what today's programme came to."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import files, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.features.programmes.queries import Lawbook, ProgrammeRow
    from guerdon.insight.simulate.answers import Answer, Change, OfUnit, Pair

LABELS: Final = {
    "issued": "issued", "redeemed": "redeemed", "expired": "expired", "outstanding": "outstanding at the end",
    "liability": "liability at the end", "cost": "cost of rewards", "unmet": "redemptions and transfers without points",
}  # fmt: skip
MONEY: Final = frozenset({"liability", "cost"})
CHANGES_SHOWN: Final = 5


def simulate(
    draft: Annotated[
        str, typer.Argument(help="A programme file, - for standard input, or a draft: drf_….", metavar="DRAFT")
    ],
    since: Annotated[
        str | None,
        typer.Option("--from", help="The draft is in force from this day; by default always.", metavar="DAY"),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Tell up to the month before this day.", metavar="DAY")
    ] = None,
    as_it_happened: Annotated[
        bool, typer.Option("--as-it-happened", help="As if everything had been told at once: for imported histories.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write months, segments and tiers into this file.", metavar="FILE")
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What would have happened if? Replays everything that happened under a draft, and compares.

    Every purchase, return and redemption of every member is decided anew, to the point: rates, caps, lots, expiry. What
    members did is left as it was. First today's programme is replayed; unless that equals the ledger for every member
    in every month, nothing is forecast. A redemption or a transfer for which the points would not have been there does
    not happen and is counted as unmet. What can't be replayed exactly is refused by name. Nothing is written into the
    database.

    With the extra “insight” it is fast: loops are compiled, which takes half a minute the first time.

    \b
    Examples:
      guerdon simulate draft.yaml
      guerdon simulate draft.yaml --as-it-happened
      guerdon simulate drf_0197… --from 2026-03-01 --csv months.csv
      guerdon simulate draft.yaml --from 2026-01-01 --until 2026-07-01 --json
    """
    row, book, wanted = asked_of(draft, programme)
    days = (_day(since, "--from"), _day(until, "--until"))
    answer = _asked(row, book, draft, wanted, days, as_it_happened=as_it_happened)
    if csv is not None:
        _write(csv, answer)
    if as_json:
        terminal.show_json(answer)
        return
    _print(answer, book, wanted)
    if csv is not None:
        terminal.note(f"Written to {csv}.")


def asked_of(draft: str, programme: str | None) -> "tuple[ProgrammeRow, Lawbook, Programme]":
    """The programme that a draft (a file, `-`, or one of the console) is of, what is published of it, and the draft."""
    wanted = files.valid(draft) if not draft.startswith("drf_") else None
    installation.enter()
    row = installation.programme(programme or (None if wanted is None else wanted.key))
    return row, installation.lawbook(row), wanted or _drafted(row, draft)


def _drafted(row: "ProgrammeRow", which: str) -> "Programme":
    """The programme of a draft of the console, which must be right."""
    from guerdon.features.drafts import queries
    from guerdon.kit import ids, store

    found = queries.get(store.current(), row.id, ids.read("draft", which))
    return files.valid(which, found.source.encode())


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        hint = "write it like 2026-01-31"
        raise Failure(f"{option}: “{text}” is no day.", hint=hint, code=terminal.USAGE) from None


def _asked(
    row: "ProgrammeRow", book: "Lawbook", name: str, draft: "Programme", days: tuple[date | None, date | None], *,
    as_it_happened: bool,
) -> "Answer":  # fmt: skip
    from guerdon.insight.simulate import questions
    from guerdon.kit import snapshot

    now = installation.now(row)
    since, until = days
    question = questions.Question(
        draft=draft, name=name, since=since, until=until, as_it_happened=as_it_happened
    )  # fmt: skip
    with snapshot.taken() as view, terminal.progress("Reading the history (entries)") as advance:
        history = questions.read(view, row.id, book.current(now), now=now, progress=lambda _, some: advance(some))
    both = 2 * len(history.people)
    with terminal.progress("Replaying today's programme, then the draft (members)", total=both) as advance:
        return questions.ask(history, book, question, progress=lambda _, some: advance(some))


# --- what is printed ---


def _print(answer: "Answer", book: "Lawbook", draft: "Programme") -> None:
    terminal.say(
        f"{answer.draft} instead of version {answer.version}, {answer.since} up to {answer.until}", style="bold"
    )
    done = f"{terminal.counted(answer.activities, 'activity', 'activities')}, {terminal.counted(answer.lines, 'line')}"
    gate = answer.gate
    tiers = f", {terminal.counted(gate.steps, 'step')} of tiers" if gate.steps else ""
    proved = f"{terminal.counted(gate.members, 'member')}, {terminal.counted(gate.postings, 'posting')}{tiers}"
    terminal.say(
        f"{done}, replayed in {terminal.duration(answer.milliseconds / 1000)}. Today's programme equals the ledger"
        f" to the point: {proved}."
    )
    today = book.law(answer.version).programme
    for one in answer.mechanical:
        _Shown(one, draft if one.unit in draft.units else today).tell()
    _moves(answer, today, draft)


class _Shown:
    """A unit on the terminal."""

    def __init__(self, of: "OfUnit", programme: "Programme") -> None:
        self.of = of
        self.programme = programme
        self.unit = programme.units[of.unit]
        self.name = self.unit.name[programme.languages[0]]

    def tell(self) -> None:
        whole = self.of.whole
        rows = [
            (label, *self._cells(name, getattr(whole.today, name), getattr(whole.draft, name)))
            for name, label in LABELS.items()
            if getattr(whole.today, name) or getattr(whole.draft, name)
        ]
        terminal.table(self.name, ("", "#today", "#draft", "#difference"), rows)
        self._of("month", self.of.months)
        self._of("segment", self.of.segments)
        self._of("tier today", self.of.tiers)
        more, less = terminal.counted(self.of.better_off, "member"), terminal.number(self.of.worse_off)
        terminal.say(f"{more} would have got more, {less} less.")
        self._changes("Most gained", self.of.winners)
        self._changes("Most lost", self.of.losers)

    def _cells(self, name: str, today: int, draft: int) -> tuple[str, str, str]:
        change = draft - today
        return (
            self._amount(name, today),
            self._amount(name, draft),
            ("+" if change > 0 else "") + self._amount(name, change),
        )

    def _amount(self, name: str, amount: int) -> str:
        if name in MONEY:
            return terminal.cash(amount, self.programme.currency)
        return terminal.number(amount) if name == "unmet" else terminal.points(amount, self.unit.scale)

    def _of(self, what: str, pairs: "Sequence[Pair]") -> None:
        if not pairs:
            return
        rows = [
            (
                one.key or "–", terminal.number(one.members),
                *self._cells("issued", one.today.issued, one.draft.issued),
                *self._cells("redeemed", one.today.redeemed, one.draft.redeemed)[1:],
                *self._cells("outstanding", one.today.outstanding, one.draft.outstanding)[1:],
            )
            for one in pairs
        ]  # fmt: skip
        heads = ("#members", "#issued today", "#draft", "#±", "#redeemed", "#±", "#outstanding", "#±")
        terminal.table("", (what, *heads), rows)

    def _changes(self, title: str, changes: "Sequence[Change]") -> None:
        if changes:
            shown = changes[:CHANGES_SHOWN]
            rows = [(one.member, *self._cells("issued", one.today, one.draft)) for one in shown]
            terminal.table(title, ("member", "#today", "#draft", "#difference"), rows)


def _moves(answer: "Answer", today: "Programme", draft: "Programme") -> None:
    """How many end in which tier under both, who moves from where to where, and how many of them up and down."""
    mix, moved, up, down = [], [], 0, 0
    for key in dict.fromkeys(one.ladder for one in answer.moves):
        levels = [level.key for each in (draft, today) for one in each.tiers if one.key == key for level in one.levels]
        order = {tier: place for place, tier in enumerate(dict.fromkeys(("", *levels)))}
        told = sorted((one for one in answer.moves if one.ladder == key), key=lambda one: order[one.today])
        for tier in order:
            ends = [sum(one.members for one in told if getattr(one, side) == tier) for side in ("today", "draft")]
            if any(ends):
                change = f"{'+' if ends[1] > ends[0] else ''}{terminal.number(ends[1] - ends[0])}"
                mix.append((key, tier or "–", *map(terminal.number, ends), change))
        up += sum(one.members for one in told if order[one.draft] > order[one.today])
        down += sum(one.members for one in told if order[one.draft] < order[one.today])
        moved += [(key, one.today or "–", one.draft or "–", terminal.number(one.members)) for one in told]
    if moved:
        terminal.table("Tiers at the end", ("ladder", "tier", "#today", "#draft", "#difference"), mix)
        terminal.table("Who moves where", ("ladder", "today", "draft", "#members"), moved)
        terminal.say(
            f"{terminal.counted(up, 'member')} would stand in a higher tier, {terminal.number(down)} in a lower."
        )


def _write(path: Path, answer: "Answer") -> None:
    """All pairs as rows, numbers as they are counted: points in smallest steps, money in minor units."""
    from guerdon.faces import tables

    rows = []
    for one in answer.mechanical:
        parts = (("whole", (one.whole,)), ("month", one.months), ("segment", one.segments), ("tier", one.tiers))
        for of, pairs in parts:
            for pair in pairs:
                both = [amount for name in LABELS for amount in (getattr(pair.today, name), getattr(pair.draft, name))]
                rows.append((one.unit, of, pair.key, pair.members, *both))
    header = ("unit", "of", "key", "members", *(f"{name}_{side}" for name in LABELS for side in ("today", "draft")))
    try:
        path.write_text(tables.write(header, rows), encoding="utf-8", newline="")
    except OSError as error:
        raise Failure(f"{path} can't be written.", why=f"{error.strerror}.") from error

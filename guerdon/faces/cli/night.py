"""The nightly run by hand: what expired becomes breakage, what became available repays debt."""

import time
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.core.programme import Programme
    from guerdon.engine.night import Report
    from guerdon.features.programmes.queries import ProgrammeRow


def night(
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day, or day and time, of the programme's zone.", metavar="WHEN")
    ] = None,
    programme: installation.ProgrammeKey = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Book what expired, and let what became available repay debts.

    What it books stays booked, so it goes no further than now: points that still live are nobody's to end.
    Balances are right without it at any time; the night makes them final in the ledger. Running it twice does no
    harm, and stopping it neither: it goes on where it was. The worker runs it by itself, at three in the morning.
    Where something is due you are asked first; where nobody is at the terminal to be asked, say --yes.
    Members are reminded of points that end soon; not with --as-of, for what the past would say is old.

    \b
    Examples:
      guerdon night
      guerdon night --programme aurora --as-of 2026-01-01 --yes
    """
    installation.enter()
    from guerdon.engine import night as engine
    from guerdon.features.ledger import queries as ledger
    from guerdon.features.programmes import queries
    from guerdon.kit import store

    rows = [installation.programme(programme)] if programme else queries.every(store.current())
    if not rows:
        installation.programme(None)  # says what to do
    nights = []
    for row in rows:
        now = installation.now(row)
        law = installation.lawbook(row).current(now).programme
        at = _come(installation.moment(as_of, law.zone, "--as-of", now=now), now)
        nights.append((row, law, at, ledger.count_due(store.current(), row.id, at)))
    accounts = sum(due for *_, due in nights)
    if accounts:
        due = f"Book what is due at {terminal.counted(accounts, 'account')} of {', '.join(row.key for row in rows)}?"
        terminal.agree(f"{due} It can't be taken back.", yes=yes, otherwise="Nothing was booked.")
    told = []
    for row, law, at, due_here in nights:
        began = time.monotonic()
        with terminal.progress(f"The night of {row.key} (accounts)", total=due_here) as advance:
            report = engine.run(programme_id=row.id, as_of=at, progress=advance, ahead=as_of is None)
        if as_json:
            told.append({"programme": row.key, "as_of": at, "report": report})
        else:
            _print(row, law, report, time.monotonic() - began)
    if as_json:
        terminal.show_json(told)


def _come(at: "datetime", now: "datetime") -> "datetime":
    """The instant, which must have come: what a night of the future ends can't be brought back to life."""
    if at > now:
        raise Failure(
            f"--as-of: {at:%Y-%m-%d %H:%M} UTC has not come yet.",
            why="The night books what has expired by then, for good; points that live today would be gone.",
            hint="Leave --as-of out for now; guerdon member show MEMBER --as-of WHEN looks ahead.",
            code=terminal.USAGE,
        )
    return at


# What a night did, by its name in the report, in the order in which it is told.
_TOLD: Final = {
    "reviews": ("review", "of tiers"),
    "redemptions": ("redemption", "that nobody took or fetched"),
    "conversions": ("conversion", "of points"),
    "reminders": ("reminder", "of points that end"),
    "memberships": ("account", "with memberships looked at"),
    "consents": ("consent", "ended with their days"),
    "looks": ("look", "at personal data forgotten"),
    "unused": ("account", "that nobody ever used forgotten"),
    "alerts": ("alert", "of what looks like fraud raised"),
}


def _print(row: "ProgrammeRow", law: "Programme", report: "Report", seconds: float) -> None:
    for name, (thing, about) in _TOLD.items():
        if number := getattr(report, name):
            terminal.say(f"{row.key}: {terminal.counted(number, thing)} {about}.")
    if report.conversions_refused:
        refused = terminal.counted(report.conversions_refused, "conversion")
        terminal.warn(f"{row.key}: {refused} of points could not be made; the log says which, and why.")
    if report.held_up:
        terminal.warn(f"{row.key}: somebody was writing all the while it began; guerdon verify leaves this night out.")
    if report.alerts_failed:
        terminal.warn(f"{row.key}: fraud could not be looked for; the log says why, and the next night tries again.")
    if not report.accounts:
        terminal.say(f"{row.key}: nothing was due.")
        return
    spent = terminal.duration(seconds)
    terminal.say(f"{row.key}: {terminal.counted(report.accounts, 'account')} in {spent}.")
    done = report.expired.keys() | report.repaid.keys() | report.cancelled.keys()
    units = [unit for code, unit in law.units.items() if code in done]
    rows = [
        (
            unit.name.get("en") or unit.code,
            terminal.points(report.expired.get(unit.code, 0), unit.scale),
            terminal.points(report.repaid.get(unit.code, 0), unit.scale),
            terminal.points(report.cancelled.get(unit.code, 0), unit.scale),
        )
        for unit in units
    ]
    terminal.table("", ("", "#expired", "#repaid debts", "#waited in vain"), rows)

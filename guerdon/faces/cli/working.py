"""`guerdon insight working`: what of a programme does not work, in plain words."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.insight.working.told import Report

LANGUAGES: Final = ("en", "bg", "tr")


def working(
    folder: exported.Folder = None,
    since: Annotated[
        str | None, typer.Option("--from", help="The first day; by default of the last three months.", metavar="DAY")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="The day after the last one.", metavar="DAY")] = None,
    language: Annotated[str, typer.Option("--language", help="In which.", metavar="en|bg|tr")] = "en",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Say what of the programme does not pay, each with its figures, since when, and what to do.

    Rules that give nothing, rewards and vouchers that nobody takes, tiers that nobody reaches, points that end unspent,
    stores and segments that shrink, campaigns whose effect is not to be seen: of closed months that are exported.
    Nothing is said where all is well. It ends with 1 where something was found.

    \b
    Examples:
      guerdon insight working
      guerdon insight working exports --from 2026-01-01 --until 2026-07-01 --language bg
    """
    with exported.extra():
        from guerdon.insight.working import answers
    if language not in LANGUAGES:
        raise Failure(f"“{language}” is no language.", hint="--language en, bg or tr", code=terminal.USAGE)
    own = exported.own(exported.place(folder), programme)
    with exported.told(own):
        usual = answers.usual_of(own)
        report = answers.ask(own, exported.span(usual, since, until))
    if as_json:
        terminal.show_json({"programme": own.name, "from": report.span.since, "until": report.span.until,
                            "report": report})  # fmt: skip
    else:
        _print(report, language)
    if report.findings:
        raise SystemExit(terminal.FINDING)


def _print(report: "Report", language: str) -> None:
    from guerdon.core import sentences
    from guerdon.faces import findings, words

    tongue = sentences.tongue(language)

    def say(key: str, **facts: object) -> str:
        return words.say(f"working.{key}", language, **facts)

    def points(steps: int, unit: str) -> str:
        return f"{tongue.number(steps, report.scales.get(unit, 0))} {unit}"

    terminal.say(say("days", since=tongue.day(report.span.since), last=tongue.day(report.span.last)), style="bold")
    if report.against is None:
        terminal.say(say("against_none"))
    else:
        days = {"since": tongue.day(report.against.since), "last": tongue.day(report.against.last)}
        terminal.say(say("against", **days))
    if not report.findings:
        terminal.say(say("well"), style="bold")
        terminal.say(say("well_about", count=tongue.number(report.looked_at)))
    for one in report.findings:
        told = findings.tell(one, language, currency=report.currency, points=points)
        terminal.say(f"\n{told.title}", style="bold")
        terminal.say(f"  {told.text}")
        if told.since:
            terminal.say(f"  {told.since}.")
        terminal.say(f"  → {told.advice}")

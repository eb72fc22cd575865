"""The one table of commands, each loaded only when it is asked for, so that `guerdon --help` is there at once."""

import importlib
from typing import Annotated, Final, NamedTuple

import typer

import guerdon


class Command(NamedTuple):
    """A command (a function) or a group of commands (a typer app), and where it lives."""

    name: str
    room: str  # module:attribute
    short: str
    group: bool = False


COMMANDS: Final = (
    Command("demo", "demo.command:demo", "A café and a year of real shopping become points."),
    Command("programme", "programme:app", "Check, compare, publish and read programme files.", group=True),
    Command("draft", "draft:app", "Change a programme: try it, let it be approved, publish.", group=True),
    Command("member", "member:app", "Show a member, and why each point was given.", group=True),
    Command("segment", "segment:app", "Saved segments: count, explain, export.", group=True),
    Command("tiers", "tiers:app", "Show where members stand, and try new thresholds.", group=True),
    Command("membership", "membership:app", "Paid memberships: join, pay, change, cancel.", group=True),
    Command("worth", "worth:worth", "Say whether a plan or a tier would pay for a member."),
    Command("reward", "reward:app", "Show the catalogue of rewards, and bring pieces in.", group=True),
    Command("redemption", "redemption:app", "Redeem rewards, and see what waits to be handed over.", group=True),
    Command("letters", "letters:app", "See which e-mails wait or failed, and how they look.", group=True),
    Command("draw", "draw:app", "Check draws, show their seeds, switch chance off.", group=True),
    Command("voucher", "voucher:app", "Give, bring in, redeem and roll back vouchers.", group=True),
    Command("gift-card", "gift_card:app", "Sell gift cards, and spend from them.", group=True),
    Command("household", "household:app", "Households: who shares one balance.", group=True),
    Command("import", "imports:app", "Bring in a history of purchases from files.", group=True),
    Command("claim", "claim:app", "Claims of members: see, answer and settle them.", group=True),
    Command("alerts", "alerts:app", "What looks like fraud: see it, and say what it was.", group=True),
    Command("adjust", "adjust:adjust", "Give and take points by hand, from a file."),
    Command("night", "night:night", "Book what expired and what debts can repay."),
    Command("expiring", "expiring:expiring", "Show which points end in which month."),
    Command("figures", "figures:figures", "Show what days came to, and what points are owed."),
    Command("revenue", "revenue:revenue", "Show what revenue is deferred for points, and its journal."),
    Command("report", "report:report", "Tell what a month came to, as a page or a paper."),
    Command("cost", "cost:app", "The cost book: tell what the programme costs, see months.", group=True),
    Command("rates", "rates:app", "Exchange rates: bring in, list, release what waited.", group=True),
    Command("close", "close:close", "Close an accounting month: its figures never change again."),
    Command("simulate", "simulate:simulate", "Replay the whole history under a draft, and compare."),
    Command("sweep", "sweep:sweep", "Try a grid of drafts on the real history, and choose."),
    Command("objective", "objective:app", "Where a KPI shall be by a month, and how it goes.", group=True),
    Command("forecast", "forecast:forecast", "Look years ahead, from what happened so far."),
    Command("insight", "insight:app", "Export closed months, and say what they come to.", group=True),
    Command("verify", "verify:verify", "Prove that no point is lost or doubled."),
    Command("torture", "torture.command:torture", "Mistreat scratch installations, and prove them."),
    Command("seal", "seal:seal", "Seal the journal, so that nobody can rewrite it."),
    Command("receipt", "receipt:receipt", "Write an activity's receipt, to be verified anywhere."),
    Command("start", "start:start", "Print the link that opens the first steps."),
    Command("doctor", "doctor.command:doctor", "Say what is wrong here, and what to do."),
    Command("serve", "serve:serve", "Serve the pages and the API."),
    Command("work", "work:work", "Run jobs and send news out, until stopped."),
    Command("key", "key:app", "Make, list and revoke API keys.", group=True),
    Command("staff", "staff:app", "Appoint staff, and make links that let them in.", group=True),
    Command("secret", "secret:app", "Another secret, and everything sealed with it.", group=True),
    Command("migrate", "migrate:migrate", "Create the database, or bring it up to date."),
    Command("backup", "backup:backup", "Write everything into one file, while serving."),
    Command("restore", "restore:restore", "Bring a backup back into an empty database."),
    Command("dump", "dump:dump", "Write every row as text, and the hash of it all."),
    Command("openapi", "openapi:openapi", "Print, write or check the API's description."),
)
TEACHING: Final = """Guerdon – a loyalty platform in which no point is ever lost, doubled or unexplained.

\b
Examples:
  guerdon demo --serve                  a café, a year of real shopping, the API
  guerdon programme check aurora.yaml   is this file right?
  guerdon member show ann               what has Ann, and why?

\b
Every command teaches itself with --help. They end with
  0 fine, 1 a finding, 2 wrong usage, 3 unreadable or unknown,
  4 interrupted, 5 no database.
"""


def build(wanted: str | None) -> typer.Typer:
    """The program with the wanted command loaded and a signboard for every other one."""
    app = typer.Typer(
        help=TEACHING,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help is there in a tenth of a second, and reads well everywhere
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for one in COMMANDS:
        if one.name == wanted:
            _hang(app, one)
        else:
            app.command(one.name, help=one.short)(_signboard)
    return app


def _version(asked: bool) -> None:
    if asked:
        print(f"guerdon {guerdon.__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Takes what may stand before a command."""


def _signboard() -> None:
    """Stands in the help of the program for a command that this run does not need."""


def _hang(app: typer.Typer, one: Command) -> None:
    module, _, attribute = one.room.partition(":")
    found = getattr(importlib.import_module(f"guerdon.faces.cli.{module}"), attribute)
    if one.group:
        app.add_typer(found, name=one.name)
    else:
        app.command(one.name)(found)

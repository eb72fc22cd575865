"""Gift cards at the terminal: sold, shown, loaded, spent from, given back and loaded onto a member."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal

if TYPE_CHECKING:
    from guerdon.engine.batch import Outcome
    from guerdon.engine.cards import Deed
    from guerdon.features.cards.queries import Card
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Gift cards: stored money that belongs to whoever has the code.

    \b
    Examples:
      guerdon gift-card sell 25.00
      guerdon gift-card show A2C4-E6G7-J9KMX
      guerdon gift-card spend A2C4-E6G7-J9KMX 12.50
    """,
)
Code = Annotated[str, typer.Argument(help="The code, however it is typed.", metavar="CODE")]
Money = Annotated[str, typer.Argument(help="How much, like 12.50.", metavar="MONEY")]
Named = Annotated[
    str | None, typer.Option("--as", help="A name for it: told again it does nothing more.", metavar="NAME")
]


@app.command()
def sell(
    amount: Money, name: Named = None, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False
) -> None:
    """Sell a gift card.

    \b
    Example:
      guerdon gift-card sell 25.00 --as 2026-11-20/0119
    """
    installation.enter()
    from guerdon.engine import cards

    row = installation.programme(programme)
    card, _ = cards.issue(programme_id=row.id, deed=_deed(row, amount, name), now=installation.now(row))
    _show(row, card, as_json)


@app.command()
def show(code: Code, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What is on a gift card, and until when?

    \b
    Example:
      guerdon gift-card show A2C4-E6G7-J9KMX
    """
    installation.enter()
    from guerdon.engine import cards

    row = installation.programme(programme)
    _show(row, cards.find(row.id, code), as_json)


@app.command("top-up")
def top_up(
    code: Code,
    amount: Money,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Load more money onto a gift card.

    \b
    Example:
      guerdon gift-card top-up A2C4-E6G7-J9KMX 10.00
    """
    installation.enter()
    from guerdon.engine import cards

    row = installation.programme(programme)
    card = cards.find(row.id, code)
    cards.top_up(programme_id=row.id, card=card, deed=_deed(row, amount, name), now=installation.now(row))
    _show(row, card, as_json)


@app.command()
def spend(
    code: Code,
    amount: Money,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Take money off a gift card; the rest stays on it.

    \b
    Example:
      guerdon gift-card spend A2C4-E6G7-J9KMX 12.50
    """
    installation.enter()
    from guerdon.engine import cards

    row = installation.programme(programme)
    card = cards.find(row.id, code)
    outcome = cards.spend(programme_id=row.id, card=card, deed=_deed(row, amount, name), now=installation.now(row))
    _show(row, card, as_json, outcome)


@app.command()
def rollback(
    spent: Annotated[str, typer.Argument(help="What was taken, brn_…", metavar="SPEND")],
    amount: Annotated[str | None, typer.Argument(help="How much of it; else all of it.", metavar="MONEY")] = None,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give back what was taken off a gift card, wholly or in part, never twice.

    \b
    Example:
      guerdon gift-card rollback brn_0197f1c2a4b87d3e9f00112233445566 2.50
    """
    installation.enter()
    from guerdon.core import burns
    from guerdon.core.errors import Refusal
    from guerdon.engine import cancel
    from guerdon.features.activities import queries as activities
    from guerdon.features.cards import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    found = activities.find(store.current(), row.id, ids.read("burn", spent), "burn")
    card = None if found is None else queries.of_account(store.current(), row.id, found.account_id)
    if found is None or card is None:
        raise burns.BURN_UNKNOWN(id=spent[:60])
    points = None if amount is None else _minor(row, amount)
    wanted = cancel.Cancellation(found, installation.actor(), points, "terminal", name or ids.new())
    (result,) = cancel.cancel_many(programme_id=row.id, cancellations=[wanted], now=installation.now(row))
    if isinstance(result, Refusal):
        raise result
    _show(row, card, as_json)


@app.command()
def transfer(
    code: Code,
    member: naming.Who,
    amount: Annotated[str | None, typer.Argument(help="How much; else all of it.", metavar="MONEY")] = None,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Load a gift card onto a member, where the money keeps its dates.

    \b
    Example:
      guerdon gift-card transfer A2C4-E6G7-J9KMX ann
    """
    installation.enter()
    from guerdon.core import money
    from guerdon.engine import cards

    row = installation.programme(programme)
    now = installation.now(row)
    card = cards.find(row.id, code)
    currency = installation.lawbook(row).current(now).programme.currency
    all_of_it = money.plain(max(1, cards.balance(card, now)), money.decimals(currency))
    deed = _deed(row, amount or all_of_it, name)
    cards.transfer(programme_id=row.id, card=card, to=naming.identifier(member), deed=deed, now=now)
    _show(row, card, as_json)


def _minor(row: "ProgrammeRow", amount: str) -> int:
    from guerdon.core import money

    currency = installation.lawbook(row).current(installation.now(row)).programme.currency
    return money.parse(amount, currency=currency)


def _deed(row: "ProgrammeRow", amount: str, name: str | None) -> "Deed":
    from guerdon.engine.cards import Deed
    from guerdon.kit import ids

    return Deed(_minor(row, amount), "terminal", name or ids.new())


def _show(row: "ProgrammeRow", card: "Card", as_json: bool, spent: "Outcome | None" = None) -> None:
    from guerdon.core import codes
    from guerdon.engine import cards
    from guerdon.features.ledger import queries as ledger
    from guerdon.kit import ids, store

    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    currency, left = in_force.programme.currency, cards.balance(card, now)
    lots = ledger.account_lots(store.current(), card.account_id, now, after=ids.NIL, most=100, spent_too=False)
    burn = None if spent is None else ids.show("burn", spent.activity_id)
    if as_json:
        ends = [{"amount": lot.remaining, "expires_at": lot.expires_at} for lot in lots]
        terminal.show_json({"code": codes.shown(card.code), "balance": left, "currency": currency, "lots": ends,
                            "spend": burn})  # fmt: skip
        return
    terminal.say(f"{codes.shown(card.code)}: {terminal.cash(left, currency)}")
    for lot in lots:
        if lot.expires_at is not None:
            amount = terminal.cash(lot.remaining, currency)
            terminal.say(f"  {amount} until {terminal.until(lot.expires_at, in_force.zone)}")
    if burn is not None:
        terminal.say(f"Give it back with: {installation.program()} gift-card rollback {burn}")

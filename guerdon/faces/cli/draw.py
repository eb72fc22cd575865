"""Draws at the terminal: making one again from its seed, the seeds themselves, and the switch of a member."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

app = typer.Typer(
    no_args_is_help=True,
    help="""Draws of mystery rewards: anybody can make them again, and every member can do without.

    \b
    Examples:
      guerdon draw seeds
      guerdon draw check rdm_019b0f6677887d6f9e03a1b2c3d4e841
      guerdon draw off ann
    """,
)


@app.command()
def seeds(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Which hashes were shown, and which seeds have been since?

    \b
    Examples:
      guerdon draw seeds --json
    """
    installation.enter()
    from guerdon.features.draws import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    found = queries.shown(store.current(), row.id)
    if as_json:
        terminal.show_json(
            [
                {"number": one.number, "hash": one.hash, "made_at": one.made_at, "seed": one.secret,
                 "retired_at": one.retired_at}
                for one in found
            ]
        )  # fmt: skip
        return
    if not found:
        terminal.say("Nothing has been drawn: the programme has had no mystery.")
        return
    rows = [(str(one.number), one.hash, one.secret or "not shown yet") for one in found]
    terminal.table("", ("number", "hash", "seed"), rows)


@app.command()
def check(
    draw: Annotated[str, typer.Argument(help="The id of the draw, rdm_….", metavar="DRAW")],
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Make a draw again from its seed: does it give the same prize? Before the seed is shown nobody can say.

    \b
    Examples:
      guerdon draw check rdm_019b0f6677887d6f9e03a1b2c3d4e841
    """
    installation.enter()
    from guerdon.core import chance
    from guerdon.features.activities import queries as activities
    from guerdon.features.draws import queries
    from guerdon.features.redemptions import queries as redemptions
    from guerdon.kit import ids, store

    row, at_hand = installation.programme(programme), store.current()
    one = redemptions.one(at_hand, row.id, ids.read("redemption", draw))
    told = activities.recorded(at_hand, [(one.account_id, one.id)])[one.id]
    drawn = told.decision.drawn
    if drawn is None:
        raise chance.DRAW_UNKNOWN(id=draw)
    seed = queries.numbered(at_hand, row.id, drawn.seed)
    if seed.secret is None:
        hint = f"Its hash is {seed.hash}; it is shown by the night in which it is retired."
        raise Failure(f"The seed {seed.number} is still in use.", hint=hint)
    reward = installation.lawbook(row).law(one.version).programme.reward(one.reward)
    name = chance.Name(one.reward, one.version, told.activity.source, told.activity.external_id)
    number = chance.ticket(seed.secret, name, chance.total(reward))
    prize = chance.drawn(reward, number, there=set(reward.prizes) - set(drawn.gone), dry=drawn.dry)
    right = chance.hash_of(seed.secret) == seed.hash and (number, prize) == (drawn.ticket, drawn.prize)
    if as_json:
        terminal.show_json({"right": right, "seed": seed.secret, "hash": seed.hash, "ticket": number, "prize": prize})
    else:
        terminal.say(f"{draw}: {drawn.prize}", style="bold")
        terminal.say(f"  seed    {seed.secret} (number {seed.number})")
        terminal.say(f"  hash    {seed.hash}")
        terminal.say(f"  ticket  {number} of {chance.total(reward)}, after {drawn.dry} without what is guaranteed")
        terminal.say(f"  gone    {', '.join(drawn.gone) or 'nothing'}")
        terminal.say("It comes out the same." if right else f"It comes out otherwise: {prize}.")
    if not right:
        raise typer.Exit(terminal.FINDING)


@app.command()
def off(member: naming.Who, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Switch chance off for a member, at once.

    \b
    Examples:
      guerdon draw off ann
    """
    _switch(member, programme, on=False, as_json=as_json)


@app.command()
def on(member: naming.Who, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Switch chance on again for a member, after it has cooled down.

    \b
    Examples:
      guerdon draw on ann
    """
    _switch(member, programme, on=True, as_json=as_json)


def _switch(member: str, programme: str | None, *, on: bool, as_json: bool) -> None:
    installation.enter()
    from guerdon.core import chance
    from guerdon.engine import draws
    from guerdon.kit import ids

    row = naming.programme_of(member, programme)
    id, since = draws.switch(
        programme_id=row.id, member_id=naming.known(row, member), on=on, now=installation.now(row)
    )  # fmt: skip
    again: datetime | None = None if since is None else chance.cools_until(since)
    if as_json:
        terminal.show_json({"member": ids.show("member", id), "on": on, "off_at": since, "on_again_from": again})
    elif again is None:
        terminal.say("Chance is on.")
    else:
        zone = installation.lawbook(row).newest().zone
        terminal.say(f"Chance is off. It can be switched on again from {terminal.moment(again, zone)} on.")

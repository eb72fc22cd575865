"""Rewards at the terminal: the catalogue, what a member can have, and the pieces that come in."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.core.rewards import Price, Reward
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Rewards: what members can have for their points, and how many there are.

    \b
    Examples:
      guerdon reward list
      guerdon reward list --member ann
      guerdon reward supply mug 20 --because "delivery of November"
      guerdon reward picture mug mug.jpg
    """,
)


@app.command("list")
def list_(
    member: Annotated[
        str | None, typer.Option("--member", "-m", help="As this member sees them.", metavar="MEMBER")
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What is there, for how much, and how many are left? With a member: what can be had, and what is in the way.

    \b
    Examples:
      guerdon reward list --programme aurora
      guerdon reward list --member card:4711 --json
    """
    installation.enter()
    from guerdon.insight import catalogue
    from guerdon.kit import store

    row = installation.programme(programme) if member is None else naming.programme_of(member, programme)
    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    if not in_force.programme.rewards:
        terminal.say(f"{row.key} has no rewards.")
        return
    if member is not None:
        _of_member(row, member, as_json)
        return
    left = catalogue.pieces(store.current(), row.id, in_force, now)
    rewards = in_force.programme.rewards.values()
    if as_json:
        terminal.show_json([{"reward": one, "left": left[one.key][0].left} for one in rewards])
        return
    rows = [
        (one.key, one.name.get("en") or one.key, _category(one, in_force.programme),
         _prices(one.prices, in_force.programme), _left(left[one.key][0].left))
        for one in rewards
    ]  # fmt: skip
    terminal.table("", ("reward", "name", "category", "price", "#left"), rows)


def _of_member(row: "ProgrammeRow", member: str, as_json: bool) -> None:
    from guerdon.faces import refusals
    from guerdon.features.members import queries as members
    from guerdon.insight import catalogue
    from guerdon.kit import store

    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    who = members.get(store.current(), row.id, naming.known(row, member))
    found = catalogue.of_member(store.current(), row.id, in_force, who, now)
    programme = in_force.programme
    if as_json:
        terminal.show_json(
            [
                {"reward": one.reward.key, "available": one.available, "affordable": one.affordable,
                 "missing": one.missing, "obstacle": None if one.obstacle is None else one.obstacle.code}
                for one in found
            ]
        )  # fmt: skip
        return
    rows = [
        (
            one.reward.key,
            _prices(one.reward.prices, programme),
            refusals.tell(one.obstacle, "en", programme).cause if one.obstacle is not None
            else "yes" if one.affordable else f"{_points(one.missing[one.nearest], programme)} missing",
        )
        for one in found
    ]  # fmt: skip
    terminal.table("", ("reward", "price", "can be had"), rows)


def _category(one: "Reward", programme: "Programme") -> str:
    return "" if one.category is None else programme.reward_categories[one.category].get("en") or one.category


def _prices(prices: "tuple[Price, ...]", programme: "Programme") -> str:
    told = []
    for price in prices:
        parts = [_points(price.points, programme)] if price.points else []
        parts += [terminal.cash(price.money, programme.currency)] if price.money else []
        told.append((" + ".join(parts) or "nothing") + _top_up(price, programme))
    return ", or ".join(told)


def _top_up(price: "Price", programme: "Programme") -> str:
    """How money makes up for points that are missing, where it may."""
    one = price.top_up
    if one is None:
        return ""
    (unit,) = price.points
    each = f"{terminal.cash(one.amount, programme.currency)} for every {_points({unit: one.points}, programme)} missing"
    return f" (from {_points({unit: one.least}, programme)} on, {each})"


def _points(points: "dict[str, int]", programme: "Programme") -> str:
    units = programme.units
    return ", ".join(
        f"{terminal.points(amount, units[code].scale)} {units[code].name.get('en') or code}"
        for code, amount in points.items()
    )


def _left(left: int | None) -> str:
    return "always" if left is None else terminal.number(left)


@app.command()
def supply(  # noqa: PLR0917 - each of them is an option of the command
    reward: Annotated[str, typer.Argument(help="The key of the reward.", metavar="REWARD")],
    pieces: Annotated[int, typer.Argument(help="How many came in; below zero how many were lost.", metavar="PIECES")],
    because: Annotated[str, typer.Option("--because", help="Why, for auditors.", metavar="REASON")],
    variant: Annotated[
        str, typer.Option("--variant", help="Which options, with a slash between them: m or m/red.", metavar="OPTIONS")
    ] = "",
    name: Annotated[
        str | None, typer.Option("--as", help="A name for it: told again it does nothing more.", metavar="NAME")
    ] = None,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Pieces of a reward came in, or were lost. Never more are taken out than are free.

    \b
    Examples:
      guerdon reward supply mug 20 --because "delivery of November"
      guerdon reward supply shirt 5 --variant m --because "second delivery" --as delivery-2
      guerdon reward supply mug --because "two broken" -- -2
    """
    installation.enter()
    from guerdon.engine import supplies
    from guerdon.kit import ids

    if not because.strip():
        raise Failure("--because is empty.", hint="Say why: auditors will ask.", code=terminal.USAGE)
    row = installation.programme(programme)
    wanted = supplies.NewSupply(
        reward, variant, pieces, because, installation.who(), "terminal", name or ids.new()
    )  # fmt: skip
    done = supplies.supply(programme_id=row.id, wanted=wanted, now=installation.now(row), dry_run=dry_run)
    if as_json:
        terminal.show_json({"supply": done.supply, "dry_run": dry_run, "differs": done.differs})
        return
    if done.differs:
        terminal.warn(f"“{done.supply.external_id}” was told before and said something else; that stands.")
    left = "not counted yet" if done.supply.remains is None else f"{terminal.number(done.supply.remains)} left"
    tried = " Nothing is kept: it was only tried." if dry_run else ""
    terminal.say(f"{done.supply.reward} {done.supply.variant}".rstrip() + f": {done.supply.pieces:+,}, {left}.{tried}")


@app.command()
def picture(
    reward: Annotated[str, typer.Argument(help="The key of the reward.", metavar="REWARD")],
    file: Annotated[str | None, typer.Argument(help="A PNG, JPEG or WebP picture.", metavar="FILE")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take its picture away.")] = False,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Keep the picture of a reward here, and show it instead of the address in the programme file.

    \b
    Examples:
      guerdon reward picture mug mug.jpg
      guerdon reward picture mug --remove
    """
    installation.enter()
    from pathlib import Path

    from guerdon.core import images
    from guerdon.engine import pictures
    from guerdon.faces.api.pictures import address

    if (file is None) is not remove:
        raise Failure("Name a picture, or --remove.", hint="guerdon reward picture mug mug.jpg", code=terminal.USAGE)
    row = installation.programme(programme)
    if file is None:
        shown = pictures.take(programme_id=row.id, reward=reward, actor=installation.who(), now=installation.now(row))
    else:
        try:
            content = Path(file).read_bytes()
        except OSError as error:
            raise Failure(f"{file} can't be read: {error.strerror}.", code=terminal.UNREADABLE) from error
        image = images.read(content)
        pictures.put(
            programme_id=row.id, reward=reward, image=image, actor=installation.who(), now=installation.now(row)
        )
        shown = address(image.hash)
    if as_json:
        terminal.show_json({"reward": reward, "image": shown})
    else:
        terminal.say(f"{reward}: {'no picture any more' if shown is None else shown}.")

"""`guerdon insight clv`: what members will be worth, how wrong that was before, and who stays in paid plans."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.core import limits
from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from guerdon.insight.clv.answers import Answer, HoldOut, Part, Stay
    from guerdon.insight.clv.forecast import Forecast

MODELS: Final = {"bg-nbd": "BG/NBD", "pareto-nbd": "Pareto/NBD", "as-before": "everybody as before"}
DOUBTS: Final = {
    "few_customers": "Only {number} customers have bought: what is said of all of them is a guess.",
    "few_repeats": "Only {number} customers have come again: how often and for how much is learnt from them alone.",
    "short_watch": "Only {number} weeks were watched: who comes by the season is not known.",
    "not_held_out": "There is too little to keep any of it back: nobody knows how wrong this is.",
    "far_off": "In the hold-out it was far off: don't plan with single numbers.",
    "worse_than_before": "In the hold-out, members were missed by more than by “everybody goes on as before”.",
    "no_spending": "What purchases come to can't be learnt: there is no value, only how often.",
    "spending_depends": "Who comes often does not spend the same as who comes rarely, which the value assumes.",
    "foreign": "{number} purchases in other currencies are left out.",
}


def clv(
    folder: exported.Folder = None,
    months: Annotated[
        str, typer.Option("--months", help="For so many months ahead.", metavar="MONTHS", show_default=True)
    ] = "12",
    model: Annotated[
        str | None,
        typer.Option("--model", help="By default the one that was less wrong.", metavar="bg-nbd|pareto-nbd"),
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row for each member.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """Say what members will be worth, of the closed months in a folder of exports; no database is asked.

    How often each will buy (BG/NBD or Pareto/NBD), for how much (Gamma-Gamma), and how probable it is that they still
    are customers. The last third of the days is kept back, at most half a year, and it is shown what the models, not
    having seen it, said of it. Members stand by their ids.

    \b
    Examples:
      guerdon insight clv
      guerdon insight clv exports --months 24 --csv > members.csv
      guerdon insight clv exports --model pareto-nbd --json
    """
    ahead = terminal.whole(1, limits.FORECAST_MONTHS_MAX)(months)
    if model is not None and model not in tuple(MODELS)[:2]:
        raise Failure(f"“{model}” is no model.", hint="--model bg-nbd or --model pareto-nbd", code=terminal.USAGE)
    own = exported.own(exported.place(folder), programme)
    found = _made(own, ahead, model)
    if as_csv:
        from guerdon.faces import forecasts

        print(forecasts.csv(found.members, found.answer.currency), end="")
    elif as_json:
        terminal.show_json({"programme": own.name, "clv": found.answer})
    else:
        _print(found.answer)


def _made(own: "Path", months: int, model: str | None) -> "Forecast":
    from guerdon.insight.clv import buying, forecast, paid
    from guerdon.insight.clv.models import MODELS as KNOWN
    from guerdon.insight.exports import files

    with exported.sound(own):
        read = files.months(own)
    if not read:
        raise Failure(f"No month is exported in {own}.", hint="guerdon insight export FOLDER")
    wanted = None if model is None else KNOWN[tuple(MODELS).index(model)]
    return forecast.make(buying.read(read), months=months, model=wanted, stays=paid.stays(read))


def _print(found: "Answer") -> None:
    last = terminal.number(found.customers)
    terminal.say(
        f"{last} customers who bought since {found.since}, {terminal.number(found.came_again)} again", style="bold"
    )
    for one in found.warned:
        terminal.warn(DOUBTS[one.doubt].format(number=terminal.number(abs(one.number))))
    if found.hold_out is not None:
        _print_held(found.hold_out, found.currency)
    if found.whole is None:
        terminal.say(f"Nothing can be said of what comes: {found.why}.")
    else:
        name = MODELS[found.model.replace("_", "-")]
        told = ", ".join(f"{key} {value:,.3f}" for key, value in (*found.parameters.items(), *found.spending.items()))
        terminal.say(f"\n{name} and Gamma-Gamma: {told}" if found.spending else f"\n{name}: {told}")
        parts = [("everybody", found.whole), *[(f"{one.of} {one.key}", one) for one in found.parts]]
        heads = ("members who bought", "#members", "#still there", "#purchases", "#worth", "#each")
        title = f"In the next {terminal.counted(found.months, 'month')}"
        terminal.table(title, heads, [(name, *_cells(one, found.currency)) for name, one in parts])
    for stay in found.stays:
        _print_stay(stay)


def _print_held(held: "HoldOut", currency: str) -> None:
    title = f"Held out from {held.since} on: what was said, and what came"
    rows = [
        (MODELS[one.model.replace("_", "-")], terminal.points(one.purchases, 2), terminal.points(one.off, 2),
         "–" if one.money is None else terminal.cash(one.money, currency))
        for one in held.checked
    ]  # fmt: skip
    told = {one.model.replace("_", "-") for one in held.checked}
    rows += [(name, "could not be fitted", "", "") for key, name in MODELS.items() if key not in told]
    rows.append(("what came", terminal.points(held.purchases * 100, 2), "", terminal.cash(held.money, currency)))
    terminal.table(title, ("", "#purchases", "#off, each", "#money"), rows)
    if held.error is not None:
        terminal.say(
            f"  The model was {terminal.points(abs(held.error), 2)} % {'above' if held.error > 0 else 'below'}."
        )


def _cells(one: "Part", currency: str) -> tuple[str, ...]:
    money = ["–" if amount is None else terminal.cash(amount, currency) for amount in (one.value, one.mean)]
    return (*map(terminal.number, (one.members, one.alive, one.purchases)), *money)


def _print_stay(one: "Stay") -> None:
    title = f"\nPlan {one.plan}: {terminal.counted(one.began, 'member')} began"
    if one.remaining is not None:
        title += f", and will pay {terminal.points(one.remaining, 2)} periods each (sBG)"
    terminal.say(title)
    told = [[f"{terminal.points(share, 2)} %" for share in shares] for shares in (one.seen, one.expected)]
    rows = [
        (at + 1, *[column[at] if at < len(column) else "–" for column in told])
        for at in range(max(map(len, told)))
    ]  # fmt: skip
    terminal.table("", ("#after period", "#still there", "#expected"), rows)

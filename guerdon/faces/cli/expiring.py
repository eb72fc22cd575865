"""Which points of all members end in which month, as the last night counted them."""

from typing import TYPE_CHECKING

from guerdon.faces.cli import installation, terminal

if TYPE_CHECKING:
    from guerdon.core.programme import Programme
    from guerdon.features.expirations.queries import Month


def expiring(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Show which points end in which month, over all members, if nothing is earned or spent until then.

    The nightly run counts it; held points are not among them, pending ones are.

    \b
    Examples:
      guerdon expiring
      guerdon expiring --programme aurora --json
    """
    installation.enter()
    from guerdon.features.expirations import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    law = installation.lawbook(row).current(installation.now(row)).programme
    as_of, months = queries.months(store.current(), row.id)
    if as_json:
        lines = [{"unit": one.unit, "month": one.month, "points": one.points, "worth": _worth(one, law)}
                 for one in months]  # fmt: skip
        terminal.show_json({"programme": row.key, "as_of": as_of, "months": lines})
    elif as_of is None:
        terminal.say(f"{row.key}: no night has looked ahead yet; guerdon night does.")
    elif not months:
        terminal.say(f"{row.key}: no points are going to end.")
    else:
        terminal.say(f"{row.key}, as of {as_of.astimezone(law.zone):%Y-%m-%d %H:%M}:")
        terminal.table("", ("", "month", "#points", "#worth"), [_line(one, law) for one in months])


def _worth(one: "Month", law: "Programme") -> int | None:
    from guerdon.core import expiring as preview

    return preview.worth(one.points, law.units[one.unit])


def _line(one: "Month", law: "Programme") -> tuple[str, str, str, str]:
    unit = law.units[one.unit]
    worth = _worth(one, law)
    cash = "" if worth is None else terminal.cash(worth, law.currency)
    return unit.name.get("en") or unit.code, one.month, terminal.points(one.points, unit.scale), cash

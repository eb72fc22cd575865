"""What a member may ask of whoever has their data: what they agreed to, everything that is known, to be erased."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal

if TYPE_CHECKING:
    from guerdon.engine.erase import State
    from guerdon.features.programmes.queries import ProgrammeRow


def consents(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    give: Annotated[list[str] | None, typer.Option("--give", help="A consent to give.", metavar="CONSENT")] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option("--withdraw", help="A consent to withdraw.", metavar="CONSENT")
    ] = None,
    as_json: terminal.Json = False,
) -> None:
    """What did a member agree to? With --give and --withdraw it is said for them, and kept with your name.

    \b
    Examples:
      guerdon member consents ann
      guerdon member consents ann --withdraw news
    """
    installation.enter()
    from guerdon.core.consents import Said
    from guerdon.engine import consents as engine
    from guerdon.features.consents import queries
    from guerdon.features.members import queries as members
    from guerdon.kit import store

    row = naming.programme_of(who, programme)
    now = installation.now(row)
    member = members.get(store.current(), row.id, naming.known(row, who))
    said = {key: Said(True) for key in give or ()} | {key: Said(False) for key in withdraw or ()}
    if said:
        engine.say(
            programme_id=row.id, member_id=member.id, said=said, how="support", actor=installation.who(), now=now
        )
    stands = queries.of_member(store.current(), member.id)
    if as_json:
        terminal.show_json(list(stands.values()))
        return
    in_force = installation.lawbook(row).current(now)
    rows = []
    for key, one in in_force.programme.consents.items():
        last = stands.get(key)
        told = ("", "", "") if last is None else (terminal.moment(last.at, in_force.zone), last.how, last.actor)
        rows.append((key, one.name.get("en", key), "yes" if last is not None and last.given else "no", *told))
    terminal.table("Consents", ("", "", "given", "since", "how", "by"), rows)


def download(
    who: naming.Who,
    to: Annotated[Path, typer.Argument(help="The file to write: .json, or .zip for CSV files.", metavar="FILE")],
    programme: installation.ProgrammeKey = None,
) -> None:
    """Write down everything that is known of a member. That you looked is noted.

    \b
    Examples:
      guerdon member download ann ann.json
      guerdon member download card:4711 4711.zip
    """
    installation.enter()
    from guerdon.engine import showing
    from guerdon.faces import downloads
    from guerdon.features.members import queries as members
    from guerdon.insight import download as everything
    from guerdon.kit import ids, store

    row = naming.programme_of(who, programme)
    now = installation.now(row)
    member = members.get(store.current(), row.id, naming.known(row, who))
    showing.note(row.id, [member.id], installation.looker("member download"), now=now)
    tables = everything.of(store.current(), installation.lawbook(row), member.id, at=now)
    with to.open("wb") as file:
        if to.suffix == ".zip":
            downloads.write_files(tables, file)
        else:
            downloads.write_document(tables, file, member=ids.show("member", member.id), made_at=now)
    terminal.say(f"{who}: everything that is known stands in {to}.")


def erase(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, it is only told what would be lost.")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Take back an erasure that waits.")] = False,
    as_json: terminal.Json = False,
) -> None:
    """What would a member lose by being erased? With --yes it is done, and can't be undone.

    \b
    Examples:
      guerdon member erase ann
      guerdon member erase ann --yes
      guerdon member erase ann --cancel
    """
    installation.enter()
    from guerdon.engine import erase as engine

    row = naming.programme_of(who, programme)
    now, member_id, actor = installation.now(row), naming.known(row, who), installation.who()
    if cancel:
        engine.cancel(programme_id=row.id, member_id=member_id, actor=actor, now=now)
    if yes and not cancel:
        state, _ = engine.ask(programme_id=row.id, member_id=member_id, actor=actor, now=now)
    else:
        state = engine.preview(programme_id=row.id, member_id=member_id, now=now)
    if as_json:
        terminal.show_json(state)
    else:
        _tell(row, who, state)


def _tell(row: "ProgrammeRow", who: str, state: "State") -> None:
    found, lost = state.erasure, state.lost
    zone = installation.lawbook(row).current(installation.now(row)).zone
    if found is None:
        terminal.say(f"{who} would lose, for good:", style="bold")
    elif found.done_at is None:
        terminal.say(f"{who} will be erased on {terminal.moment(found.due_at, zone)}, and lose:", style="bold")
    else:
        terminal.say(f"{who} was erased on {terminal.moment(found.done_at, zone)}, and lost:", style="bold")
    currency = installation.lawbook(row).current(installation.now(row)).programme.currency
    lines = [
        f"{one.points} {one.unit}" + ("" if one.worth is None else f", worth {_money(one.worth, currency)}")
        for one in lost.points
    ]
    counted = (
        (lost.vouchers, "vouchers"), (lost.holds, "points on hold"), (lost.transfers, "offers of points"),
        (lost.gift_cards, "gift cards, which can still be spent by whoever has the code"),
    )  # fmt: skip
    lines += [f"{number} × {what}" for number, what in counted if number]
    lines += [f"the membership {one}" for one in lost.memberships]
    lines += [f"the reward {one}, not handed over yet" for one in lost.redemptions]
    lines += [f"the tier {one}" for one in lost.tiers]
    lines += ["the place in a household"] if lost.household else []
    for line in lines or ["nothing but the name"]:
        terminal.say(f"  {line}")


def _money(minor: int, currency: str) -> str:
    from guerdon.core import money

    return f"{money.plain(minor, money.decimals(currency))} {currency}"

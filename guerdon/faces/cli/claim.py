"""Claims at the terminal: the queue, one of them with its steps, an answer, and how it ends."""

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from guerdon.faces.cli import installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from guerdon.core.claims import Claim, State
    from guerdon.engine.adjust import Actor
    from guerdon.features.programmes.queries import ProgrammeRow

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    help="""Claims: what members miss, ask or complain about.

    \b
    Examples:
      guerdon claim list
      guerdon claim answer clm_… "At which till did you pay?"
      guerdon claim settle clm_… --refuse "The receipt is another member's"
    """,
)

Which = Annotated[str, typer.Argument(help="Its id clm_…", metavar="CLAIM")]
By = Annotated[str, typer.Option("--by", help="Who does it, as their API key is called.", metavar="NAME")]


@app.command("list")
def list_(
    state: Annotated[
        str, typer.Option("--state", help="Those in one state, like waiting_for_member or refused.", metavar="STATE")
    ] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What waits for us: what is overdue, then by priority, then what is due first?

    \b
    Examples:
      guerdon claim list --state waiting_for_approval
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.features.claims import queries
    from guerdon.kit import clock, ids, store

    row = installation.programme(programme)
    now = installation.now(row)
    wanted = _state(state)
    place, most = queries.Place(clock.micros(now)), limits.PAGE_ROWS_MAX
    found = queries.queue(store.current(), row.id, state=wanted, place=place, most=most)
    if as_json:
        terminal.show_json([_document(one, now) for one in found])
        return
    zone = installation.lawbook(row).current(now).zone
    if not found:
        terminal.say("Nothing waits." if wanted is None else "There is none.")
        return
    rows = [
        (
            ids.show("claim", one.id), one.kind, one.state, str(one.priority),
            f"{terminal.moment(one.due_at, zone)}{' (over)' if one.overdue(now) else ''}", one.assigned_to or "",
        )
        for one in found
    ]  # fmt: skip
    terminal.table("", ("claim", "kind", "state", "#priority", "due", "with"), rows)
    if len(rows) == limits.PAGE_ROWS_MAX:
        terminal.note(f"These are the first {limits.PAGE_ROWS_MAX}; the API tells all.")


@app.command()
def show(which: Which, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What was told, and what has been done about it?

    \b
    Examples:
      guerdon claim show clm_019b0f5566777d6f9e03a1b2c3d4e811
    """
    installation.enter()
    from guerdon.features.claims import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    claim = _find(row, which)
    at_hand, now = store.current(), installation.now(row)
    steps = queries.steps(at_hand, [claim])[claim.id]
    told = queries.told(at_hand, [claim]).get(claim.id, {})
    twins = [ids.show("claim", one) for one in queries.twins(at_hand, claim)]
    if as_json:
        said = [{"step": one, "told": told.get(one.number)} for one in steps]
        terminal.show_json(_document(claim, now) | {"steps": said, "twins": twins})
        return
    law = installation.lawbook(row).current(now)
    terminal.say(f"{ids.show('claim', claim.id)} of {ids.show('member', claim.account_id)}: {claim.state}")
    first = told.get(1)
    if first is not None and first.receipt is not None:
        amount = "" if first.amount is None else terminal.cash(first.amount, law.programme.currency)
        terminal.say(f"Receipt {first.receipt} of {first.day}, {first.store}, {amount}")
    if twins:
        terminal.warn(f"The same receipt is in {', '.join(twins)}.")
    rows = [
        (
            terminal.moment(one.at, law.zone), one.deed, one.actor,
            "; ".join(filter(None, (one.reason, told[one.number].text if one.number in told else ""))),
        )
        for one in steps
    ]  # fmt: skip
    terminal.table("", ("when", "what", "who", "why, or what was said"), rows)


@app.command()
def answer(
    which: Which,
    text: Annotated[str, typer.Argument(help="What the member reads.", metavar="TEXT")],
    note: Annotated[bool, typer.Option("--note", help="Only note it down; the member never sees it.")] = False,
    by: By = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Write to the member, or note something down.

    \b
    Examples:
      guerdon claim answer clm_… "At which till did you pay?" --by Dora
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.core.claims import Told
    from guerdon.engine import claims
    from guerdon.engine.claims import Asked

    if not text.strip() or len(text) > limits.TEXT_CHARS_MAX:
        raise Failure(f"The text has 1 to {limits.TEXT_CHARS_MAX} characters.", code=terminal.USAGE)
    row = installation.programme(programme)
    claim, now = _find(row, which), installation.now(row)
    asked = Asked(row.id, _actor(row, by), now)
    after, _ = _refusing(lambda: claims.say(asked, claim.id, "note" if note else "ask", Told(text.strip())))
    _tell(after, now, as_json)


@app.command()
def settle(  # noqa: PLR0917 - each of them is an option of the command
    which: Which,
    give: Annotated[
        str, typer.Option("--give", help="Points of goodwill: points=100, in smallest steps.", metavar="UNIT=N")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why they are given.", metavar="REASON")] = "",
    refuse: Annotated[str, typer.Option("--refuse", help="Refuse it; the member reads why.", metavar="WHY")] = "",
    close: Annotated[bool, typer.Option("--close", help="It is answered, without points.")] = False,
    by: By = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Settle it: with goodwill, a refusal or an answer.

    What is more than one person may give waits for a second one. A purchase that is missing is recorded over the API,
    as its till would have told it.

    \b
    Examples:
      guerdon claim settle clm_… --give points=100 --reason goodwill --by Dora
      guerdon claim settle clm_… --refuse "The receipt is another member's"
    """
    if sum((bool(give), bool(refuse), close)) != 1:
        raise Failure("Say one of --give, --refuse and --close.", code=terminal.USAGE)
    installation.enter()
    from guerdon.engine import claim_grants, claims
    from guerdon.engine.claim_grants import Granting
    from guerdon.engine.claims import Asked

    row = installation.programme(programme)
    claim, now = _find(row, which), installation.now(row)
    actor = _actor(row, by)
    if give:
        unit, points = _given(give)
        granting = Granting(row.id, claim.id, actor, now, reason)
        after = _refusing(lambda: claim_grants.by_goodwill(granting, unit=unit, points=points)).claim
    else:
        asked = Asked(row.id, actor, now)
        after, _ = _refusing(lambda: claims.end(asked, claim.id, "refuse" if refuse else "close", refuse))
    _tell(after, now, as_json)


def _tell(claim: "Claim", now: "datetime", as_json: bool) -> None:
    from guerdon.kit import ids

    if as_json:
        terminal.show_json(_document(claim, now))
        return
    terminal.say(f"{ids.show('claim', claim.id)} is {claim.state.replace('_', ' ')}.")
    if claim.state == "waiting_for_approval" and claim.entry_id is not None:
        terminal.say(f"A second person must approve {ids.show('adjustment', claim.entry_id)} first.")


def _document(claim: "Claim", now: "datetime") -> dict[str, object]:
    """A claim for other programs."""
    from guerdon.kit import ids

    return {
        "id": ids.show("claim", claim.id), "member": ids.show("member", claim.account_id), "kind": claim.kind,
        "state": claim.state, "priority": claim.priority, "due_at": claim.due_at, "overdue": claim.overdue(now),
        "opened_at": claim.opened_at, "assigned_to": claim.assigned_to, "settled_at": claim.settled_at,
        "entry": claim.entry_id,
    }  # fmt: skip


def _find(row: "ProgrammeRow", which: str) -> "Claim":
    from guerdon.features.claims import queries
    from guerdon.kit import ids, store

    return _refusing(lambda: queries.one(store.current(), row.id, ids.read("claim", which)))


def _refusing(deed: "Callable[[], T]") -> "T":
    """What the deed comes to; a refusal is told at the terminal."""
    from guerdon.core.errors import Refusal
    from guerdon.faces.cli import faults

    try:
        return deed()
    except Refusal as refusal:
        raise faults.refused(refusal) from refusal


def _actor(row: "ProgrammeRow", by: str) -> "Actor":
    from guerdon.faces.cli import adjust

    return adjust.person(row.id, by or installation.who())


def _state(word: str) -> "State | None":
    from typing import get_args

    from guerdon.core.claims import State

    for state in get_args(State):
        if word == state:
            found: State = state
            return found
    if word:
        known = ", ".join(get_args(State))
        raise Failure(f"--state: there is no “{word[:40]}”.", hint=f"Use {known}.", code=terminal.USAGE)
    return None


def _given(text: str) -> tuple[str, int]:
    unit, _, points = text.partition("=")
    if not unit or not points.isascii() or not points.isdigit() or len(points) > 16:
        raise Failure(f"--give: “{text[:40]}” is not UNIT=N.", hint="Write points=100.", code=terminal.USAGE)
    return unit, int(points)

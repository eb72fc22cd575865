"""Redemptions at the terminal: making one, the queue of what waits, and what becomes of each."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.redemptions import Deed, Redemption
    from guerdon.features.programmes.queries import ProgrammeRow
    from guerdon.features.redemptions.queries import Delivery

app = typer.Typer(
    no_args_is_help=True,
    help="""Redemptions: rewards that members reserved or bought, and what became of them.

    \b
    Examples:
      guerdon redemption make ann mug
      guerdon redemption queue
      guerdon redemption fulfil 7NX4-A2GT-93KPM
    """,
)

Which = Annotated[str, typer.Argument(help="Its id rdm_…, or the code that the member shows.", metavar="REDEMPTION")]


@app.command()
def make(  # noqa: PLR0913, PLR0917 - each of them is an option of the command
    member: naming.Who,
    reward: Annotated[str, typer.Argument(help="The key of the reward.", metavar="REWARD")],
    price: Annotated[int, typer.Option("--price", help="The number of the price, from 1.", metavar="N")] = 1,
    points: Annotated[
        int | None,
        typer.Option("--points", help="So many smallest steps; money makes up for the rest.", metavar="N"),
    ] = None,
    choose: Annotated[
        list[str] | None, typer.Option("--choose", "-c", help="What is chosen: size=m.", metavar="WHAT=VALUE")
    ] = None,
    address: Annotated[
        list[str] | None,
        typer.Option("--address", help="Where it goes: name=…, street=…, city=…, country=BG.", metavar="PART=TEXT"),
    ] = None,
    reserve: Annotated[bool, typer.Option("--reserve", help="Only keep it until it is confirmed.")] = False,
    name: Annotated[
        str | None, typer.Option("--as", help="A name for it: told again it does nothing more.", metavar="NAME")
    ] = None,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Redeem a reward for a member: points, limits and stock are looked at together, all or nothing.

    \b
    Examples:
      guerdon redemption make ann flat_white
      guerdon redemption make ann mug --price 2 --reserve
      guerdon redemption make ann shirt -c size=m -c text=Ann --address name=Ann --address street="Shipka 1" \\
        --address city=Sofia --address country=BG
    """
    installation.enter()
    from guerdon.core.errors import Refusal
    from guerdon.engine import redemptions
    from guerdon.faces.cli import faults
    from guerdon.kit import ids

    row = naming.programme_of(member, programme)
    naming.known(row, member)
    wanted = redemptions.NewRedemption(
        member=naming.identifier(member), reward=reward, source="terminal", external_id=name or ids.new(),
        number=price, points=points, reserve=reserve, choices=_pairs(choose or [], "--choose"),
        address=_address(address or []),
    )  # fmt: skip
    now = installation.now(row)
    (result,) = redemptions.redeem_many(programme_id=row.id, wanted=[wanted], now=now, dry_run=dry_run)
    if isinstance(result, Refusal):
        raise faults.refused(result)
    if dry_run and not result.replayed:
        told = result.decision.redeemed
        terminal.show_json(told) if as_json else terminal.say("It could be had. Nothing is kept: it was only tried.")
        return
    _tell(row, result.activity_id, as_json)


@app.command()
def queue(
    reward: Annotated[str, typer.Option("--reward", help="Only of this reward.", metavar="REWARD")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What waits to be handed over or sent, the oldest first?

    \b
    Examples:
      guerdon redemption queue --reward shirt
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.engine import showing
    from guerdon.features.redemptions import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    now = installation.now(row)
    found = queries.queue(store.current(), row.id, now, reward=reward, after=queries.FIRST, most=limits.PAGE_ROWS_MAX)
    sent = showing.deliveries(
        store.current(), row.id, [(one.account_id, one.id, one.person_id or one.account_id) for one in found],
        installation.looker("redemption queue"), now=now,
    )  # fmt: skip
    if as_json:
        terminal.show_json([_document(one, sent.get(one.id), one.state) for one in found])
        return
    zone = installation.lawbook(row).current(now).zone
    rows = [
        (
            _code(one), one.reward, _chosen(one, sent.get(one.id)),
            ids.show("member", one.person_id or one.account_id), terminal.moment(one.made_at, zone),
            "" if one.until is None else terminal.until(one.until, zone),
        )
        for one in found
    ]  # fmt: skip
    if not rows:
        terminal.say("Nothing waits.")
        return
    terminal.table("", ("code", "reward", "chosen", "member", "since", "until"), rows)
    if len(rows) == limits.PAGE_ROWS_MAX:
        terminal.note(f"These are the first {limits.PAGE_ROWS_MAX}; the API tells all.")


@app.command()
def show(which: Which, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What is it, whose, and what has become of it?

    \b
    Examples:
      guerdon redemption show "7nx4 a2gt 93kpm"
    """
    installation.enter()
    row = installation.programme(programme)
    _tell(row, _find(row, which).id, as_json)


@app.command()
def confirm(which: Which, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """Take the points that were held for a reservation.

    \b
    Examples:
      guerdon redemption confirm 7NX4-A2GT-93KPM
    """
    _settle(which, "confirm", programme, as_json)


@app.command()
def fulfil(which: Which, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """It was handed over, sent or done.

    \b
    Examples:
      guerdon redemption fulfil 7NX4-A2GT-93KPM
    """
    _settle(which, "fulfil", programme, as_json)


@app.command()
def cancel(
    which: Which,
    reason: Annotated[str, typer.Option(help="Why; the audit book keeps it.", metavar="REASON")] = "",
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give points and piece back.

    \b
    Examples:
      guerdon redemption cancel 7NX4-A2GT-93KPM --reason "Out of stock"
    """
    _settle(which, "cancel", programme, as_json, reason)


def _settle(which: str, deed: "Deed", programme: str | None, as_json: bool, reason: str = "") -> None:
    installation.enter()
    from guerdon.core.errors import Refusal
    from guerdon.engine import redemptions

    row = installation.programme(programme)
    found = [_find(row, which)]
    now = installation.now(row)
    (result,) = redemptions.settle_many(
        programme_id=row.id, found=found, deed=deed, now=now, by=installation.actor(), reason=reason
    )
    if isinstance(result, Refusal):
        raise result
    _tell(row, found[0].id, as_json)


def _find(row: "ProgrammeRow", which: str) -> "Redemption":
    from guerdon.core import codes
    from guerdon.features.redemptions import queries
    from guerdon.kit import ids, store

    if which.startswith(ids.PREFIXES["redemption"]):
        return queries.one(store.current(), row.id, ids.read("redemption", which))
    code = codes.read(which)
    if code is None:
        hint = "A code has 13 letters and digits; one of them is mistyped."
        raise Failure(f"“{which[:40]}” is neither an id nor a code.", hint=hint)
    found = queries.by_code(store.current(), row.id, code)
    if found is None:
        raise Failure(f"The programme {row.key} has no redemption with the code {codes.shown(code)}.")
    return found


def _tell(row: "ProgrammeRow", redemption_id: str, as_json: bool) -> None:
    from guerdon.engine import showing
    from guerdon.features.redemptions import queries
    from guerdon.kit import ids, store

    one = queries.one(store.current(), row.id, redemption_id)
    now = installation.now(row)
    named = [(one.account_id, one.id, one.person_id or one.account_id)]
    looker = installation.looker("redemption")
    sent = showing.deliveries(store.current(), row.id, named, looker, now=now).get(one.id)
    if as_json:
        won = _won(one)
        drawn = {} if won is None else {"prize": _document(won, None, won.as_of(now))}
        terminal.show_json(_document(one, sent, one.as_of(now)) | drawn)
        return
    book = installation.lawbook(row)
    programme = book.law(one.version).programme
    name = programme.reward(one.reward).name.get("en") or one.reward
    terminal.say(f"{name}: {one.as_of(now)}", style="bold")
    terminal.say(f"  code    {_code(one)}")
    terminal.say(f"  id      {ids.show('redemption', one.id)}")
    terminal.say(f"  member  {ids.show('member', one.person_id or one.account_id)}")
    paid = "held" if one.as_of(now) == "reserved" else "paid"
    for unit, points in one.price.points.items():
        terminal.say(f"  {paid}    {terminal.points(points, programme.units[unit].scale)} {unit}")
    if one.price.money:
        terminal.say(f"  money   {terminal.cash(one.price.money, programme.currency)}")
    if one.given is not None:
        terminal.say(f"  gives   {_shown(one.given)}")
    won = _won(one)
    if won is not None:
        prize = programme.reward(won.reward).name.get("en") or won.reward
        terminal.say(f"  prize   {prize}, code {_code(won)}" + (f", gives {_shown(won.given)}" if won.given else ""))
        terminal.say(f"  check   guerdon draw check {ids.show('redemption', one.id)}")
    chosen = _chosen(one, sent)
    if chosen:
        terminal.say(f"  chosen  {chosen}")
    if one.until is not None and one.settled_at is None:
        terminal.say(f"  until   {terminal.until(one.until, programme.zone)}")


def _won(one: "Redemption") -> "Redemption | None":
    """What it gave, where it was a draw."""
    from guerdon.features.activities import queries as activities
    from guerdon.features.redemptions import queries
    from guerdon.kit import store

    drawn = activities.recorded(store.current(), [(one.account_id, one.id)])[one.id].decision.drawn
    if drawn is None:
        return None
    return queries.of_accounts(store.current(), [(one.account_id, drawn.redemption)])[drawn.redemption]


def _document(one: "Redemption", sent: "Delivery | None", state: str) -> dict[str, Any]:
    from guerdon.kit import ids

    return {
        "id": ids.show("redemption", one.id), "member": ids.show("member", one.person_id or one.account_id),
        "reward": one.reward, "variant": one.variant, "state": state, "points": one.price.points,
        "money": one.price.money, "choices": one.choices, "code": _code(one), "made_at": one.made_at,
        "until": one.until, "given": None if one.given is None else _shown(one.given), "delivery": sent,
    }  # fmt: skip


def _code(one: "Redemption") -> str:
    return _shown(one.code)


def _shown(code: str) -> str:
    """One of ours in groups, a partner's as it is."""
    from guerdon.core import codes

    return codes.shown(code) if codes.read(code) == code else code


def _chosen(one: "Redemption", sent: "Delivery | None") -> str:
    parts = [f"{key}: {value}" for key, value in (one.choices | (sent.texts if sent is not None else {})).items()]
    if sent is not None and sent.address is not None:
        where = sent.address
        parts.append(", ".join(filter(None, (where.name, where.street, where.postal_code, where.city, where.country))))
    return "; ".join(parts)


def _pairs(told: list[str], option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in told:
        key, equals, value = one.partition("=")
        if not equals or not key.strip():
            raise Failure(f"{option}: “{one[:40]}” is not WHAT=VALUE.", hint="Write size=m.", code=terminal.USAGE)
        found[key.strip()] = value.strip()
    return found


def _address(told: list[str]) -> Any:
    from guerdon.core.rewards import Address

    if not told:
        return None
    parts = _pairs(told, "--address")
    unknown = parts.keys() - set(Address.__struct_fields__)
    if unknown:
        known = ", ".join(Address.__struct_fields__)
        raise Failure(f"--address: there is no “{min(unknown)[:40]}”.", hint=f"Use {known}.", code=terminal.USAGE)
    return Address(**{"name": "", "street": "", "city": "", "country": ""} | parts)

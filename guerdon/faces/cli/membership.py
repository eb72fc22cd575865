"""Memberships at the terminal: what is sold, who holds what, what is paid, paused, changed, ended and given back."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal, unresolved_money
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from datetime import datetime

    from guerdon.core.law import Law
    from guerdon.core.memberships import Membership, Payment
    from guerdon.engine.turns import Deed
    from guerdon.features.programmes.queries import ProgrammeRow

app = typer.Typer(
    no_args_is_help=True,
    help="""Paid memberships: join, pay, pause, change, cancel, give back.

    \b
    Examples:
      guerdon membership plans
      guerdon membership join ann aurora-plus --paid "till 1, receipt 7"
      guerdon membership show ann
      guerdon membership change ann aurora-gold --dry-run
      guerdon membership cancel ann
    """,
)

Paid = Annotated[
    str | None, typer.Option("--paid", help="It is paid already, under this reference.", metavar="REFERENCE")
]
Plan = Annotated[str, typer.Argument(help="The plan, by its key in the programme file.", metavar="PLAN")]


@app.command()
def plans(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What memberships are sold, for how much, and what do they give?

    \b
    Examples:
      guerdon membership plans
    """
    installation.enter()
    from guerdon.core.sentences import plans as sentences
    from guerdon.core.sentences import tongue
    from guerdon.core.sentences.clauses import Speaker

    row = installation.programme(programme)
    in_force = installation.lawbook(row).current(installation.now(row))
    if as_json:
        terminal.show_json({"plans": in_force.programme.plans})
        return
    if not in_force.programme.plans:
        terminal.say(f"{row.key} sells no memberships.")
    speaker = Speaker(tongue("en"), in_force.programme)
    for one in in_force.programme.plans.values():
        terminal.say(f"{one.key}: {one.name.get('en') or one.key}", style="bold")
        for sentence in sentences.sentences(one, speaker):
            terminal.say(f"  {sentence}")


@app.command()
def show(who: naming.Who, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What memberships does a member hold, what is paid, and what is still asked?

    It is as of now, whether or not the night has run.

    \b
    Examples:
      guerdon membership show ann
    """
    installation.enter()
    row = naming.programme_of(who, programme)
    _tell(row, _held(row, who), as_json)


@app.command()
def join(
    who: naming.Who,
    plan: Plan,
    paid: Paid = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="Pay in this currency.", metavar="CURRENCY")
    ] = None,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Let a member join; without a trial and without --paid it begins with the first payment.

    \b
    Examples:
      guerdon membership join ann aurora-plus
      guerdon membership join ann aurora-plus --paid "till 1, receipt 7"
    """
    installation.enter()
    from guerdon.engine import memberships as engine
    from guerdon.kit import ids

    row = naming.programme_of(who, programme)
    naming.known(row, who)
    now = installation.now(row)
    home = installation.lawbook(row).current(now).programme.currency
    wanted = engine.Joining(
        naming.identifier(who), plan, currency or home, "terminal", ids.new(), reference=paid
    )  # fmt: skip
    (result,) = engine.join_many(programme_id=row.id, wanted=[wanted], now=now, dry_run=dry_run)
    turn = engine.refused(result).decision.membership
    assert turn is not None
    if dry_run:
        terminal.say(f"{who} would join {plan} – a dry run, nothing was written.")
        return
    _tell(row, _held(row, who), as_json)


@app.command()
def paid(
    who: naming.Who,
    reference: Annotated[str, typer.Argument(help="The number of the invoice or receipt.", metavar="REFERENCE")],
    number: Annotated[
        int | None, typer.Option("--number", min=1, help="Which period; by default the next one.", metavar="N")
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """A period, or the difference of a change that waits for it, has been paid by hand.

    \b
    Examples:
      guerdon membership paid ann "invoice 2027-0114"
      guerdon membership paid ann "invoice 2027-0114" --number 2
    """
    installation.enter()
    from guerdon.engine import memberships as engine

    row = naming.programme_of(who, programme)
    one = _one(row, who)
    now = installation.now(row)
    waiting = [each for each in _payments([one])[one.id] if each.state in ("asked", "failed")]
    if waiting and number in (None, waiting[0].number):
        result = engine.pay(programme_id=row.id, payment_id=waiting[0].id, now=now, reference=reference)
    else:
        result = engine.renew(programme_id=row.id, membership_id=one.id, now=now, number=number, reference=reference)
    engine.refused(result)
    _tell(row, _held(row, who), as_json)


@app.command()
def pause(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Stop here; as many days as are left are there when it goes on, by itself after the days of the plan.

    \b
    Examples:
      guerdon membership pause ann
    """
    _do(who, "pause", programme, dry_run, as_json)


@app.command()
def resume(
    who: naming.Who,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Go on after a pause, or take back a cancellation that has not taken effect.

    \b
    Examples:
      guerdon membership resume ann
    """
    _do(who, "resume", programme, dry_run, as_json)


@app.command()
def change(
    who: naming.Who,
    plan: Plan,
    paid: Paid = None,
    later: Annotated[bool, typer.Option("--later", help="When the period ends, also for a higher plan.")] = False,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """To another plan: to a higher one at once for the difference, to a lower one when the period ends.

    \b
    Examples:
      guerdon membership change ann aurora-gold --dry-run
      guerdon membership change ann aurora-gold --paid "till 1, receipt 9"
    """
    _do(who, "change", programme, dry_run, as_json, plan=plan, reference=paid, when="period_end" if later else None)


@app.command()
def cancel(
    who: naming.Who,
    now: Annotated[bool, typer.Option("--now", help="At once, not when what is paid is over.")] = False,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """End it with what is paid; nothing is given back.

    \b
    Examples:
      guerdon membership cancel ann
      guerdon membership cancel ann --now
    """
    _do(who, "cancel", programme, dry_run, as_json, when="now" if now else "period_end")


@app.command()
def refund(
    who: naming.Who,
    number: Annotated[
        int | None, typer.Option("--number", min=1, help="Which period; by default the last one.", metavar="N")
    ] = None,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Give a period back: the money, and with it what the plan's rules gave while it ran.

    \b
    Examples:
      guerdon membership refund ann --dry-run
    """
    _do(who, "refund", programme, dry_run, as_json, number=number)


@app.command()
def unresolved(
    done: Annotated[
        str | None, typer.Option("--done", help="Put these news away: you have looked at them.", metavar="EVENT")
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """What money is still on its way back, and which news of Stripe has nothing come of?

    \b
    Examples:
      guerdon membership unresolved
      guerdon membership unresolved --done evt_1Pq2rS
    """
    installation.enter()
    from guerdon.engine import collecting

    row = installation.programme(programme)
    if done is not None and not collecting.put_away(
        programme_id=row.id, event_id=done, actor=installation.who(), now=installation.now(row)
    ):
        raise Failure(f"No news “{done[:80]}” wait for anybody.", hint="guerdon membership unresolved lists them.")
    unresolved_money.tell(row, as_json)


def _do(who: str, deed: "Deed", key: str | None, dry_run: bool, as_json: bool, **facts: object) -> None:
    installation.enter()
    import msgspec

    from guerdon.engine import memberships as engine

    row = naming.programme_of(who, key)
    asked = msgspec.structs.replace(engine.Asked(deed, _one(row, who).id), **facts)
    result = engine.act(programme_id=row.id, asked=asked, now=installation.now(row), dry_run=dry_run)
    turn = engine.refused(result).decision.membership
    assert turn is not None
    if not dry_run:
        _tell(row, _held(row, who), as_json)
        return
    if as_json:
        terminal.show_json({"dry_run": True, "state": turn.state, "amount": turn.amount, "currency": turn.currency})
        return
    money = "" if not turn.amount else f"; {_money(turn.amount, turn.currency)}"
    terminal.say(f"It would be {turn.state}{money} – a dry run, nothing was written.")


def _money(amount: int, currency: str) -> str:
    what = "to be paid" if amount > 0 else "to be given back"
    return f"{terminal.cash(abs(amount), currency)} {what}"


def _held(row: "ProgrammeRow", who: str) -> "list[Membership]":
    """What a member holds and held, and shares; the oldest first."""
    from guerdon.features.members import queries as members
    from guerdon.features.memberships import queries
    from guerdon.kit import store

    member = members.get(store.current(), row.id, naming.known(row, who))
    return queries.of_member(store.current(), member.account_id, member.id)


def _one(row: "ProgrammeRow", who: str) -> "Membership":
    """The member's own membership that is not over, or else the last one."""
    from guerdon.core import memberships as core

    member = naming.known(row, who)
    mine = [one for one in _held(row, who) if one.account_id == member] or _held(row, who)
    if not mine:
        hint = "guerdon membership join MEMBER PLAN begins one."
        raise Failure(f"“{who[:80]}” has no membership of {row.key}.", hint=hint)
    now, zone = installation.now(row), installation.lawbook(row).current(installation.now(row)).zone
    return next((one for one in reversed(mine) if core.state(one, now, zone) != "ended"), mine[-1])


def _payments(held: "list[Membership]") -> "dict[str, list[Payment]]":
    from guerdon.features.memberships import queries
    from guerdon.kit import store

    found = queries.payments(store.current(), held)
    return {one.id: found.get(one.id, []) for one in held}


def _tell(row: "ProgrammeRow", held: "list[Membership]", as_json: bool) -> None:
    now = installation.now(row)
    in_force = installation.lawbook(row).current(now)
    payments = _payments(held)
    if as_json:
        terminal.show_json({"memberships": [_document(one, payments[one.id], in_force, now) for one in held]})
        return
    if not held:
        terminal.say("No memberships.")
    for one in held:
        _print(one, payments[one.id], in_force, now)


def _document(one: "Membership", payments: "list[Payment]", in_force: "Law", now: "datetime") -> dict[str, object]:
    from guerdon.core import memberships as core
    from guerdon.kit import ids

    return {
        "id": ids.show("membership", one.id), "member": ids.show("member", one.account_id), "plan": one.terms.plan,
        "state": core.state(one, now, in_force.zone), "until": one.covered, "ends_at": one.ends_at,
        "periods": one.intervals,
        "payments": [
            {"id": ids.show("payment", each.id), "number": each.number, "amount": each.amount,
             "currency": each.currency, "state": each.state, "reference": each.reference}
            for each in payments
        ],
    }  # fmt: skip


def _print(one: "Membership", payments: "list[Payment]", in_force: "Law", now: "datetime") -> None:
    from guerdon.core import memberships as core

    plan = in_force.programme.plans.get(one.terms.plan)
    name = one.terms.plan if plan is None else plan.name.get("en") or plan.key
    zone = in_force.zone
    until = "" if one.covered is None else f", until {terminal.until(one.covered, zone)}"
    pause = core.paused_until(one) if core.state(one, now, zone) == "paused" else None
    until = until if pause is None else f", goes on by itself {terminal.moment(pause, zone)}{until}"
    after = "" if one.next is None else f", then {one.next.plan}"
    terminal.say(f"{name}: {core.state(one, now, zone)}{until}{after}", style="bold")
    rows = [
        (each.kind, each.number or "", each.plan, terminal.moment(each.start, zone),
         "for ever" if each.ends is None else terminal.until(each.ends, zone))
        for each in one.intervals
        if each.ends != each.start
    ]  # fmt: skip
    if rows:
        terminal.table("", ("", "no.", "plan", "from", "until"), rows)
    paid = [
        (each.number, terminal.cash(each.amount, each.currency), each.state, terminal.moment(each.asked_at, zone),
         each.reference)
        for each in payments
    ]  # fmt: skip
    if paid:
        terminal.table("Payments", ("no.", "amount", "", "asked", "reference"), paid)

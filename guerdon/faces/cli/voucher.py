"""Vouchers at the terminal: given one by one or to many, brought in, shown, redeemed and rolled back."""

from typing import TYPE_CHECKING, Annotated

import typer

from guerdon.faces.cli import installation, naming, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.law import Law
    from guerdon.core.vouchers import Voucher
    from guerdon.engine.batch import Outcome

STEP = 200  # members who share a transaction
app = typer.Typer(
    no_args_is_help=True,
    help="""Vouchers: give them, bring codes in, show, redeem and roll back.

    \b
    Examples:
      guerdon voucher issue five_off ann
      guerdon voucher import tasting codes.txt
      guerdon voucher redeem A2C4-E6G7-J9KMX --amount 24.50
    """,
)
Code = Annotated[str, typer.Argument(help="The code, however it is typed.", metavar="CODE")]
Key = Annotated[str, typer.Argument(help="The key of the voucher in the programme.", metavar="VOUCHER")]
Named = Annotated[
    str | None, typer.Option("--as", help="A name for it: told again it does nothing more.", metavar="NAME")
]


@app.command()
def issue(
    voucher: Key,
    who: Annotated[
        list[str] | None, typer.Argument(help="Members; every one a line of --file.", metavar="MEMBER")
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", help="A file of members, one a line; - for input.", metavar="FILE")
    ] = None,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Give a voucher to a member, or to many of a file. A member who cannot have it is told and left out.

    With --as it can be begun again: nobody is given a second one. Ends with 1 where somebody was left out.

    \b
    Examples:
      guerdon voucher issue five_off ann card:4711
      guerdon voucher issue five_off --file members.txt --as spring-2026
    """
    installation.enter()
    from guerdon.core.errors import Refusal
    from guerdon.engine import vouchers
    from guerdon.faces import refusals
    from guerdon.kit import ids

    names = [*(who or []), *(_lines(file) if file is not None else [])]
    if not names:
        raise Failure("Nobody is named.", hint="Name members, or a file of them with --file.", code=terminal.USAGE)
    row = naming.programme_of(names[0], programme)
    now, batch = installation.now(row), name or ids.new()
    given: list[tuple[str, str]] = []
    failed: list[tuple[str, str]] = []
    with terminal.progress("Giving vouchers", total=len(names)) as advance:
        for start in range(0, len(names), STEP):
            some = names[start : start + STEP]
            wanted = [
                vouchers.Issuance(naming.identifier(one), voucher, "terminal", f"{batch}:{one}"[:255]) for one in some
            ]
            results = vouchers.issue_many(programme_id=row.id, wanted=wanted, now=now)
            for one, result in zip(some, results, strict=True):
                if isinstance(result, Refusal):
                    failed.append((one, refusals.tell(result, "en").cause))
                else:
                    given.append((one, _shown(result.decision.issued[0].code)))
            advance(len(some))
    if as_json:
        told = [{"member": one, "code": code} for one, code in given]
        terminal.show_json({"given": told, "left_out": [{"member": one, "why": why} for one, why in failed]})
    else:
        _tell(given, failed)
    if failed:
        raise typer.Exit(terminal.FINDING)


def _tell(given: list[tuple[str, str]], failed: list[tuple[str, str]]) -> None:
    if len(given) <= 20:
        terminal.table("", ("member", "code"), given)
    else:
        terminal.say(f"{terminal.counted(len(given), 'voucher')} given; --json shows the codes.")
    for one, why in failed[:20]:
        terminal.warn(f"{one}: {why}")
    if len(failed) > 20:
        terminal.warn(f"… and {terminal.number(len(failed) - 20)} more.")


@app.command("import")
def import_(
    voucher: Key,
    file: Annotated[
        str | None, typer.Argument(help="A file of codes, one a line; - for input.", metavar="FILE")
    ] = None,
    make: Annotated[
        int, typer.Option("--make", help="Make so many codes instead.", metavar="N", parser=terminal.whole(0))
    ] = 0,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Bring codes in, or make some, for a pool or for whoever shows them. Codes that are there stay as they are.

    \b
    Examples:
      guerdon voucher import tasting codes.txt
      guerdon voucher import summer --make 5000 --as flyers-june --json
    """
    installation.enter()
    from guerdon.core import limits
    from guerdon.engine import vouchers
    from guerdon.kit import codes, ids

    if (file is None) is (make == 0):
        hint = "Name a file of codes, or how many to make with --make."
        raise Failure("Either codes or a number is needed.", hint=hint, code=terminal.USAGE)
    row = installation.programme(programme)
    now, batch = installation.now(row), name or ids.new()
    typed = [codes.new() for _ in range(make)] if file is None else _lines(file)
    made: list[str] = []
    known, elsewhere, before = 0, 0, 0
    with terminal.progress("Bringing codes in", total=len(typed)) as advance:
        for start in range(0, len(typed), limits.CODES_MAX):
            some = typed[start : start + limits.CODES_MAX]
            brought = vouchers.bring_in(
                programme_id=row.id, voucher=voucher, typed=some, source="terminal",
                external_id=f"{batch}:{start}", now=now,
            )  # fmt: skip
            made += brought.new
            known, elsewhere = known + brought.made.known, elsewhere + brought.made.elsewhere
            before += brought.made.codes - len(brought.new)
            advance(len(some))
    if as_json:
        terminal.show_json(
            {"voucher": voucher, "codes": [_shown(code) for code in made], "known": known, "elsewhere": elsewhere}
        )
        return
    terminal.say(f"{terminal.counted(len(made), 'code')} of “{voucher}” came in; {terminal.number(known)} were there.")
    if elsewhere:
        terminal.warn(f"{terminal.counted(elsewhere, 'code')} of other vouchers stayed theirs.")
    if before:
        terminal.note(f"{terminal.counted(before, 'code')} came in before, under the same name.")


@app.command()
def show(code: Code, programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """What is this voucher, whose, and can it be used?

    \b
    Example:
      guerdon voucher show A2C4-E6G7-J9KMX
    """
    installation.enter()
    from guerdon.core import vouchers as law
    from guerdon.features.vouchers import queries
    from guerdon.kit import ids, store

    row = installation.programme(programme)
    found = queries.one(store.current(), row.id, law.stored(code))
    now, book = installation.now(row), installation.lawbook(row)
    state = found.as_of(now)
    member = None if found.account_id is None else ids.show("member", found.account_id)
    if as_json:
        terminal.show_json({"state": state, "member": member, "voucher": found})
        return
    in_force = book.current(now)
    terminal.say(f"{_shown(found.code)}: {_sentence(*found.terms(book, in_force))}")
    terminal.say(f"  {state}, used {found.used} of {terminal.counted(found.uses, 'time')}")
    terminal.say(f"  given to {member}" if member else "  given to nobody")
    if found.expires_at is not None:
        terminal.say(f"  until {terminal.until(found.expires_at, in_force.zone)}")


@app.command()
def redeem(
    codes: Annotated[list[str], typer.Argument(help="The codes that are shown.", metavar="CODE…")],
    amount: Annotated[str, typer.Option("--amount", help="The goods in one sum, like 24.50.", metavar="MONEY")],
    member: Annotated[
        str | None, typer.Option("--member", "-m", help="Who shows them; else whoever has them.", metavar="MEMBER")
    ] = None,
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    dry_run: terminal.DryRun = False,
    as_json: terminal.Json = False,
) -> None:
    """Use vouchers for a basket, all of them or none.

    \b
    Examples:
      guerdon voucher redeem A2C4-E6G7-J9KMX --amount 24.50
      guerdon voucher redeem SUMMER10 --amount 12.00 --member ann --dry-run
    """
    installation.enter()
    from guerdon.core import money
    from guerdon.engine import voucher_uses
    from guerdon.kit import ids

    row = installation.programme(programme)
    currency = installation.lawbook(row).current(installation.now(row)).programme.currency
    wanted = voucher_uses.Redemption(
        codes=tuple(codes), source="terminal", external_id=name or ids.new(),
        member=None if member is None else naming.identifier(member), amount=money.parse(amount, currency=currency),
    )  # fmt: skip
    outcome = _taken(
        voucher_uses.redeem(programme_id=row.id, wanted=wanted, now=installation.now(row), dry_run=dry_run)
    )
    use, uses = ids.show("voucher_use", outcome.activity_id), outcome.decision.uses
    if as_json:
        terminal.show_json({"use": use, "vouchers": uses, "dry_run": dry_run})
        return
    for one in uses:
        terminal.say(f"{_shown(one.code)} ({one.voucher}): {terminal.cash(one.off, currency)} off")
    terminal.say(
        "It was only tried." if dry_run else f"Roll it back with: {installation.program()} voucher rollback {use}"
    )


@app.command()
def rollback(
    use: Annotated[str, typer.Argument(help="The use, vus_…", metavar="USE")],
    name: Named = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Let a use of vouchers be as if it had not been, once.

    \b
    Example:
      guerdon voucher rollback vus_0197f1c2a4b87d3e9f00112233445566
    """
    installation.enter()
    from guerdon.engine import voucher_uses
    from guerdon.kit import ids

    row = installation.programme(programme)
    outcome = _taken(
        voucher_uses.rollback(
            programme_id=row.id, use_id=ids.read("voucher_use", use), source="terminal",
            external_id=name or ids.new(), now=installation.now(row),
        )
    )  # fmt: skip
    if as_json:
        terminal.show_json({"use": use, "vouchers": outcome.decision.uses})
        return
    terminal.say(f"Can be used once more: {', '.join(_shown(one.code) for one in outcome.decision.uses)}")


@app.command()
def pool(programme: installation.ProgrammeKey = None, as_json: terminal.Json = False) -> None:
    """How many codes are left in each pool? Ends with 1 where one runs low.

    \b
    Example:
      guerdon voucher pool --programme aurora
    """
    installation.enter()
    from guerdon.features.vouchers import queries
    from guerdon.kit import store

    row = installation.programme(programme)
    offers = installation.lawbook(row).current(installation.now(row)).programme.vouchers
    found = queries.pools(store.current(), row.id)
    alarms = {key: one.alarm_below for key, one in offers.items()}
    low = [one.voucher for one in found if one.left < (alarms.get(one.voucher) or 0)]
    if as_json:
        told = [
            {"voucher": one.voucher, "added": one.added, "left": one.left, "low": one.voucher in low} for one in found
        ]
        terminal.show_json(told)
    elif not found:
        terminal.say(f"{row.key} has no pools of codes.")
    else:
        rows = [
            (one.voucher, terminal.number(one.added), terminal.number(one.left), "low" if one.voucher in low else "")
            for one in found
        ]
        terminal.table("", ("voucher", "#brought in", "#left", ""), rows)
    if low:
        raise typer.Exit(terminal.FINDING)


def _lines(file: str) -> list[str]:
    """The lines of a file that say something."""
    import sys
    from pathlib import Path

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Failure(f"{file} can't be read.", why=str(problem), code=terminal.UNREADABLE) from problem
    return [line.strip() for line in text.splitlines() if line.strip()]


def _sentence(offer: "Voucher", law: "Law") -> str:
    from guerdon.core.activities import PURCHASE
    from guerdon.core.sentences import offers, tongue
    from guerdon.core.sentences.clauses import Speaker

    return offers.sentence(offer, Speaker(tongue("en"), law.programme, (PURCHASE,)))


def _shown(code: str) -> str:
    from guerdon.core import codes

    return codes.shown(code) if codes.read(code) == code else code


def _taken(result: "Outcome | Exception") -> "Outcome":
    if isinstance(result, Exception):
        raise result
    return result

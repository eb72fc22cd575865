"""`guerdon insight roi` and `beside`: what campaigns are worth, by who is held out or by who else did without them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from guerdon.faces.cli import exported, installation, terminal
from guerdon.faces.cli.terminal import Failure

if TYPE_CHECKING:
    from guerdon.core.cost_book import Told
    from guerdon.core.kpis import Span
    from guerdon.insight.roi.means import Estimate
    from guerdon.insight.roi.told import Amount, Beside, Worth

_VERDICTS: Final = {
    "pays": "Campaigns bring more than they cost.",
    "costs": "Campaigns cost more than they bring.",
    "can_not_say": "It can't be said whether campaigns bring more than they cost: chance alone makes as much.",
    "refused": "Nothing may be concluded: the groups are not those that were drawn.",
}
_WITHOUT_COST: Final = {
    "pays": "Members who have campaigns spend more because of them.",
    "costs": "Members who have campaigns spend less because of them.",
    "can_not_say": "It can't be said whether campaigns change what members spend: chance alone makes as much.",
    "refused": _VERDICTS["refused"],
}
_WHY: Final = {
    "": "",
    "chance": "chance alone makes as much",
    "not_parallel": "both groups had gone different ways before it began",
    "no_placebos": "there are too few months before it began to know whether both groups go the same way",
    "few": "there are too few stores or members on one side",
}
_GIVEN: Final = {"points": "points they gave, smallest steps", "vouchers": "uses of their vouchers"}
Since = Annotated[str | None, typer.Option("--from", help="The first day.", metavar="DAY")]
Until = Annotated[str | None, typer.Option("--until", help="The day after the last one.", metavar="DAY")]


def roi(
    folder: exported.Folder = None,
    since: Since = None,
    until: Until = None,
    margin: Annotated[
        str | None,
        typer.Option("--margin", help="Of what is spent, how much is left, in percent.", metavar="PERCENT"),
    ] = None,
    cost: Annotated[
        str | None,
        typer.Option(
            "--cost", help="What campaigns cost then; by default what they gave, and the cost book.", metavar="AMOUNT"
        ),
    ] = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Say what campaigns are worth: members who have them beside those who are held out (“hold_out” in the file).

    Of closed months that are exported; by default of all whole months in which members were held out. Who joined in
    these days, or left or came into the group, is in neither. Nothing is said where the groups are not as large as
    they were drawn, and no verdict is given that chance alone could have given. What the cost book says is part of the
    cost where the exports are the installation's own, no other folder. It ends with 1 where it is refused.

    \b
    Examples:
      guerdon insight roi exports
      guerdon insight roi exports --from 2026-01-01 --until 2026-07-01 --cost 12000 --json
    """
    with exported.extra():
        from guerdon.core.hold_out import WHOLE
        from guerdon.insight.roi import answers, means, told
    own = exported.own(exported.place(folder), programme)
    share = None if margin is None else _number(margin, 2, "--margin 35")
    if share is not None and not 0 < share <= WHOLE:
        raise Failure(f"“{margin}” is no margin.", hint="--margin 35, up to 100", code=terminal.USAGE)
    with exported.told(own):
        paid = None if cost is None else _number(cost, _decimals(own), "--cost 12000.00")
        try:
            found = answers.ask(own, _span(since, until), margin=share, cost=paid)
            if folder is None:
                found = told.priced(found, margin=found.margin, cost=paid, told=_booked(own.name, found))
        except (answers.NotMeasured, means.Unsaid) as error:
            raise Failure("This can't be measured.", why=f"{str(error)[0].upper()}{str(error)[1:]}.") from None
    if as_json:
        terminal.show_json({"programme": own.name, "from": found.span.since, "until": found.span.until, "worth": found})
    else:
        _print(found)
    if found.verdict == "refused":
        raise SystemExit(terminal.FINDING)


def _booked(key: str, found: "Worth") -> "tuple[Told, ...]":
    """What people told in the cost book of the installation whose exports these are."""
    try:
        installation.enter()
    except Failure as failure:
        if failure.code != terminal.NO_DATABASE:
            raise
        return ()  # exports stand here, and no book beside them
    from guerdon.insight import costs
    from guerdon.kit import store

    row = installation.programme(key)
    return costs.of_campaigns(store.current(), row.id, installation.lawbook(row), found.span, found.currency)


def _number(text: str, decimals: int, hint: str) -> int:
    """A number above nought, or nought, as so many of its smallest parts."""
    whole, _, rest = text.strip().partition(".")
    if not (whole.isascii() and whole.isdecimal()) or len(rest) > decimals or not (rest or "0").isdecimal():
        raise Failure(f"“{text}” is no number of this kind.", hint=hint, code=terminal.USAGE)
    return int(whole + rest.ljust(decimals, "0"))


def _decimals(own: Path) -> int:
    from guerdon.core import money
    from guerdon.insight.exports import files

    months = files.months(own)
    return money.decimals(months[-1].manifest.currency) if months else 2


def _span(since: str | None, until: str | None) -> "Span | None":
    from guerdon.core.kpis import Span

    begin, end = exported.day(since), exported.day(until)
    if (begin is None) != (end is None):
        raise Failure("Only one of the days is told.", hint="--from DAY --until DAY", code=terminal.USAGE)
    return None if begin is None or end is None else Span(begin, end)


def _print(found: "Worth") -> None:
    said = _VERDICTS if found.gain is not None and found.cost else _WITHOUT_COST
    terminal.say(f"{found.span.since} up to {found.span.until} (not included)", style="bold")
    terminal.say(said[found.verdict])
    if found.few:
        terminal.say("In one of the groups there are less than a hundred members who bought.")
    sides = found.balance
    held = f"{terminal.number(found.held_out)} (expected {sides.expected:.1f}, p {sides.p:.3g})"
    rows = [("members with campaigns", terminal.number(found.members)), ("held out", held)]
    if found.changed:
        rows.append(("changed groups, in neither", terminal.number(found.changed)))
    if found.buyers is not None:
        rows.append(("who bought, percentage points", _ends(found.buyers, 100)))
    money = 10 ** _decimals_of(found.currency)
    for name, estimate in (
        ("spend per member, as it is (Welch)", found.plain), ("… by the bootstrap", found.lopsided),
        ("… less what was before (CUPED)", found.adjusted),
    ):  # fmt: skip
        if estimate is not None:
            rows.append((name, _ends(estimate, 1 / money)))
    if found.reduction is not None:
        rows.append(("variance that what was before explains", f"{100 * found.reduction:.1f} %"))
    for name, amount in (("spend of all of them", found.total), ("margin of it", found.gain)):
        if amount is not None:
            rows.append((name, _money(amount, found.currency)))
    rows += _costs(found)
    if found.returns is not None:
        one = found.returns
        low, value, high = (terminal.points(of, 2) for of in (one.low, one.value, one.high))
        rows.append(("return on cost, percent", f"{value} ({low} to {high})"))
    terminal.table("", ("what", "#difference, with what 95 of 100 intervals hold"), rows)


def _costs(found: "Worth") -> list[tuple[str, str]]:
    """What campaigns gave, and the cost that is counted with."""
    rows = []
    for one in found.costs or ():
        amount = "not known" if one.amount is None else terminal.cash(one.amount, found.currency)
        rows.append((f"{_GIVEN[one.kind]}: {one.of}, {terminal.number(one.count)}", amount))
    rows += [(f"told in the cost book: {one.kind}", terminal.cash(one.amount, found.currency)) for one in found.told]
    if found.cost is not None:
        rows.append(("cost", terminal.cash(found.cost, found.currency)))
    return rows


def _decimals_of(currency: str) -> int:
    from guerdon.core import money

    return money.decimals(currency)


def _ends(of: "Estimate", factor: float) -> str:
    return f"{of.value * factor:.2f} ({of.low * factor:.2f} to {of.high * factor:.2f}), p {of.p:.3g}"


def _money(of: "Amount", currency: str) -> str:
    low, value, high = (terminal.cash(one, currency) for one in (of.low, of.value, of.high))
    return f"{value} ({low} to {high})"


def beside(  # noqa: PLR0917 - each of them is an option of the command
    begins: Annotated[str, typer.Argument(help="The month with which it began.", metavar="MONTH")],
    folder: exported.Folder = None,
    store: Annotated[list[str] | None, typer.Option("--store", help="A store that has it.", metavar="KEY")] = None,
    tier: Annotated[list[str] | None, typer.Option("--tier", help="A tier that has it.", metavar="KEY")] = None,
    segment: Annotated[
        list[str] | None, typer.Option("--segment", help="A segment that has it.", metavar="KEY")
    ] = None,
    since: Since = None,
    until: Until = None,
    programme: installation.ProgrammeKey = None,
    as_json: terminal.Json = False,
) -> None:
    """Say what changed for some stores, tiers or segments beside all others: weaker than a hold-out.

    How much more their members changed than others since a month (difference-in-differences). It holds only if both
    would have gone the same way, so each month before is asked, too, as if it had begun there: where anything is found
    then, nothing is concluded. Members of a store are taken together.

    \b
    Examples:
      guerdon insight beside 2026-05 exports --store plovdiv --store varna --from 2025-11-01
    """
    with exported.extra():
        from guerdon.insight.kpis.asked import Question
        from guerdon.insight.roi import beside as law
        from guerdon.insight.roi.means import Unsaid
    own = exported.own(exported.place(folder), programme)
    if not (store or tier or segment):
        hint = "--store KEY, --tier KEY or --segment KEY"
        raise Failure("It is not told who has it.", hint=hint, code=terminal.USAGE)
    with exported.told(own):
        span = exported.span(_every(own), since, until)
        asked = Question(span, tuple(store or ()), tuple(tier or ()), tuple(segment or ()))
        try:
            found = law.ask(own, _month(begins), asked)
        except Unsaid as error:
            raise Failure("This can't be measured.", why=f"{str(error)[0].upper()}{str(error)[1:]}.") from None
    if as_json:
        terminal.show_json({"programme": own.name, "beside": found})
    else:
        _print_beside(found)


def _month(text: str) -> str:
    try:
        return date.fromisoformat(f"{text}-01").isoformat()[:7]
    except ValueError as error:
        raise Failure(f"“{text}” is no month.", hint="Write it like 2026-10.", code=terminal.USAGE) from error


def _every(own: Path) -> "Span":
    """All exported months. Raises Damaged and NotExported."""
    from guerdon.core import closing
    from guerdon.core.kpis import Span
    from guerdon.insight.exports import files
    from guerdon.insight.kpis import answers

    end = answers.default_span(own).until
    return Span(closing.first_day(files.months(own)[0].manifest.closing.month), end)


def _print_beside(found: "Beside") -> None:
    last = found.months[-1]
    terminal.say(f"Since {found.begins}, months {found.months[0]} – {last}: not by chance, so weaker than a hold-out")
    said = {"more": "They spend more than the others would let expect.", "less": "They spend less.", "can_not_say": ""}
    terminal.say(said[found.verdict] or f"Nothing can be said: {_WHY[found.why]}.")
    money = 10 ** _decimals_of(found.currency)
    what = "stores" if found.by_store else "members"
    clusters = " and ".join(terminal.number(one) for one in found.trend.clusters)
    rows = [
        ("members who have it", terminal.number(found.treated)), ("others", terminal.number(found.others)),
        (f"{what} on either side", clusters),
        ("change per member and month", _ends(found.trend.estimate, 1 / money)),
    ]  # fmt: skip
    rows += [
        (f"placebo: had it begun {found.months[one.after]}", _ends(one.estimate, 1 / money))
        for one in found.trend.placebos
    ]
    terminal.table("", ("what", "#difference, with what 95 of 100 intervals hold"), rows)

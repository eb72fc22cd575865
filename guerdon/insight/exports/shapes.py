"""The tables of an exported month: their columns and types, and which columns are summed up in its manifest."""

from typing import Final

import msgspec
import polars as pl

_TEXT, _INT, _DAY, _YES = pl.String(), pl.Int64(), pl.Date(), pl.Boolean()
Cell = str | int | bool | list[str] | None
Row = tuple[object, ...]


class Shape(msgspec.Struct, frozen=True):
    """A table: its columns in their order with their types; of those in `summed` the manifest says the sum.

    Instants (`…_at`, `at`) are whole microseconds since 1970, so that differences are exact everywhere; money is in
    minor units, points in the smallest step of their unit, days are local ones of the programme.
    """

    columns: dict[str, pl.DataType]
    summed: tuple[str, ...] = ()


# What months that were written before it was thought of do not have: a table, or a column of one.
LATER: Final = frozenset({
    "activities.score", "lots.expires_day", "members.saved", "units.worth_points", "units.worth_amount", "intervals",
    "members.held_out", "versions", "fired", "offers", "vouchers", "uses",
})  # fmt: skip
TABLES: Final[dict[str, Shape]] = {
    # Every entry of the journal. `pieces` are those of a purchase; `active`: the member did something itself; `score`
    # is what a fact of that name said, where it is a whole number, as surveys have it.
    "activities": Shape(
        {
            "activity": _TEXT, "seq": _INT, "account": _TEXT, "person": _TEXT, "kind": _TEXT, "source": _TEXT,
            "at": _INT, "day": _DAY, "late": _YES, "store": _TEXT, "channel": _TEXT, "partner": _TEXT,
            "currency": _TEXT, "spent": _INT, "returned": _INT, "pieces": _INT, "amends": _YES, "active": _YES,
            "version": _INT, "score": _INT,
        },
        ("spent", "returned", "pieces"),
    ),
    "lines": Shape(
        {
            "activity": _TEXT, "seq": _INT, "line": _INT, "kind": _TEXT, "product": _TEXT, "category": _TEXT,
            "brand": _TEXT, "tags": pl.List(pl.String), "pieces": _INT, "amount": _INT, "discount": _INT,
        },
        ("pieces", "amount", "discount"),
    ),
    # What came back of which purchase: of a line, of a product, or, where neither was told, an amount of it all.
    "returns": Shape(
        {
            "activity": _TEXT, "purchase": _TEXT, "seq": _INT, "place": _INT, "line": _INT, "product": _TEXT,
            "pieces": _INT, "amount": _INT, "reopens": _YES,
        },
        ("pieces", "amount"),
    ),
    # `points` are signed as they changed the balance. `before`: it counts before the first month that was closed.
    "postings": Shape(
        {
            "posting": _TEXT, "activity": _TEXT, "seq": _INT, "part": _INT, "account": _TEXT, "person": _TEXT,
            "unit": _TEXT, "kind": _TEXT, "points": _INT, "at": _INT, "posted_at": _INT, "day": _DAY, "late": _YES,
            "before": _YES,
        },
        ("points",),
    ),
    # `expires_at` as it stood when the month was written, `expires_day` the first day on which it is over; what became
    # of a lot say the takings.
    "lots": Shape(
        {
            "lot": _TEXT, "posting": _TEXT, "seq": _INT, "account": _TEXT, "unit": _TEXT, "kind": _TEXT,
            "origin": _TEXT, "funder": _TEXT, "points": _INT, "earned_at": _INT, "earned_day": _DAY,
            "available_at": _INT, "expires_at": _INT, "expires_day": _DAY,
        },
        ("points",),
    ),
    # Which lot a debit took points from (negative), or a reversal gave them back to; `kind` is that of the posting.
    "takings": Shape(
        {
            "taking": _TEXT, "posting": _TEXT, "lot": _TEXT, "seq": _INT, "account": _TEXT, "unit": _TEXT,
            "kind": _TEXT, "points": _INT, "at": _INT, "day": _DAY,
        },
        ("points",),
    ),
    "redemptions": Shape(
        {
            "redemption": _TEXT, "seq": _INT, "account": _TEXT, "person": _TEXT, "reward": _TEXT, "variant": _TEXT,
            "pieces": _INT, "money": _INT, "cost": _INT, "at": _INT, "day": _DAY,
        },
        ("pieces", "money", "cost"),
    ),
    # What rules gave in an entry: points of a unit, or vouchers, one by one.
    "fired": Shape(
        {"activity": _TEXT, "seq": _INT, "day": _DAY, "rule": _TEXT, "unit": _TEXT, "points": _INT, "voucher": _TEXT},
        ("points",),
    ),
    # What members were given, and every use of a code (1) or its rollback (-1); `voucher_id` is null where nobody had
    # been given the code.
    "vouchers": Shape(
        {
            "voucher_id": _TEXT, "seq": _INT, "account": _TEXT, "voucher": _TEXT, "rule": _TEXT, "at": _INT,
            "day": _DAY, "expires_day": _DAY,
        }
    ),
    "uses": Shape(
        {
            "use": _TEXT, "seq": _INT, "account": _TEXT, "voucher": _TEXT, "voucher_id": _TEXT, "uses": _INT,
            "off": _INT, "at": _INT, "day": _DAY,
        },
        ("uses", "off"),
    ),
    # All persons who had joined by the end of the month. One who was merged is the member by now of `stands_for`;
    # `saved` are the saved segments that each was in when the month was written; `held_out`: of campaigns, by the
    # version in force at its end.
    "members": Shape(
        {
            "member": _TEXT, "stands_for": _TEXT, "account": _TEXT, "status": _TEXT, "enrolled_at": _INT,
            "enrolled_day": _DAY, "segments": pl.List(pl.String), "saved": pl.List(pl.String), "held_out": _YES,
        }
    ),
    # The tier of each of them at the end of the month, by ladder; who had none has no row.
    "tiers": Shape({"member": _TEXT, "ladder": _TEXT, "level": _TEXT, "place": _INT}),
    # Every unit of every version in force until the end of the month; `worth_points` smallest steps are worth
    # `worth_amount` minor units, where the version says so.
    "units": Shape(
        {
            "version": _INT, "effective_at": _INT, "unit": _TEXT, "kind": _TEXT, "scale": _INT, "spendable": _YES,
            "currency": _TEXT, "worth_points": _INT, "worth_amount": _INT,
        }
    ),
    # Every interval of paid memberships that had begun by the end of the month: a `trial`, a paid `period` with its
    # `number` from 1, or the `rest` of one after a pause. `until` is null where it never ends.
    "intervals": Shape(
        {
            "membership": _TEXT, "account": _TEXT, "plan": _TEXT, "place": _INT, "kind": _TEXT, "number": _INT,
            "start": _INT, "until": _INT, "cut": _INT, "start_day": _DAY,
        }
    ),
    # Every version in force until the end of the month; hundredths of a percent, null where a version does not say.
    "versions": Shape(
        {"version": _INT, "effective_at": _INT, "effective_day": _DAY, "hold_out": _INT, "margin": _INT}
    ),
    # What the version in force at the end of the month has on offer: a `rule`, a `reward`, a `voucher`, or a `tier`
    # that can be earned, `of` its ladder. `since_day`: from then on without a break; `start_day` and `until_day` bound
    # the days of its own, `kinds` are the entries that trigger a rule. Names are in the programme's first language.
    "offers": Shape(
        {
            "kind": _TEXT, "key": _TEXT, "of": _TEXT, "name": _TEXT, "since_day": _DAY, "start_day": _DAY,
            "until_day": _DAY, "kinds": pl.List(pl.String), "campaign": _YES,
        }
    ),
}  # fmt: skip

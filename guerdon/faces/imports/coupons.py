"""The real coupon redemptions of Complete Journey, played again as redemptions of a reward, day by day."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec
import polars

from guerdon.core.activities import Member
from guerdon.core.errors import Refusal
from guerdon.engine import redemptions
from guerdon.faces.imports import completejourney, wheels
from guerdon.faces.imports.completejourney import SOURCE, ZONE, Sample

REWARD: Final = "coupon"  # the reward of the programme that stands for one
FILE: Final = "data/coupon_redemptions.parquet"
NOON: Final = time(12)  # the file knows days only


class Coupon(msgspec.Struct, frozen=True):
    """A coupon that a household redeemed on a day; its place in the file names it for ever."""

    place: int
    household: str
    at: datetime


class Replayed(msgspec.Struct):
    """What came of them; `refused` by the code of the refusal."""

    coupons: int = 0
    redeemed: int = 0
    known: int = 0
    refused: dict[str, int] = {}


def read(until: datetime, path: Path | None = None, *, sample: Sample | None = None) -> list[Coupon]:
    """Those of the file up to the instant, in the order of their days; of a sample those of its households."""
    path = path or wheels.file(completejourney.PACKAGE, completejourney.REQUIREMENT, FILE)
    rows = polars.read_parquet(path).select("household_id", "redemption_date").with_row_index("place", 1)
    if sample is not None:
        rows = rows.filter(sample.holds(polars.col("household_id").cast(polars.Int32)))
    found = [
        Coupon(place, str(household), datetime.combine(day.date(), NOON, ZONE).astimezone(UTC))
        for place, household, day in rows.iter_rows()
    ]
    return sorted((one for one in found if one.at <= until), key=attrgetter("at", "place"))


def replay(
    *, programme_id: str, coupons: Sequence[Coupon], advance: Callable[[int], None] = lambda coupons: None
) -> Replayed:
    """Redeem them, a day in a transaction, each once for ever; who has too few points is refused and keeps them."""
    done = Replayed()
    for at, group in groupby(coupons, key=attrgetter("at")):
        wanted = [
            redemptions.NewRedemption(Member(external_id=one.household), REWARD, SOURCE, f"coupon-{one.place}")
            for one in group
        ]
        for result in redemptions.redeem_many(programme_id=programme_id, wanted=wanted, now=at):
            done.coupons += 1
            if isinstance(result, Refusal):
                done.refused[result.code] = done.refused.get(result.code, 0) + 1
            elif result.replayed:
                done.known += 1
            else:
                done.redeemed += 1
        advance(len(wanted))
    return done

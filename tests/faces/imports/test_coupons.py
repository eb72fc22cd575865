"""The coupons of Complete Journey as redemptions: by day, once for ever, and never for points that are not there."""

from datetime import UTC, date, datetime

import polars

from guerdon.faces.imports import coupons
from guerdon.insight import verify
from tests import shop
from tests.shop import Shop

COUPON = {"kind": "money_off", "amount": "1.00", "prices": [{"points": {"points": 50}}], "fulfilment": "at_once"}


def test_a_coupon_is_redeemed_at_noon_of_its_day_and_once(database, tmp_path):
    path = tmp_path / "coupon_redemptions.parquet"
    days = [date(2025, 3, day) for day in (3, 1, 3, 9)]
    polars.DataFrame(
        {"household_id": [7, 7, 8, 7], "coupon_upc": [1, 2, 3, 4], "campaign_id": [1] * 4, "redemption_date": days}
    ).with_columns(polars.col("redemption_date").cast(polars.Datetime("ns"))).write_parquet(path)
    found = coupons.read(datetime(2025, 3, 5, tzinfo=UTC), path)
    assert [(one.place, one.household) for one in found] == [(2, "7"), (1, "7"), (3, "8")]
    assert found[0].at == datetime(2025, 3, 1, 17, tzinfo=UTC), "noon in New York"

    made = Shop({"rewards": {"coupon": shop.named("coupon", COUPON)}})
    made.enrol("7", "8")
    made.buy("7", 9_000, "2025-02-20")
    made.buy("8", 9_000, "2025-03-20")  # too late for the third of March
    steps: list[int] = []
    first = coupons.replay(programme_id=made.programme_id, coupons=found, advance=steps.append)
    assert (first.coupons, first.redeemed, first.refused, steps) == (3, 1, {"insufficient_points": 2}, [1, 2])
    again = coupons.replay(programme_id=made.programme_id, coupons=found)
    assert (again.redeemed, again.known) == (0, 1)
    assert made.amounts("7", "2025-03-04").available == 40
    report = verify.run(made.programme_id, deep=True, at=shop.FAR)
    assert report.ok, report.broken

"""A café whose closed months are written, and computed as the worker does it."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from guerdon.insight import schedule
from guerdon.kit.worker import Worker
from tests import shop
from tests.faces.console.counted import WORTH, Cafe
from tests.insight.exports.test_export import LADDER

NOW = datetime.fromisoformat("2025-04-02T08:00:00+00:00")


def opened() -> Cafe:
    """Ann came in each of three months and spent points in March, Ben in January alone, Cleo in February and March."""
    cafe = Cafe(WORTH | {"tiers": LADDER})
    cafe.enrol("Ann", "Ben", now=shop.moment("2025-01-02"))
    cafe.enrol("Cleo", now=shop.moment("2025-02-10"))
    for name, amount, day, store in (
        ("Ann", 4_000, "2025-01-05", "Sofia"), ("Ben", 2_000, "2025-01-06", "Plovdiv"),
        ("Ann", 10_000, "2025-02-02", "Sofia"), ("Cleo", 3_000, "2025-02-11", "Sofia"),
        ("Ann", 5_000, "2025-03-03", "Plovdiv"), ("Cleo", 1_000, "2025-03-04", "Sofia"),
    ):  # fmt: skip
        cafe.buy(name, amount, day, store=store)
    shop.taken(cafe.burn("Ann", 30, "2025-03-10"))
    for month, later in (("2025-01", "2025-02-01"), ("2025-02", "2025-03-01"), ("2025-03", "2025-04-01")):
        cafe.night(f"{later}T03:00")
        cafe.close(month, f"{later}T09:00")
    shop.count(cafe, at="2025-04-01T10:00")
    return cafe


def exported() -> Cafe:
    """The same with its months written."""
    cafe = opened()
    schedule.write_months.func(cafe.programme_id)
    return cafe


def counted() -> Cafe:
    """The same with its months written and computed."""
    cafe = opened()
    written(cafe)
    return cafe


def placed(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Exports are kept in a folder of the test."""
    patch.setattr(settings, "EXPORTS", folder)


def written(cafe: Cafe) -> None:
    """What the worker does of its own once a month is closed."""
    schedule.write_months.func(cafe.programme_id)
    worked()


def worked() -> None:
    """Whatever waits in the queue is done."""
    worker = Worker(plan=lambda now: None)
    while worker.turn():
        pass

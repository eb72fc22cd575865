"""Daily figures while others count and close: every entry counts once, and days and months draw one border."""

from typing import Any

import pytest

from guerdon.engine import closing, figures, settling
from guerdon.features.figures import actions, queries
from guerdon.features.figures.queries import Watermark
from guerdon.insight import verify
from guerdon.kit import store
from guerdon.kit.store import Store
from tests import shop
from tests.races import crowd
from tests.shop import FAR, Shop

NOW = shop.moment("2026-02-01")


def count_together(cafe: Shop) -> list[Any]:
    cafe.enrol("Ann", "Ben")
    for day in ("05", "06", "07"):
        cafe.tell(*[cafe.purchase(name, 100, f"2026-01-{day}") for name in ("Ann", "Ben") for _ in range(20)])
    return crowd.together([lambda: figures.run(programme_id=cafe.programme_id, now=NOW) for _ in range(3)])


def purchases(cafe: Shop) -> int:
    kept = queries.days(store.current(), cafe.programme_id, stores=("",), first=1, last=NOW.toordinal())
    return sum(one.amount for one in kept if one.measure == "purchases")


def test_those_who_count_at_once_count_everything_once(database: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("guerdon.core.limits.FIGURES_ENTRIES_MAX", 10)
    cafe = Shop()
    done = count_together(cafe)
    assert not [one for one in done if isinstance(one, BaseException)], done
    assert purchases(cafe) == 120
    assert verify.run(cafe.programme_id, at=FAR).ok


def test_without_the_watermark_they_would_count_it_twice(database: str, monkeypatch: pytest.MonkeyPatch):
    """The control: a watermark that always says what one has seen oneself."""
    cafe = Shop()
    cafe.enrol("Ann")
    figures.run(programme_id=cafe.programme_id, now=NOW)  # past whatever others have in the journal
    cafe.buy("Ann", 100)
    old = queries.watermark(store.current(), cafe.programme_id)
    figures.run(programme_id=cafe.programme_id, now=NOW)
    seen = iter([old])
    monkeypatch.setattr(queries, "watermark", lambda at_hand, programme: next(seen, Watermark(10**9)))
    monkeypatch.setattr(actions, "lock", lambda at_hand, programme: old)
    figures.run(programme_id=cafe.programme_id, now=NOW)
    assert purchases(cafe) == 2


def counted_while_it_closes(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """October closes as of a number, and before it is drawn a late purchase of October comes and is counted."""
    cafe = Shop()
    cafe.enrol("Ann")
    cafe.buy("Ann", 4_000, "2025-10-05")
    cafe.night("2025-11-01T03:00")
    settled = settling.settled
    order, at = cafe.purchase("Ann", 700, "2025-10-06"), shop.moment("2025-11-02")

    def slowly() -> int:
        found = settled()
        closing.settling.settled = settled
        shop.taken(cafe.tell(order, now="2025-11-02")[0])
        figures.run(programme_id=cafe.programme_id, now=at)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(closing.settling, "settled", slowly)
        cafe.close("2025-10", "2025-11-03")
    figures.run(programme_id=cafe.programme_id, now=shop.moment("2025-11-04"))
    return cafe


def test_what_was_counted_of_a_month_is_in_it_when_it_closes(database: str, monkeypatch: pytest.MonkeyPatch):
    cafe = counted_while_it_closes(monkeypatch)
    report = verify.run(cafe.programme_id, at=FAR)
    assert report.ok, report.broken


def test_a_closing_that_does_not_ask_the_figures_differs_from_its_days(database: str, monkeypatch: pytest.MonkeyPatch):
    """The control."""

    def blind(at_hand: Store, programme_id: str) -> Watermark:
        return Watermark()

    lock = actions.lock
    monkeypatch.setattr(closing.figures, "lock", blind)
    monkeypatch.setattr(figures, "actions", _Actions(lock))
    cafe = counted_while_it_closes(monkeypatch)
    assert [one.name for one in verify.run(cafe.programme_id, at=FAR).broken] == ["2.4 daily figures"]


class _Actions:
    """The actions of figures with the lock that they have, whatever others see."""

    def __init__(self, lock: Any) -> None:
        self.lock = lock

    def __getattr__(self, name: str) -> Any:
        return getattr(actions, name)

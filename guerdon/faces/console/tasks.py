"""What needs somebody: what waits to be agreed to, answered, handed over, filled up, or looked at."""

from collections.abc import Callable, Iterator, Sized
from typing import Final

import msgspec

from guerdon.core import claims as claims_law
from guerdon.core import limits
from guerdon.core.rights import Right
from guerdon.faces.api import activities, adjustments, alerts, claims, drafts, redemptions, rewards, voucher_pools
from guerdon.faces.asking import ask
from guerdon.faces.console import parked
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit


class Task(msgspec.Struct, frozen=True):
    """How many of what wait, in words; `address` is where something can be done about them."""

    title: str
    about: str
    icon: str
    count: str
    address: str


class _Source(msgspec.Struct, frozen=True):
    """What may wait: its words, whom it concerns, and the page where something is done about it."""

    word: str
    icon: str
    needs: tuple[Right, ...]
    count: Callable[[Visit], tuple[int, bool]]  # how many there are, and whether there may be more
    page: str


def of(visit: Visit) -> tuple[Task, ...]:
    """What waits for the visitor: what somebody else must do is not shown."""
    return tuple(_found(visit))


def may(visit: Visit) -> bool:
    """Whether anything can wait for the visitor at all: who only looks is told of no work."""
    return any(_concerns(visit, one) for one in _SOURCES)


def _concerns(visit: Visit, one: _Source) -> bool:
    return all(visit.may(right) for right in one.needs)


def _found(visit: Visit) -> Iterator[Task]:
    pen = Pen(visit)
    for one in _SOURCES:
        if not _concerns(visit, one):
            continue
        count, more = one.count(visit)
        if count:
            told = pen.number(count) + ("+" if more else "")
            title, about = (visit.say(f"console_home.{word}") for word in (one.word, f"{one.word}_about"))
            yield Task(title, about, one.icon, told, visit.to(one.page))


def _page(rows: Sized, next: str | None) -> tuple[int, bool]:
    return len(rows), next is not None


def _adjustments(visit: Visit) -> tuple[int, bool]:
    """Those that somebody else asked for: of one's own, others are told."""
    found = ask(visit, adjustments.list_, query=adjustments.Queue(limit=limits.TASKS_COUNTED_MAX))
    others = [one for one in found.adjustments if not one.adjustment.mine]
    return _page(others, found.next if others else None)


def _drafts(visit: Visit) -> tuple[int, bool]:
    """Drafts in review that somebody else has made: of one's own, others are told."""
    found = ask(visit, drafts.list_, query=drafts.DraftQueue(limit=limits.TASKS_COUNTED_MAX, state="in_review"))
    others = [one for one in found.drafts if not one.mine]
    return _page(others, found.next if others else None)


def _approved(visit: Visit) -> tuple[int, bool]:
    """Drafts that wait for nothing but being published."""
    found = ask(visit, drafts.list_, query=drafts.DraftQueue(limit=limits.TASKS_COUNTED_MAX, state="approved"))
    return _page(found.drafts, found.next)


def _alerts(visit: Visit) -> tuple[int, bool]:
    """Those that are open; of one's own, others are told."""
    found = ask(visit, alerts.list_, query=alerts.AlertQueue(limit=limits.TASKS_COUNTED_MAX))
    others = [one for one in found.alerts if not one.mine]
    return _page(others, found.next if others else None)


def _claims(visit: Visit) -> tuple[int, bool]:
    found = ask(visit, claims.count)
    return sum(one.claims for one in found.counts if one.state in claims_law.OURS), False


def _redemptions(visit: Visit) -> tuple[int, bool]:
    found = ask(visit, redemptions.list_, query=redemptions.Waiting(limit=limits.TASKS_COUNTED_MAX))
    return _page(found.redemptions, found.next)


def _parked(visit: Visit) -> tuple[int, bool]:
    """Those that lack something; what waits for a second person is a task of its own."""
    found = ask(visit, activities.list_, query=activities.Listing(status="parked", limit=limits.TASKS_COUNTED_MAX))
    lacking = [one for one in found.activities if one.decision.parked != parked.FOR_APPROVAL]
    return _page(lacking, found.next if lacking else None)


def _stock(visit: Visit) -> tuple[int, bool]:
    found = ask(visit, rewards.list_, query=rewards.Shelf(limit=limits.PAGE_ROWS_MAX))
    few = [one for one in found.rewards if one.left is not None and one.left <= limits.STOCK_LOW]
    return _page(few, found.next if few else None)


def _codes(visit: Visit) -> tuple[int, bool]:
    return sum(one.low for one in ask(visit, voucher_pools.list_).pools), False


_SOURCES: Final = (
    _Source(
        "task_adjustments",
        "shield-check",
        ("profiles:read", "adjustments:approve"),
        _adjustments,
        "console.approvals",
    ),
    _Source("task_drafts", "git-branch", ("rules:read", "programme:approve"), _drafts, "console.drafts"),
    _Source("task_approved", "megaphone", ("rules:read", "programme:write"), _approved, "console.drafts"),
    _Source("task_alerts", "flag", ("alerts:read", "alerts:write"), _alerts, "console.alerts"),
    _Source("task_claims", "message-circle", ("claims:read",), _claims, "console.claims"),
    _Source("task_redemptions", "gift", ("profiles:read", "redemptions:write"), _redemptions, "console.queue"),
    _Source("task_parked", "hourglass", ("profiles:read", "activities:write"), _parked, "console.parked"),
    _Source("task_stock", "package", ("figures:read", "rewards:write"), _stock, "console.rewards"),
    _Source("task_codes", "ticket", ("vouchers:read", "vouchers:write"), _codes, "console.vouchers"),
)

"""A café in which somebody gives points as fraud does, and what alerts say of it."""

from typing import Any

from guerdon.core import alerts as law
from guerdon.core.activities import Member
from guerdon.core.members import Person
from guerdon.engine import alerts, staff, transfers
from guerdon.engine.adjust import Actor
from guerdon.engine.transfers import NewTransfer
from guerdon.features.alerts import queries
from guerdon.features.alerts.queries import Alert
from guerdon.kit import audit, ids, store
from tests import shop
from tests.shop import POINTS, Shop

PARTS: dict[str, Any] = {"units": {"points": POINTS | {"transfers": {}}}}
OPERATOR = audit.Actor("operator", "operator")
EMIL = Actor("Emil", "e" * 32, "user")


def cafe(*names: str, now: str = "2025-01-01", **alerts: Any) -> Shop:
    found = Shop(PARTS | ({"alerts": alerts} if alerts else {}))
    found.enrol(*(names or ("Ann", "Ben", "Cleo", "Emil")), now=shop.moment(now))
    return found


def at_till(at: Shop, name: str, day: str, times: int = 1, cashier: str = "17", amount: int = 1000) -> None:
    """A point of sale tells purchases, and which cashier it was."""
    for _ in range(times):
        at.buy(name, amount, day, facts={"cashier": cashier}, store="Vitosha")


def send(at: Shop, who: str, to: str, day: str, points: int = 5) -> None:
    wanted = NewTransfer(
        member=Member(external_id=who), to=Member(external_id=to), unit="points", points=points, source="app",
        external_id=f"send-{next(at._numbers)}",
    )  # fmt: skip
    shop.taken(transfers.send_many(programme_id=at.programme_id, wanted=[wanted], now=shop.moment(day))[0])


def raised(at: Shop, state: law.State = "open") -> list[Alert]:
    """The alerts of a state, the first one first."""
    found = queries.queue(store.current(), at.programme_id, state=state, before=queries.LAST, most=100)
    return found[::-1]


def told(at: Shop) -> list[tuple[str, str, list[str], int, dict[str, int]]]:
    """What each alert says: kind, giver, members, how many entries, points."""
    names = {id: name for name, id in at.ids.items()}
    called = alerts.called(store.current(), at.programme_id)
    return [
        (one.kind, one.name or called.get(one.giver, ""), sorted(names[who] for who in one.members), one.times,
         one.points)
        for one in raised(at)
    ]  # fmt: skip


def kinds(at: Shop, night: str) -> dict[str, list[tuple[str, list[str], int, dict[str, int]]]]:
    """What all alerts say after a night, by kind."""
    at.night(night)
    found: dict[str, list[tuple[str, list[str], int, dict[str, int]]]] = {}
    for kind, *rest in told(at):
        found.setdefault(kind, []).append(tuple(rest))
    return found


def own(at: Shop, name: str = "Dora", role: Any = "cashier") -> str:
    """Somebody who is a member, and staff under the same address; answers the user."""
    email = f"{name.lower()}@{at.key}.example"
    at.enrol(name, person=Person(email=email))
    return staff.appoint(
        programme_id=at.programme_id, email=email.upper(), name=name, role=role, by=OPERATOR, now=shop.OPENING
    )


def rung(at: Shop, user: str, name: str, day: str = "20260105") -> None:
    """A purchase recorded on the till's own pages: its name says whose it is."""
    token = f"{day}-{ids.new()}-{user[-12:]}"
    at.buy(name, 1000, "2026-01-05", source="till:sofia-1:1", external_id=token, store="sofia-1")

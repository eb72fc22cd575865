"""What Zoe claims at the grocer's: granted by a purchase or by goodwill, refused, withdrawn, and one that waits."""

from typing import Any, Final

import msgspec

from guerdon.core.claims import Told
from guerdon.engine import claims as engine
from tests import claims
from tests.shop import Shop

PARTS: Final[dict[str, Any]] = {"adjustments": {"approve_above": {"points": 5_000}}}
DAYS: Final = ("2026-04-22", "2026-04-23")


def claim(grocer: Shop) -> None:
    """Five claims, of which one was opened again and one was turned down by a second person first."""
    grocer.enrol("Zoe")
    first, second, third, fourth, fifth = (
        claims.claim(grocer, "Zoe", DAYS[0], msgspec.structs.replace(claims.RECEIPT, receipt=f"R{number}"))
        for number in range(5)
    )
    claims.say(grocer, first, "ask", "Which till?", DAYS[0])
    claims.say(grocer, first, "reply", "The left one", DAYS[0])
    claims.by_purchase(grocer, first, claims.missing("lost-1", DAYS[0]), at=DAYS[1])
    claims.end(grocer, second, "refuse", "No such receipt", DAYS[1])
    engine.reopen(claims.asked(grocer, DAYS[1]), second, Told("Look again"))
    claims.by_goodwill(grocer, second, 70, at=DAYS[1])
    for verdict in ("rejection", "approval"):
        waiting = claims.by_goodwill(grocer, third, 6_000, at=DAYS[1])
        grocer.judge(waiting.outcome.activity_id, verdict, DAYS[1], actor="Maya")
    claims.by_goodwill(grocer, fourth, 7_000, at=DAYS[1])
    claims.end(grocer, fifth, "withdraw", at=DAYS[1])

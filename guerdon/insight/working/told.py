"""What is told of what does not work, without the engine that counts it."""

import msgspec

from guerdon.core.kpis import Span
from guerdon.core.working import Finding


class Report(msgspec.Struct, frozen=True):
    """What does not work in the days: how many rules, rewards, vouchers and tiers were looked at, and what was found.

    `against`: with which days stores and segments are compared; None where no month of the year before, or just before,
    is there. `scales` are the decimals of the spendable units.
    """

    span: Span
    against: Span | None
    currency: str
    scales: dict[str, int]
    looked_at: int
    findings: tuple[Finding, ...]

"""The fault of a house that looks at its limits once: what it saw first it believes ever after."""

import copy
from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any


class Beliefs:
    """What was seen."""

    def __init__(self) -> None:
        self._seen: dict[str, Any] = {}

    def of(self, name: object, look: Callable[[], Any]) -> Any:
        """What was seen first, or is seen now."""
        key = repr(name)
        if key not in self._seen:
            self._seen[key] = look()
        return copy.deepcopy(self._seen[key])


def plant() -> None:
    """What is left of anything is looked at once; and each request is a batch of its own, or one look were enough."""
    from guerdon.core import limits
    from guerdon.features.adjustments import queries as adjustments
    from guerdon.features.claims import queries as claims
    from guerdon.features.ledger import queries as ledger
    from guerdon.features.redemptions import queries as redemptions
    from guerdon.features.rewards import actions as rewards
    from guerdon.features.rulebook import queries as rulebook
    from guerdon.features.vouchers import queries as vouchers
    from guerdon.kit import attempts

    limits.GROUP_MAX = 1  # type: ignore[misc]
    beliefs = Beliefs()
    looks: tuple[tuple[ModuleType, str], ...] = (
        (adjustments, "alone"), (claims, "lock"), (claims, "room"), (ledger, "lots"), (redemptions, "had"),
        (rewards, "locked"), (rulebook, "counters"), (rulebook, "lock_budgets"), (vouchers, "free"), (vouchers, "lock"),
        (vouchers, "lock_pools"),
    )  # fmt: skip
    for module, name in looks:
        setattr(module, name, _believing(beliefs, getattr(module, name)))
    for name in ("add", "check"):
        setattr(attempts, name, _boundless(getattr(attempts, name)))
    _believe_members(beliefs)


def _believing(beliefs: Beliefs, look: Callable[..., Any]) -> Callable[..., Any]:
    def believed(at_hand: Any, *about: Any, **named: Any) -> Any:
        name = (look.__module__, look.__name__, *_timeless(about), *_timeless(named.values()))
        return beliefs.of(name, lambda: look(at_hand, *about, **named))

    return believed


def _timeless(about: Any) -> list[Any]:
    return [one for one in about if not isinstance(one, datetime)]


def _boundless(count: Callable[..., None]) -> Callable[..., None]:
    def counted(at_hand: Any, **named: Any) -> None:
        count(at_hand, **named | {"most": 10**9})

    return counted


def _believe_members(beliefs: Beliefs) -> None:
    """The same of what rules have counted of members, and of what they owe."""
    from guerdon.engine import batch, desk
    from guerdon.engine import gather as gathering

    gather = gathering.gather

    def believed(*about: Any, **named: Any) -> Any:
        found = gather(*about, **named)
        for account in found.accounts:
            found.counters[account] = beliefs.of(("counters", account), _seen(found.counters.get(account, {})))
        for key, purse in found.purses.items():
            purse.debt = beliefs.of(("debt", key), _seen(purse.debt))
        return found

    for module in (batch, desk):
        setattr(module, "gather", believed)  # noqa: B010 - the types would not have it


def _seen(value: Any) -> Callable[[], Any]:
    return lambda: copy.deepcopy(value)

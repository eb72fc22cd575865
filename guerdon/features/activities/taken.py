"""What returns took back of purchases, summed up."""

from collections.abc import Iterable

from guerdon.features.activities import queries
from guerdon.kit.store import Store


def back(store: Store, names: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How many steps of each unit returns asked back of the purchases named by (account, activity), by purchase."""
    found: dict[str, dict[str, int]] = {}
    for purchase, returned in queries.returns(store, names).items():
        sums = found.setdefault(purchase, {})
        for one in returned:
            for unit, steps in one.slice.taken.items():
                sums[unit] = sums.get(unit, 0) + steps
    return found

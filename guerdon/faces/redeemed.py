"""What became of redemptions: of those that went out by a voucher what became of that."""

from collections.abc import Sequence

from guerdon.core import vouchers as law
from guerdon.faces.api.redemptions import RedemptionView
from guerdon.faces.visits import Visit
from guerdon.features.vouchers import queries


def states(visit: Visit, found: Sequence[RedemptionView]) -> dict[str, str]:
    """For each by its id the key of the word for it; `given` is a voucher that nobody has used. One read for all."""
    out = {one.id: law.stored(one.voucher) for one in found if one.state == "fulfilled" and one.voucher is not None}
    shown = queries.find(visit.store, visit.programme_id, list(out.values()))
    became = {id: shown[code].as_of(visit.now) for id, code in out.items()}
    return {one.id: _word(became.get(one.id, one.state)) for one in found}


def _word(state: str) -> str:
    return "given" if state == "active" else state

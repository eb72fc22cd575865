"""The folders of the programme file whose entries have forms: rewards, vouchers, ladders of tiers and plans."""

from collections.abc import Sequence
from typing import Final

from guerdon.core import sentences
from guerdon.core.programme import Programme
from guerdon.faces.console import moves, numbers, offer_parts, plan_parts, tier_parts, trees
from guerdon.faces.console.entry_form import Folder
from guerdon.faces.visits import Visit
from guerdon.features.redemptions import queries as redemptions


def _reward(programme: Programme, key: str, language: str) -> Sequence[str]:
    return sentences.reward(programme.rewards[key], programme, language)


def _voucher(programme: Programme, key: str, language: str) -> Sequence[str]:
    return (sentences.voucher(programme.vouchers[key], programme, language),)


def _ladder(programme: Programme, key: str, language: str) -> Sequence[str]:
    return sentences.ladder(next(one for one in programme.tiers if one.key == key), programme, language)


def _plan(programme: Programme, key: str, language: str) -> Sequence[str]:
    return sentences.plan(programme.plans[key], programme, language)


def _redemptions(visit: Visit, key: str) -> int:
    return redemptions.count_open(visit.store, visit.programme_id, key)


def _climbers(visit: Visit, key: str) -> int | None:
    return _members(visit, "tier_members", key)


def _payers(visit: Visit, key: str) -> int | None:
    return _members(visit, "plan_members", key)


def _members(visit: Visit, kpi: str, key: str) -> int | None:
    """How many members had a plan, or any tier of a ladder, when the last night looked; None where none has."""
    mine = [had for of, had in numbers.members_of(visit, kpi).items() if of.partition("/")[0] == key]
    return sum(mine) if mine else None


FOLDERS: Final[tuple[Folder, ...]] = (
    Folder(
        "rewards", "reward", "rewards", "gift", offer_parts.reward, _reward, offer_parts.whole_reward,
        spots=offer_parts.reward_spots, trees={"if": trees.MEMBERS}, own="console.reward", waiting=_redemptions,
    ),
    Folder(
        "vouchers", "voucher", "vouchers/kinds", "ticket", offer_parts.voucher, _voucher, offer_parts.whole_voucher,
        spots=offer_parts.voucher_spots, trees={"if": trees.CONDITIONS, "lines": trees.GOODS},
        own="console.voucher_kind",
    ),
    Folder(
        "tiers", "ladder", "ladders", "crown", tier_parts.ladder, _ladder, tier_parts.closed, tier_parts.opened,
        tier_parts.spots, waiting=_climbers, previewed=moves.preview,
    ),
    Folder(
        "plans", "plan", "plans", "refresh-cw", plan_parts.plan, _plan, plan_parts.closed, plan_parts.opened,
        plan_parts.spots, waiting=_payers,
    ),
)  # fmt: skip

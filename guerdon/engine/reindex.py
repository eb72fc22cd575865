"""The words by which members are found, built anew from the vault: a page of members at a time, others go on."""

from collections.abc import Callable
from typing import Final

from guerdon.features.members import actions, names, queries
from guerdon.kit import ids, store
from guerdon.kit.store import Store

MEMBERS_PER_PAGE: Final = 500


def run(*, programme_id: str, progress: Callable[[int], None] = lambda members: None) -> int:
    """Let every member of the programme be found by the name in the vault; answers how many were looked at.

    Stopped in between it does no harm: each page is a transaction of its own, under the locks of its members.
    """
    after, total = ids.NIL, 0
    while page := store.committed(lambda at_hand, after=after: _page(at_hand, programme_id, after)):  # type: ignore[misc]
        after, total = page[-1], total + len(page)
        progress(len(page))
    return total


def _page(at_hand: Store, programme_id: str, after: str) -> list[str]:
    page = names.named(at_hand, programme_id, after=after, most=MEMBERS_PER_PAGE)
    locked = queries.lock_each(at_hand, programme_id, page)
    # Who was merged since is found by the name of who stayed.
    actions.name_anew(at_hand, programme_id, [id for id in page if locked[id].merged_into is None])
    return page

"""Everything that is sealed comes under the installation's present secret, so that former ones can be taken away."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from guerdon.features.claims import actions as claims
from guerdon.features.draws import actions as draws
from guerdon.features.letters import actions as letters
from guerdon.features.members import actions as members
from guerdon.features.notes import actions as notes
from guerdon.features.redemptions import actions as redemptions
from guerdon.features.users import actions as users
from guerdon.kit import audit, digests, ids, secrets, store
from guerdon.kit.audit import Actor
from guerdon.kit.store import Store

SEALED: Final = (
    members.SEALED, notes.SEALED, claims.SEALED, redemptions.SEALED, letters.SEALED, draws.SEALED, users.SEALED,
)  # fmt: skip


class Standing(msgspec.Struct, frozen=True):
    """Whether the former secrets can be taken away: `done_at` everything came under the present one, unless something
    was sealed with a former one since (`late`), by a process that knows no other. Without `done_at` it has not yet."""

    former: int
    done_at: datetime | None
    late: bool

    @property
    def free(self) -> bool:
        """Whether nothing that is kept needs a former secret."""
        return self.done_at is not None and not self.late


def how_many(at_hand: Store) -> int:
    """How many cells `run` will look at."""
    return sum(one.how_many(at_hand) for one in SEALED)


def run(*, actor: Actor, now: datetime, progress: Callable[[int], None] = lambda cells: None) -> int:
    """Seal everything with the present secret, while others go on; answers how many cells were not yet.

    A page is a transaction. Stopped in between it does no harm, and begun anew it passes over what is done. The key of
    the digests comes last: who finds it under the present secret finds everything there.
    """
    changed = sum([one.run(progress) for one in SEALED])
    return changed + store.committed(lambda at_hand: _end(at_hand, actor, now, changed))


def _end(at_hand: Store, actor: Actor, now: datetime, changed: int) -> int:
    last = digests.reseal(at_hand)
    digests.note_rotation(at_hand, now)
    told = {"cells": changed + last, "former": len(secrets.marks()) - 1}
    audit.note(at_hand, programme_id=ids.NIL, actor=actor, action="secret.rotated", about="secret", now=now, after=told)
    return int(last)


def standing(at_hand: Store) -> Standing:
    """How it stands, without looking at everything: by what is remembered, and the last rows of each table.

    Raises SecretMissing, and ValueError where something is sealed with a secret that is not here at all.
    """
    present, *former = secrets.marks()
    found = digests.rotation(at_hand)
    done_at = found.at if found is not None and found.mark == present else None
    return Standing(len(former), done_at, any([one.late(at_hand) for one in SEALED]))

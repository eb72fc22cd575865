"""Everything that is sealed comes under the installation's present secret, so that former ones can be taken away."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
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
    """How far another secret has come, by a quick look: whether one comes next, how many former ones there are, and
    when everything was last sealed with the present one (`done_at`). A process that knows no other may seal with a
    former one after that: it was seen among the newest rows (`late`), or not, which proves nothing of the others."""

    next: bool
    former: int
    done_at: datetime | None
    late: bool

    @property
    def done(self) -> bool:
        """Whether everything was sealed with the present secret, as far as a quick look tells."""
        return self.done_at is not None and not self.late


class Needed(Exception):
    """So many cells are not sealed with the present secret."""

    def __init__(self, cells: int) -> None:
        super().__init__(f"{cells} cells are not sealed with the present secret")
        self.cells = cells


def how_many(at_hand: Store) -> int:
    """How many cells `run` and `forget` will look at."""
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
    told = {"cells": changed + last, "former": len(secrets.former())}
    _note(at_hand, actor, now, "rotated", after=told)
    return int(last)


def standing(at_hand: Store) -> Standing:
    """How it stands, without looking at everything: by what is remembered, and the last rows of each table.

    Raises SecretMissing, and ValueError where something is sealed with a secret that is not here at all.
    """
    present, *former = secrets.marks()
    found = digests.rotation(at_hand)
    done_at = found.at if found is not None and found.mark == present else None
    late = digests.late(at_hand) or any([one.late(at_hand) for one in SEALED])
    return Standing(bool(secrets.upcoming()), len(former), done_at, late)


def prepare(home: Path, *, actor: Actor, now: datetime) -> None:
    """Make the secret that comes next in the home folder."""
    _changed(secrets.prepare, home, actor, now, "made")


def renew(home: Path, *, actor: Actor, now: datetime) -> None:
    """Let the next secret of the home folder become the present one, and the present one a former."""
    _changed(secrets.renew, home, actor, now, "used")


def check(progress: Callable[[int], None] = lambda cells: None) -> None:
    """Look at every cell. Raises Needed where one is not sealed with the present secret, and ValueError where no secret
    here opens it."""
    cells = sum([one.needing(progress) for one in SEALED]) + digests.late(store.current())
    if cells:
        raise Needed(cells)


def forget(home: Path, *, actor: Actor, now: datetime, progress: Callable[[int], None] = lambda cells: None) -> None:
    """Take away the former secrets of the home folder where nothing needs them, which `check` finds out."""
    gone = secrets.former()
    check(progress)
    _changed(partial(secrets.forget, gone=gone), home, actor, now, "forgotten")


def _changed(change: Callable[[Path], None], home: Path, actor: Actor, now: datetime, what: str) -> None:
    """Change the files of the home folder and write it into the book, which has no line where the files stayed."""
    before = {"former": len(secrets.former())}

    def write(at_hand: Store) -> None:
        _note(at_hand, actor, now, what, before=before)
        change(home)  # last, and harmless when a transaction is run again

    store.committed(write)


def _note(at_hand: Store, actor: Actor, now: datetime, what: str, **told: dict[str, int]) -> None:
    action = f"secret.{what}"
    audit.note(at_hand, programme_id=ids.NIL, actor=actor, action=action, about="secret", now=now, **told)

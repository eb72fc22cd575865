"""How sentences call what rules name by a key alone: a segment as whoever saved it has called it."""

import msgspec

from guerdon.core import differences
from guerdon.core.programme import Programme
from guerdon.features.segments import queries
from guerdon.kit.store import Store


def speaking(store: Store, programme_id: str, programme: Programme) -> Programme:
    """The programme with the names of saved segments, where its file names a segment of that key no otherwise.

    It is for sentences alone: written as a file it would say more than its own.
    """
    saved = {one.segment.key: one.segment.name for one in queries.every(store, programme_id)}
    called = msgspec.structs.replace(programme.called, segments=saved | programme.called.segments)
    return msgspec.structs.replace(programme, called=called)


def between(store: Store, programme_id: str, before: Programme, after: Programme, language: str) -> tuple[str, ...]:
    """What differs between two states of a programme, as plain sentences that speak so."""
    one, other = (speaking(store, programme_id, each) for each in (before, after))
    return tuple(differences.between(one, other, language))

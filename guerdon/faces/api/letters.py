"""Letters: which e-mails a member wants, of those that it can do without."""

from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import letters as law
from guerdon.core import members as members_law
from guerdon.core.letters import Stoppable
from guerdon.engine import wishes
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.kit import ids


class StoppedLetters(msgspec.Struct, frozen=True):
    """A kind of letters that the member does not get."""

    kind: Stoppable
    since: datetime


class LettersView(msgspec.Struct, frozen=True):
    """Which letters a member gets, and which not; what answers a deed of the member always comes."""

    member: str
    wanted: tuple[Stoppable, ...]
    stopped: tuple[StoppedLetters, ...]


class LettersWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which letters a member wants, from now on."""

    wanted: tuple[Stoppable, ...]


def read(call: Call, id: str) -> Reply:
    """Which letters a member wants."""
    return _reply(call, id)


def choose(call: Call, id: str, body: LettersWanted) -> Reply:
    """Let a member have letters of these kinds, and of no others."""
    assert call.key is not None
    wishes.choose(
        programme_id=call.programme_id, member_id=ids.read("member", id), kinds=body.wanted, actor=call.key.name,
        now=call.now,
    )  # fmt: skip
    return _reply(call, id)


def _reply(call: Call, id: str) -> Reply:
    member_id, stopped = wishes.wanted(call.store, call.programme_id, ids.read("member", id))
    return Reply(
        LettersView(
            ids.show("member", member_id),
            tuple([kind for kind in law.STOPPABLE if kind not in stopped]),
            tuple([StoppedLetters(one.kind, one.since) for one in stopped.values()]),
        )
    )


_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/members/{id}/letters", "profiles:read", read, "Read which letters a member wants", LettersView,
        refuses=_OF_MEMBER, noun="member", tag="Letters",
        about="Reminders of points that end, news of the tier, and monthly statements can be done without. A sign-in "
        "code and the letter about a redemption answer what the member has just done, and always come.",
    ),
    Endpoint(
        "PUT", "/v1/members/{id}/letters", "members:write", choose, "Choose which letters a member wants", LettersView,
        takes=LettersWanted, refuses=_OF_MEMBER, noun="member", tag="Letters",
        about="What is not named is stopped at once, also what waits to be sent. Members can do it themselves by the "
        "link in every such letter.",
    ),
)  # fmt: skip

"""The device that a till runs on: its store and number, whether it trains, and how acts at it are named."""

import re
from typing import Annotated, Final
from urllib.parse import unquote

import msgspec
from msgspec import Meta

from guerdon.faces import posted
from guerdon.faces.visits import Visit
from guerdon.kit import ids

COOKIE: Final = "till"
# What an act is named by: the day at the till, chance, and whose act it is, by the end of the cashier's id.
_MARK_CHARS: Final = 12
_TOKEN: Final = re.compile(rf"\d{{8}}-[0-9a-f]{{32}}-[0-9a-f]{{{_MARK_CHARS}}}\Z")
StoreName = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^:|]+$")]
Number = Annotated[str, Meta(min_length=1, max_length=12, pattern=r"^[0-9A-Za-z-]+$")]


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which till this is; both names are parts of the source of all that is recorded here."""

    store: StoreName
    number: Number
    training: bool = False

    @property
    def source(self) -> str:
        """The source of what is told here."""
        return f"till:{self.store}:{self.number}"


def of(visit: Visit) -> Device | None:
    """The till that this device was made; None before."""
    try:
        return msgspec.json.decode(unquote(visit.request.COOKIES.get(COOKIE, "")), type=Device)
    except msgspec.MsgspecError:
        return None


def here(visit: Visit) -> Device:
    """The same, where a page can't be without one."""
    found = of(visit)
    return found if found is not None else Device("main", "1")


def token(visit: Visit) -> str:
    """What the form names its act by, or a fresh name for a form that has none; whose act it is, the visit says."""
    told = visit.request.POST.get(posted.TOKEN, "")
    return told[:-_MARK_CHARS] + mark(visit.user_id or ids.NIL) if is_token(told) else fresh(visit)


def fresh(visit: Visit) -> str:
    """A new name for an act of today by the cashier."""
    return f"{visit.now.astimezone(visit.zone):%Y%m%d}-{ids.new()}-{mark(visit.user_id or ids.NIL)}"


def is_token(text: str) -> bool:
    """Whether a text names an act at a till."""
    return _TOKEN.match(text) is not None


def mark(user_id: str) -> str:
    """By what a cashier is known in the names of acts."""
    return user_id[-_MARK_CHARS:]


def whose(token: str) -> str:
    """The mark of who did what is named so; nothing for what was named elsewhere."""
    return token[-_MARK_CHARS:] if is_token(token) else ""

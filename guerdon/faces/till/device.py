"""The device that a till runs on: its store and number, whether it trains, and how acts at it are named."""

import hashlib
from typing import Annotated, Final
from urllib.parse import unquote

import msgspec
from msgspec import Meta

from guerdon.core import errors, till_names
from guerdon.faces import cookies, posted
from guerdon.faces.visits import Visit
from guerdon.kit import ids

SALE_OF_ANOTHER = errors.declare("clash", "sale_of_another")
_COOKIE: Final = "till"
SALE: Final = "sale"  # by what the address of a page names its sale
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
        return f"{till_names.SOURCES}{self.store}:{self.number}"


def cookie(visit: Visit) -> str:
    """What the cookie of a till is called, which is sent to the pages of its programme alone."""
    return cookies.name(_COOKIE, path=visit.to("till.home"))


def of(visit: Visit) -> Device | None:
    """The till that this device was made; None before."""
    try:
        return msgspec.json.decode(unquote(visit.request.COOKIES.get(cookie(visit), "")), type=Device)
    except msgspec.MsgspecError:
        return None


def here(visit: Visit) -> Device:
    """The same, where a page can't be without one."""
    found = of(visit)
    return found if found is not None else Device("main", "1")


def token(visit: Visit) -> str:
    """What the form names its act by, or a fresh name for a form that has none. Raises `sale_of_another`."""
    return _own(visit, visit.request.POST.get(posted.TOKEN, "")) or fresh(visit)


def sale(visit: Visit) -> str | None:
    """The name of the sale that a page is of: its address has it, so that it outlives the way back.

    None where a sale is still to begin. Raises `sale_of_another`.
    """
    return _own(visit, visit.request.GET.get(SALE, ""))


def _own(visit: Visit, told: str) -> str | None:
    """A name that was told; None for what is none. One of another cashier's is no other act under one's own name."""
    if not till_names.is_token(told):
        return None
    if till_names.whose(told) != till_names.mark(visit.user_id or ids.NIL):
        raise SALE_OF_ANOTHER()
    return told


def part(token: str, what: str) -> str:
    """The name of an act beside another one, like a voucher at a sale: the same for the same thing."""
    day, chance, mine = token.split("-")
    return f"{day}-{hashlib.sha256(f'{chance} {what}'.encode()).hexdigest()[: len(chance)]}-{mine}"


def fresh(visit: Visit) -> str:
    """A new name for an act of today by the cashier."""
    return f"{visit.now.astimezone(visit.zone):%Y%m%d}-{ids.new()}-{till_names.mark(visit.user_id or ids.NIL)}"

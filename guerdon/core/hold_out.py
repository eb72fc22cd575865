"""Who is held out: a few members, always the same ones, who go without campaigns, so that all others have a measure."""

from hashlib import blake2b
from typing import Final

import msgspec

from guerdon.core import errors

NOBODY_HELD_OUT = errors.declare("clash", "nobody_held_out")
ROI_TOO_EARLY = errors.declare("clash", "roi_too_early")
ROI_TOO_FEW = errors.declare("clash", "roi_too_few")
ROI_NOT_EXPORTED = errors.declare("clash", "roi_not_exported")
BESIDE_OUTSIDE = errors.declare("invalid", "beside_outside", "month")
BESIDE_NOBODY = errors.declare("invalid", "beside_nobody")

WHOLE: Final = 10_000  # hundredths of a percent
SHARE_MAX: Final = WHOLE // 2  # campaigns are for somebody, and no measure needs more
_PLACES: Final = 2**64


class HoldOut(msgspec.Struct, frozen=True):
    """How many members are held out, in hundredths of a percent."""

    share: int


def is_held_out(said: HoldOut | None, programme: str, member: str) -> bool:
    """Whether a member, by its id, is held out of the programme of the key.

    Each member has a place that depends on nothing but both, so nobody is ever drawn anew and a larger share holds out
    the same members and some more. A sample member, who is nobody, is not.
    """
    return said is not None and bool(member) and place(programme, member) * WHOLE < said.share * _PLACES


def place(programme: str, member: str) -> int:
    """Where a member stands in the draw, from 0 up to 2^64, not included."""
    key = blake2b(programme.encode(), digest_size=32, person=b"hold-out").digest()  # a key may be as long as it likes
    return int.from_bytes(blake2b(member.encode(), digest_size=8, key=key).digest())

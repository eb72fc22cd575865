"""The law of letters: which kinds there are, which of them a member may stop, what each tells, when to try again."""

from datetime import datetime
from typing import Final, Literal, get_args

import msgspec

from guerdon.core import errors, limits

Kind = Literal["sign_in", "invitation", "notice", "redemption", "expiring", "tier", "statement", "news"]
Stoppable = Literal["expiring", "tier", "statement", "news"]
State = Literal["waiting", "sent", "failed", "dropped"]
# What changed of how somebody is reached, or comes in.
Changed = Literal["email", "phone", "both", "password", "factor_added", "factor_removed", "codes"]
# Why a letter was not sent: nobody to send it to, not wanted, of no use any more, or not taken by the mail server.
Fault = Literal["no_address", "stopped", "too_late", "refused", "unreachable"]

# What others did for a member: gave points or offered some, invited into a household, asked about a claim, settled it.
Deed = Literal["gift", "offer", "invited", "asked", "granted", "refused", "closed"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
STOPPABLE: Final[tuple[Stoppable, ...]] = get_args(Stoppable)  # all others answer what somebody has just done

LETTERS_OFF = errors.declare("invalid", "letters_off")
LETTER_UNKNOWN = errors.declare("unknown", "letter_unknown", "id")
LETTER_NOT_FAILED = errors.declare("clash", "letter_not_failed", "id", "state")
STOP_INVALID = errors.declare("unknown", "stop_invalid")


class SignIn(msgspec.Struct, frozen=True, tag="sign_in"):
    """The code by which somebody signs in, good for so many minutes."""

    code: str
    minutes: int


class Invitation(msgspec.Struct, frozen=True, tag="invitation"):
    """Somebody is invited to work with the programme; the link is good until then."""

    by: str
    link: str
    until: datetime


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """Something changed by which an account could be taken over; it goes to where somebody was reached before."""

    changed: Changed
    at: datetime


class Redeemed(msgspec.Struct, frozen=True, tag="redemption"):
    """A reward of a member; `code` is what it handed over, or by what it is found. Of a draw they are the prize's."""

    reward: str
    version: int  # of the programme in which the reward stands
    points: dict[str, int]
    money: int  # minor units of the programme's currency
    code: str
    until: datetime | None = None
    prize: str = ""  # the reward that was won, where the one that was redeemed is a draw
    owed: bool = False  # the money is collected at the counter, with what the code is for


class Expiring(msgspec.Struct, frozen=True, tag="expiring"):
    """Points of a unit that end together; `worth` in minor units of the programme's currency."""

    unit: str
    points: int
    worth: int | None
    ends_at: datetime


class Climbed(msgspec.Struct, frozen=True, tag="tier"):
    """A member's tier on a ladder, before and now; `until` is when it is looked at next."""

    ladder: str
    before: str | None
    level: str | None
    rose: bool
    until: datetime | None = None


class Totals(msgspec.Struct, frozen=True):
    """What a month did to a unit of a member: `opening` + `earned` + … = `closing`, each signed; what ends next."""

    unit: str
    opening: int
    earned: int
    spent: int
    expired: int
    other: int  # given by hand, taken back, moved
    closing: int
    ending: int = 0
    ends_at: datetime | None = None


class MonthTold(msgspec.Struct, frozen=True, tag="statement"):
    """The statement of a closed month, written as 2026-10."""

    month: str
    totals: tuple[Totals, ...]


class Tiding(msgspec.Struct, frozen=True, tag="news", omit_defaults=True):
    """What somebody else did for a member; `subject` is the transfer, invitation or claim, `until` when it lapses."""

    deed: Deed
    subject: str
    at: datetime
    unit: str = ""
    points: int = 0
    until: datetime | None = None

    @property
    def name(self) -> str:
        """By what it is known as seen: the same claim is asked about, or settled, more than once."""
        return f"{self.deed}:{self.subject}:{self.at:%Y%m%d%H%M%S%f}"


Content = SignIn | Invitation | Notice | Redeemed | Expiring | Climbed | MonthTold | Tiding


class Recipient(msgspec.Struct, frozen=True):
    """Who gets a letter; `language` as they said it."""

    email: str
    name: str | None = None
    language: str | None = None


def kind_of(content: Content) -> Kind:
    """The kind of a letter by what it tells."""
    return content.__struct_config__.tag  # type: ignore[return-value] # the tags above are the kinds


def may_stop(kind: Kind) -> bool:
    """Whether a member can do without letters of the kind."""
    return kind in STOPPABLE


def pause_seconds(attempts: int) -> int:
    """How long to wait after so many attempts that failed: doubled each time, up to a bound."""
    doubled: int = limits.LETTER_BACK_OFF_SECONDS << max(0, attempts - 1)
    return min(limits.LETTER_BACK_OFF_SECONDS_MAX, doubled)

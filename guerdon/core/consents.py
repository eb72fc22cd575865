"""The law of consents: what members are asked for, what counts as given, and which of two is the stricter (LAW 6.3)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from guerdon.core import errors, period

CONSENT_UNKNOWN = errors.declare("unknown", "consent_unknown", "consent", "known")
CONSENT_WORDING = errors.declare("invalid", "consent_wording", "consent", "version")
CONSENT_REQUIRED = errors.declare("forbidden", "consent_required", "consent")

Way = Literal["portal", "till", "api", "import", "support", "merge", "unmerge", "erasure", "lapse"]

RULES: Final = "@rules"  # no purpose can be called so: that a member joined under a version of the programme


class Recipient(msgspec.Struct, frozen=True):
    """Somebody else to whom data go: a name, and where it can be read what they do with them."""

    name: str
    link: str


class Purpose(msgspec.Struct, frozen=True):
    """What members are asked for. `version` is that of the wording; after `keep_days` what was given ends by itself,
    None lets it stand as long as the member is one."""

    key: str
    name: dict[str, str]
    text: dict[str, str]
    version: int = 1
    required: bool = False
    recipients: tuple[Recipient, ...] = ()
    keep_days: int | None = None


class Consent(msgspec.Struct, frozen=True):
    """What a member has said about a purpose, to which wording, when, how and by whom it was told; `id` names it."""

    purpose: str
    given: bool
    version: int
    at: datetime
    how: Way
    actor: str
    id: str


class Said(msgspec.Struct, frozen=True):
    """What a member says about a purpose; a wording that is not said is the one in force."""

    given: bool
    version: int | None = None


def check(purposes: Mapping[str, Purpose], key: str, said: Said) -> int:
    """The wording that is meant. Raises `consent_unknown`, `consent_wording`, `consent_required`."""
    purpose = purposes.get(key)
    if purpose is None:
        raise CONSENT_UNKNOWN(consent=key[:40], known=", ".join(purposes))
    version = purpose.version if said.version is None else said.version
    if not 1 <= version <= purpose.version:
        raise CONSENT_WORDING(consent=key, version=purpose.version)
    if purpose.required and not said.given:
        raise CONSENT_REQUIRED(consent=key)
    return version


def over_before(purpose: Purpose, at: datetime, zone: ZoneInfo) -> datetime | None:
    """What was given before this instant is over at `at`; None where it stands as long as the member is one.

    It stands to the end of the last of its days, of which the day on which it was given is none.
    """
    if purpose.keep_days is None or purpose.required:
        return None
    return period.midnight(period.local_day(at, zone) - timedelta(days=purpose.keep_days), zone)


def over(purpose: Purpose, said: Consent | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a consent that was given is over with its days at the instant, whether or not a night has ended it."""
    until = over_before(purpose, at, zone)
    return said is not None and said.given and until is not None and said.at < until


def stands(purpose: Purpose, said: Consent | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a consent is given at the instant."""
    return said is not None and said.given and not over(purpose, said, at, zone)


def news(before: Mapping[str, Consent], key: str, *, given: bool, version: int) -> bool:
    """Whether it says anything new: what was never given needs no withdrawal."""
    one = before.get(key)
    if one is None:
        return given
    return (one.given, one.version) != (given, version)


def stricter(stays: Mapping[str, Consent], goes: Mapping[str, Consent]) -> dict[str, Consent]:
    """What must change at the member who stays, so that its consents are the stricter of both (LAW 6.3).

    Given is only what both have given, to the older of the two wordings; who never said anything has given nothing.
    """
    changed: dict[str, Consent] = {}
    for key, mine in stays.items():
        if not mine.given or key == RULES:  # who accepted the rules has accepted them
            continue
        other = goes.get(key)
        given = other is not None and other.given
        version = min(mine.version, other.version) if given and other is not None else mine.version
        if (given, version) != (mine.given, mine.version):
            changed[key] = msgspec.structs.replace(mine, given=given, version=version)
    return changed

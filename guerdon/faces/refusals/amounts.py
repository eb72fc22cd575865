"""Money and times in refusals, as people write them: in the programme's currency and in its zone."""

import re
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from typing import Final

from guerdon.core.errors import Refusal
from guerdon.core.programme import Programme
from guerdon.core.sentences.tongue import Tongue

# The facts of these refusals that are minor units of the programme's currency.
MONEY: Final[dict[str, tuple[str, ...]]] = {
    "gift_card_amount": ("asked", "least", "most"),
    "gift_card_full": ("asked", "left"),
    "gift_card_short": ("asked", "left"),
    "pays_too_little": ("amount", "worth"),
    "pays_in_steps": ("amount", "below", "above"),
    "pays_too_much": ("amount", "limit"),
}
# The facts of these refusals that end a period, exclusively, and those that begin one; other instants are moments.
ENDS: Final[dict[str, str]] = {
    "address_new": "until",
    "claim_too_old": "until",
    "invitation_lapsed": "until",
    "month_not_over": "ends",
    "month_unswept": "ends",
    "offer_lapsed": "until",
    "refund_too_late": "until",
    "reward_over": "ended",
    "voucher_expired": "until",
}
STARTS: Final[dict[str, str]] = {
    "activity_before_programme": "first",
    "chance_cooling": "until",
    "erasure_waiting": "due",
    "reward_not_yet": "begins",
    "voucher_not_yet": "since",
}
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)\Z", re.ASCII)
# Where no programme is known that would name the currency.
_MINOR: Final = {"en": "{0} minor units", "bg": "{0} минимални единици", "tr": "{0} küçük birim"}


def speaks(refusal: Refusal) -> bool:
    """Whether it tells money or a time, which only the programme can say as people do."""
    return refusal.code in MONEY or any(_is_instant(fact) for fact in refusal.facts.values())


def told(refusal: Refusal, programme: Programme | None, tongue: Tongue) -> dict[str, str]:
    """The facts that are money or a time, in words."""
    found: dict[str, str] = {}
    for name, fact in refusal.facts.items():
        if isinstance(fact, str) and _is_instant(fact):
            found[name] = _instant(refusal.code, name, fact, programme, tongue)
        elif isinstance(fact, int) and name in MONEY.get(refusal.code, ()):
            written = _MINOR[tongue.code].format(tongue.number(fact))
            found[name] = written if programme is None else tongue.money(fact, programme.currency)
    return found


def _instant(code: str, name: str, instant: str, programme: Programme | None, tongue: Tongue) -> str:
    """The day until or from which it counts, or 5 December 2026, 14:00, as the clock shows it in the programme's zone.

    Without a programme it is told with its offset, whatever it is: there nobody knows when a day begins.
    """
    at = datetime.fromisoformat(instant)
    if programme is not None and MINYEAR < at.year < MAXYEAR:  # at the ends of time there may be no local time
        if ENDS.get(code) == name:
            return tongue.until(at, programme.zone)
        return (
            tongue.since(at, programme.zone)
            if STARTS.get(code) == name
            else tongue.moment(at.astimezone(programme.zone))
        )
    return f"{tongue.moment(at)} ({'UTC' if at.utcoffset() == timedelta() else instant[-6:]})"


def _is_instant(fact: object) -> bool:
    return isinstance(fact, str) and _INSTANT.match(fact) is not None

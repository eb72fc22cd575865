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
            found[name] = moment(fact, programme, tongue)
        elif isinstance(fact, int) and name in MONEY.get(refusal.code, ()):
            written = _MINOR[tongue.code].format(tongue.number(fact))
            found[name] = written if programme is None else tongue.money(fact, programme.currency)
    return found


def moment(instant: str, programme: Programme | None, tongue: Tongue) -> str:
    """5 December 2026, 00:00, as the clock shows it in the programme's zone; without one, with the offset as told."""
    at = datetime.fromisoformat(instant)
    if programme is not None and MINYEAR < at.year < MAXYEAR:  # at the ends of time there may be no local time
        return tongue.moment(at.astimezone(programme.zone))
    return f"{tongue.moment(at)} ({'UTC' if at.utcoffset() == timedelta() else instant[-6:]})"


def _is_instant(fact: object) -> bool:
    return isinstance(fact, str) and _INSTANT.match(fact) is not None

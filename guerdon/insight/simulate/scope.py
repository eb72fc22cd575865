"""What a replay does not know: named as the programme file and the journal name it, never left out in silence."""

from collections.abc import Iterator, Sequence

from guerdon.core import activities, errors
from guerdon.core.programme import Programme
from guerdon.core.rules import Rule
from guerdon.insight.simulate import rising
from guerdon.insight.simulate.asking import TIERS_ASKED_MAX, tier_leaves
from guerdon.insight.simulate.history import History

WHAT_IF_UNKNOWN = errors.declare("forbidden", "what_if_unknown", "found", "count")
_SHOWN = 8  # how many are named


def check(history: History, programmes: Sequence[Programme]) -> None:
    """Refuse what the loops do not know to the point. Raises `what_if_unknown`, naming each by its place."""
    found = list(
        dict.fromkeys([*of_history(history), *(one for each in programmes for one in of_programme(history, each))])
    )
    if found:
        more = [f"+{len(found) - _SHOWN}"] if len(found) > _SHOWN else []
        raise WHAT_IF_UNKNOWN(found=", ".join([*found[:_SHOWN], *more]), count=len(found))


def of_history(history: History) -> Iterator[str]:
    """Kinds of entries whose points a replay would not move, with how many there are."""
    for kind, count in sorted(history.strange.items()):
        yield f"{kind} × {count}"


def of_programme(history: History, programme: Programme) -> Iterator[str]:
    """Places of a programme file."""
    if programme.zone_key != history.zone_key:
        yield "zone"
    if programme.currency != history.currency:
        yield "currency"
    yield from rising.unknown(programme)
    for rule in programme.rules:
        yield from _of_rule(history, rule, programme)


def _of_rule(history: History, rule: Rule, programme: Programme) -> Iterator[str]:
    if activities.MEMBERSHIP_RENEW in rule.when and history.joined:
        yield f"rules.{rule.key}.when.{activities.MEMBERSHIP_RENEW}"
    if rule.condition is None:
        return
    if len(tier_leaves(rule.condition, programme)) > TIERS_ASKED_MAX:
        yield f"rules.{rule.key}.if.tier"

"""What a programme has come to: its members and facts, what was issued, and which rules gave the most."""

from collections.abc import Iterator

import msgspec

from guerdon.core.activities import LEDGER_KINDS, PURCHASE
from guerdon.core.decisions import Decision
from guerdon.features.programmes import queries as programmes
from guerdon.kit import snapshot
from guerdon.kit.snapshot import Snapshot
from guerdon.kit.store import allow_fanout


class RulePoints(msgspec.Struct, frozen=True):
    """What one rule gave in one unit, in its smallest step, in so many awards."""

    rule: str
    unit: str
    points: int
    times: int


class Summary(msgspec.Struct, frozen=True):
    """One programme at one moment; `facts` are those told to us, `rules` stand in the order of their points."""

    key: str
    members: int
    facts: int
    purchases: int
    issued: dict[str, int]  # by unit, in its smallest step
    rules: tuple[RulePoints, ...]


_MEMBERS = snapshot.both("SELECT count(*) FROM members_member WHERE programme_id = :programme")
_DECISIONS = allow_fanout(
    "a summary adds up a whole programme",
    snapshot.both("SELECT kind, decision FROM activities_activity WHERE programme_id = :programme"),
)
_decode = msgspec.json.Decoder(Decision).decode


def of(programme_id: str, *, rules_max: int = 10) -> Summary:
    """The summary of a programme, read from the stored decisions of one snapshot. Raises `programme_unknown`."""
    with snapshot.taken() as view:
        row = programmes.by_id(view, programme_id)
        facts = purchases = 0
        given: dict[tuple[str, str], list[int]] = {}
        for kind, decision in _told(view, programme_id):
            facts += 1
            purchases += kind == PURCHASE
            for award in decision.awards:
                for share in award.shares:
                    sums = given.setdefault((share.rule, award.unit), [0, 0])
                    sums[0] += share.points
                    sums[1] += 1
        issued: dict[str, int] = {}
        for (_, unit), (points, _) in given.items():
            issued[unit] = issued.get(unit, 0) + points
        rules = [RulePoints(rule, unit, *sums) for (rule, unit), sums in given.items()]
        rules.sort(key=lambda one: (-one.points, one.rule, one.unit))
        members = int(view.fetch(_MEMBERS, programme=programme_id)[0][0])
    return Summary(row.key, members, facts, purchases, issued, tuple(rules[:rules_max]))


def _told(view: Snapshot, programme_id: str) -> Iterator[tuple[str, Decision]]:
    """The facts told to us, with their decisions; what the house wrote itself is left out."""
    for kind, text in view.stream(_DECISIONS, programme=programme_id):
        if kind not in LEDGER_KINDS:
            yield kind, _decode(text)

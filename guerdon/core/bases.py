"""What a return will need to know of the moment of deciding and could not find out afterwards (LAW 4.1)."""

from collections.abc import Callable, Sequence

from guerdon.core.compiled import Compiled, Outcome
from guerdon.core.decisions import Award, Basis
from guerdon.core.earning import Part
from guerdon.core.matching import Case

Rooms = Callable[[Case, Sequence[Compiled]], dict[str, int]]


def of(
    case: Case,
    fired: Sequence[Compiled],
    outcome: Outcome,
    awards: Sequence[Award],
    rooms: Rooms,
    *,
    by_line: bool,
) -> Basis | None:
    """The basis of a decision; None where the awards say everything, which is nearly always.

    `by_line` says that every line was rounded by itself: then a rule may have helped others and have given nothing.
    """
    seen = {share.rule for award in awards for share in award.shares}
    unseen: dict[str, None] = {}
    met: set[str] = set()
    for total in outcome.values():
        cut = bool(total.capped)  # a limit may have left a rule nothing
        for given in total.given:
            key = given.part.key
            met.add(key)
            if key not in seen and (given.numerator or cut or (by_line and _counted(given.part, case))):
                unseen[key] = None
    rivals: list[str] = []
    unmet: dict[str, tuple[int, ...]] = {}
    for compiled in fired:
        if compiled.rule.group is not None and compiled.key not in met:
            rivals.append(compiled.key)
        failed = tuple([place for place, test in enumerate(compiled.about_member) if not test(case)])
        if failed:
            unmet[compiled.key] = failed
    if not (unseen or rivals or unmet):
        return None
    return Basis(tuple(rivals), tuple(unseen), unmet, rooms(case, fired) if rivals else {})


def _counted(part: Part, case: Case) -> bool:
    """Whether one of the rule's lines was there."""
    return any(bucket.mask & part.bit for bucket in case.buckets)

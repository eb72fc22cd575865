"""One promise of the law as an object: how it is proved, what the proof saw, and the first thing that breaks it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from guerdon.insight.verify.accounts import Account, Posting
from guerdon.insight.verify.report import Counterexample, Verdict
from guerdon.insight.verify.scope import Book, Scope
from guerdon.kit import ids
from guerdon.kit.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Found:
    """What is at hand for set-based questions: the snapshot, the scope, the programmes, the instant of the proof."""

    view: Snapshot
    scope: Scope
    books: dict[str, Book]
    at: datetime
    heads: dict[str, dict[int, str]] = field(default_factory=dict)  # kept outside: by programme, by number

    def rows(self, text: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement of the scope, in both dialects (see `Scope.ask` and `snapshot.both`)."""
        return self.view.stream(self.scope.ask(text), **self.scope.params)

    def number(self, text: str) -> int:
        """The one number a statement answers."""
        return int(next(self.rows(text))[0] or 0)


class Invariant:
    """One promise. `ask` puts set-based questions, `look` sees every account once, `close` sums up.

    Several processes may look, each at some of the accounts: what `look` needs to know comes from `prepare`, and what
    it adds up stands in `sums`.
    """

    clause: ClassVar[str]
    part: ClassVar[str] = ""
    sentence: ClassVar[str]
    sums: ClassVar[tuple[str, ...]] = ()  # attributes that grow while looking: numbers, or numbers by name

    def __init__(self) -> None:
        self.figures: dict[str, int] = {}
        self.broken = 0
        self.first: Counterexample | None = None
        self.seconds = 0.0
        self.reads_facts = False  # whether `look` reads what was told; known once it is prepared

    def prepare(self, found: Found) -> None:
        """Read what every look needs."""

    def ask(self, found: Found) -> None:
        """Put set-based questions to the snapshot, before the walk or beside it."""

    def look(self, account: Account) -> None:
        """Look at one account of the walk."""

    def close(self, found: Found) -> None:
        """Compare what was summed up on the walk."""

    @property
    def looks(self) -> bool:
        return type(self).look is not Invariant.look

    def share(self) -> Self:
        """The same for another process: it knows what was prepared, and has seen nothing yet."""
        other = copy(self)
        other.figures, other.broken, other.first, other.seconds = {}, 0, None, 0.0
        for name in self.sums:
            setattr(other, name, type(getattr(self, name))())
        return other

    def join(self, other: Self) -> None:
        """Add what another process saw."""
        self.figures = _sum(self.figures, other.figures)
        self.broken += other.broken
        self.first = self.first or other.first
        self.seconds += other.seconds
        for name in self.sums:
            setattr(self, name, _sum(getattr(self, name), getattr(other, name)))

    def count(self, figure: str, more: int) -> None:
        self.figures[figure] = self.figures.get(figure, 0) + more

    def breaks(self, what: str, *, expected: object, found: object, **at: object) -> None:
        """Note a counter-example; the first one is kept."""
        self.broken += 1
        if self.first is None:
            self.first = Counterexample(
                what=what,
                expected=str(expected),
                found=str(found),
                at={name: _shown(name, value) for name, value in at.items() if value is not None},
            )

    def verdict(self) -> Verdict:
        return Verdict(
            clause=self.clause,
            part=self.part,
            sentence=self.sentence,
            holds=self.broken == 0,
            figures=self.figures,
            broken=self.broken,
            first=self.first,
            seconds=self.seconds,
        )


def _sum(one: Any, other: Any) -> Any:
    """Numbers added up, lists of numbers place by place, what stands under names name by name; sets become one."""
    if isinstance(one, dict):
        return one | {name: _sum(one[name], more) if name in one else more for name, more in other.items()}
    if isinstance(one, list):
        return [_sum(first, second) for first, second in zip(one, other, strict=True)]
    return one | other if isinstance(one, set) else one + other


def _shown(name: str, value: object) -> str:
    """An id with the prefix of its noun, anything else as it is."""
    noun = name.removesuffix("_id")
    return ids.show(noun, str(value).replace("-", "")) if noun in ids.PREFIXES else str(value)


def place(posting: Posting) -> dict[str, object]:
    """Where a posting stands, as `breaks` wants it."""
    return {
        "member": posting.account_id,
        "unit": posting.unit,
        "seq": posting.seq,
        "part": posting.part,
        "kind": posting.kind,
        "posting": posting.id,
    }

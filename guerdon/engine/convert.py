"""Points that are enough for something become it by themselves: burned, and answered by the rules on `converted`."""

from collections.abc import Callable, Sequence

from guerdon.core.activities import CONVERSION, CONVERTED, Activity, FactValue, Member
from guerdon.core.law import Law
from guerdon.core.standing import Standing
from guerdon.engine import desk, redeem
from guerdon.engine.batch import Batch
from guerdon.kit import ids

Enter = Callable[[Batch, Activity, Standing, Law], object]


def converting(batch: Batch) -> dict[str, int]:
    """The units that are converted under today's law, with how many points at once."""
    units = batch.lawbook.at(batch.now).programme.units.values()
    return {unit.code: unit.converts_at for unit in units if unit.converts_at is not None}


def prepare(batch: Batch, told: Sequence[Member]) -> None:
    """Read the lots of whoever is told of; where nothing is converted it costs nothing."""
    if converting(batch):
        rows = [batch.gathered.members.get(desk.name_of(member)) for member in told]
        batch.take_lots({row.id for row in rows if row is not None})


def convert(batch: Batch, standing: Standing, enter: Enter) -> int:
    """Convert what is there in whole parts, each once, as facts entered with `enter`; answers how many.

    What debt, holds or time keep from being spent is not converted.
    """
    in_force, done = batch.lawbook.at(batch.now), 0
    for code, points in converting(batch).items():
        lots = batch.books.lots(standing.account_id, code)
        available = sum(lot.free for lot in lots if lot.spendable(batch.now))
        for _ in range(available // points):
            name, who = ids.new(), Member(id=ids.show("member", standing.who))
            facts: dict[str, FactValue] = {"unit": code, "points": points}
            redeem.burn(batch, Activity("burn", CONVERSION, name, batch.now, who, facts=facts), standing, in_force)
            enter(batch, Activity(CONVERTED, CONVERSION, name, batch.now, who, facts=facts), standing, in_force)
            done += 1
    return done

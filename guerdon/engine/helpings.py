"""What members have had of rewards already, wherever their accounts have been: limits count it (LAW 6.2, 6.3, 8.1)."""

from collections.abc import Sequence

from guerdon.core import period, redemptions
from guerdon.core.law import Law
from guerdon.core.redemptions import Had, Redemption
from guerdon.core.rewards import Price, Reward
from guerdon.core.standing import Standing
from guerdon.engine import desk
from guerdon.engine.batch import Batch, Told
from guerdon.features.households import queries as homes
from guerdon.features.members import queries as members
from guerdon.features.redemptions import queries


class Helpings:
    """What the members of a batch have of what is limited."""

    def __init__(self, batch: Batch, new: Sequence[Told], wanted: set[str]) -> None:
        """Read what was had; of those too who were merged into them. Where nothing is limited it costs no statement."""
        self.batch = batch
        self.ids: set[str] = set()  # whoever redeems, and those merged into them
        self._had: list[Had] = []
        self._kin: dict[str, list[str]] = {}  # who was merged into each
        in_force = batch.lawbook.at(batch.now)
        limited = [in_force.programme.rewards[key] for key in wanted if key in in_force.programme.rewards]
        since = redemptions.since(limited, period.local_day(batch.now, in_force.zone), in_force.zone)
        rows = [batch.gathered.members.get(desk.name_of(one.activity.member)) for one in new]
        wanting = {id for row in rows if row is not None for id in (row.id, row.person_id or row.id)}
        if since is None or not wanting:
            return
        self._kin = members.followers_of(batch.store, sorted(wanting))
        self.ids = wanting.union(*self._kin.values())
        every = self.ids | homes.homes(batch.store, sorted(self.ids))
        self._had = queries.had(batch.store, every, wanted, since=since, now=batch.now)

    def check(self, reward: Reward, price: Price, standing: Standing, in_force: Law) -> None:
        """Refuse one more than a member may have. Raises `reward_limit`, `free_limit`."""
        accounts, persons = self.with_kin(standing.account_id), self.with_kin(standing.who)
        day = period.local_day(self.batch.now, in_force.zone)
        redemptions.check_limits(
            reward, self._had, accounts=accounts, persons=persons, day=day, zone=in_force.zone, free=price.costs_nothing
        )  # fmt: skip

    def add(self, made: Redemption) -> None:
        """Count one that was made in this very batch."""
        free = made.price.costs_nothing
        self._had.append(Had(made.account_id, made.person_id, made.reward, self.batch.now, free))

    def with_kin(self, id: str) -> set[str]:
        """The member, and all who were merged into it."""
        return {id, *self._kin.get(id, ())}

"""Pictures of rewards are put and taken away; the one that was shown before goes with that."""

from datetime import datetime

from guerdon.core.images import Image
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import actions
from guerdon.kit import store
from guerdon.kit.store import Store


def put(*, programme_id: str, reward: str, image: Image, actor: str, now: datetime) -> None:
    """Show a picture of a reward of the newest version; the same again changes nothing. Raises `reward_unknown`."""

    def write(at_hand: Store) -> None:
        known = programmes.latest(at_hand, programme_id).newest().programme.reward(reward)
        actions.put_picture(at_hand, programme_id, known.key, image, actor=actor, now=now)

    store.committed(write)


def take(*, programme_id: str, reward: str) -> None:
    """Show no own picture of the reward any more; where there is none nothing changes."""
    store.committed(lambda at_hand: actions.take_picture(at_hand, programme_id, reward))

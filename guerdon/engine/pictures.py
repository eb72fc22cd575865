"""Pictures of rewards are put and taken away; the one that was shown before goes with that."""

from datetime import datetime
from typing import Final

from guerdon.core.images import Image
from guerdon.core.rewards import PICTURE_CHANGED, REWARD_UNKNOWN, Reward
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import actions, pictures
from guerdon.kit import store
from guerdon.kit.store import Store

NIGHT: Final = "night"  # who takes away what no version has


def put(*, programme_id: str, reward: str, image: Image, actor: str, now: datetime, seen: str | None = None) -> None:
    """Show a picture of a reward that is in force, or will be; the same again changes nothing.

    `seen` is the hash of the picture that was looked at, "" where there was none, None is any. Raises `reward_unknown`,
    `programme_unpublished`, and `picture_changed` where another one is shown by now.
    """

    def write(at_hand: Store) -> None:
        if _known(at_hand, programme_id, reward, now) is None:
            raise REWARD_UNKNOWN(reward=reward)
        _check_seen(at_hand, programme_id, reward, seen, but=image.hash)
        actions.put_picture(at_hand, programme_id, reward, image, actor=actor, now=now)

    store.committed(write)


def take(*, programme_id: str, reward: str, actor: str, now: datetime, seen: str | None = None) -> str | None:
    """Show no own picture of the reward any more; answers the address that the programme file has for it.

    Where it has no picture nothing changes. `seen` as above. Raises `reward_unknown` where there is no such reward
    either, `programme_unpublished`, and `picture_changed`.
    """

    def write(at_hand: Store) -> str | None:
        known = _known(at_hand, programme_id, reward, now)
        _check_seen(at_hand, programme_id, reward, seen, but="")
        if not actions.take_picture(at_hand, programme_id, reward, actor=actor, now=now) and known is None:
            raise REWARD_UNKNOWN(reward=reward)
        return None if known is None else known.image

    return store.committed(write)


def tidy(*, programme_id: str, now: datetime) -> int:
    """Take the pictures away of rewards that are not in force and never will be; answers how many."""

    def write(at_hand: Store) -> int:
        shown = pictures.hashes(at_hand, programme_id)
        if not shown:
            return 0
        ahead = programmes.latest(at_hand, programme_id).ahead(now)
        gone = sorted(key for key in shown if not any(key in law.programme.rewards for law in ahead))
        for key in gone:
            actions.take_picture(at_hand, programme_id, key, actor=NIGHT, now=now)
        return len(gone)

    return store.committed(write)


def _check_seen(at_hand: Store, programme_id: str, reward: str, seen: str | None, *, but: str) -> None:
    """Refuse where another picture is shown than was looked at, and not already the one that is wanted."""
    shown = pictures.hash_of(at_hand, programme_id, reward) or ""
    if seen is not None and shown not in (seen, but):
        raise PICTURE_CHANGED(reward=reward)


def _known(at_hand: Store, programme_id: str, key: str, now: datetime) -> Reward | None:
    """The reward as it is in force, or as it will be first. Raises `programme_unpublished`."""
    book = programmes.latest(at_hand, programme_id)
    book.begins()
    return next((law.programme.rewards[key] for law in book.ahead(now) if key in law.programme.rewards), None)

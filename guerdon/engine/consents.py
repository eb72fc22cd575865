"""Consents are given and withdrawn, each word kept, the last one at hand."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from guerdon.core import consents as law
from guerdon.core import members as members_law
from guerdon.core.consents import Consent, Said, Way
from guerdon.features.consents import actions, queries
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.kit import ids, store
from guerdon.kit.store import Store


class Agreed(msgspec.Struct, frozen=True):
    """What somebody agrees to by joining: the rules as a version has them, and consents to their wordings."""

    version: int
    said: dict[str, Said]
    how: Way
    actor: str


def say(
    *, programme_id: str, member_id: str, said: Mapping[str, Said], how: Way, actor: str, now: datetime
) -> dict[str, Consent]:
    """Give or withdraw consents, all or none; answers what stands then. Saying the same again keeps nothing new.

    Raises `member_unknown`, `member_not_active` for who was erased, `consent_unknown`, `consent_wording`,
    `consent_required`.
    """
    return store.committed(lambda at_hand: _say(at_hand, programme_id, member_id, said, how, actor, now))


def accept(*, programme_id: str, member_id: str, version: int, how: Way, actor: str, now: datetime) -> None:
    """Keep that a member has accepted the rules of the programme as a version has them; told again it changes nothing.

    Raises `member_unknown`.
    """
    store.committed(lambda at_hand: _accept(at_hand, programme_id, member_id, version, how, actor, now))


def agree(at_hand: Store, programme_id: str, member_id: str, agreed: Agreed, *, now: datetime) -> None:
    """Keep what somebody agrees to who joins, in the transaction at hand. Raises what `accept` and `say` refuse."""
    _accept(at_hand, programme_id, member_id, agreed.version, agreed.how, agreed.actor, now)
    if agreed.said:
        _say(at_hand, programme_id, member_id, agreed.said, agreed.how, agreed.actor, now)


def _say(
    at_hand: Store, programme_id: str, member_id: str, said: Mapping[str, Said], how: Way, actor: str, now: datetime
) -> dict[str, Consent]:
    member = members.lock_self(at_hand, programme_id, member_id)
    if member.status == "erased":
        raise members_law.MEMBER_NOT_ACTIVE(status=member.status)
    in_force = programmes.latest(at_hand, programme_id).at(now)
    purposes = in_force.programme.consents
    before = queries.of_member(at_hand, member.id)
    new = []
    for key, word in sorted(said.items()):
        version = law.check(purposes, key, word)
        over = law.over(purposes[key], before.get(key), now, in_force.zone)
        if over or law.news(before, key, given=word.given, version=version):
            new.append(Consent(key, word.given, version, now, how, actor, ids.new()))
    actions.say(at_hand, programme_id, member.id, new, now=now)
    return before | {one.purpose: one for one in new}


def _accept(
    at_hand: Store, programme_id: str, member_id: str, version: int, how: Way, actor: str, now: datetime
) -> None:
    member = members.lock_self(at_hand, programme_id, member_id)
    if law.news(queries.of_member(at_hand, member.id), law.RULES, given=True, version=version):
        one = Consent(law.RULES, True, version, now, how, actor, ids.new())
        actions.say(at_hand, programme_id, member.id, [one], now=now)

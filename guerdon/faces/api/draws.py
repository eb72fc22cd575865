"""Draws: what each was made with, so that anybody can make it again; the seeds, and the switch of a member."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from guerdon.core import chance
from guerdon.core import members as members_law
from guerdon.core import redemptions as law
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.core.rewards import Reward
from guerdon.engine import draws
from guerdon.faces.api.calls import Call, Endpoint, Reply
from guerdon.faces.api.programme import named
from guerdon.features.activities import queries as activities
from guerdon.features.draws import queries
from guerdon.features.draws.queries import Seed
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.redemptions import queries as redemptions
from guerdon.kit import ids


class OddsView(msgspec.Struct, frozen=True):
    """What a draw gives now and how likely: exactly `weight` times in `total`."""

    reward: str
    name: str
    weight: int
    total: int


class GuaranteeView(msgspec.Struct, frozen=True):
    """The worst case: of so many draws of a member in a row at least one gives the prize."""

    prize: str
    within: int


class ChanceView(msgspec.Struct, frozen=True):
    """What chance gives now, and the hash of the seed with which is drawn next."""

    odds: tuple[OddsView, ...]
    fallback: str
    guarantee: GuaranteeView | None
    seed: int | None
    seed_hash: str | None


class SeedView(msgspec.Struct, frozen=True):
    """A seed: its hash from the beginning, itself once nothing is drawn with it any more."""

    number: int
    hash: str
    made_at: datetime
    seed: str | None
    retired_at: datetime | None


class Seeds(msgspec.Struct, frozen=True):
    """The last seeds of the programme, the latest first."""

    seeds: tuple[SeedView, ...]


class WeightView(msgspec.Struct, frozen=True):
    """A prize and its weight."""

    prize: str
    weight: int


class DrawView(msgspec.Struct, frozen=True):
    """All it takes to make a draw again; `seed` is told once it is shown."""

    redemption: str
    reward: str
    version: int
    source: str
    external_id: str
    prizes: tuple[WeightView, ...]
    fallback: str
    guarantee: GuaranteeView | None
    gone: tuple[str, ...]
    dry: int
    seed_number: int
    seed_hash: str
    seed: str | None
    ticket: int
    prize: str
    prize_redemption: str


class SwitchView(msgspec.Struct, frozen=True):
    """Whether a member wants chance at all."""

    member: str
    on: bool
    off_at: datetime | None
    on_again_from: datetime | None


class Switched(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Chance is to be on or off."""

    on: bool


def chances(call: Call, in_force: Law, language: str, there: Mapping[str, frozenset[str]]) -> dict[str, ChanceView]:
    """What is told of mysteries, each with the prizes that are there."""
    if not there:
        return {}
    seed, programme = queries.next_in_use(call.store, call.programme_id), in_force.programme
    return {key: chance_of(programme.reward(key), programme, language, prizes, seed) for key, prizes in there.items()}


def chance_of(
    reward: Reward, programme: Programme, language: str, there: frozenset[str], seed: Seed | None
) -> ChanceView:
    """What the catalogue tells of a mystery."""
    assert reward.fallback is not None
    odds = [
        OddsView(key, named(programme.reward(key).name, programme, language), share.numerator, share.denominator)
        for key, share in chance.odds(reward, there).items()
    ]
    told = (None, None) if seed is None else (seed.number, seed.hash)
    return ChanceView(tuple(odds), reward.fallback, _guarantee(reward), *told)


def read(call: Call, id: str) -> Reply:
    """What a draw was made with."""
    one = redemptions.one(call.store, call.programme_id, ids.read("redemption", id))
    told = activities.recorded(call.store, [(one.account_id, one.id)])[one.id]
    drawn = told.decision.drawn
    if drawn is None:
        raise chance.DRAW_UNKNOWN(id=id)
    reward = programmes.lawbook(call.store, call.programme_id).law(one.version).programme.reward(one.reward)
    assert reward.fallback is not None
    seed = queries.numbered(call.store, call.programme_id, drawn.seed)
    return Reply(
        DrawView(
            redemption=ids.show("redemption", one.id),
            reward=one.reward,
            version=one.version,
            source=told.activity.source,
            external_id=told.activity.external_id,
            prizes=tuple([WeightView(*prize) for prize in sorted(reward.prizes.items())]),
            fallback=reward.fallback,
            guarantee=_guarantee(reward),
            gone=drawn.gone,
            dry=drawn.dry,
            seed_number=seed.number,
            seed_hash=seed.hash,
            seed=seed.secret,
            ticket=drawn.ticket,
            prize=drawn.prize,
            prize_redemption=ids.show("redemption", drawn.redemption),
        )
    )


def list_seeds(call: Call) -> Reply:
    """The seeds in use and before."""
    found = queries.shown(call.store, call.programme_id)
    return Reply(
        Seeds(tuple([SeedView(one.number, one.hash, one.made_at, one.secret, one.retired_at) for one in found]))
    )


def read_switch(call: Call, id: str) -> Reply:
    """Whether a member wants chance."""
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    return Reply(_switch(member.id, draws.off_since(call.store, member.id)[1]))


def switch(call: Call, id: str, body: Switched) -> Reply:
    """Switch chance off at once, or on again after it has cooled down."""
    member, since = draws.switch(
        programme_id=call.programme_id, member_id=ids.read("member", id), on=body.on, now=call.now
    )
    return Reply(_switch(member, since))


def _switch(member_id: str, since: datetime | None) -> SwitchView:
    until = None if since is None else chance.cools_until(since)
    return SwitchView(ids.show("member", member_id), since is None, since, until)


def _guarantee(reward: Reward) -> GuaranteeView | None:
    return None if reward.guarantee is None else GuaranteeView(reward.guarantee.prize, reward.guarantee.within)


_OF_MEMBER: Final = (members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED)
ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/draw-seeds", "programme:read", list_seeds, "List the seeds of draws", Seeds, tag="Draws",
        about="The hash of a seed is shown before anything is drawn with it, the seed itself once it is retired: every "
        "night, when the next one takes its place. So nobody can choose what comes, and anybody can make every draw "
        "again.",
    ),
    Endpoint(
        "GET", "/v1/redemptions/{id}/draw", "profiles:read", read, "Read what a draw was made with", DrawView,
        refuses=(law.REDEMPTION_UNKNOWN, chance.DRAW_UNKNOWN, ids.ID_MALFORMED), noun="redemption", tag="Draws",
        about="The ticket is HMAC-SHA-256 with the seed over the JSON list of reward, version, source, external_id and "
        "the number of the attempt, from 0, modulo the sum of the weights; numbers that do not divide evenly are drawn "
        "again. Prizes stand in the order of their keys. `guerdon draw check` does it.",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/chance", "profiles:read", read_switch, "Read whether a member wants chance",
        SwitchView, refuses=_OF_MEMBER, noun="member", tag="Draws",
    ),
    Endpoint(
        "PUT", "/v1/members/{id}/chance", "members:write", switch, "Switch chance off or on for a member", SwitchView,
        takes=Switched, refuses=(*_OF_MEMBER, chance.CHANCE_COOLING), noun="member", tag="Draws",
        about="Off counts at once: nothing is drawn for the member any more. On again it can be switched some days "
        "later. News with the topics `chance.off` and `chance.on` go out.",
    ),
)  # fmt: skip

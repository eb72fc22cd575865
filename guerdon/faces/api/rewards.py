"""Rewards: the catalogue for everybody and for one member, and the pieces that come in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, TypeVar

import msgspec
from msgspec import Meta

from guerdon.core import limits, sentences
from guerdon.core import members as members_law
from guerdon.core import rewards as law
from guerdon.core.money import Money
from guerdon.core.programme import Programme
from guerdon.core.redemptions import REWARD_UNCOUNTED, STOCK_CHANGED, STOCK_TOO_LOW, SUPPLY_INVALID
from guerdon.core.rewards import Kind, Price, Reward
from guerdon.engine import supplies
from guerdon.faces import web
from guerdon.faces.api import calls, draws, pictures, reward_prices
from guerdon.faces.api.calls import Call, Endpoint, ExternalId, Page, Reply, Source, Trial
from guerdon.faces.api.draws import ChanceView
from guerdon.faces.api.programme import InLanguage, named
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import pictures as kept
from guerdon.insight import catalogue
from guerdon.insight.catalogue import Offer, Pieces
from guerdon.kit import ids


class OptionView(msgspec.Struct, frozen=True):
    """One option of a choice."""

    key: str
    name: str


class ChoiceView(msgspec.Struct, frozen=True):
    """What is chosen: one of the options, or a text where there are none."""

    key: str
    name: str
    options: tuple[OptionView, ...]


class VariantView(msgspec.Struct, frozen=True):
    """How many pieces there are of one combination of options."""

    variant: str
    left: int | None


class CategoryView(msgspec.Struct, frozen=True):
    """A category of the catalogue."""

    key: str
    name: str


class RewardView(msgspec.Struct, frozen=True):
    """A reward as it is offered; `left` is null where there are always more."""

    key: str
    name: str
    terms: str | None
    rules: tuple[str, ...]
    kind: Kind
    category: CategoryView | None
    image: str | None
    prices: tuple[reward_prices.PriceView, ...]
    amount: Money | None
    percent: str | None
    product: str | None
    gives: law.Gives | None
    voucher: str | None
    choices: tuple[ChoiceView, ...]
    address: bool
    left: int | None
    variants: tuple[VariantView, ...]
    begins: datetime | None
    ends: datetime | None
    reserve_minutes: int
    fulfil_days: int | None
    chance: ChanceView | None


class Catalogue(msgspec.Struct, frozen=True):
    """A page of the rewards of the programme in force, and all categories that it has."""

    rewards: tuple[RewardView, ...]
    categories: tuple[CategoryView, ...]
    next: str | None


class OfferView(msgspec.Struct, frozen=True):
    """A reward for one member: whether it can be had now, and the first thing in the way where it can't."""

    reward: RewardView
    available: bool
    affordable: bool
    obstacle: web.Problem | None


class Offers(msgspec.Struct, frozen=True):
    """A page of what a member is offered, and all categories that there are."""

    offers: tuple[OfferView, ...]
    categories: tuple[CategoryView, ...]
    next: str | None


_View = TypeVar("_View", RewardView, OfferView)
Sort = Literal["programme", "name", "price"]
OwnSort = Literal["nearest", "programme", "name", "price"]
Key = Annotated[str, Meta(min_length=1, max_length=limits.KEY_CHARS_MAX)]


class Choosing(Page, frozen=True, forbid_unknown_fields=True):
    """Which rewards are wanted, in which language."""

    category: Key | None = None
    kind: Kind | None = None
    language: calls.Language | None = None


class Shelf(Choosing, frozen=True, forbid_unknown_fields=True):
    """Which rewards are wanted, in which order."""

    sort: Sort = "programme"


class OwnShelf(Choosing, frozen=True, forbid_unknown_fields=True):
    """The same for one member; `affordable` and `available` leave the others out."""

    sort: OwnSort = "nearest"
    affordable: bool = False
    available: bool = False


class NewSupply(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Pieces that came in, or were lost where they are less than none; (source, external_id) names them for ever."""

    pieces: int
    reason: Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS_MAX)]
    external_id: ExternalId
    variant: Annotated[str, Meta(max_length=limits.TEXT_CHARS_MAX)] = ""
    source: Source = "api"
    seen: int | None = None


class SupplyView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A supply, and how many can be had after it."""

    reward: str
    variant: str
    pieces: int
    left: int | None
    reason: str
    actor: str
    source: str
    external_id: str
    at: datetime
    dry_run: bool = False
    differs: tuple[str, ...] = ()


def list_(call: Call, query: Shelf) -> Reply:
    """All rewards, whoever may have them."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    language = query.language or call.language
    left = catalogue.pieces(call.store, call.programme_id, in_force, call.now)
    shown_by = kept.hashes(call.store, call.programme_id)
    rewards = in_force.programme.rewards
    drawn = {key: catalogue.there(one, in_force, left, call.now) for key, one in rewards.items() if one.drawn}
    told = draws.chances(call, in_force, language, drawn)
    wanted = [one for one in rewards.values() if _wanted(one, query)]
    shown = [
        _reward(
            one,
            in_force.programme,
            language,
            left[one.key][0],
            one.start,
            shown_by.get(one.key),
            chance=told.get(one.key),
        )
        for one in _sorted(wanted, query.sort, in_force.programme, language)
    ]
    page, ends = _page(shown, query)
    return Reply(Catalogue(tuple(page), _categories(in_force.programme, language), ends), next=ends)


def read(call: Call, key: str, query: InLanguage) -> Reply:
    """One reward."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    reward = in_force.programme.reward(key)
    left = catalogue.pieces(call.store, call.programme_id, in_force, call.now)
    picture = kept.hash_of(call.store, call.programme_id, reward.key)
    language = query.language or call.language
    there = {reward.key: catalogue.there(reward, in_force, left, call.now)} if reward.drawn else {}
    told = draws.chances(call, in_force, language, there).get(reward.key)
    return Reply(_reward(reward, in_force.programme, language, left[reward.key][0], reward.start, picture, chance=told))


def list_of_member(call: Call, id: str, query: OwnShelf) -> Reply:
    """What a member is offered, what stands in the way of each reward, and how far away it is."""
    in_force = programmes.latest(call.store, call.programme_id).current(call.now)
    member = members.get(call.store, call.programme_id, ids.read("member", id))
    language = query.language or call.language
    found = [
        one
        for one in catalogue.of_member(call.store, call.programme_id, in_force, member, call.now)
        if _wanted(one.reward, query)
        and (one.affordable or not query.affordable)
        and (one.available or not query.available)
    ]
    programme = in_force.programme
    if query.sort == "nearest":
        found.sort(key=lambda one: (one.obstacle is not None, one.distance, catalogue.dearness(one.reward, programme)))
    else:
        offers = {one.reward.key: one for one in found}
        rewards = _sorted([one.reward for one in found], query.sort, programme, language)
        found = [offers[one.key] for one in rewards]
    shown_by = kept.hashes(call.store, call.programme_id)
    told = draws.chances(
        call, in_force, language, {one.reward.key: one.prizes for one in found if one.prizes is not None}
    )
    shown = [
        _offer(call, one, programme, language, shown_by.get(one.reward.key), told.get(one.reward.key)) for one in found
    ]
    page, ends = _page(shown, query)
    return Reply(Offers(tuple(page), _categories(programme, language), ends), next=ends)


def supply(call: Call, key: str, query: Trial, body: NewSupply) -> Reply:
    """Bring pieces in, or take lost ones out."""
    assert call.key is not None
    if len(key) > limits.KEY_CHARS_MAX:  # what is told again is answered before anybody looks for the reward
        raise law.REWARD_UNKNOWN(reward=key[:40])
    wanted = supplies.NewSupply(
        key, body.variant, body.pieces, body.reason, call.key.name, body.source, body.external_id, body.seen
    )  # fmt: skip
    done = supplies.supply(programme_id=call.programme_id, wanted=wanted, now=call.now, dry_run=query.dry_run)
    one = done.supply
    view = SupplyView(
        one.reward, one.variant, one.pieces, one.remains, one.reason, one.actor, one.source, one.external_id, one.at,
        query.dry_run, done.differs,
    )  # fmt: skip
    return Reply(view, status=200 if query.dry_run or done.replayed else 0)


def _wanted(reward: Reward, query: Choosing) -> bool:
    return query.category in (None, reward.category) and query.kind in (None, reward.kind)


def _sorted(rewards: list[Reward], sort: Sort, programme: Programme, language: str) -> list[Reward]:
    if sort == "name":
        return sorted(rewards, key=lambda one: named(one.name, programme, language).casefold())
    if sort == "price":
        return sorted(rewards, key=lambda one: catalogue.dearness(one, programme))
    return rewards


def _page(shown: Sequence[_View], query: Choosing) -> tuple[list[_View], str | None]:
    """The part of the list behind the cursor; the catalogue is short enough to be sorted anew for every page."""
    start = 0 if query.cursor is None else calls.after(query.cursor, tuple[int])[0]
    page = list(shown[start : start + query.limit])
    more = start + query.limit < len(shown)
    return page, calls.cursor(start + query.limit) if more else None


def _offer(
    call: Call, one: Offer, programme: Programme, language: str, picture: str | None, chance: ChanceView | None
) -> OfferView:
    problem = call.problem(one.obstacle, language) if one.obstacle is not None else None
    view = _reward(
        one.reward, programme, language, one.pieces, one.begins, picture, chance=chance, missing=one.missing,
        own=one.own,
    )  # fmt: skip
    return OfferView(view, one.available, one.affordable, problem)


def _reward(
    one: Reward,
    programme: Programme,
    language: str,
    left: Pieces,
    begins: datetime | None,
    picture: str | None,
    *,
    chance: ChanceView | None,
    missing: Sequence[dict[str, int]] = (),
    own: Sequence[Price | None] = (),
) -> RewardView:
    pays = [*own, *[None] * len(one.prices)]
    lacks = [*missing, *[{}] * len(one.prices)]
    counted = one.stocked == "per_choice"
    return RewardView(
        key=one.key,
        name=named(one.name, programme, language),
        terms=named(one.terms, programme, language) if one.terms else None,
        rules=tuple(sentences.reward_rules(one, programme, language)),
        kind=one.kind,
        category=None if one.category is None else _category(one.category, programme, language),
        image=one.image if picture is None else pictures.address(picture),
        prices=tuple(
            [
                reward_prices.view(number, price, programme, lacks[number - 1], pays[number - 1])
                for number, price in enumerate(one.prices, 1)
            ]
        ),
        amount=None if one.amount is None else Money(one.amount, programme.currency),
        percent=None if one.percent is None else f"{one.percent // 100}.{one.percent % 100:02}",
        product=one.product,
        gives=one.gives,
        voucher=one.voucher,
        choices=tuple([_choice(choice, programme, language) for choice in one.choices]),
        address=one.address,
        left=left.left,
        variants=tuple([VariantView(name, pieces) for name, pieces in left.of.items()]) if counted else (),
        begins=begins,
        ends=one.until,
        reserve_minutes=one.reserve_minutes,
        fulfil_days=one.fulfil_days,
        chance=chance,
    )


def _categories(programme: Programme, language: str) -> tuple[CategoryView, ...]:
    return tuple([_category(key, programme, language) for key in programme.reward_categories])


def _category(key: str, programme: Programme, language: str) -> CategoryView:
    return CategoryView(key, named(programme.reward_categories[key], programme, language))


def _choice(choice: law.Choice, programme: Programme, language: str) -> ChoiceView:
    options = [OptionView(key, named(name, programme, language)) for key, name in choice.options.items()]
    return ChoiceView(choice.key, named(choice.name, programme, language), tuple(options))


ROUTES: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "GET", "/v1/rewards", "programme:read", list_, "List rewards", Catalogue, query=Shelf,
        refuses=(programmes.PROGRAMME_UNPUBLISHED, calls.CURSOR_INVALID), tag="Rewards",
    ),
    Endpoint(
        "GET", "/v1/rewards/{key}", "programme:read", read, "Read a reward", RewardView, query=InLanguage,
        refuses=(programmes.PROGRAMME_UNPUBLISHED, law.REWARD_UNKNOWN), tag="Rewards",
    ),
    Endpoint(
        "GET", "/v1/members/{id}/rewards", "members:read", list_of_member, "List what a member can have", Offers,
        query=OwnShelf,
        refuses=(
            members_law.MEMBER_UNKNOWN, ids.ID_MALFORMED, programmes.PROGRAMME_UNPUBLISHED, calls.CURSOR_INVALID,
        ),
        noun="member", tag="Rewards",
        about="What can be had now comes first, then what is nearest: of whose price the smallest part is missing, of "
        "equals the cheaper. `obstacle` is the first thing in the way besides points; `missing` says of each price "
        "how many are.",
    ),
    Endpoint(
        "POST", "/v1/rewards/{key}/supplies", "rewards:write", supply, "Bring pieces of a reward in", SupplyView,
        takes=NewSupply, query=Trial, status=201,
        refuses=(
            law.REWARD_UNKNOWN, REWARD_UNCOUNTED, SUPPLY_INVALID, STOCK_CHANGED, STOCK_TOO_LOW,
            programmes.PROGRAMME_UNPUBLISHED,
        ),
        tag="Rewards",
        about="Less than none takes lost pieces out, never those that are promised. Told again it does nothing more.",
    ),
)  # fmt: skip

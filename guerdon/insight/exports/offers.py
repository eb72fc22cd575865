"""What a programme has on offer at the end of a month, and what of it gave something in an entry of the journal."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final

import msgspec

from guerdon.core.programme import Programme
from guerdon.features.programmes.queries import Lawbook
from guerdon.kit import clock


class Offer(msgspec.Struct, frozen=True):
    """A rule, a reward, a voucher or a tier, as the table of that name has it."""

    kind: str
    key: str
    of: str | None
    name: str
    since_day: date
    start_day: date | None
    until_day: date | None
    kinds: list[str]
    campaign: bool


class _Share(msgspec.Struct, frozen=True, gc=False):
    rule: str
    points: int


class _Award(msgspec.Struct, frozen=True, gc=False):
    unit: str
    shares: tuple[_Share, ...] = ()


class _Issue(msgspec.Struct, frozen=True, gc=False):
    voucher: str
    rule: str | None = None


class _Decided(msgspec.Struct, frozen=True, gc=False):
    """The parts of a decision that say what rules gave."""

    awards: tuple[_Award, ...] = ()
    issued: tuple[_Issue, ...] = ()


_decided: Final = msgspec.json.Decoder(_Decided).decode
_Given = tuple[str, str | None, int, str | None]  # rule, unit, points, voucher


def fired(decision: str) -> Iterator[_Given]:
    """What rules gave by a decision; one that was let through and to which nothing was left has given nothing."""
    told = _decided(decision)
    for award in told.awards:
        for share in award.shares:
            if share.points:
                yield (share.rule, award.unit, share.points, None)
    for issue in told.issued:
        if issue.rule is not None:
            yield (issue.rule, None, 0, issue.voucher)


def at_end(book: Lawbook, until: datetime, day: Callable[[int], date]) -> list[Offer]:
    """All that is on offer just before the instant, by the version in force then."""
    starts = sorted({row.effective_at for row in book.versions if row.effective_at < until})
    stretches = [(start, book.law(book.in_force(start)).programme) for start in starts]
    if not stretches:
        return []
    had = [(start, {(kind, of, key) for kind, of, key in _keys(programme)}) for start, programme in stretches]

    def since(what: tuple[str, str | None, str]) -> date:
        """The beginning of the last unbroken run of versions that have it."""
        first = had[-1][0]
        for start, keys in reversed(had):
            if what not in keys:
                break
            first = start
        return day(clock.micros(first))

    def on(at: datetime | None) -> date | None:
        return None if at is None else day(clock.micros(at))

    return _listed(stretches[-1][1], since, on)


def _keys(programme: Programme) -> Iterator[tuple[str, str | None, str]]:
    for rule in programme.rules:
        yield ("rule", None, rule.key)
    for key in programme.rewards:
        yield ("reward", None, key)
    for key in programme.vouchers:
        yield ("voucher", None, key)
    for ladder in programme.tiers:
        for place, level in enumerate(ladder.levels):
            if place > ladder.floor and level.threshold is not None:
                yield ("tier", ladder.key, level.key)


def _listed(
    programme: Programme, since: Callable[[tuple[str, str | None, str]], date],
    on: Callable[[datetime | None], date | None],
) -> list[Offer]:  # fmt: skip
    rules = {rule.key: rule for rule in programme.rules}
    ladders = {ladder.key: ladder for ladder in programme.tiers}
    language = programme.languages[0] if programme.languages else "en"
    found: list[Offer] = []
    for kind, of, key in _keys(programme):
        name, start, until = {key: key}, None, None
        kinds: list[str] = []
        campaign = False
        if kind == "rule":
            rule = rules[key]
            name, start, until, kinds = rule.name, rule.during.start, rule.during.until, sorted(rule.when)
            campaign = rule.campaign
        elif kind == "reward":
            reward = programme.rewards[key]
            name, start, until = reward.name, reward.start, reward.until
        elif kind == "voucher":
            voucher = programme.vouchers[key]
            name, start, until = voucher.name, voucher.during.start, voucher.during.until
        elif of is not None:
            name = next(level.name for level in ladders[of].levels if level.key == key)
        told = name.get(language) or next(iter(name.values()), key)
        found.append(Offer(kind, key, of, told, since((kind, of, key)), on(start), on(until), kinds, campaign))
    return found

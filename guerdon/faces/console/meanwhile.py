"""What was changed while one was writing, by others or in another tab: it counts only when one has seen that."""

from typing import Final

import msgspec

from guerdon.core.errors import Kind
from guerdon.core.programme import Programme
from guerdon.core.redemptions import STOCK_CHANGED
from guerdon.core.rewards import PICTURE_CHANGED
from guerdon.core.segments import SEGMENT_OUTDATED
from guerdon.engine import drafts as engine
from guerdon.faces import called, posted
from guerdon.faces.show import Pen
from guerdon.faces.visits import Visit
from guerdon.features.drafts import queries
from guerdon.features.programmes import queries as programmes
from guerdon.features.rewards import pictures
from guerdon.features.rewards import queries as rewards
from guerdon.features.rewards.queries import Supply
from guerdon.features.segments import queries as segments
from guerdon.features.users import queries as users
from guerdon.features.users.queries import StaffRow
from guerdon.kit import ids

_SUPPLIES: Final = 20  # of a stock that are told at most
OVER: Final = "over"  # by which a form says which newer state was looked at, over which it counts all the same
REFUSALS: Final[tuple[Kind, ...]] = (
    STOCK_CHANGED,
    PICTURE_CHANGED,
    users.STAFF_CHANGED,
    engine.DRAFT_CHANGED,
    engine.DRAFT_BEGUN,
    engine.DRAFT_OUTDATED,
    SEGMENT_OUTDATED,
)


class Meanwhile(msgspec.Struct, frozen=True):
    """The state that there is now, who made it since the form was read, and what is different in it."""

    revision: int | str
    who: tuple[str, ...]
    changes: tuple[str, ...]
    here: str  # the address where one begins again with what there is now
    own: bool = False  # whether nobody but the reader made it, as in another tab


def seen(visit: Visit, now: int) -> int:
    """The state that the form was read of, or that one has looked at since; on a page that is only read it is now's."""
    form = visit.request.POST
    return posted.revision(form.get(OVER) or form.get("revision", "")) if visit.request.method == "POST" else now


def in_draft(visit: Visit, draft: str, programme: Programme, since: int, now: int, path: str) -> Meanwhile:
    """What others changed in a draft since the state that a form was read of."""
    id, pen = ids.read("draft", draft), Pen(visit)
    steps = queries.steps(visit.store, visit.programme_id, id)[since:]
    before = engine.as_of(visit.store, visit.programme_id, id, since)
    return Meanwhile(
        now, tuple(dict.fromkeys(visit.say("drafts.by", name=one.actor, when=pen.moment(one.at)) for one in steps)),
        _different(visit, before, programme), path if draft in path else f"{path}?draft={draft}",
        bool(steps) and all(one.actor_id == visit.user_id for one in steps),
    )  # fmt: skip


def in_versions(visit: Visit, programme: Programme, since: int, now: int, path: str) -> Meanwhile:
    """What newer versions changed since the one that a form was read of."""
    book, pen = programmes.latest(visit.store, visit.programme_id), Pen(visit)
    newer = book.versions[since:]
    before = book.law(since).programme if 1 <= since <= len(book.versions) else None
    return Meanwhile(
        now, tuple([visit.say("drafts.by", name=one.published_by, when=pen.moment(one.published_at)) for one in newer]),
        _different(visit, before, programme), path,
    )  # fmt: skip


def _different(visit: Visit, before: Programme | None, after: Programme) -> tuple[str, ...]:
    if before is None:
        return ()
    return called.between(visit.store, visit.programme_id, before, after, visit.language)


def in_segment(visit: Visit, key: str, sentence: str, now: int) -> Meanwhile | None:
    """What a saved segment says since the form was read, by whom; None where nobody said anything else."""
    since = seen(visit, now)
    if since == now:
        return None
    pen, versions = Pen(visit), segments.versions(visit.store, visit.programme_id, key)
    who = [visit.say("drafts.by", name=one.actor, when=pen.moment(one.at)) for one in versions if one.version > since]
    return Meanwhile(now, tuple(who), (sentence,), visit.request.path)


def in_staff(visit: Visit, one: StaffRow, role: str) -> Meanwhile:
    """The role that somebody has since the form was read, in words, and who gave it."""
    names = {each.user_id: each.name for each in users.of_programme(visit.store, visit.programme_id)}
    by = names.get(one.given_by, one.given_by)  # who has signed in is noted by id, an operator by name
    who = visit.say("drafts.by", name=by, when=Pen(visit).moment(one.since))
    own = one.given_by == visit.user_id
    return Meanwhile(one.role, (who,), (f"{one.name}: {role}",), visit.to("console.staff"), own)


def in_stock(visit: Visit, reward: str, since: int) -> Meanwhile | None:
    """What came into a stock, or was lost, since the form was read; None where it stands as it did."""
    now = left = rewards.supplied(visit.store, visit.programme_id, reward)
    pen, newer = Pen(visit), list[Supply]()
    for one in rewards.supplies(visit.store, visit.programme_id, reward, before=rewards.NEWEST, most=_SUPPLIES):
        if left == since:
            break
        newer.insert(0, one)
        left -= one.pieces
    if now == since:
        return None
    who = dict.fromkeys(visit.say("drafts.by", name=one.actor, when=pen.moment(one.at)) for one in newer)
    changes = [" ".join(filter(None, (pen.signed(one.pieces), one.variant, f"({one.reason})"))) for one in newer]
    return Meanwhile(now, tuple(who), tuple(changes), visit.to("console.reward", reward))


def in_picture(visit: Visit, reward: str, now: str) -> Meanwhile | None:
    """Who put the picture of a reward or took it away last; `now` is what is shown, by its address. None: nobody."""
    last = pictures.last_change(visit.store, visit.programme_id, reward)
    if last is None:
        return None
    who = visit.say("drafts.by", name=last.actor, when=Pen(visit).moment(last.at))
    said = visit.say(f"console_rewards.picture_{'other' if last.hash else 'gone'}")
    return Meanwhile(now, (who,), (said,), visit.to("console.reward", reward))

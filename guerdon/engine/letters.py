"""Letters are put into the queue: news become letters to who wants them, a code or an invitation goes at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from guerdon.core import letters as law
from guerdon.core import limits, till_names
from guerdon.core.letters import Changed, Climbed, Content, Expiring, Invitation, Notice, Recipient, Redeemed, SignIn
from guerdon.core.redemptions import WON, Redemption
from guerdon.core.tiers import Step
from guerdon.engine import posting, tidings
from guerdon.features.activities import queries as activities
from guerdon.features.expirations import queries as expirations
from guerdon.features.households import queries as households
from guerdon.features.letters import actions, queries
from guerdon.features.letters.actions import New
from guerdon.features.members import queries as members
from guerdon.features.programmes import queries as programmes
from guerdon.features.programmes.queries import Lawbook
from guerdon.features.redemptions import queries as redemptions
from guerdon.features.tiers import queries as tiers
from guerdon.kit import clock, ids, mail, store
from guerdon.kit.outbox import News
from guerdon.kit.store import Store

REDEEMED: Final = ("redemption.confirmed", "redemption.fulfilled")
EXPIRING: Final = "points.expiring"
CLIMBED: Final = "tier.changed"
_HEARD: Final = frozenset({*REDEEMED, EXPIRING, CLIMBED, *tidings.TOPICS})
_MEANT: Final = ("owner", "adult")  # who of a household is written to


class Told(msgspec.Struct, frozen=True):
    """What an account is told, and which thing it is: nobody is told of one twice."""

    account_id: str
    cause: str
    content: Content
    person_id: str | None = None  # whom alone it concerns, where the account is a household's
    until: datetime | None = None


# --- at once ---


def sign_in(at_hand: Store, *, programme_id: str, to: Recipient, code: str, valid_minutes: int, now: datetime) -> str:
    """Put the letter with a sign-in code into the queue, in the transaction at hand; answers its id.

    `posting.carry_one(id)` after the transaction sends it without waiting for a worker. Raises `letters_off`.
    """
    until = now + timedelta(minutes=valid_minutes)
    return _at_once(at_hand, programme_id, SignIn(code, valid_minutes), to, until=until, now=now)


def invitation(
    at_hand: Store, *, programme_id: str, to: Recipient, by: str, link: str, until: datetime, now: datetime
) -> str:
    """Put the letter that invites somebody to work with the programme into the queue, as `sign_in` does."""
    return _at_once(at_hand, programme_id, Invitation(by, link, until), to, until=until, now=now)


def notice(
    at_hand: Store, programme_id: str, to: Recipient, changed: Changed, *, now: datetime, member_id: str | None = None
) -> None:
    """Put the letter that tells of a change into the queue, in the transaction at hand; none where letters are off."""
    if mail.outlet() is not None:
        new = New(programme_id, f"notice:{ids.new()}", Notice(changed, now), member_id, to=to)
        actions.put(at_hand, [new], now=now)
        posting.hurry()


def _at_once(
    at_hand: Store, programme_id: str, content: Content, to: Recipient, *, until: datetime, now: datetime
) -> str:
    if mail.outlet() is None:
        raise law.LETTERS_OFF()
    new = New(programme_id, f"{law.kind_of(content)}:{ids.new()}", content, to=to, until=until)
    (id,) = actions.put(at_hand, [new], now=now)
    posting.hurry()
    return id


# --- news ---


def hear(news: Sequence[News]) -> None:
    """Put letters into the queue for news, in the transaction in which they leave the outbox.

    Sandboxes write none: their clocks leap. What happened long ago is not told, so that an import of years is silent.
    """
    heard = [one for one in news if one.topic in _HEARD]
    if not heard or mail.outlet() is None:
        return
    at_hand, now = store.current(), clock.now()
    by_programme: dict[str, list[News]] = {}
    for one in heard:
        by_programme.setdefault(one.programme_id, []).append(one)
    for programme_id, of_programme in sorted(by_programme.items()):
        if not programmes.by_id(at_hand, programme_id).sandbox:
            write(at_hand, programme_id, told(at_hand, programme_id, of_programme, now=now), now=now)


def write(at_hand: Store, programme_id: str, found: Sequence[Told], *, now: datetime) -> int:
    """Put a letter into the queue for each who is told, can be written to and wants it; answers how many are new."""
    persons = _persons(at_hand, found)
    everybody = sorted({id for ids_of in persons.values() for id in ids_of})
    reached = members.with_email(at_hand, everybody)
    unwanted = _unwanted(at_hand, everybody)
    new = [
        New(programme_id, f"{one.cause}:{person}", one.content, person, until=one.until)
        for one in found
        for person in persons.get(one.person_id or one.account_id, [])
        if person in reached and (person, law.kind_of(one.content)) not in unwanted
    ]
    made = actions.put(at_hand, new, now=now)
    if made:
        posting.hurry()
    return len(made)


def told(at_hand: Store, programme_id: str, news: Sequence[News], *, now: datetime) -> list[Told]:
    """What the news tell, each thing once; a statement for each kind, however many they are."""
    of_topic: dict[str, list[News]] = {}
    for one in news:
        of_topic.setdefault("redeemed" if one.topic in REDEEMED else one.topic, []).append(one)
    since = now - timedelta(days=limits.LETTER_NEWS_DAYS)
    book = programmes.latest(at_hand, programme_id)
    return [
        *_redeemed(at_hand, of_topic.get("redeemed", []), since),
        *_expiring(at_hand, of_topic.get(EXPIRING, []), now, since),
        *_climbed(at_hand, book, of_topic.get(CLIMBED, []), now, since),
        *_done(at_hand, of_topic, now, since),
    ]


def _redeemed(at_hand: Store, news: Sequence[News], since: datetime) -> Iterable[Told]:
    found = redemptions.of_accounts(at_hand, sorted({(one.account_id, one.subject_id) for one in news})) if news else {}
    had = [one for one in found.values() if one.made_at >= since and one.state in ("confirmed", "fulfilled")]
    fresh = [one for one in had if one.number != WON]  # a prize is told of with its draw
    if not fresh:
        return
    told = activities.recorded(at_hand, [(one.account_id, one.id) for one in fresh])
    drawn = {id: each.decision.drawn.redemption for id, each in told.items() if each.decision.drawn is not None}
    names = [(one.account_id, drawn[one.id]) for one in fresh if one.id in drawn]
    won = redemptions.of_accounts(at_hand, names) if names else {}
    for one in fresh:
        owed = not till_names.is_till(told[one.id].activity.source)
        got = won[drawn[one.id]] if one.id in drawn else one
        if got.state in ("confirmed", "fulfilled"):  # the code of a prize given back opens nothing
            yield Told(one.account_id, f"redemption:{one.id}", _reward(one, got, owed=owed), one.person_id)


def _reward(one: Redemption, had: Redemption, *, owed: bool) -> Redeemed:
    """What was redeemed, and what the member has by it: itself, or of a draw the prize, whose code opens something."""
    prize = "" if had is one else had.reward
    price, code = one.price, had.given or had.code
    return Redeemed(one.reward, one.version, price.points, price.money, code, had.until, prize, owed)


def _expiring(at_hand: Store, news: Sequence[News], now: datetime, since: datetime) -> Iterable[Told]:
    names = sorted({(one.account_id, one.subject_id) for one in news})
    for account_id, one in expirations.told_each(at_hand, names) if names else ():
        reminder = one.reminder
        if one.told_at >= since and reminder.ends_at > now:
            content = Expiring(reminder.unit, reminder.points, reminder.worth, reminder.ends_at)
            yield Told(account_id, f"expiring:{one.id}", content, until=reminder.ends_at)


def _climbed(at_hand: Store, book: Lawbook, news: Sequence[News], now: datetime, since: datetime) -> Iterable[Told]:
    """The last level of each ladder that an entry of the journal moved; one that was kept is no news."""
    named = {(one.account_id, one.seq) for one in news}
    steps = tiers.steps_of(at_hand, sorted({account for account, _ in named})) if named else {}
    for account_id, rows in steps.items():
        before: dict[str, str | None] = {}
        moved: dict[tuple[int, str], tuple[str | None, Step]] = {}
        for row in rows:
            step = row.step
            was = before.get(step.ladder)
            if (account_id, row.seq) in named and step.since >= since:
                moved[row.seq, step.ladder] = (moved.get((row.seq, step.ladder), (was, step))[0], step)
            before[step.ladder] = step.level
        for (seq, ladder), (was, step) in moved.items():
            content = _climb(book, was, step, now)
            if content is not None:
                yield Told(account_id, f"tier:{account_id}:{seq}:{ladder}", content)


def _done(at_hand: Store, of_topic: dict[str, list[News]], now: datetime, since: datetime) -> Iterable[Told]:
    """What others did for a member."""

    def named(*topics: str) -> list[tuple[str, str]]:
        return sorted({(one.account_id, one.subject_id) for topic in topics for one in of_topic.get(topic, ())})

    found = (
        *tidings.given(at_hand, named(*tidings.GIVEN), now),
        *tidings.invited(at_hand, named(tidings.INVITED), now),
        *tidings.answered(at_hand, named(tidings.CLAIMED)),
    )
    for account_id, cause, one in found:
        if one.at >= since:
            yield Told(account_id, cause, one, until=one.until)


def _climb(book: Lawbook, before: str | None, step: Step, now: datetime) -> Climbed | None:
    ladder = next((one for one in book.current(now).programme.tiers if one.key == step.ladder), None)
    if ladder is None or before == step.level:
        return None
    was, is_now = (max(ladder.floor, ladder.place(level)) for level in (before, step.level))
    if was == is_now:
        return None
    return Climbed(ladder.key, ladder.key_at(was), ladder.key_at(is_now), is_now > was, step.review_at)


def _persons(at_hand: Store, found: Sequence[Told]) -> dict[str, list[str]]:
    """Who is written to for each account: whoever stands for the member, the grown-ups of a household."""
    accounts = sorted({one.account_id for one in found} | {one.person_id for one in found if one.person_id})
    if not accounts:
        return {}
    leads = members.leads(at_hand, accounts)
    shared = households.persons(at_hand, accounts)
    return {
        account: [one.id for one in shared[account] if one.role in _MEANT] if account in shared else [leads[account].id]
        for account in accounts
        if account in leads
    }


def _unwanted(at_hand: Store, persons: Sequence[str]) -> set[tuple[str, str]]:
    """Which (person, kind) is not wanted: whoever was merged into somebody stopped it for them, too."""
    if not persons:
        return set()
    followers = members.followers_of(at_hand, list(persons))
    stands = {one: person for person in persons for one in (person, *followers.get(person, ()))}
    return {(stands[one.member_id], one.kind) for one in queries.stops(at_hand, list(stands))}

"""Tells a story in a world and holds every arrow against what came of it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from guerdon.core import activities as law
from guerdon.core import money, period
from guerdon.core.activities import Activity, Member, Reference, ReturnedLine, Tender
from guerdon.core.holds import TimeToLive
from guerdon.core.programme import Programme
from guerdon.core.rates import ToldRate
from guerdon.core.tiers import GrantKind
from guerdon.features.programmes import forms
from tests.stories import cards
from tests.stories.cards import Cards
from tests.stories.consents import Consents
from tests.stories.memberships import Memberships
from tests.stories.phrases import VERBS
from tests.stories.rewards import Rewards
from tests.stories.story import Deed, Person, Step, Story
from tests.stories.vouchers import Vouchers
from tests.stories.worlds import Answer, Deal, World

DEALS: dict[str, Deal] = {"accepts": "accept", "declines": "decline", "withdraws": "withdraw"}
GRANTS: dict[str, GrantKind] = {"grants": "manual", "matches": "status_match", "invites": "invitation"}


def tell(story: Story, world: World) -> None:
    """Let the story happen; raises StoryError at the first arrow that does not hold."""
    _Teller(story, world).tell()


class _Teller(Rewards, Vouchers, Cards, Memberships, Consents):
    def __init__(self, story: Story, world: World) -> None:
        self.story = story
        self.world = world
        self.programme = self._programme(story.programme)
        self.units: dict[str, str] = {}  # of what burns and holds are
        self.redeemed: set[str] = set()
        self.codes: dict[str, str] = {}
        self.cards: dict[str, str] = {}
        self.paid: set[str] = set()
        self.used: set[str] = set()
        self.last_card = self.last_deed = ""

    def _programme(self, document: object) -> Programme:
        programme = forms.read_document(document).programme  # type: ignore[arg-type] # the reader has read it once
        assert programme is not None
        return programme

    def tell(self) -> None:
        """Step by step; steps told together are one batch."""
        opening = self.story.steps[0].at - timedelta(days=3660)
        self.world.publish(self.programme, since=opening, now=opening)
        for person in self.story.people:
            self.world.enrol(person, now=opening)
        for batch in self._batches():
            answers = self._happen(batch)
            for step, answer in zip(batch, answers, strict=True):
                self._check(step, answer)

    def _batches(self) -> Iterator[list[Step]]:
        batch: list[Step] = []
        for step in self.story.steps:
            if batch and not step.together:
                yield batch
                batch = []
            batch.append(step)
        yield batch

    # --- what happens ---

    def _happen(self, batch: Sequence[Step]) -> list[Answer]:
        first = batch[0]
        if first.deed.act in ("tell", "return", "numbered", "reopen"):
            told = [self._activity(step) for step in batch]
            return self.world.record(told, now=first.at, dry_run=first.deed.dry_run)
        if len(batch) > 1:
            raise self._wrong(batch[1].line, "only what is bought, returned or done can be told together")
        return [getattr(self, "_" + first.deed.act)(first, first.deed)]

    def _activity(self, step: Step) -> Activity:
        deed, clauses = step.deed, step.deed.clauses
        back = law.REOPEN if deed.act == "reopen" else law.RETURN
        kind = VERBS.get(deed.words.get("verb", ""), deed.words.get("kind", back))
        currency = deed.words.get("currency")
        scale = money.decimals(currency or self.programme.currency)
        amount = money.scaled(deed.words["amount"], scale) if "amount" in deed.words else None
        replaces = clauses.get("replaces")
        return Activity(
            kind=kind,
            source=clauses.get("source", "till"),
            external_id=clauses.get("external_id", f"line-{step.line}"),
            occurred_at=self._moment(step, clauses["occurred"]) if "occurred" in clauses else step.at,
            member=Member(external_id=deed.words["who"]),
            currency=currency,
            amount=None if deed.act == "numbered" else amount,
            lines=self._lines(deed, scale),
            tenders=tuple(self._tenders(step, clauses.get("tenders", ""), scale)),
            channel=clauses.get("channel"),
            store=clauses.get("store"),
            partner=clauses.get("partner"),
            returns=_reference(deed, amount),
            replaces=Reference(external_id=replaces) if replaces else None,
            facts=dict(_fact(word) for word in clauses.get("facts", "").split()),
            confirms=Reference(external_id=clauses["confirms"]) if "confirms" in clauses else None,
        )

    def _tenders(self, step: Step, text: str, scale: int) -> Iterator[Tender]:
        for part in filter(None, text.split(" + ")):
            off_card = cards.tender(part, scale)
            if off_card is not None:
                yield off_card
                continue
            amount, _, kind = part.partition(" ")
            if not kind:
                raise self._wrong(step.line, f"“{part}” does not say how it was paid; write “3.00 card + 1.00 points”")
            kind, _, burn = kind.partition(" by ")  # the burn as the story calls it
            yield Tender(kind=kind, amount=money.scaled(amount, scale), burn=burn or None)

    def _moment(self, step: Step, text: str) -> datetime:
        day, _, clock = text.partition(" ")
        try:
            local = datetime.fromisoformat(f"{day}T{clock or '12:00'}")
        except ValueError:
            raise self._wrong(
                step.line, f"“on {text}” is no day; write “on 2026-01-03” or “on 2026-01-03 10:30”"
            ) from None
        return local if local.tzinfo else period.instant(local, self.story.zone)

    def _publish(self, step: Step, deed: Deed) -> Answer:
        self.programme = self._programme(deed.programme)
        since = self._moment(step, deed.words["since"] + " 00:00") if "since" in deed.words else step.at
        self.world.publish(self.programme, since=since, now=step.at)
        return Answer()

    def _join(self, step: Step, deed: Deed) -> Answer:
        self.world.enrol(Person(deed.words["who"]), now=step.at)
        return Answer()

    def _household(self, step: Step, deed: Deed) -> Answer:
        who, home = deed.words["who"], deed.words["home"]
        by, role = deed.words.get("by", ""), deed.words.get("role", "adult")
        return self.world.household(deed.act, home, who=who, by=by, role=role, now=step.at)

    _found = _invite = _accept = _decline = _leave = _remove = _become = _hand_over = _household

    def _merge(self, step: Step, deed: Deed) -> Answer:
        return self.world.merge(deed.words["who"], deed.words["goes"], now=step.at, dry_run=deed.dry_run)

    def _unmerge(self, step: Step, deed: Deed) -> Answer:
        return self.world.unmerge(deed.words["who"], deed.words["goes"], now=step.at, dry_run=deed.dry_run)

    def _spend(self, step: Step, deed: Deed) -> Answer:
        unit, points = self._asked(deed)
        key = self._key(step, unit)
        return self.world.spend(deed.words["who"], unit, points, key=key, now=step.at, dry_run=deed.dry_run)

    def _key(self, step: Step, unit: str) -> str:
        """What the deed is called; whoever names it later means points of this unit."""
        key = step.deed.clauses.get("external_id", f"line-{step.line}")
        self.units[key] = unit
        return key

    def _hold(self, step: Step, deed: Deed) -> Answer:
        unit, points = self._asked(deed)
        life = TimeToLive(**{deed.words["measure"]: int(deed.words["number"])})
        return self.world.hold(deed.words["who"], unit, points, life=life, key=self._key(step, unit), now=step.at)

    def _capture(self, step: Step, deed: Deed) -> Answer:
        hold, points = self._part(step, deed, "hold")
        key = self._key(step, self.units[hold])
        return self.world.capture(hold, points, final="keep" not in deed.words, key=key, now=step.at)

    def _release(self, step: Step, deed: Deed) -> Answer:
        hold, _ = self._part(step, deed, "hold")
        return self.world.release(hold, key=self._key(step, self.units[hold]), now=step.at)

    def _cancel(self, step: Step, deed: Deed) -> Answer:
        burn, points = self._part(step, deed, "burn")
        return self.world.cancel(burn, points, key=self._key(step, self.units[burn]), now=step.at)

    def _part(self, step: Step, deed: Deed, noun: str) -> tuple[str, int | None]:
        """The burn or hold that is meant, and how much of it; None for all."""
        name = deed.words[noun]
        if name not in self.units:
            raise self._wrong(step.line, f"there is no {noun} “{name}”; it is named where it is made: “… as {name}”")
        points = deed.words.get("points")
        return name, None if points is None else self._points(step.line, self.units[name], points)

    def _give(self, step: Step, deed: Deed, sign: int = 1) -> Answer:
        unit, points = self._asked(deed)
        return self.world.adjust(
            deed.words["who"],
            unit,
            sign * points,
            key=deed.clauses.get("external_id", f"line-{step.line}"),
            actor=deed.words["actor"],
            reason=deed.words["reason"],
            now=step.at,
        )

    def _take(self, step: Step, deed: Deed) -> Answer:
        return self._give(step, deed, -1)

    def _approve(self, step: Step, deed: Deed) -> Answer:
        return self.world.judge("approval", deed.words["what"], actor=deed.words["actor"], now=step.at)

    def _reject(self, step: Step, deed: Deed) -> Answer:
        return self.world.judge("rejection", deed.words["what"], actor=deed.words["actor"], now=step.at)

    def _send(self, step: Step, deed: Deed) -> Answer:
        unit, points = self._asked(deed)
        key = deed.clauses.get("external_id", f"line-{step.line}")
        who, to = deed.words["who"], deed.words["to"]
        return self.world.send(who, to, unit, points, key=key, now=step.at, dry_run=deed.dry_run)

    def _settle(self, step: Step, deed: Deed) -> Answer:
        return self.world.settle(deed.words["order"], DEALS[deed.words["deed"]], now=step.at)

    def _donate(self, step: Step, deed: Deed) -> Answer:
        unit, points = self._asked(deed)
        key = deed.clauses.get("external_id", f"line-{step.line}")
        return self.world.donate(deed.words["who"], deed.words["cause"], unit, points, key=key, now=step.at)

    def _asked(self, deed: Deed) -> tuple[str, int]:
        """The unit and the points of a deed; a unit nobody knows is for the world to refuse."""
        unit = self.programme.units.get(deed.words["unit"])
        return deed.words["unit"], money.scaled(deed.words["points"], unit.scale if unit else 0)

    def _grant(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        return self.world.grant(
            words["who"], words["tier"], kind=GRANTS[words["how"]], last_day=date.fromisoformat(words["day"]),
            key=deed.clauses.get("external_id", f"line-{step.line}"), reason=words["reason"], actor=words["actor"],
            now=step.at,
        )  # fmt: skip

    def _look(self, step: Step, deed: Deed) -> Answer:
        return Answer()

    def _night(self, step: Step, deed: Deed) -> Answer:
        expired, repaid, cancelled = self.world.night(step.at)
        return Answer(expired=expired, repaid=repaid, cancelled=cancelled)

    def _close(self, step: Step, deed: Deed) -> Answer:
        return self.world.close_month(deed.words["month"], actor=deed.words["actor"], now=step.at)

    def _rate(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        home = money.scaled(words["home"], money.decimals(self.programme.currency))
        units = money.scaled(words["amount"], money.decimals(words["currency"]))
        return self.world.rate(ToldRate(words["currency"], words["day"], home, units), now=step.at)


def _reference(deed: Deed, amount: int | None) -> Reference | None:
    """The purchase that a deed is about, and which line of it."""
    if deed.act not in ("return", "numbered", "reopen"):
        return None
    lines: tuple[ReturnedLine, ...] = ()
    if deed.act == "numbered":
        pieces = deed.words.get("quantity")
        lines = (ReturnedLine(int(deed.words["number"]), None if pieces is None else int(pieces), amount),)
    return Reference(external_id=deed.words["order"], lines=lines)


def _fact(word: str) -> tuple[str, law.FactValue]:
    """`score=9` → ("score", 9)."""
    name, _, value = word.partition("=")
    known: dict[str, law.FactValue] = {"yes": True, "no": False}
    return name, int(value) if value.isdigit() else known.get(value, value)

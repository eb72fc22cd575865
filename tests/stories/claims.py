"""What a story claims after a step, held against what came of it."""

from datetime import date, datetime, time, timedelta

from guerdon.core import attribution, ledger, money, period
from guerdon.core.law import Law
from guerdon.core.programme import Programme
from guerdon.core.vesting import WAITING
from tests.stories.story import Claim, Step, Story, StoryError
from tests.stories.worlds import Amounts, Answer, Life, Stand, World

WINDOWS = {"order", "day", "week", "month", "quarter", "year", "lifetime"}
# `40 points taken back: 25 of the award, 5 of others, 3 expired, 7 owed` and `Ann has 5 points, 7 owed`.
PARTS = {"of the award": "origin", "of others": "other", "expired": "lapsed", "owed": "debt", "forgiven": "shortfall"}
SPLIT = {"pending": "pending", "held": "held", "owed": "debt", "expired": "lapsed"}


class Claims:
    """Every claim as what was told and what was found; the rest of the teller lets things happen."""

    story: Story
    world: World
    programme: Programme

    def _check(self, step: Step, answer: Answer) -> None:
        claimed = {claim.what for claim in step.claims}
        if answer.refusal is not None and "refused" not in claimed:
            raise self._wrong(step.line, f"refused: {answer.refusal}")
        if answer.decision is not None and answer.decision.parked and not claimed & {"parked", "known"}:
            raise self._wrong(step.line, f"parked: {answer.decision.parked}")
        if answer.known and "known" not in claimed:
            raise self._wrong(step.line, "known already")
        awarded: set[str] = set()
        for claim in step.claims:
            told, found = getattr(self, "_claim_" + claim.what)(claim, step, answer)
            if told != found:
                raise self._wrong(claim.line, f"“{claim.text}” was claimed, but it is {found!r} instead of {told!r}")
            if claim.what == "awarded":
                awarded.add(claim.words["unit"])
        if awarded and answer.decision is not None:
            others = {award.unit for award in answer.decision.awards} - awarded
            if others:
                raise self._wrong(
                    step.line, f"the story is silent about what was awarded in {', '.join(sorted(others))}"
                )

    def _claim_nothing(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = answer.decision
        return (), None if found is None else (*found.awards, *found.taken, *found.spent)

    def _claim_known(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return True, answer.known

    def _claim_refused(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        if answer.refusal is None:
            return claim.words["code"], "not refused"
        told = dict(part.split(" ", 1) for part in claim.words.get("facts", "").split(", ") if part)
        found = {name: str(answer.refusal.facts.get(name)) for name in told}
        return (claim.words["code"], told), (answer.refusal.code, found)

    def _claim_parked(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return claim.words["reason"], answer.decision and answer.decision.parked

    def _claim_capped(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words = claim.words
        if words["window"] not in WINDOWS:
            raise self._wrong(
                claim.line, f"there is no window “{words['window']}”; possible: {', '.join(sorted(WINDOWS))}"
            )
        told = (words["of"], words["key"], words["window"], int(words["most"]))
        found = [(one.of, one.key, one.window, one.most) for one in answer.decision.capped] if answer.decision else []
        return told, told if told in found else found

    def _claim_exact(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words = claim.words
        awards = answer.decision.awards if answer.decision else ()
        found = [share.exact for award in awards if award.unit == words["unit"] for share in award.shares
                 if share.rule == words["rule"]]  # fmt: skip
        return [words["exact"]], found

    def _claim_passed(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit, words = claim.words["unit"], claim.words
        told = (self._points(claim.line, unit, words["points"]), self._points(claim.line, unit, words.get("debt", "0")))
        return told, answer.passed.get(unit, (0, 0))

    def _claim_taken(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        told = self._parts(claim, unit, PARTS) | {"asked": self._points(claim.line, unit, claim.words["asked"])}
        for taken in answer.decision.taken if answer.decision else ():
            if taken.unit == unit:
                found = {name: getattr(taken, name) for name in ("asked", *PARTS.values())}
                return {**dict.fromkeys(PARTS.values(), 0), **told}, found
        return told, "nothing"

    def _claim_restored(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        found = {one.unit: one.points for one in answer.decision.restored} if answer.decision else {}
        return self._points(claim.line, unit, claim.words["points"]), found.get(unit, 0)

    def _claim_kept(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        decision = answer.decision
        found = {one.unit: one.kept for one in (*decision.taken, *decision.restored)} if decision else {}
        return self._points(claim.line, unit, claim.words["points"]), found.get(unit)

    def _claim_refund(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`→ 4.00 back: 3.00 card, 1.00 points, 6.00 left`."""
        refund = answer.decision.refund if answer.decision else None
        assert refund is not None
        scale = money.decimals(refund.currency)
        words = claim.words
        told: dict[str, int] = {}
        for part in (words.get("tenders") or "").split(", "):
            amount, _, kind = part.partition(" ")
            if kind:
                told[kind] = money.scaled(amount, scale)
        found = {one.kind: one.amount for one in refund.tenders} if words.get("tenders") else {}
        sums = (money.scaled(words["amount"], scale), money.scaled(words["left"], scale))
        return (*sums, told), (refund.amount, refund.left, found)

    def _claim_repaid(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        repaid = answer.decision.repaid if answer.decision else answer.repaid
        return self._points(claim.line, unit, claim.words["points"]), repaid.get(unit, 0)

    def _claim_back(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        back = answer.decision.reinstated if answer.decision else {}
        refund = answer.decision.refund if answer.decision else None
        paid = sum(one.points for one in refund.tenders if one.unit == unit) if refund else 0
        return self._points(claim.line, unit, claim.words["points"]), back.get(unit, 0) + paid

    def _claim_hold(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return claim.words["state"], self.world.state(claim.words["hold"], step.at)

    def _claim_expired(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        expired = answer.decision.expired if answer.decision else answer.expired
        return self._points(claim.line, unit, claim.words["points"]), expired.get(unit, 0)

    def _claim_begun(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        released = answer.decision.released if answer.decision else ()
        found = sum(one.points for one in released if one.unit == unit)
        return self._points(claim.line, unit, claim.words["points"]), found

    def _claim_cancelled(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        return self._points(claim.line, unit, claim.words["points"]), answer.cancelled.get(unit, 0)

    def _claim_awaits(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """What the answer to a purchase says: no day, but what for, and until when."""
        awards = answer.decision.awards if answer.decision else ()
        found = [
            (award.awaits, award.available_at, self._last_day(award.expires_at))
            for award in awards
            if award.unit == claim.words["unit"]
        ]
        return [(claim.words["kind"], WAITING, claim.words["day"])], found

    def _claim_none_expire(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return {}, answer.expired | answer.cancelled

    def _claim_awarded(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        awards = [award for award in answer.decision.awards if award.unit == unit] if answer.decision else []
        points = sum(award.points for award in awards)
        told: object = self._points(claim.line, unit, claim.words["points"])
        if "shares" not in claim.words:
            return told, points
        given: dict[str, int] = {}
        for share in (share for award in awards for share in award.shares):
            given[share.rule] = given.get(share.rule, 0) + share.points
        return (told, self._shares(claim)), (points, given)

    def _claim_line(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """What a line of the basket got: as it was answered, or worked out by the rules in force."""
        decision = answer.decision
        assert decision is not None
        awards = decision.awards
        if not any(award.lines for award in awards):
            law = Law(self.programme, decision.version)
            awards = attribution.spread(law=law, activity=self._activity(step), decision=decision)
        given: dict[str, int] = {}
        for award in awards:
            for line in award.lines:
                if award.unit == claim.words["unit"] and line.line == int(claim.words["number"]):
                    for rule, points in line.rules.items():
                        given[rule] = given.get(rule, 0) + points
        told: object = self._points(claim.line, claim.words["unit"], claim.words["points"])
        if "shares" not in claim.words:
            return told, sum(given.values())
        return (told, self._shares(claim)), (sum(given.values()), given)

    def _claim_sent(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        told = {name: self._points(claim.line, unit, claim.words.get(name, "0")) for name in ("points", "fee")}
        return told, answer.sent or "nothing"

    def _claim_offered(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return "offered", "offered" if answer.sent is None and answer.refusal is None else "moved or refused"

    def _claim_given(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        return self._points(claim.line, unit, claim.words["points"]), self.world.given(claim.words["cause"], unit)

    def _claim_has(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        told = self._parts(claim, unit, SPLIT)
        points = self._points(claim.line, unit, claim.words["points"])
        return Amounts(available=points, **told), self.world.amounts(claim.words["who"], unit, step.at)

    def _claim_released(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return int(claim.words["facts"]), answer.released

    def _claim_expiring(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`40 on 2026-12-05, 12 on 2026-12-09`, or `none`."""
        words = claim.words
        until = date.fromisoformat(words["until"]) if "until" in words else None
        scale = self.programme.units[words["unit"]].scale
        found = self.world.expiring(words["who"], words["unit"], step.at, until)
        return words["ends"], ", ".join(f"{money.plain(points, scale)} on {day}" for points, day in found) or "none"

    def _claim_reminded(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`40 points until 2026-03-31 (30 days)`, or `of nothing`."""
        found = [
            f"{money.plain(points, self.programme.units[unit].scale)} {unit} until {day} ({days} days)"
            for points, unit, day, days in self.world.reminders(claim.words["who"], step.at)
        ]
        return claim.words.get("ends", ""), ", ".join(found)

    def _claim_ending(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`40 in 2026-03, 12 in 2026-04`, or `none`."""
        unit = claim.words["unit"]
        scale = self.programme.units[unit].scale
        found = [f"{money.plain(points, scale)} in {month}" for points, month in self.world.ending(unit)]
        return claim.words["ends"], ", ".join(found) or "none"

    def _claim_figures(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`opens with 5, issued 40 (15 late), burned -20, closes with 25`."""
        unit = claim.words["unit"]
        scale = self.programme.units[unit].scale
        opening, columns = self.world.figures(claim.words["month"], unit)
        parts = [f"opens with {money.plain(opening, scale)}"]
        for name, (points, prior) in columns.items():
            late = f" ({money.plain(prior, scale)} late)" if prior else ""
            parts.append(f"{name.replace('_', ' ')} {money.plain(points, scale)}{late}")
        closing = opening + sum(points for points, _ in columns.values())
        return claim.words["sums"], ", ".join([*parts, f"closes with {money.plain(closing, scale)}"])

    def _claim_months(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`+40 in 2026-10, +15 in 2026-11 late`."""
        unit = claim.words["unit"]
        scale = self.programme.units[unit].scale
        found = [
            f"{'+' if points > 0 else ''}{money.plain(points, scale)} in {month}{' late' if late else ''}"
            for points, month, late in self.world.months(claim.words["who"], unit)
        ]
        return claim.words["entries"], ", ".join(found)

    def _claim_statement(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        told: list[tuple[str, int]] = []
        for entry in claim.words["entries"].split(", "):
            points, _, kind = entry.partition(" ")
            if points[0] not in "+-" or not kind:
                raise self._wrong(claim.line, f"“{entry}” is no entry of a statement; write “+40 earn, -15 burn”")
            amount = self._points(claim.line, unit, points[1:])
            told.append((kind, amount if points[0] == "+" else -amount))
        return told, self.world.statement(claim.words["who"], unit)

    def _claim_share(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`+50 pool_in, +10 earn`: what was posted in a person's name in a household, or `none`."""
        unit, words = claim.words["unit"], claim.words
        scale = self.programme.units[unit].scale
        found = [
            f"{'+' if points > 0 else '-'}{money.plain(abs(points), scale)} {kind}"
            for kind, points in self.world.share(words["who"], unit, words["home"])
        ]
        return words["entries"], ", ".join(found) or "none"

    def _claim_lots(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        unit = claim.words["unit"]
        lots = self.world.lots(claim.words["who"], unit, step.at)
        ordered = sorted(lots, key=lambda lot: (lot.expires_at or ledger.FOR_EVER, lot.earned_at, lot.id))
        exact = "ends " in claim.words["lots"]
        found = ", ".join(self._life(lot, unit, step.at, exact=exact) for lot in ordered) or "none"
        return claim.words["lots"], found

    def _life(self, lot: Life, unit: str, at: datetime, *, exact: bool) -> str:
        """`40 from 2026-02-01 until 2027-01-05`: the first and last valid local day, or the very instant it ends."""
        zone = self.story.zone
        told = [money.plain(lot.points, self.programme.units[unit].scale)]
        if lot.available_at == WAITING:
            told.append("waiting")
        elif lot.available_at > at:
            told.append(f"from {period.local_day(lot.available_at, zone)}")
        if lot.expires_at is None:
            told.append("for ever")
        elif exact:
            told.append(f"ends {lot.expires_at.astimezone(zone):%Y-%m-%d %H:%M}")
        else:
            told.append(f"until {self._last_day(lot.expires_at)}")
        return " ".join(told)

    def _last_day(self, ends: datetime | None) -> str:
        return "" if ends is None else str(period.local_day(ends - timedelta(microseconds=1), self.story.zone))

    def _claim_stands(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self._stands(claim, step.at, step.at)
        return claim.words["tier"], found.tier or "no tier"

    def _claim_stood(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        at = datetime.combine(date.fromisoformat(claim.words["day"]), time(12), self.story.zone)
        return claim.words["tier"], self._stands(claim, at, step.at).tier or "no tier"

    def _claim_needs(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self._stands(claim, step.at, step.at)
        return (claim.words["tier"], self._amount(claim)), (found.next, found.missing)

    def _claim_keeps(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self._stands(claim, step.at, step.at)
        told = (claim.words["tier"], self._amount(claim), claim.words["day"])
        return told, (found.tier, found.keep, str(found.keep_by))

    def _stands(self, claim: Claim, at: datetime, now: datetime) -> Stand:
        """On the ladder that has the tier; on the first where none is named."""
        ladders = [one for one in self.programme.tiers if one.place(claim.words["tier"]) >= 0]
        return self.world.climbed(claim.words["who"], at, now)[(ladders or self.programme.tiers)[0].key]

    def _amount(self, claim: Claim) -> int:
        """So much of the basis of the tier's ladder."""
        basis = self.programme.ladder_of(claim.words["tier"]).basis
        unit = self.programme.units.get(basis.points or "")
        scale = money.decimals(self.programme.currency) if basis.spend else unit.scale if unit else 0
        return money.scaled(claim.words["amount"], scale)

    # --- small words ---

    def _shares(self, claim: Claim) -> dict[str, int]:
        """`base 40, gold 20` → {"base": 40, "gold": 20}."""
        parts = [part.rsplit(" ", 1) for part in claim.words["shares"].split(", ")]
        return {rule: self._points(claim.line, claim.words["unit"], number) for rule, number in parts}

    def _parts(self, claim: Claim, unit: str, names: dict[str, str]) -> dict[str, int]:
        """`25 of the award, 7 owed` → {"origin": 25, "debt": 7}."""
        found: dict[str, int] = {}
        for part in filter(None, claim.words.get("parts", "").split(", ")):
            number, _, name = part.partition(" ")
            if name not in names:
                raise self._wrong(claim.line, f"“{part}” is unknown here; possible: {', '.join(names)}")
            found[names[name]] = self._points(claim.line, unit, number)
        return found

    def _points(self, line: int, unit: str, text: str) -> int:
        if unit not in self.programme.units:
            raise self._wrong(line, f"the programme has no unit “{unit}”; it has {', '.join(self.programme.units)}")
        return money.scaled(text, self.programme.units[unit].scale)

    def _wrong(self, line: int, problem: str) -> StoryError:
        return StoryError(self.story.name, line, problem)

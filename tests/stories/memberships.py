"""What is done with paid memberships in a story, and what it claims of them."""

from typing import Final

from guerdon.core import money
from guerdon.core.memberships import Ending
from guerdon.engine.memberships import Deed as Turning
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Step
from tests.stories.worlds import Answer, Belonging, Turn

ENDINGS: Final[dict[str, Ending]] = {"now": "now", "at the end": "period_end"}


class Memberships(Claims):
    """Deeds and claims about memberships; the teller does the others."""

    # --- what happens ---

    def _plan_join(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        return self.world.join_plan(
            words["who"], words["plan"], currency=words.get("currency"), paid="paid" in words,
            key=words.get("name", f"line-{step.line}"), now=step.at, dry_run=deed.dry_run,
        )  # fmt: skip

    def _plan_pay(self, step: Step, deed: Deed) -> Answer:
        self._held(step.line, deed.words["who"], step)
        return self.world.pay_asked(deed.words["who"], again="again" in deed.words, now=step.at)

    def _plan_fail(self, step: Step, deed: Deed) -> Answer:
        return self.world.fail_payment(deed.words["who"], now=step.at)

    def _plan_renew(self, step: Step, deed: Deed) -> Answer:
        self._check_plan(step, deed)
        number = int(deed.words["number"]) if "number" in deed.words else None
        return self.world.renew_plan(deed.words["who"], number, now=step.at)

    def _plan_pause(self, step: Step, deed: Deed) -> Answer:
        return self._turn(step, deed, "pause")

    def _plan_resume(self, step: Step, deed: Deed) -> Answer:
        return self._turn(step, deed, "resume")

    def _plan_cancel(self, step: Step, deed: Deed) -> Answer:
        return self._turn(step, deed, "cancel")

    def _plan_refund(self, step: Step, deed: Deed) -> Answer:
        return self._turn(step, deed, "refund")

    def _plan_change(self, step: Step, deed: Deed) -> Answer:
        return self._turn(step, deed, "change")

    def _turn(self, step: Step, deed: Deed, turning: Turning) -> Answer:
        words = deed.words
        self._check_plan(step, deed)
        when = ENDINGS[words["when"]] if "when" in words else None
        number = int(words["number"]) if "number" in words else None
        turn = Turn(turning, words.get("plan"), when, number, "paid" in words)
        return self.world.turn_plan(words["who"], turn, now=step.at, dry_run=deed.dry_run)

    def _check_plan(self, step: Step, deed: Deed) -> None:
        """What the story says somebody has is what it is about."""
        held, plan = self._held(step.line, deed.words["who"], step), deed.words.get("of")
        if plan not in (None, held.plan):
            raise self._wrong(step.line, f"{deed.words['who']} has {held.plan}, not {plan}")

    def _held(self, line: int, who: str, step: Step) -> Belonging:
        found = self.world.belongs(who, step.at)
        if found is None:
            raise self._wrong(line, f"{who} has never joined a plan: write “{who} joins …” before")
        return found

    # --- what is claimed ---

    def _claim_asked(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        held = self._held(claim.line, self._whose(claim, step), step)
        scale = money.decimals(self.programme.currency)
        told = claim.words["amount"]
        return None if told == "nothing" else money.scaled(told, scale), held.asked

    def _claim_money_back(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return money.scaled(claim.words["amount"], money.decimals(self.programme.currency)), answer.back

    def _claim_no_member(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        who = self._whose(claim, step)
        held = self.world.belongs(who, step.at)
        state = held.state if held and "state" in claim.words else None
        return (frozenset(), claim.words.get("state")), (self.world.plans(who, step.at), state)

    def _claim_member_of(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`in club on trial until 2026-01-19`: the plan is in force; with a day, how the own one stands."""
        words, who = claim.words, self._whose(claim, step)
        in_force = self.world.plans(who, step.at)
        if not {"state", "day", "ever"} & words.keys():
            return frozenset((words["plan"],)), in_force
        held = self._held(claim.line, who, step)
        told = "cancelled" if "cancelled" in words else words.get("state", "active")
        ends = held.ends_at if held.state in ("grace", "cancelled") else held.covered
        day = self._last_day(ends) if "day" in words or "ever" in words else ""
        return (words["plan"], told, words.get("day", "")), (",".join(sorted(in_force)), held.state, day)

    def _claim_spans(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`trial of club from 2026-01-05 until 2026-01-19, 1 of club from 2026-01-20 for ever`, in local days."""
        shown = []
        for one in self._held(claim.line, claim.words["who"], step).spans:
            label = {"trial": "trial", "period": str(one.number), "rest": f"rest of {one.number}"}[one.kind]
            ends = "for ever" if one.until is None else f"until {self._last_day(one.until)}"
            first = one.start.astimezone(self.story.zone).date()
            shown.append(f"{label} of {one.plan} from {first} {ends}")
        return claim.words["entries"], ", ".join(shown)

    def _claim_payments(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`12.00 withdrawn, 31.00 paid with 4.00 back`: in the order in which they were asked for."""
        scale = money.decimals(self.programme.currency)
        shown = []
        for amount, back, state in self._held(claim.line, claim.words["who"], step).payments:
            part = f" with {money.plain(back, scale)} back" if back and state == "paid" else ""
            shown.append(f"{money.plain(amount, scale)} {state}{part}")
        return claim.words["entries"], ", ".join(shown)

    def _claim_worth(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words, scale = claim.words, money.decimals(self.programme.currency)
        by = money.scaled(words["by"], scale) * (1 if words["way"] == "more" else -1)
        return (money.scaled(words["amount"], scale), by), self.world.worth(words["who"], words["plan"], step.at)

    def _whose(self, claim: Claim, step: Step) -> str:
        who = claim.words.get("who") or step.deed.words.get("who")
        if who is None:
            raise self._wrong(claim.line, "nobody is named: write “→ Ann is …”")
        return who

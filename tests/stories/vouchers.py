"""What is done with vouchers in a story, and what it claims of them."""

from guerdon.core import money
from guerdon.core.activities import Line
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Item, Step
from tests.stories.worlds import Answer, Basket


class Vouchers(Claims):
    """Deeds and claims about vouchers; the teller does the others."""

    codes: dict[str, str]  # of vouchers by what the story calls them
    used: set[str]  # uses of vouchers by what the story calls them
    last_deed: str

    # --- what happens ---

    def _voucher_give(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        name = words.get("name", f"line-{step.line}")
        answer = self.world.give_voucher(words["who"], words["voucher"], key=name, now=step.at, dry_run=deed.dry_run)
        if answer.decision is not None:
            self.codes[name] = answer.decision.issued[0].code
        return answer

    def _codes_bring(self, step: Step, deed: Deed) -> Answer:
        name = deed.words.get("name", f"line-{step.line}")
        return self.world.bring_codes(deed.words["voucher"], deed.words["codes"].split(", "), key=name, now=step.at)

    def _voucher_use(self, step: Step, deed: Deed) -> Answer:
        words, clauses = deed.words, deed.clauses
        scale = money.decimals(self.programme.currency)
        basket = Basket(
            words["who"], money.scaled(words["amount"], scale) if "amount" in words else None,
            self._lines(deed, scale), clauses.get("store"), clauses.get("channel"),
        )  # fmt: skip
        codes = [self._code(step, words["who"], name) for name in words["codes"].split(" and ")]
        key = clauses.get("external_id", f"line-{step.line}")
        answer = self.world.use_vouchers(codes, basket, key=key, now=step.at, dry_run=deed.dry_run)
        if answer.refusal is None and not deed.dry_run:
            self.used.add(key)
            self.last_deed = key
        return answer

    def _voucher_withdraw(self, step: Step, deed: Deed) -> Answer:
        code = self._code(step, deed.words.get("whose"), deed.words["code"])
        return self.world.withdraw_voucher(code, now=step.at)

    def _lines(self, deed: Deed, scale: int) -> tuple[Line, ...]:
        return tuple(_line(item, scale) for item in deed.items)

    def _code(self, step: Step, who: str | None, name: str) -> str:
        """The code that is meant: of the voucher named so, of the last one of that kind somebody has, or itself."""
        if name in self.codes:
            return self.codes[name]
        found = [] if who is None else [one.code for one in self.world.wallet(who, step.at) if one.voucher == name]
        return found[-1] if found else name

    # --- what is claimed ---

    def _claim_issued(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`1 voucher five until 2026-02-04`: what this very step gave, and its last local day."""
        words = claim.words
        issued = [one for one in answer.decision.issued if one.code] if answer.decision else []
        mine = [one for one in issued if words.get("voucher", one.voucher) == one.voucher]
        told = (int(words["number"]), words.get("day"))
        days = {self._last_day(one.expires_at) for one in mine} if "day" in words else {None}
        return told, (len(mine), days.pop() if len(days) == 1 else days)

    def _claim_dry(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        issued = answer.decision.issued if answer.decision else ()
        return claim.words["voucher"], next((one.voucher for one in issued if not one.code), None)

    def _claim_codes_left(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return int(claim.words["number"]), self.world.codes_left(claim.words["voucher"])

    def _claim_off(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`3.00 off: 2.00 of line 1, 1.00 of line 2`: all that the vouchers take off together."""
        scale = money.decimals(self.programme.currency)
        uses = answer.decision.uses if answer.decision else ()
        off = sum(one.off for one in uses)
        if "lines" not in claim.words:
            return money.scaled(claim.words["amount"], scale), off if uses else None
        lines: dict[int, int] = {}
        for use in uses:
            for line, part in use.lines.items():
                lines[int(line)] = lines.get(int(line), 0) + part
        shown = ", ".join(f"{money.plain(part, scale)} of line {line}" for line, part in sorted(lines.items()))
        return (money.scaled(claim.words["amount"], scale), claim.words["lines"]), (off, shown)

    def _claim_coupon(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words = claim.words
        found = self.world.coupon(self._code(step, words.get("who"), words["code"]), step.at)
        if "used" not in words:
            return words["state"], found.state
        return (words["state"], int(words["used"]), int(words["uses"])), (found.state, found.used, found.uses)


def _line(item: Item, scale: int) -> Line:
    return Line(
        amount=money.scaled(item.amount, scale), discount=money.scaled(item.discount, scale), product=item.product,
        quantity=item.quantity, category=item.category, brand=item.brand, tags=item.tags, kind=item.kind,
    )  # type: ignore[arg-type] # the law checks the kind # fmt: skip

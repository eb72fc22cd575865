"""What is done with rewards in a story, and what it claims of them."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from guerdon.core import money, period
from guerdon.core.chance import SEED_BYTES
from guerdon.core.redemptions import Deed as Becoming
from guerdon.core.rewards import OWN_KEY, Address
from tests.stories.claims import Claims
from tests.stories.story import Claim, Deed, Step
from tests.stories.worlds import Answer, Offered, Wanted

BECOMING: Final[dict[str, Becoming]] = {"confirmed": "confirm", "handed over": "fulfil", "given up": "cancel"}


class Rewards(Claims):
    """Deeds and claims about rewards; the teller does the others."""

    redeemed: set[str]  # by what the story calls them

    # --- what happens ---

    def _redeem(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        choices = dict(one.split("=") for one in words.get("choices", "").split(", ") if one)
        points = self._points(step.line, words["unit"], words["points"]) if "points" in words else None
        wanted = Wanted(
            words["who"], words["reward"], int(words.get("number", "1")), points, words["how"] == "reserves", choices,
            Address(words["who"], "Shipka 1", words["city"], "BG") if "city" in words else None,
        )  # fmt: skip
        name = words.get("name", f"line-{step.line}")
        self.redeemed.add(name)
        return self.world.redeem(wanted, key=name, now=step.at, dry_run=deed.dry_run)

    def _become_of(self, step: Step, deed: Deed) -> Answer:
        name = self._named(step.line, deed.words["name"])
        return self.world.become(name, BECOMING[deed.words["deed"]], now=step.at, dry_run=deed.dry_run)

    def _plant(self, step: Step, deed: Deed) -> Answer:
        """What is drawn from now on comes of a seed that the story says: the number, again and again."""
        self.world.plant(f"{int(deed.words['number']):02x}" * SEED_BYTES, now=step.at)
        return Answer()

    def _switch(self, step: Step, deed: Deed) -> Answer:
        return self.world.switch(deed.words["who"], on=deed.words["way"] == "on", now=step.at)

    def _supply(self, step: Step, deed: Deed) -> Answer:
        words = deed.words
        pieces = int(words["pieces"]) * (-1 if words["way"].endswith("lost") else 1)
        name = words.get("name", f"line-{step.line}")
        variant = words.get("variant", "")
        return self.world.supply(words["reward"], variant, pieces, key=name, now=step.at, dry_run=deed.dry_run)

    def _named(self, line: int, name: str) -> str:
        if name not in self.redeemed:
            raise self._wrong(line, f"there is no redemption “{name}”; it is named where it is made: “… as {name}”")
        return name

    # --- what is claimed ---

    def _claim_redemption(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`R1 stands reserved until 2026-02-01 12:15`, or `confirmed until 2026-02-08`: its last local day."""
        words = claim.words
        state, until = self.world.became(self._named(claim.line, words["name"]), step.at)
        if "day" not in words:
            return words["state"], state
        return (words["state"], self._when(words)), (state, self._shown(until, words))

    def _claim_gives(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`R1 gives the voucher five_off`, `a voucher` the reward is itself, `a gift card with 25.00`, `nothing`."""
        words = claim.words
        found = self.world.gives(self._named(claim.line, words["name"]), step.at)
        if "amount" in words:
            return money.scaled(words["amount"], money.decimals(self.programme.currency)), found
        if "nothing" in words:
            return None, found
        own = isinstance(found, str) and found.startswith(OWN_KEY)
        return words.get("voucher", OWN_KEY), OWN_KEY if own else found

    def _claim_won(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`R1 wins the mug`: what a draw gave."""
        return claim.words["reward"], self.world.won(self._named(claim.line, claim.words["name"]), step.at)

    def _claim_odds(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        """`a draw of bag gives 3/5 cake, 2/5 coffee`, with what is there now."""
        told = {key: Fraction(share) for share, key in (one.split() for one in claim.words["odds"].split(", "))}
        return told, self.world.odds(claim.words["reward"], step.at)

    def _claim_to_pay(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        return money.scaled(claim.words["amount"], money.decimals(self.programme.currency)), answer.to_pay

    def _claim_left(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words = claim.words
        told = int(words["number"]) if words["number"].isdigit() else None
        return told, self.world.left(words["reward"], words.get("variant"), step.at)

    def _claim_can_have(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self._offered(claim, step)
        return (True, None), (found.available, found.obstacle)

    def _claim_cannot_have(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        found = self._offered(claim, step)
        return (False, claim.words["code"]), (found.available, found.obstacle)

    def _claim_lacks(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        words = claim.words
        points = 0 if words["points"] == "no" else self._points(claim.line, words["unit"], words["points"])
        return points, self._offered(claim, step).missing[int(words.get("number", "1")) - 1].get(words["unit"], 0)

    def _claim_begins(self, claim: Claim, step: Step, answer: Answer) -> tuple[object, object]:
        begins = self._offered(claim, step).begins
        local = None if begins is None else begins.astimezone(self.story.zone)
        told = datetime.combine(date.fromisoformat(claim.words["day"]), _clock(claim.words), self.story.zone)
        return f"{told:%Y-%m-%d %H:%M}", local and f"{local:%Y-%m-%d %H:%M}"

    def _offered(self, claim: Claim, step: Step) -> Offered:
        return self.world.offered(claim.words["who"], claim.words["reward"], step.at)

    def _when(self, words: dict[str, str]) -> str:
        return f"{words['day']} {words['clock']}" if "clock" in words else words["day"]

    def _shown(self, until: datetime | None, words: dict[str, str]) -> str | None:
        if until is None:
            return None
        if "clock" in words:
            return f"{until.astimezone(self.story.zone):%Y-%m-%d %H:%M}"
        return str(period.local_day(until - timedelta(microseconds=1), self.story.zone))


def _clock(words: dict[str, str]) -> time:
    return time.fromisoformat(words.get("clock", "00:00"))

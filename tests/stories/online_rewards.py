"""Rewards in the world behind HTTP."""

from abc import ABC, abstractmethod
from datetime import datetime
from fractions import Fraction
from typing import Any

import msgspec

from guerdon.core.decisions import Decision
from guerdon.core.errors import Refusal, declared
from guerdon.core.redemptions import Deed, State
from tests.faces.api import door
from tests.stories.worlds import Answer, Offered, Wanted


class OnlineRewards(ABC):
    """The addresses of rewards and redemptions; the world knows its door, and who is who."""

    _now: datetime | None
    api: door.Api
    redeemed: dict[str, str]

    @abstractmethod
    def _member(self, who: str) -> str:
        """The id of a member as it is shown."""

    @abstractmethod
    def _pages(self, who: str, noun: str, key: str | None = None) -> list[dict[str, Any]]:
        """All of a list of a member."""

    def redeem(self, wanted: Wanted, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body: dict[str, Any] = {
            "member": {"external_id": wanted.who}, "reward": wanted.reward, "external_id": key, "source": "app",
            "price": wanted.number, "reserve": wanted.reserve, "choices": wanted.choices,
        }  # fmt: skip
        body |= {} if wanted.points is None else {"points": wanted.points}
        body |= {} if wanted.address is None else {"address": msgspec.to_builtins(wanted.address)}
        answer = self.api.post("/v1/redemptions" + ("?dry_run=true" if dry_run else ""), body)
        if answer.status < 400:
            self.redeemed[key] = answer.json["redemption"]["id"]
        return _redeemed(answer)

    def become(self, redemption: str, deed: Deed, *, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        path = f"/v1/redemptions/{self.redeemed[redemption]}/{deed}" + ("?dry_run=true" if dry_run else "")
        return _redeemed(self.api.post(path, None))

    def became(self, redemption: str, now: datetime) -> tuple[State, datetime | None]:
        self._now = now
        told = self.api.get(f"/v1/redemptions/{self.redeemed[redemption]}").json["redemption"]
        return told["state"], None if told["until"] is None else datetime.fromisoformat(told["until"])

    def gives(self, redemption: str, now: datetime) -> str | int | None:
        self._now = now
        told = self.api.get(f"/v1/redemptions/{self.redeemed[redemption]}").json["redemption"]
        if "gift_card" in told:
            found = self.api.get(f"/v1/gift-cards/{told['gift_card']}").json
            return found["card"]["balance"]["amount"] or None  # type: ignore[no-any-return] # a number
        if "voucher" not in told:
            return None
        found = self.api.get(f"/v1/vouchers/{told['voucher']}").json["voucher"]
        return found["offer"]["voucher"] if found["state"] == "active" else None  # type: ignore[no-any-return] # a text

    def switch(self, who: str, *, on: bool, now: datetime) -> Answer:
        self._now = now
        answer = self.api.send("PUT", f"/v1/members/{self._member(who)}/chance", body={"on": on})
        return Answer(refusal=refusal_of(answer.json)) if answer.status >= 400 else Answer()

    def won(self, redemption: str, now: datetime) -> str | None:
        self._now = now
        told = self.api.get(f"/v1/redemptions/{self.redeemed[redemption]}").json["redemption"]
        return told["prize"]["reward"] if "prize" in told else None

    def odds(self, reward: str, now: datetime) -> dict[str, Fraction]:
        self._now = now
        told = self.api.get(f"/v1/rewards/{reward}").json["chance"]["odds"]
        return {one["reward"]: Fraction(one["weight"], one["total"]) for one in told}

    def supply(self, reward: str, variant: str, pieces: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body = {"pieces": pieces, "variant": variant, "reason": "a delivery", "external_id": key, "source": "stock"}
        answer = self.api.post(f"/v1/rewards/{reward}/supplies" + ("?dry_run=true" if dry_run else ""), body)
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        return Answer(decision=Decision(version=0), known=answer.status == 200 and not dry_run)

    def left(self, reward: str, variant: str | None, now: datetime) -> int | None:
        self._now = now
        told = self.api.get(f"/v1/rewards/{reward}").json
        if variant is None:
            return told["left"]  # type: ignore[no-any-return] # a number, or null
        return next(one["left"] for one in told["variants"] if one["variant"] == variant)  # type: ignore[no-any-return]

    def offered(self, who: str, reward: str, now: datetime) -> Offered:
        self._now = now
        found = next(one for one in self._pages(who, "rewards", "offers") if one["reward"]["key"] == reward)
        told = found["reward"]
        missing = [{one["unit"]: one["points"] for one in price["missing"]} for price in told["prices"]]
        obstacle = None if found["obstacle"] is None else found["obstacle"]["code"]
        begins = None if told["begins"] is None else datetime.fromisoformat(told["begins"])
        return Offered(found["available"], obstacle, tuple(missing), begins)


def _redeemed(answer: door.Answer) -> Answer:
    if answer.status >= 400:
        return Answer(refusal=refusal_of(answer.json))
    money = answer.json["redemption"]["money"]
    return Answer(Decision(version=0), known=answer.replayed, to_pay=0 if money is None else money["amount"])


def refusal_of(problem: dict[str, Any]) -> Refusal:
    """The refusal behind a problem document."""
    facts = dict(problem.get("facts", {}))
    for fault in problem.get("errors", ()):
        facts |= {"pointer": fault["pointer"], "reason": fault["reason"]}
    return Refusal(declared()[problem["code"]], facts)

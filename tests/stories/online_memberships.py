"""Paid memberships in the world behind HTTP."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from tests.faces.api import door
from tests.stories.online_rewards import refusal_of
from tests.stories.worlds import Answer, Belonging, Span, Turn

OPEN = ("asked", "failed")


class OnlineMemberships(ABC):
    """The addresses of memberships and payments; the world knows its door, and who is who."""

    _now: datetime | None
    api: door.Api

    @abstractmethod
    def _member(self, who: str) -> str:
        """The id of a member as it is shown."""

    def join_plan(
        self, who: str, plan: str, *, currency: str | None, paid: bool, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        self._now = now
        body: dict[str, Any] = {"member": {"external_id": who}, "plan": plan, "external_id": key, "source": "till"}
        body |= {} if currency is None else {"currency": currency}
        body |= {"reference": "cash"} if paid else {}
        return _done(self.api.post("/v1/memberships" + ("?dry_run=true" if dry_run else ""), body))

    def pay_asked(self, who: str, *, again: bool, now: datetime) -> Answer:
        self._now = now
        every = self._last(who)["payments"]
        wanted = [each for each in every if (each["state"] in OPEN) is not again] or every
        answer = self.api.post(f"/v1/payments/{wanted[-1]['id']}/paid", {})
        return _done(answer)

    def fail_payment(self, who: str, *, now: datetime) -> Answer:
        self._now = now
        payment = self._last(who)["payments"][-1]
        return _done(self.api.post(f"/v1/payments/{payment['id']}/failed", None))

    def renew_plan(self, who: str, number: int | None, *, now: datetime) -> Answer:
        body = {} if number is None else {"number": number}
        return self._do(who, "renew", body, now)

    def turn_plan(self, who: str, turn: Turn, *, now: datetime, dry_run: bool) -> Answer:
        body: dict[str, Any] | None = None
        if turn.deed not in ("pause", "resume"):
            facts = {"plan": turn.plan, "when": turn.when, "number": turn.number}
            body = {name: told for name, told in facts.items() if told is not None}
            body |= {"reference": "cash"} if turn.paid else {}
        return self._do(who, turn.deed + ("?dry_run=true" if dry_run else ""), body, now)

    def _do(self, who: str, deed: str, body: Any, now: datetime) -> Answer:
        self._now = now
        return _done(self.api.post(f"/v1/memberships/{self._last(who)['id']}/{deed}", body))

    def belongs(self, who: str, now: datetime) -> Belonging | None:
        self._now = now
        mine = self._mine(who)
        if not mine:
            return None
        told = mine[-1]
        every = [(one["amount"]["amount"], one["refunded"]["amount"], one["state"]) for one in told["payments"]]
        asked = [amount for amount, _, state in every if state in OPEN]
        spans = [
            Span(one["kind"], one["number"], one["plan"], datetime.fromisoformat(one["start"]), _instant(one["until"]))
            for one in told["periods"]
        ]
        return Belonging(
            told["plan"], told["state"], _instant(told["covered_until"]), _instant(told["ends_at"]),
            asked[-1] if asked else None, tuple(one for one in spans if one.until is None or one.until > one.start),
            tuple(every),
        )  # fmt: skip

    def plans(self, who: str, now: datetime) -> frozenset[str]:
        self._now = now
        return frozenset(one["plan"] for one in self._every(who) if one["in_force"])

    def worth(self, who: str, plan: str, now: datetime) -> tuple[int, int]:
        self._now = now
        told = self.api.get(f"/v1/members/{self._member(who)}/worth?plan={plan}").json
        assert told["worth_it"] is (told["by"]["amount"] >= 0), told
        return told["total"]["amount"], told["by"]["amount"]

    def _last(self, who: str) -> dict[str, Any]:
        return self._mine(who)[-1]

    def _mine(self, who: str) -> list[dict[str, Any]]:
        """The own ones, without those that the household shares."""
        id = self._member(who)
        return [one for one in self._every(who) if one["member"] == id]

    def _every(self, who: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.get(f"/v1/members/{self._member(who)}/memberships").json["memberships"]
        return found


def _done(answer: door.Answer) -> Answer:
    if answer.status >= 400:
        return Answer(refusal=refusal_of(answer.json))
    amount = answer.json.get("amount")
    back = max(0, -amount["amount"]) if amount else 0
    return Answer(known=answer.replayed, back=back)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

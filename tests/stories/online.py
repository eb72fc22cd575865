"""The world behind HTTP: what a till or a shop's server would see, through the very bytes of the API.

What has no address yet is done by the engine, and stands in `NO_ADDRESS`; all else goes through the API.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from guerdon.core.activities import Activity
from guerdon.core.decisions import Decision
from guerdon.core.holds import TimeToLive
from guerdon.core.rates import ToldRate
from guerdon.core.tiers import GrantKind
from guerdon.core.vesting import WAITING
from guerdon.engine import closing, exchange
from guerdon.engine.adjust import Verdict
from guerdon.kit import ids
from tests.faces.api import door
from tests.shop import Shop
from tests.stories.engine_world import EngineWorld
from tests.stories.online_consents import OnlineConsents
from tests.stories.online_memberships import OnlineMemberships
from tests.stories.online_rewards import OnlineRewards, refusal_of
from tests.stories.online_vouchers import OnlineVouchers
from tests.stories.story import Person
from tests.stories.worlds import Amounts, Answer, Deal, Life, Stand, person_of

# What no caller can do over HTTP: the deed, the address it would have, and who does it instead.
NO_ADDRESS = {
    "publish": (("POST", "/v1/programme/versions"), "`guerdon programme publish`"),
    "plant": (None, "nobody: whoever knows a seed before the draws knows what comes"),
    "night": (None, "the worker at three in the morning, and `guerdon night`"),
}


class OnlineWorld(OnlineRewards, OnlineVouchers, OnlineMemberships, OnlineConsents, EngineWorld):
    """The API in this process, with the story's own clock."""

    def __init__(self) -> None:
        super().__init__()
        self._now: datetime | None = None
        self._api: door.Api | None = None
        self._members: dict[str, str] = {}
        self._seen: set[str] = set()
        self._keys: dict[str, str] = {}
        self._spent_from: dict[str, str] = {}

    def close(self) -> None:
        """Let the threads go."""
        if self._api is not None:
            self._api.close()

    @property
    def api(self) -> door.Api:
        """The door, opened once there is a programme to open it for."""
        if self._api is None:
            self._api = door.opened(Shop(programme_id=self.programme_id), now=lambda: self._now)
        return self._api

    def enrol(self, somebody: Person, *, now: datetime) -> None:
        self._now = now
        person = person_of(somebody)
        body = {"external_ids": [somebody.name], "attributes": somebody.attributes, "segments": somebody.segments}
        body |= {"person": msgspec.to_builtins(person)} if person else {}
        answer = self.api.post("/v1/members", body)
        assert answer.status == 201, answer.body
        self._members[somebody.name] = answer.json["id"]

    def record(self, told: Sequence[Activity], *, now: datetime, dry_run: bool) -> list[Answer]:
        self._now = now
        query = "?explain=full&dry_run=true" if dry_run else "?explain=full"
        facts = [msgspec.to_builtins(one) for one in told]
        for tender in (tender for fact in facts for tender in fact.get("tenders", ())):
            if "burn" in tender:
                tender["burn"] = self.made.get(tender["burn"], "brn_" + "0" * 32)
            if "card" in tender:
                tender["card"] = self.cards.get(tender["card"], tender["card"])
        if len(facts) == 1:
            answer = self.api.post("/v1/activities" + query, facts[0])
            return [self._answer(answer.status, answer.json, known=answer.replayed)]
        whole = self.api.post("/v1/activities/batch" + query, {"activities": facts})
        assert whole.status == 200, whole.body
        return [self._answer(one["status"], one.get("result") or one["problem"]) for one in whole.json["results"]]

    def _answer(self, status: int, told: dict[str, Any], *, known: bool | None = None) -> Answer:
        if status >= 400:
            return Answer(refusal=refusal_of(told))
        name = told["activity"]["id"]
        again = name in self._seen if known is None else known  # parts of a batch do not say so themselves
        if status == 201:
            self._seen.add(name)
        return Answer(decision=_decision(told), known=again)

    def spend(self, who: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "unit": unit, "points": points, "external_id": key, "source": "till"}
        answer = self.api.post("/v1/burns" + ("?dry_run=true" if dry_run else ""), body)
        return self._told(answer, key, lambda told: told["burn"]["id"])

    def hold(self, who: str, unit: str, points: int, *, life: TimeToLive, key: str, now: datetime) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "unit": unit, "points": points, "external_id": key,
                "ttl": msgspec.to_builtins(life)}  # fmt: skip
        return self._told(self.api.post("/v1/holds", body), key, lambda told: told["hold"]["id"])

    def capture(self, hold: str, points: int | None, *, final: bool, key: str, now: datetime) -> Answer:
        self._now = now
        body = {"final": final, "external_id": key} | ({} if points is None else {"points": points})
        answer = self.api.post(f"/v1/holds/{self.made[hold]}/capture", body)
        return self._told(answer, key, lambda told: told["burn"])

    def release(self, hold: str, *, key: str, now: datetime) -> Answer:
        self._now = now
        answer = self.api.post(f"/v1/holds/{self.made[hold]}/release", {"external_id": key})
        return self._told(answer, key, lambda told: told["id"])

    def cancel(self, burn: str, points: int | None, *, key: str, now: datetime) -> Answer:
        self._now = now
        body = {"external_id": key} | ({} if points is None else {"points": points})
        answer = self.api.post(f"/v1/burns/{self.made[burn]}/cancel", body)
        return self._told(answer, key, lambda told: told["cancellation"]["id"])

    def state(self, hold: str, now: datetime) -> str:
        self._now = now
        return str(self.api.get(f"/v1/holds/{self.made[hold]}").json["hold"]["state"])

    def _told(self, answer: door.Answer, key: str, named: Callable[[dict[str, Any]], str]) -> Answer:
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        self.made[key] = named(answer.json)
        decision = _decision(answer.json) if "decision" in answer.json else Decision(version=0)
        return Answer(decision=decision, known=answer.replayed)

    def adjust(self, who: str, unit: str, points: int, *, key: str, actor: str, reason: str, now: datetime) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "unit": unit, "points": points, "reason": reason, "external_id": key}
        answer = self.api.post("/v1/adjustments", body, key=self._key_of(actor))
        return self._adjusted(answer)

    def judge(self, verdict: Verdict, what: str, *, actor: str, now: datetime) -> Answer:
        self._now = now
        verb = "approve" if verdict == "approval" else "reject"
        path = f"/v1/adjustments/adj_{self._adjustment(what)}/{verb}"
        return self._adjusted(self.api.post(path, {}, key=self._key_of(actor)))

    def _adjusted(self, answer: door.Answer) -> Answer:
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        return Answer(decision=_decision(answer.json), known=answer.replayed)

    def merge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        return self._merger("merge", stays, goes, now, dry_run)

    def unmerge(self, stays: str, goes: str, *, now: datetime, dry_run: bool) -> Answer:
        return self._merger("unmerge", stays, goes, now, dry_run)

    def _merger(self, deed: str, stays: str, goes: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        path = f"/v1/members/{ids.show('member', self.own_id(stays))}/{deed}" + ("?dry_run=true" if dry_run else "")
        answer = self.api.post(path, {"from": {"external_id": goes}})
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        passed = {one["unit"]: (one["points"], one["debt"]) for one in answer.json["passed"]}
        repaid = {one["unit"]: one["points"] for one in answer.json["repaid"]}
        return Answer(known=answer.replayed, passed=passed, repaid=repaid)

    def household(self, deed: str, home: str, *, who: str, by: str, role: Any, now: datetime) -> Answer:
        self._now = now
        member = {"external_id": who}
        addresses: dict[str, tuple[str, Any]] = {
            "found": ("", {"owner": member}),
            "invite": ("/invitations", {"member": member, "role": role}),
            "accept": (f"/invitations/{self.invited.get((home, who))}/accept", None),
            "decline": (f"/invitations/{self.invited.get((home, who))}/decline", None),
            "leave": ("/leave", {"member": member}),
            "remove": ("/leave", {"member": member}),
            "become": ("/role", {"member": member, "role": role}),
            "hand_over": ("/hand-over", {"to": member}),
        }
        path, body = addresses[deed]
        if body is not None and by:
            body["by"] = {"external_id": by}
        answer = self.api.post("/v1/households" + (f"/{self.homes[home]}" if deed != "found" else "") + path, body)
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        if "invitation" in answer.json:
            self.invited[home, who] = answer.json["invitation"]["id"]
            return Answer()
        self.homes[home] = answer.json["household"]["id"]
        passed = {one["unit"]: (one["points"], one["debt"]) for one in answer.json["moved"]}
        return Answer(passed=passed, repaid={one["unit"]: one["points"] for one in answer.json["repaid"]})

    def share(self, who: str, unit: str, home: str) -> list[tuple[str, int]]:
        path = f"/v1/members/{self.homes[home]}/statement?person={self._member(who)}"
        lines = self.api.get(path).json["postings"]
        return [(one["kind"], one["points"]) for one in lines if one["unit"] == unit]

    def _key_of(self, actor: str) -> str:
        """The key of a person at the desk."""
        if actor not in self._keys:
            self._keys[actor] = self.api.new_key(name=actor)
        return self._keys[actor]

    def send(self, who: str, to: str, unit: str, points: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "to": {"external_id": to}, "unit": unit, "points": points}
        query = "?dry_run=true" if dry_run else ""
        answer = self.api.post("/v1/transfers" + query, {**body, "external_id": key})
        if answer.status < 400:
            self.transfers[key] = answer.json["transfer"]["id"]
        return _moved(answer)

    def settle(self, key: str, deal: Deal, *, now: datetime) -> Answer:
        self._now = now
        return _moved(self.api.post(f"/v1/transfers/{self.transfers[key]}/{deal}", None))

    def grant(
        self, who: str, tier: str, *, kind: GrantKind, last_day: date, key: str, reason: str, actor: str, now: datetime
    ) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "tier": tier, "kind": kind, "last_day": last_day.isoformat()}
        more = {"reason": reason, "external_id": key, "source": "desk"}
        answer = self.api.post("/v1/tiers/grants", body | more, key=self._key_of(actor))
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        return Answer(decision=Decision(version=0), known=answer.replayed)

    def climbed(self, who: str, at: datetime, now: datetime) -> dict[str, Stand]:
        self._now = now
        told = self.api.get(f"/v1/members/{self._member(who)}/tiers?at={at:%Y-%m-%dT%H:%M:%SZ}").json
        found = {}
        for one in told["ladders"]:
            above, keep = one["next"] or {}, one["keep"] or {}
            last = date.fromisoformat(keep["last_day"]) if keep else None
            missing = above.get("missing", 0)
            found[one["ladder"]] = Stand(one["tier"], above.get("tier"), missing, keep.get("missing"), last)
        return found

    def donate(self, who: str, cause: str, unit: str, points: int, *, key: str, now: datetime) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "cause": cause, "unit": unit, "points": points, "external_id": key}
        return _moved(self.api.post("/v1/donations", body))

    def given(self, cause: str, unit: str) -> int:
        causes = {one["key"]: one["given"] for one in self.api.get("/v1/programme/causes").json["causes"]}
        return sum(one["points"] for one in causes[cause] if one["unit"] == unit)

    def amounts(self, who: str, unit: str, now: datetime) -> Amounts:
        self._now = now
        answer = self.api.get(f"/v1/members/{self._member(who)}/balances")
        (found,) = (one for one in answer.json["balances"] if one["unit"] == unit)
        lines = self._pages(who, "statement", "postings")
        gone = ("expire", "cancel")
        due = [one for one in lines if one["unit"] == unit and one["kind"] in gone and not one["booked"]]
        lapsed = -sum(one["points"] for one in due)
        return Amounts(found["available"], found["pending"], found["debt"], lapsed, found["held"])

    def lots(self, who: str, unit: str, now: datetime) -> list[Life]:
        self._now = now
        return [
            Life(lot["remaining"], _begins(lot), _ends(lot), _instant(lot["earned_at"]), lot["id"])
            for lot in self._pages(who, "lots")
            if lot["unit"] == unit
        ]

    def statement(self, who: str, unit: str) -> list[tuple[str, int]]:
        return [
            (one["kind"], one["points"])
            for one in self._pages(who, "statement", "postings")
            if one["unit"] == unit and one["booked"]
        ]

    def close_month(self, month: str, *, actor: str, now: datetime) -> Answer:
        self._now = now
        answer = self.api.post("/v1/closings", {"month": month})
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        closing.count(programme_id=self.programme_id, month=month, now=now)  # as the worker does
        return Answer()

    def figures(self, month: str, unit: str) -> tuple[int, dict[str, tuple[int, int]]]:
        for one in self.api.get(f"/v1/closings/{month}").json["units"]:
            if one["unit"] == unit:
                flows = {name: (flow["points"], flow["prior_period"]) for name, flow in one.items()
                         if isinstance(flow, dict) and flow["points"]}  # fmt: skip
                return one["opening"], flows
        return 0, {}

    def months(self, who: str, unit: str) -> list[tuple[int, str, bool]]:
        return [
            (one["points"], one["accounting_month"], one["prior_period"])
            for one in self._pages(who, "statement", "postings")
            if one["unit"] == unit and one["booked"]
        ]

    def expiring(self, who: str, unit: str, now: datetime, until: date | None) -> list[tuple[int, date]]:
        self._now = now
        query = f"?until={until}" if until else ""
        found = self.api.get(f"/v1/members/{self._member(who)}/expirations{query}").json["expirations"]
        return [(one["points"], date.fromisoformat(one["last_day"])) for one in found if one["unit"] == unit]

    def reminders(self, who: str, now: datetime) -> list[tuple[int, str, date, int]]:
        told = [one for one in self._pages(who, "reminders") if _instant(one["told_at"]) == now]
        lines = [(one["points"], one["unit"], date.fromisoformat(one["last_day"]), one["days"]) for one in told]
        return sorted(lines, key=lambda one: (one[2], one[1]))

    def ending(self, unit: str) -> list[tuple[int, str]]:
        found = self.api.get("/v1/programme/expirations").json["months"]
        return [(one["points"], one["month"]) for one in found if one["unit"] == unit]

    def rate(self, rate: ToldRate, *, now: datetime) -> Answer:
        self._now = now
        answer = self.api.post("/v1/rates", {"rates": [msgspec.to_builtins(rate)]})
        assert answer.status == 201, answer.body
        done = exchange.release(programme_id=self.programme_id, now=now)  # as the worker does
        return Answer(released=done.released)

    def _pages(self, who: str, noun: str, key: str | None = None) -> list[dict[str, Any]]:
        """All of a list, in pages of three, so that every story turns a page."""
        found: list[dict[str, Any]] = []
        path = f"/v1/members/{self._member(who)}/{noun}?limit=3"
        after = ""
        while True:
            page = self.api.get(path + after).json
            found += page[key or noun]
            if page["next"] is None:
                return found
            after = f"&cursor={page['next']}"

    def _member(self, who: str) -> str:
        if who not in self._members:
            (found,) = self.api.get(f"/v1/members?external_id={who}").json["members"]
            self._members[who] = found["id"]
        return self._members[who]


def _moved(answer: door.Answer) -> Answer:
    """What was answered to a transfer, or to a donation."""
    if answer.status >= 400:
        return Answer(refusal=refusal_of(answer.json))
    one = answer.json.get("transfer", {})
    moved = {"points": one["points"], "fee": one["fee"]} if one.get("state") in ("done", "accepted") else None
    return Answer(known=answer.replayed, sent=moved)


def _decision(told: dict[str, Any]) -> Decision:
    """What was decided, out of the API's own shape."""
    shown = told["decision"]
    listed = ("repaid", "reinstated", "expired", "cancelled")
    sums = {name: {one["unit"]: one["points"] for one in shown[name]} for name in listed}
    awards = [_award(award) for award in shown["awards"]]
    issued = [one | {"code": one["code"] or ""} for one in shown["issued"]]
    whole = {**shown, "version": shown["version"] or 0, "awards": awards, "issued": issued, **sums}
    return msgspec.convert(whole, Decision)


def _award(shown: dict[str, Any]) -> dict[str, Any]:
    """An award that waits has no day but a kind of activity, and the day of its cancellation is its end."""
    assert shown["expected_available_at"] == shown["available_at"], shown
    if shown["available_at"] is not None:
        assert "awaits" not in shown and "cancels_at" not in shown, shown
        return shown
    assert shown["awaits"] and shown["cancels_at"] == shown["expires_at"], shown
    return shown | {"available_at": WAITING}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _begins(lot: dict[str, Any]) -> datetime:
    assert (lot["available_at"] is None) == (lot["awaits"] is not None), lot
    return WAITING if lot["available_at"] is None else _instant(lot["available_at"])


def _ends(lot: dict[str, Any]) -> datetime | None:
    return None if lot["expires_at"] is None else _instant(lot["expires_at"])

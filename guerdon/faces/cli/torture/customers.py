"""Customers of a shop, and all that they and its staff do in a month: each deed under a key of its own, by chance."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Call, Caller

SOURCE: Final = "torture"
ZONE: Final = "Europe/Sofia"
PROGRAMME: Final = """\
programme: torture
name: {en: Torture}
zone: Europe/Sofia
currency: EUR
languages: [en]
enrol_unknown: true
returns: debt
erase_after_days: 1
remind_days: [2, 1]
units:
  points:
    kind: redeemable
    name: {en: Points}
    expires: {rolling: {days: 3}}
    vesting: {days: 1}
    transfers: {acceptance: needed, offer_days: 1}
  status: {kind: qualifying, name: {en: Status}, expires: {rolling: {days: 3}}}
tiers:
  circle:
    name: {en: Circle}
    basis: {points: status}
    window: rolling
    levels:
      silver: {name: {en: Silver}, from: 60}
      gold: {name: {en: Gold}, from: 200}
vouchers:
  two_off: {name: {en: Two euros off}, amount: 2.00, valid_days: 3}
rewards:
  coffee:
    name: {en: A coffee}
    kind: free_product
    product: coffee
    prices: [{points: {points: 20}}]
    fulfilment: by_hand
    fulfil_days: 1
  cheap: {name: {en: Cheaper}, kind: money_off, voucher: two_off, prices: [{points: {points: 15}}]}
  mug: {name: {en: A mug}, kind: merchandise, prices: [{points: {points: 30}}], stocked: whole, reserve_minutes: 30}
support: {answer_hours: 4}
adjustments: {reasons: {goodwill: {name: {en: Goodwill}}}}
rules:
  base: {name: {en: Base}, when: purchase, then: [{points: {unit: points, give: 2, per: 1.00}}]}
  climb: {name: {en: Climb}, when: purchase, then: [{points: {unit: status, give: 1, per: 1.00}}]}
  words: {name: {en: Words}, when: review, then: [{fixed: {unit: points, give: 5}}], caps: {day: 10}}
  evening:
    name: {en: Evening}
    when: purchase
    if: [{hour: {from: "18:00", until: "23:00"}}]
    then: [{multiply: {unit: points, by: 1.5}}]
"""
PURCHASE_CENTS: Final = (200, 6_000)
MEMBERS: Final = 6  # of each till at the beginning
MEMBERS_MIN: Final = 4  # so many stay
WEIGHTS: Final = {
    "purchase": 12, "review": 2, "burn": 3, "cancel": 1, "hold": 3, "capture": 2, "release": 1, "redeem": 4,
    "settle": 3, "voucher": 2, "use": 2, "claim": 1, "answer": 1, "give_back": 2, "early_return": 1, "enrol": 1,
    "erase": 1, "send": 2, "accept": 1, "adjust": 1,
}  # fmt: skip


WRONG: Final = frozenset({400, 401, 403, 404, 405, 422})  # what a till that knows the programme is never told
GONE: Final = frozenset({"member_not_active", "member_unknown"})  # but of who was erased


class Till:
    """One till with its own customers: does one deed after the other, and remembers what it may go on with."""

    def __init__(self, name: str, caller: Caller, chance: Random, now: Callable[[], datetime], found: Findings) -> None:
        self.name, self.caller, self.chance, self.now, self.findings = name, caller, chance, now, found
        self.members: dict[str, str] = {}  # id by name
        self.facts: list[int] = []  # the numbers of what was told, and did not have to wait
        self.erased: list[tuple[str, datetime]] = []  # who is to be, and since when
        self.claims: list[str] = []
        self._made: dict[str, list[Any]] = {
            name: [] for name in ("purchase", "burn", "hold", "redemption", "code", "claim", "transfer")
        }
        self._number = 0

    def open(self) -> None:
        """The first members come in, and so many mugs."""
        for _ in range(MEMBERS):
            self._enrol()
        self._post("/v1/rewards/mug/supplies", {"pieces": 10_000, "reason": "torture", "external_id": self._key()})

    def shift(self, deeds: int) -> None:
        """Do so many deeds, drawn by their weights."""
        for _ in range(deeds):
            deed = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            self.findings.count("requests")
            getattr(self, f"_{deed}")()

    # --- facts ---

    def _purchase(self) -> None:
        key, who = self._key(), self._who()
        amount = self.chance.randrange(*PURCHASE_CENTS)
        self._tell("purchase", key, who, lines=[{"amount": amount}])
        self._made["purchase"].append((key, who))

    def _review(self) -> None:
        self._tell("review", self._key(), self._who())

    def _give_back(self) -> None:
        found = self._taken("purchase")
        if found is not None and found[1] in self.members:
            self._tell("return", self._key(), found[1], returns={"external_id": found[0]})

    def _early_return(self) -> None:
        """A return that comes before its purchase waits for it."""
        key, who = self._key(), self._who()
        self._tell("return", f"{key}-back", who, returns={"external_id": key})
        self._tell("purchase", key, who, lines=[{"amount": self.chance.randrange(*PURCHASE_CENTS)}])

    def _tell(self, kind: str, key: str, who: str, **more: Any) -> None:
        at = self.now() - timedelta(seconds=1)
        told = {"kind": kind, "occurred_at": at.isoformat(), **self._of(who, key), **more}
        call = self._post("/v1/activities", told)
        if call.ok and not call.answer["decision"].get("parked"):
            self.facts.append(int(call.answer["seq"]))

    # --- points ---

    def _burn(self) -> None:
        call = self._post("/v1/burns", self._points(self.chance.choice((1, 5, 20))))
        self._keep("burn", call, "burn")

    def _cancel(self) -> None:
        burn = self._taken("burn")
        if burn is not None:
            self._post(f"/v1/burns/{burn}/cancel", {"external_id": self._key(), "source": SOURCE})

    def _hold(self) -> None:
        body = self._points(self.chance.choice((1, 5, 20))) | {"ttl": {"hours": self.chance.choice((1, 5, 30))}}
        self._keep("hold", self._post("/v1/holds", body), "hold")

    def _capture(self) -> None:
        hold = self._taken("hold")
        if hold is not None:
            self._post(f"/v1/holds/{hold}/capture", {"external_id": self._key(), "source": SOURCE, "points": 1})

    def _release(self) -> None:
        hold = self._taken("hold")
        if hold is not None:
            self._post(f"/v1/holds/{hold}/release", {"external_id": self._key(), "source": SOURCE})

    def _send(self) -> None:
        body = self._points(self.chance.choice((1, 5)))
        others = [who for who in self.members if who != body["member"]["external_id"]]
        call = self._post("/v1/transfers", body | {"to": {"external_id": self.chance.choice(others)}})
        self._keep("transfer", call, "transfer")

    def _accept(self) -> None:
        offered = self._taken("transfer")
        if offered is not None:
            self._post(f"/v1/transfers/{offered}/accept", {})

    def _adjust(self) -> None:
        body = self._points(self.chance.choice((1, 3))) | {"reason": "goodwill"}
        self._post("/v1/adjustments", body)

    # --- rewards and vouchers ---

    def _redeem(self) -> None:
        body = self._of(self._who(), self._key()) | {"reward": self.chance.choice(("coffee", "cheap", "mug"))}
        self._keep("redemption", self._post("/v1/redemptions", body), "redemption")

    def _settle(self) -> None:
        redemption = self._taken("redemption")
        if redemption is not None:
            way = self.chance.choice(("confirm", "fulfil", "cancel"))
            self._post(f"/v1/redemptions/{redemption}/{way}", {})

    def _voucher(self) -> None:
        call = self._post("/v1/vouchers", self._of(self._who(), self._key()) | {"voucher": "two_off"})
        if call.ok:
            self._made["code"].append((call.answer["voucher"]["code"], call.body))

    def _use(self) -> None:
        found = self._taken("code")
        if found is not None:
            body = {"member": found[1]["member"], "lines": [{"amount": 1_500}]}
            self._post(f"/v1/vouchers/{found[0]}/redeem", body | {"source": SOURCE, "external_id": self._key()})

    # --- people ---

    def _claim(self) -> None:
        day = (self.now() - timedelta(days=1)).date()
        body = {"member": {"external_id": self._who()}, "kind": "missing_points", "day": f"{day}", "amount": 900}
        call = self._post("/v1/claims", body | {"store": "torture", "receipt": self._key()})
        if call.ok:
            self.claims.append(call.answer["id"])
            self._made["claim"].append(call.answer["id"])

    def _answer(self) -> None:
        claim = self._taken("claim")
        if claim is not None:
            at = (self.now() - timedelta(days=1)).isoformat()
            bought = {"external_id": self._key(), "source": SOURCE, "occurred_at": at, "amount": 900}
            self._post(f"/v1/claims/{claim}/settle", {"purchase": bought})

    def _enrol(self) -> None:
        key = self._key()
        person = {"name": key, "email": f"{key}@torture.example"}
        call = self._post("/v1/members", {"external_ids": [key], "person": person})
        if call.ok:
            self.members[key] = call.answer["id"]

    def _erase(self) -> None:
        if len(self.members) > MEMBERS_MIN:
            gone = self.members.pop(self.chance.choice(sorted(self.members)))
            if self._post(f"/v1/members/{gone}/erasure", {}).ok:
                self.erased.append((gone, self.now()))

    # --- words ---

    def _post(self, path: str, body: dict[str, Any]) -> Call:
        call = self.caller.insist(path, body)
        self.findings.count("granted" if call.ok else "refused")
        self.findings.expect(call.known, f"{path} was never answered")
        wrong = call.status in WRONG and not (self.erased and call.code in GONE)
        self.findings.expect(not wrong, f"{path} was answered {call.status} {call.code}: {str(call.answer)[:300]}")
        return call

    def _keep(self, name: str, call: Call, part: str) -> None:
        if call.ok:
            self._made[name].append(call.answer[part]["id"])

    def _taken(self, name: str) -> Any:
        made = self._made[name]
        return made.pop(self.chance.randrange(len(made))) if made else None

    def _key(self) -> str:
        self._number += 1
        return f"{self.name}-{self._number}"

    def _who(self) -> str:
        return self.chance.choice(sorted(self.members))

    def _of(self, who: str, key: str) -> dict[str, Any]:
        return {"member": {"external_id": who}, "source": SOURCE, "external_id": key}

    def _points(self, points: int) -> dict[str, Any]:
        return self._of(self._who(), self._key()) | {"unit": "points", "points": points}

"""The trail of a member: a word of its own in every field that may say something of a person, over the API."""

import base64
import struct
import zlib
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any, Final

from guerdon.faces.cli.torture.battery import Findings
from guerdon.faces.cli.torture.caller import Call, Caller, judge
from guerdon.kit import clock

PROGRAMME: Final = """\
programme: torture
name: {en: Torture}
zone: Europe/Sofia
currency: EUR
languages: [en]
units:
  points:
    kind: redeemable
    name: {en: Points}
    expires: never
    transfers: {acceptance: needed}
    worth: {points: 100, money: 1.00}
  credit: {kind: money, name: {en: Credit}, scale: 2, expires: never}
gift_cards: {unit: credit}
households: {}
plans:
  plus: {name: {en: Plus}, prices: {EUR: 9.00}, period: {months: 1}}
vouchers:
  flyer: {name: {en: Flyer}, amount: 1.00}
rewards:
  shirt:
    name: {en: Shirt}
    kind: merchandise
    prices: [{points: {points: 500}}]
    choices: {text: {name: {en: Text on it}}}
    address: true
consents:
  news: {name: {en: News}, text: {en: News may come.}}
rules:
  base: {name: {en: Base}, when: purchase, then: [{points: {unit: points, give: 1, per: 1.00}}]}
"""
# What stands in clear as long as somebody is a member: by it members are found, and rules decide.
READABLE: Final = frozenset({"external id", "card", "attribute", "segment"})
PICTURES: Final = frozenset({"photo"})  # what is taken along as a file of its own, and not as text
NOT_TAKEN_ALONG: Final = frozenset({"mistyped address", "unknown field", "looked for"})
_CENTS: Final = 100_000  # the purchase that all the rest is paid with


class Trail:
    """Members each of whose words is found nowhere else; `words` tells what each of them says."""

    def __init__(self, caller: Caller, chance: Random, findings: Findings) -> None:
        self.caller, self._chance, self._findings = caller, chance, findings
        self.members: dict[str, dict[bytes, str]] = {}  # by id
        self._said: dict[bytes, str] = {}  # of the one who lives now
        self._day = (clock.now().replace(microsecond=0) - timedelta(days=1)).isoformat()
        self.asked: list[tuple[str, str, Mapping[str, Any]]] = []  # method, path and body of each request

    @property
    def words(self) -> dict[bytes, str]:
        """What each word of everybody says."""
        return {word: what for said in self.members.values() for word, what in said.items()}

    def live(self, number: int) -> None:
        """Let somebody come, leave words everywhere, and be told of."""
        self._said = {}
        who, other = self._word("external id"), f"other-{number}"
        self._post("/v1/members", {"external_ids": [other]})
        made = self._post("/v1/members", self._person(who))
        member = made.answer["id"]
        self.members[member] = self._said
        me = {"external_id": who}
        self._buy(me, f"order-{number}")
        self._buy({"external_id": other}, f"other-order-{number}")
        self._spend(me, other, number)
        self._claim(me)
        self._look_for(member)
        self._mistype(number)

    def erase(self) -> None:
        """Erase everybody who lived."""
        for member in self.members:
            gone = self._post(f"/v1/members/{member}/erasure", {})
            self._findings.expect(gone.answer["state"] == "erased", f"the erasure was answered: {gone.answer}")
            self._findings.count("members erased")

    def _person(self, who: str) -> dict[str, Any]:
        return {
            "external_ids": [who],
            "cards": [self._word("card").upper()],
            "person": {
                "name": self._word("name"), "email": f"{self._word('e-mail')}@house.example",
                "phone": self._number(), "birthday": "1931-07-13", "language": self._word("language"),
            },
            "attributes": {"diet": self._word("attribute")},
            "segments": [self._word("segment")],
        }  # fmt: skip

    def _buy(self, who: Mapping[str, str], key: str) -> None:
        self._post("/v1/activities", {
            "kind": "purchase", "source": "till", "external_id": key, "member": who, "amount": _CENTS,
            "occurred_at": self._day,
        })  # fmt: skip

    def _spend(self, me: Mapping[str, str], other: str, number: int) -> None:
        """Something of everything that can be under way when somebody goes."""
        own = {"member": me, "source": "app"}
        self._post("/v1/holds", own | {"unit": "points", "points": 50, "external_id": f"h{number}", "ttl": {"days": 9}})
        offer = {"unit": "points", "points": 5, "external_id": f"t{number}", "to": {"external_id": other}}
        self._post("/v1/transfers", own | offer)
        self._post("/v1/redemptions", own | {
            "reward": "shirt", "external_id": f"r{number}", "choices": {"text": self._word("choice")},
            "address": {
                "name": self._word("address: name"), "street": self._word("address: street"),
                "city": self._word("address: city"), "region": self._word("address: region"),
                "postal_code": self._word("address: postal code"), "phone": self._number("address: phone"),
                "country": "BG",
            },
        })  # fmt: skip
        self._post("/v1/memberships", own | {"plan": "plus", "external_id": f"m{number}", "reference": "cash"})
        self._post("/v1/vouchers", own | {"voucher": "flyer", "external_id": f"v{number}"})

    def _claim(self, me: Mapping[str, str]) -> None:
        """Claim something, be asked back, and answer."""
        word = self._word("photo")
        made = self._post("/v1/claims", {
            "member": me, "kind": "missing_points", "text": self._word("claim"), "store": self._word("claim: store"),
            "day": "2026-01-05", "amount": 1_250, "receipt": self._word("claim: receipt"),
            "photos": [base64.b64encode(_picture(word.encode())).decode()],
        })  # fmt: skip
        claim = made.answer["id"]
        self._post(f"/v1/claims/{claim}/messages", {"text": self._word("question of the desk")})
        self._post(f"/v1/claims/{claim}/replies", {"member": self._me(), "text": self._word("reply to the desk")})

    def _me(self) -> str:
        return next(reversed(self.members))

    def _look_for(self, member: str) -> None:
        """Be given consents, read, and found by everything that somebody may be known by."""
        self._ask("PUT", f"/v1/members/{member}/consents", {"consents": {"news": {"given": True}}})
        self._ask("GET", f"/v1/members/{member}")
        known = {what: word.decode() for word, what in self._said.items()}
        for field, what in (("external_id", "external id"), ("card", "card"), ("phone", "phone")):
            self._ask("GET", f"/v1/members?{field}={known[what].replace('+', '%2B')}")
        self._ask("GET", f"/v1/members?email={known['e-mail']}@house.example")
        self._ask("GET", f"/nowhere?email={known['e-mail']}@house.example")
        self._post("/v1/tills/identify", {"shown": known["card"].upper()})

    def _mistype(self, number: int) -> None:
        """Ask for what is refused, with words that must not be repeated in any log."""
        wrong = {"external_ids": [f"wrong-{number}"], "person": {"email": f"{self._word('mistyped address')} at home"}}
        self._refused("/v1/members", wrong)
        self._refused("/v1/members", {"external_ids": [f"wrong-{number}"], "maiden": self._word("unknown field")})
        self._ask("GET", f"/v1/members?email={self._word('looked for')}@house.example")

    def _word(self, what: str) -> str:
        """A word that nobody else says."""
        word = f"q{self._chance.getrandbits(60):015x}z"
        self._said[word.encode()] = what
        return word

    def _number(self, what: str = "phone") -> str:
        word = f"+359{self._chance.randrange(880_000_000, 890_000_000)}"
        self._said[word.encode()] = what
        return word

    def _post(self, path: str, body: Mapping[str, Any]) -> Call:
        """Ask for something that must be granted, with an Idempotency-Key: the answer is remembered, too."""
        call = self._ask("POST", path, body, token=f"trail-{len(self.asked)}")
        if not call.ok:
            raise RuntimeError(f"{path} was answered {call.status}: {call.answer}")
        return call

    def _refused(self, path: str, body: Mapping[str, Any]) -> None:
        call = self._ask("POST", path, body, token=f"trail-{len(self.asked)}")
        self._findings.expect(call.status == 422, f"{path} was answered {call.status} to what is wrong")

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, token: str | None = None) -> Call:
        call = self.caller.ask(method, path, body, token=token)
        self.asked.append((method, path, body or {}))
        judge(call, self._findings)
        self._findings.count("requests")
        return call


def _picture(words: bytes) -> bytes:
    """A grey picture whose points are the words: what is kept of it without being packed says them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", len(words), 1, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" + words, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

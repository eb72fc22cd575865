"""A programme in which everything has happened once, every free text of it a canary that nobody else may ever see."""

import json
import re
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from django.test import Client

from guerdon.core import rights
from guerdon.engine import alerts, publish, staff
from guerdon.faces.api import examples, routes
from guerdon.faces.api.calls import Endpoint
from guerdon.faces.signin import entry
from guerdon.features.programmes import forms
from guerdon.features.programmes import queries as programmes
from guerdon.kit import clock, store
from guerdon.kit.audit import Actor
from tests.faces.api import door
from tests.faces.portal import aurora
from tests.shop import OPENING

ID = re.compile(r"\b([a-z]{3})_[0-9a-f]{32}\b")
CODE = re.compile(r'"code":"([0-9A-Z]{13})"')
HEAD = {"if-match": "*"}


@dataclass
class Marked(aurora.Cafe):
    """Café Aurora under a name that stands nowhere else."""

    mark: str = field(default_factory=lambda: "zq" + secrets.token_hex(5))  # in all that is somebody's
    brand: str = field(default_factory=lambda: "zb" + secrets.token_hex(5))  # in names of the programme, shown to all

    def file(self):
        text = resources.files("guerdon").joinpath("demo/aurora.yaml").read_text("utf-8")
        return text.replace("Aurora", f"Aurora {self.brand}").replace("programme: aurora", f"programme: {self.key}")

    def publish(self, **more):
        text = self.file()
        programme = forms.load(text)
        publish.publish(programme=programme, source=text, effective_at=OPENING, now=OPENING, by=self.mark)
        self.programme_id = programmes.by_key(store.current(), self.key).id


@dataclass
class World:
    """A programme, the API to it with a key that may all, and what has happened there by prefix of its id."""

    cafe: Marked
    api: door.Api
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # what must never be seen elsewhere, beside the mark and the ids
    done: set[str] = field(default_factory=set)  # the operations that were answered well

    @property
    def mark(self) -> str:
        return self.cafe.mark

    def harvest(self, text: str) -> None:
        """Remember the ids in an answer."""
        for found in ID.finditer(text):
            if found[0] not in self.ids[found[1]]:
                self.ids[found[1]].append(found[0])

    def do(self, method: str, path: str, body: Any = None, *, key: str | None = None, may: int = 300) -> Any:
        """A request that is answered well, by whoever has the key."""
        answer = self.api.send(method, path, body=body, headers=HEAD, key=key)
        assert answer.status < may, (method, path, body, answer.body.decode())
        described = door.operation(method, path.partition("?")[0])
        if answer.status < 300 and described is not None:
            self.done.add(described["operationId"])
        self.harvest(answer.body.decode("latin-1") + str(answer.headers))
        return answer.json if answer.headers["content-type"] == door.JSON else answer

    def post(self, path: str, body: Any) -> Any:
        return self.do("POST", path, body)

    def mine(self, text: str) -> str:
        """Where a text of the examples names ids, those of this world; the latest of each kind."""
        return ID.sub(lambda found: self.ids[found[1]][0] if self.ids[found[1]] else found[0], text)

    def secret_words(self) -> set[str]:
        """All that tells of this programme: its mark, its key, its ids and its codes."""
        found = {one[4:] for kind, every in self.ids.items() if kind not in ("pst", "lot") for one in every}
        codes = {self.codes[one] for one in ("voucher", "redemption", "gift")}
        return {self.mark, self.cafe.key, *found, *codes, *self.said}

    def told(self, endpoint: Endpoint) -> examples.Example:
        """What the example of a route is told, with ids, codes and keys of this world."""
        shown = examples.EXAMPLES[endpoint.name]
        path = dict(shown.path)
        if "code" in path:
            path["code"] = self.codes["gift" if "/gift-cards/" in endpoint.path else "voucher"]
        if "key" in path and endpoint.path.startswith("/v1/segments"):
            path["key"] = f"{self.mark}seg"
        for name, known in (("hash", "picture"), ("pool", "pool"), ("number", "version"), ("month", "month")):
            if name in path and known in self.codes:
                path[name] = self.codes[known]
        path = {name: value if isinstance(value, int) else self.mine(str(value)) for name, value in path.items()}
        body = None if shown.body is None else self.marked(json.loads(self.mine(json.dumps(shown.body))))
        return examples.Example(shown.answer, body, path, shown.query)

    def request(self, endpoint: Endpoint) -> tuple[str, Any]:
        """The address and the body of the example of a route in this world."""
        told = self.told(endpoint)
        path = re.sub(r"{(\w+)}", lambda name: str(told.path[name[1]]), endpoint.path)
        query = "&".join(f"{name}={value}" for name, value in told.query.items())
        return (f"{path}?{query}" if query else path), told.body

    def marked(self, body: Any) -> Any:
        """A body of the examples as it is sent here: with marked external ids, and by a reason that there is."""
        if isinstance(body, list):
            return [self.marked(one) for one in body]
        if not isinstance(body, dict):
            return body
        body = {name: self.marked(one) for name, one in body.items()}
        if set(body) == {"external_id"} or set(body) == {"card"}:
            name = body.get("external_id", "ben")
            return {"external_id": f"{self.mark}{name if name in ('ann', 'ben') else 'ben'}"}
        if "points" in body and "reason" in body and "unit" in body:
            body["reason"] = "goodwill"
        return body

    # --- people ---

    def staffed(self, role: str) -> Client:
        """A browser in which somebody of the staff has come in by a link."""
        email = f"{self.mark}{role}@x.example"
        user = staff.appoint(
            programme_id=self.cafe.programme_id, email=email, name=f"{self.mark} {role}", role=role,
            by=Actor("operator", "tests"), now=clock.now(),
        )  # fmt: skip
        self.ids["usr"].append(f"usr_{user}")
        return come_in(email, f"/till/{self.cafe.key}/" if role == "cashier" else f"/console/{self.cafe.key}/account")

    def member(self, name: str) -> Client:
        return come_in(f"{self.mark}{name}@x.example", f"/my/{self.cafe.key}/")


def come_in(email: str, to: str) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    client.get(entry.link(email=email, to=to))
    return client


def opened() -> World:
    """A programme in which everything has happened once."""
    cafe = Marked()
    one = World(cafe, door.opened(cafe))
    for name in ("ann", "ben", "cleo", "dan", "eva"):
        enrol(one, name)
    for name in ("ann", "ben"):
        cafe.give(f"{one.mark}{name}", 1_500)
        cafe.give(f"{one.mark}{name}", 50, unit="stamps")
    _earn(one)
    _spend(one)
    _gather(one)
    _ask(one)
    _watch(one)
    return one


def enrol(one: World, name: str) -> None:
    mark = one.mark
    phone = f"+359888{secrets.randbelow(10**6):06}"
    person = {"name": f"{mark} {name}", "email": f"{mark}{name}@x.example", "phone": phone, "language": "en"}
    body = {
        "external_ids": [f"{mark}{name}"], "cards": [f"{mark}{name}1"], "person": person,
        "attributes": {"diet": f"{mark} {name} diet"},
    }  # fmt: skip
    one.said.append(phone)
    one.cafe.ids[f"{mark}{name}"] = one.post("/v1/members", body)["id"][4:]


def who(one: World, name: str) -> dict[str, str]:
    return {"external_id": f"{one.mark}{name}"}


def _earn(one: World) -> None:
    mark, ann, now = one.mark, who(one, "ann"), f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    bought = {
        "kind": "purchase", "source": f"{mark}till", "external_id": f"{mark}order", "occurred_at": now, "member": ann,
        "lines": [{"amount": 1250, "product": f"{mark}beans", "category": "beans"}], "store": f"{mark}store",
    }  # fmt: skip
    one.post("/v1/activities", bought)
    late = {"kind": "return", "source": f"{mark}till", "external_id": f"{mark}late", "occurred_at": now, "member": ann}
    one.post("/v1/activities", late | {"returns": {"external_id": f"{mark}never"}})
    by_hand = {"unit": "points", "reason": "goodwill", "note": f"{mark} note", "member": ann}
    one.post("/v1/adjustments", by_hand | {"points": 20, "external_id": f"{mark}a1"})
    one.post("/v1/adjustments", by_hand | {"points": 3_000, "external_id": f"{mark}a2"})
    tier = {"member": who(one, "ben"), "tier": "gold", "last_day": "2100-01-31", "reason": f"{mark} reason"}
    one.post("/v1/tiers/grants", tier | {"external_id": f"{mark}t1"})
    code = one.post("/v1/vouchers", {"member": ann, "voucher": "five_off", "external_id": f"{mark}v1"})
    one.codes["voucher"] = code["voucher"]["code"] if "voucher" in code else code["code"]
    one.codes["pool"] = "tasting"


def _spend(one: World) -> None:
    mark, ann, ben = one.mark, who(one, "ann"), who(one, "ben")
    burn = {"member": ann, "unit": "points", "points": 10}
    one.post("/v1/burns", burn | {"external_id": f"{mark}b1"})
    one.post("/v1/holds", burn | {"external_id": f"{mark}h1", "ttl": {"days": 3}})
    gift = {"member": ann, "unit": "points", "points": 60}
    one.post("/v1/transfers", gift | {"to": ben, "external_id": f"{mark}g1"})
    one.post("/v1/donations", gift | {"cause": "trees", "external_id": f"{mark}d1"})
    had = one.post("/v1/redemptions", {"member": ann, "reward": "flat_white", "external_id": f"{mark}r1"})
    one.codes["redemption"] = had["redemption"]["code"]
    card = one.post("/v1/gift-cards", {"amount": 5000, "external_id": f"{mark}c1"})
    one.codes["gift"] = card["card"]["code"]
    plan = {"member": ann, "plan": "aurora-plus", "external_id": f"{mark}p1", "reference": f"{mark}ref"}
    one.post("/v1/memberships", plan)


def _gather(one: World) -> None:
    mark = one.mark
    home = one.post("/v1/households", {"owner": who(one, "cleo")})["household"]["id"]
    invited = {"member": who(one, "dan"), "by": who(one, "cleo"), "role": "adult"}
    one.post(f"/v1/households/{home}/invitations", invited)
    segment = {"key": f"{mark}seg", "name": dict.fromkeys(("en", "bg", "tr"), mark), "if": [{"last": {"days_min": 90}}]}
    one.post("/v1/segments", segment | {"why": f"{mark} why"})
    one.post("/v1/rewards/mug/supplies", {"pieces": 20, "reason": f"{mark} box", "external_id": f"{mark}s1"})
    draft = {"title": f"{mark} title", "why": f"{mark} why"}
    one.post("/v1/programme/drafts", draft)
    one.post("/v1/simulations", {"file": one.cafe.file(), "name": f"{mark} what if"})
    one.post("/v1/objectives", examples.EXAMPLES["objectives.begin"].body | {"name": f"{mark} objective"})
    one.post("/v1/costs", examples.EXAMPLES["costs.tell"].body | {"note": f"{mark} note", "store": f"{mark}store"})
    one.codes["version"] = "1"
    picture = examples.EXAMPLES["pictures.put"].body
    one.do("PUT", "/v1/rewards/mug/picture", picture)


def _ask(one: World) -> None:
    mark, ann = one.mark, who(one, "ann")
    told = {"member": ann, "kind": "question", "text": f"{mark} text", "store": f"{mark}store", "receipt": f"{mark}rc"}
    claim = one.post("/v1/claims", told)["id"]
    one.post(f"/v1/claims/{claim}/messages", {"text": f"{mark} message"})
    member = one.cafe.ids[f"{mark}ann"]
    one.do("PUT", f"/v1/members/mem_{member}/letters", {"wanted": ["tier"]})
    one.post("/v1/keys", {"name": f"{mark} key", "scopes": ["members:read"], "reason": f"{mark} reason"})
    one.post("/v1/staff/invitations", {"email": f"{mark}new@x.example", "name": f"{mark} new", "role": "cashier"})


def _watch(one: World) -> None:
    """A cashier who tells more purchases of one card than the café takes for usual, whom a look finds."""
    mark, now = one.mark, f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    for number in range(9):
        bought = {"kind": "purchase", "source": f"{mark}till", "external_id": f"{mark}w{number}", "occurred_at": now}
        bought |= {"member": who(one, "eva"), "lines": [{"amount": 10}], "facts": {"cashier": f"{mark} 17"}}
        one.post("/v1/activities", bought | {"store": f"{mark}store"})
    alerts.run(programme_id=one.cafe.programme_id, now=clock.now())
    assert one.do("GET", "/v1/alerts")["alerts"], "nothing was found"


def routed() -> list[Endpoint]:
    return [one for one in routes.ROUTES if one.right != "public"]


def every_scope(one: World) -> dict[str, str]:
    """A key of the programme for each right alone."""
    return {scope: one.api.new_key([scope], name=f"{one.mark} {scope}") for scope in rights.RIGHTS}

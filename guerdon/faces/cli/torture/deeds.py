"""What callers do in a torture: each deed knows how it is asked for, and what the oracle answers to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from guerdon.faces.cli.torture.caller import Call
from guerdon.insight.oracle.book import Answer, Member
from guerdon.insight.oracle.terms import Back, Fact, Terms
from guerdon.insight.oracle.whole import Oracle, refusing

TERMS: Final = Terms(months=12)
SOURCE: Final = "torture"
UNIT: Final = "points"
LIFE: Final = ("hours", 2)  # of a hold: longer than any torture takes


def programme(key: str = "torture") -> str:
    """The programme file of the oracle's terms; JSON is YAML, too."""
    whole = TERMS.document()
    parts = {name: whole.pop(name) for name in ("units", "rules")}
    head = {
        "programme": key, "name": {"en": "Torture"}, "currency": "EUR", "languages": ["en"], "enrol_unknown": True,
    }  # fmt: skip
    units = {code: {"kind": "redeemable", "name": {"en": code}, **unit} for code, unit in parts["units"].items()}  # type: ignore[attr-defined]
    rules = {code: {"name": {"en": code}, **rule} for code, rule in parts["rules"].items()}  # type: ignore[attr-defined]
    return msgspec.json.encode({**head, **whole, "units": units, "rules": rules}).decode()


def oracle(names: Sequence[str], now: datetime) -> Oracle:
    """The oracle of that programme before anything happened."""
    return Oracle(TERMS, now, {name: Member(name) for name in names})


@dataclass(slots=True)
class Deed:
    """Something asked for under a key of its own; a later deed may need the id that the answer gave an earlier one."""

    kind: str
    key: str
    who: str
    points: int = 0
    to: str = ""  # of a transfer
    about: "Deed | None" = None  # the burn or hold it is about
    fact: Fact | None = None
    made_id: str = ""  # what it made, once that is known

    @property
    def path(self) -> str:
        """Where it is asked for."""
        about = self.about.made_id if self.about is not None else ""
        return {
            "fact": "/v1/activities",
            "burn": "/v1/burns",
            "cancel": f"/v1/burns/{about}/cancel",
            "hold": "/v1/holds",
            "capture": f"/v1/holds/{about}/capture",
            "release": f"/v1/holds/{about}/release",
            "send": "/v1/transfers",
        }[self.kind]

    @property
    def body(self) -> dict[str, Any]:
        """How it is asked for."""
        own = {"external_id": self.key, "source": SOURCE}
        member = {"member": {"external_id": self.who}, "unit": UNIT, "points": self.points}
        if self.kind == "fact":
            assert self.fact is not None
            return told(self.fact)
        if self.kind == "burn":
            return own | member
        if self.kind == "hold":
            return own | member | {"ttl": {LIFE[0]: LIFE[1]}}
        if self.kind == "send":
            return own | member | {"to": {"external_id": self.to}}
        return own | ({"points": self.points} if self.kind == "capture" else {})

    def founded(self, book: Oracle) -> bool:
        """Whether the book has the burn or hold that it is about: the law may have refused what the house granted."""
        return self.about is None or self.about.key in (book.burns if self.kind == "cancel" else book.holds)

    def play(self, book: Oracle) -> Answer:
        """What the law answers, as of now in the book."""
        if self.kind == "fact":
            assert self.fact is not None
            return book.tell(self.fact)
        about = self.about.key if self.about is not None else ""
        by_kind: dict[str, Callable[[], Answer]] = {
            "burn": lambda: book.burn(self.who, UNIT, self.points, self.key),
            "cancel": lambda: book.cancel(about, None),
            "hold": lambda: book.hold(self.who, UNIT, self.points, LIFE, self.key),
            "capture": lambda: book.capture(about, self.points, final=True, key=self.key),
            "release": lambda: book.release(about),
            "send": lambda: book.send(self.who, self.to, UNIT, self.points, self.key),
        }
        return refusing(by_kind[self.kind])

    def refused(self, book: Oracle) -> str:
        """The code with which the law would refuse it now, or nothing; the book stays as it is."""
        if not self.founded(book):
            return ""
        if self.kind in ("burn", "hold", "send"):
            return "insufficient_points" if book.amounts(self.who, UNIT)[0] < self.points else ""
        if self.kind == "cancel":
            assert self.about is not None
            burn = book.burns[self.about.key]
            return "burn_cancelled" if burn.back == sum(part for _, part in burn.parts) else ""
        if self.kind in ("capture", "release"):
            assert self.about is not None
            return "" if book.holds[self.about.key].state == "open" else "hold_ended"
        assert self.fact is not None
        return "already_returned" if self.fact.kind == "return" and _returned(book, self.fact.order) else ""


def answer(deed: Deed, call: Call) -> Answer:
    """What a success said, in the words of the book."""
    return said(deed, call.answer)


def said(deed: Deed, answer: Mapping[str, Any]) -> Answer:
    """The same of the answer alone, as it stands in that of a batch."""
    decision: Mapping[str, Any] = answer.get("decision") or {}
    repaid = tuple(sorted((one["unit"], one["points"]) for one in decision.get("repaid", ())))
    spent = [one["points"] for one in decision.get("spent", ())]
    if deed.kind == "fact":
        assert deed.fact is not None
        if deed.fact.kind == "return":
            taken = [(one["unit"], one["asked"]) for one in decision["taken"]]
            return ("back", tuple(sorted(taken)))
        awarded: dict[str, int] = {}
        for one in decision["awards"]:
            awarded[one["unit"]] = awarded.get(one["unit"], 0) + one["points"]
        return ("earned", tuple(sorted(awarded.items())), repaid)
    if deed.kind == "cancel":
        back = sum(one["points"] for one in decision["reinstated"])
        return ("reinstated", back, sum(one["points"] for one in decision["expired"]), repaid)
    if deed.kind == "send":
        sent = answer["transfer"]
        return ("sent", sent["points"], sent["fee"])
    if deed.kind == "hold":
        return ("held", answer["hold"]["points"])
    return {"burn": ("spent", *spent), "capture": ("spent", *spent, repaid), "release": ("released", repaid)}[deed.kind]


def alike(expected: Answer, told: Answer) -> bool:
    """Whether the answer is what the book says; of a return it is compared what was asked back of each unit."""
    if expected and expected[0] == "back":
        taken: Sequence[Sequence[Any]] = expected[1]  # type: ignore[assignment]
        return told == ("back", tuple(sorted((one[0], one[1]) for one in taken)))
    return told == expected


def told(fact: Fact) -> dict[str, Any]:
    """A fact as the API is told it."""
    found: dict[str, Any] = {
        "kind": fact.kind, "source": SOURCE, "external_id": fact.key, "member": {"external_id": fact.who},
        "occurred_at": fact.at.astimezone(UTC).isoformat(),
    }  # fmt: skip
    if fact.lines:
        found["lines"] = [
            {
                "amount": line.amount, "discount": line.discount, "quantity": line.pieces,
                "category": "coffee" if line.coffee else "cake",
            }
            for line in fact.lines
        ]  # fmt: skip
    if fact.order:
        found["returns"] = {"external_id": fact.order} | ({"lines": _backs(fact.backs)} if fact.backs else {})
    return found


def _backs(backs: Sequence[Back]) -> list[dict[str, Any]]:
    return [{"line": back.line, "quantity": back.pieces} for back in backs]


def _returned(book: Oracle, order: str) -> bool:
    """Whether nothing of an order is left to be returned."""
    found = book.orders.get(order)
    return found is not None and any(one.money or one.backs for one in found.slices)

"""Vouchers and gift cards in the world behind HTTP."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from guerdon.core.decisions import Decision, Issue, VoucherUse
from tests.faces.api import door
from tests.stories.engine_vouchers import in_order
from tests.stories.online_rewards import refusal_of
from tests.stories.worlds import Answer, Basket, Coupon

DRY = "?dry_run=true"


class OnlineVouchers(ABC):
    """The addresses of vouchers and gift cards; the world knows its door, and who is who."""

    _now: datetime | None
    api: door.Api
    used: dict[str, Any]  # what uses of vouchers and payments by cards are called, with a code of each
    cards: dict[str, Any]  # the codes of cards, by the sale that made them
    made: dict[str, str]
    _spent_from: dict[str, str]

    @abstractmethod
    def _pages(self, who: str, noun: str, key: str | None = None) -> list[dict[str, Any]]:
        """All of a list of a member."""

    # --- vouchers ---

    def give_voucher(self, who: str, voucher: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body = {"member": {"external_id": who}, "voucher": voucher, "external_id": key, "source": "till"}
        answer = self.api.post("/v1/vouchers" + DRY * dry_run, body)
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        told = answer.json["voucher"]
        issue = Issue(voucher, None, told["code"], told["id"] or "", _instant(told["expires_at"]))
        return Answer(Decision(version=0, issued=(issue,)), known=answer.replayed)

    def bring_codes(self, voucher: str, codes: Sequence[str], *, key: str, now: datetime) -> Answer:
        self._now = now
        body = {"codes": codes, "external_id": key, "source": "till"}
        answer = self.api.post(f"/v1/voucher-pools/{voucher}/codes", body)
        return Answer(refusal=refusal_of(answer.json)) if answer.status >= 400 else Answer()

    def use_vouchers(self, codes: Sequence[str], basket: Basket, *, key: str, now: datetime, dry_run: bool) -> Answer:
        """Redeem; what redeeming answers, looking at them has told before."""
        self._now = now
        first, *others = codes
        beside: dict[str, Any] = {"member": {"external_id": basket.who}, "together_with": others}
        beside |= {"lines": msgspec.to_builtins(basket.lines)} if basket.lines else {"amount": basket.amount}
        beside |= {name: told for name in ("store", "channel") if (told := getattr(basket, name)) is not None}
        looked = self.api.post(f"/v1/vouchers/{first}/validate", beside)
        answer = self.api.post(
            f"/v1/vouchers/{first}/redeem" + DRY * dry_run, beside | {"external_id": key, "source": "till"}
        )
        if answer.status >= 400:
            assert looked.json.get("valid") is not True, looked.body
            return Answer(refusal=refusal_of(answer.json))
        use = answer.json["use"]
        assert answer.replayed or (looked.json["valid"], looked.json["off"]) == (True, use["off"]), looked.body
        if not dry_run:
            self.used[key] = (use["id"], first)
        return Answer(Decision(version=0, uses=_uses(use)), known=answer.replayed)

    def roll_back(self, use: str, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        name, code = self.used[use]
        body = {"use": name, "external_id": key, "source": "till"}
        answer = self.api.post(f"/v1/vouchers/{code}/rollback" + DRY * dry_run, body)
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        return Answer(Decision(version=0, uses=_uses(answer.json["use"])), known=answer.replayed)

    def withdraw_voucher(self, code: str, *, now: datetime) -> Answer:
        self._now = now
        answer = self.api.post(f"/v1/vouchers/{code}/withdraw", {"reason": "a mistake"})
        if answer.status >= 400:
            return Answer(refusal=refusal_of(answer.json))
        return Answer(known=answer.replayed)

    def wallet(self, who: str, now: datetime) -> list[Coupon]:
        self._now = now
        return [_coupon(one) for one in self._pages(who, "vouchers")]

    def coupon(self, code: str, now: datetime) -> Coupon:
        self._now = now
        return _coupon(self.api.get(f"/v1/vouchers/{code}").json["voucher"])

    def codes_left(self, voucher: str) -> int:
        pools = self.api.get("/v1/voucher-pools").json["pools"]
        return sum(one["left"] for one in pools if one["voucher"] == voucher)

    # --- gift cards ---

    def sell_card(self, amount: int, *, key: str, now: datetime) -> Answer:
        self._now = now
        answer = self.api.post("/v1/gift-cards", {"amount": amount, "external_id": key, "source": "till"})
        if answer.status < 400:
            self.cards[key] = answer.json["card"]["code"]
        return _done(answer)

    def load_card(self, card: str, amount: int, *, key: str, now: datetime) -> Answer:
        return self._card(card, "top-up", {"amount": amount, "external_id": key, "source": "till"}, now)

    def pay_by_card(self, card: str, amount: int, *, key: str, now: datetime, dry_run: bool) -> Answer:
        self._now = now
        body = {"amount": amount, "external_id": key, "source": "till"}
        answer = self.api.post(f"/v1/gift-cards/{self.cards[card]}/spend" + DRY * dry_run, body)
        if answer.status < 400 and not dry_run:
            self.made[key], self._spent_from[key] = answer.json["spend"], card
        return _done(answer)

    def pay_back(self, payment: str, amount: int | None, *, key: str, now: datetime) -> Answer:
        body = {"spend": self.made[payment], "external_id": key, "source": "till"}
        body |= {} if amount is None else {"amount": amount}
        return self._card(self._spent_from[payment], "rollback", body, now)

    def move_from_card(
        self, card: str, to: str, amount: int | None, *, key: str, now: datetime, dry_run: bool
    ) -> Answer:
        body: dict[str, Any] = {"to": {"external_id": to}, "external_id": key, "source": "till"}
        body |= {} if amount is None else {"amount": amount}
        return self._card(card, "transfer" + DRY * dry_run, body, now)

    def _card(self, card: str, deed: str, body: dict[str, Any], now: datetime) -> Answer:
        self._now = now
        return _done(self.api.post(f"/v1/gift-cards/{self.cards[card]}/{deed}", body))

    def on_card(self, card: str, now: datetime) -> list[tuple[int, datetime | None]]:
        self._now = now
        told = self.api.get(f"/v1/gift-cards/{self.cards[card]}").json["card"]
        lots = in_order([(one["amount"]["amount"], _instant(one["expires_at"])) for one in told["lots"]])
        assert sum(amount for amount, _ in lots) == told["balance"]["amount"], told
        return lots


def _done(answer: door.Answer) -> Answer:
    return Answer(refusal=refusal_of(answer.json)) if answer.status >= 400 else Answer(known=answer.replayed)


def _uses(use: dict[str, Any]) -> tuple[VoucherUse, ...]:
    return tuple(
        VoucherUse(
            one["code"], one["voucher"], one["off"]["amount"],
            {str(line["line"]): line["off"] for line in one["lines"]},
        )
        for one in use["vouchers"]
    )  # fmt: skip


def _coupon(told: dict[str, Any]) -> Coupon:
    ends = _instant(told["expires_at"])
    return Coupon(told["code"], told["offer"]["voucher"], told["state"], told["used"], told["uses"], ends)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

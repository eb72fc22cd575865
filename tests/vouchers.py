"""Vouchers as the tests deal with them: given out, shown with a basket, rolled back, in a shop of their own."""

import itertools
from typing import Any

from guerdon.core.activities import Line, Member
from guerdon.engine import voucher_uses, vouchers
from guerdon.engine.batch import Outcome
from guerdon.engine.desk import Result
from guerdon.engine.voucher_uses import Redemption, Verdict
from guerdon.features.vouchers import queries
from guerdon.features.vouchers.queries import Shown
from guerdon.kit import store
from tests import shop
from tests.shop import Shop

_NUMBERS = itertools.count()


def offers(**kinds: dict[str, Any]) -> dict[str, Any]:
    """The section of the programme file; a voucher without a name gets its key as its name."""
    return {"vouchers": {key: shop.named(key, kind) for key, kind in kinds.items()}}


def cafe(**kinds: dict[str, Any]) -> Shop:
    """Café Aurora with these vouchers, and Ann and Ben."""
    found = Shop(offers(**kinds))
    found.enrol("Ann", "Ben")
    return found


def give(at: Shop, name: str, voucher: str, day: str = "2026-01-05", **more: Any) -> Result:
    """Give a voucher by hand."""
    wanted = vouchers.Issuance(
        member=Member(external_id=name), voucher=voucher, source="till",
        external_id=more.pop("external_id", f"issue-{next(_NUMBERS)}"), **more,
    )  # fmt: skip
    return vouchers.issue_many(programme_id=at.programme_id, wanted=[wanted], now=shop.moment(day))[0]


def given(at: Shop, name: str, voucher: str, day: str = "2026-01-05") -> str:
    """The code of a voucher that must be given."""
    return code_of(shop.taken(give(at, name, voucher, day)))


def code_of(outcome: Outcome) -> str:
    return outcome.decision.issued[0].code


def show(*codes: str, who: str | None = "Ann", amount: int | None = 1000, **more: Any) -> Redemption:
    """Codes with a basket of so many cents."""
    lines = tuple(Line(**line) for line in more.pop("lines", ()))
    return Redemption(
        codes=codes, source="till", external_id=more.pop("external_id", f"sale-{next(_NUMBERS)}"),
        member=None if who is None else Member(external_id=who), lines=lines, amount=None if lines else amount, **more,
    )  # fmt: skip


def redeem(at: Shop, *codes: str, day: str = "2026-01-06", **more: Any) -> Result:
    return voucher_uses.redeem(programme_id=at.programme_id, wanted=show(*codes, **more), now=shop.moment(day))


def validate(at: Shop, *codes: str, day: str = "2026-01-06", **more: Any) -> list[Verdict]:
    return voucher_uses.validate(programme_id=at.programme_id, wanted=show(*codes, **more), now=shop.moment(day))


def roll_back(at: Shop, use: Outcome, day: str = "2026-01-06", **more: Any) -> Result:
    more.setdefault("external_id", f"back-{next(_NUMBERS)}")
    return voucher_uses.rollback(
        programme_id=at.programme_id, use_id=use.activity_id, source="till", now=shop.moment(day), **more
    )


def bring(at: Shop, voucher: str, *codes: str, day: str = "2026-01-04", name: str | None = None) -> list[str]:
    """Codes for a pool, or for whoever shows them."""
    brought = vouchers.bring_in(
        programme_id=at.programme_id, voucher=voucher, typed=codes, source="till",
        external_id=name or f"codes-{next(_NUMBERS)}", now=shop.moment(day),
    )  # fmt: skip
    return list(brought.new)


def stored(at: Shop, code: str) -> Shown:
    return queries.one(store.current(), at.programme_id, code)

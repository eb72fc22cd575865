"""One day at Café Aurora: examples of gift cards."""

from typing import Any, Final

from guerdon.faces.api.examples.cast import BURN, Example

_CODE: Final = "EJHP-7KTH-DAHCP"


def _card(balance: int) -> dict[str, Any]:
    money = {"amount": balance, "currency": "EUR"}
    lots = [{"amount": money, "expires_at": "2029-12-31T22:00:00Z"}] if balance else []
    return {"code": _CODE, "unit": "credit", "balance": money, "lots": lots, "made_at": "2026-11-20T11:00:00Z"}


def _moved(balance: int, amount: int, seq: int, **more: Any) -> dict[str, Any]:
    return {"card": _card(balance), "seq": seq, "amount": {"amount": amount, "currency": "EUR"}, **more}


# By operation: what is sent, what comes back.
EXAMPLES: Final[dict[str, Example]] = {
    "cards.issue": Example(_moved(5000, 5000, 4770), body={"amount": 5000, "external_id": "2026-11-20/0119"}),
    "cards.read": Example({"card": _card(5000), "seq": None}, path={"code": _CODE}),
    "cards.read_statement": Example(
        {
            "lines": [
                {"kind": "burn", "amount": {"amount": -1250, "currency": "EUR"},
                 "balance": {"amount": 3750, "currency": "EUR"}, "at": "2026-11-21T09:00:00Z"},
                {"kind": "earn", "amount": {"amount": 5000, "currency": "EUR"},
                 "balance": {"amount": 5000, "currency": "EUR"}, "at": "2026-11-20T11:00:00Z"},
            ],
            "next": None,
        },
        path={"code": _CODE},
    ),
    "cards.top_up": Example(
        _moved(7000, 2000, 4771), path={"code": _CODE}, body={"amount": 2000, "external_id": "2026-11-20/0120"}
    ),
    "cards.spend": Example(
        _moved(5750, 1250, 4772, spend=BURN), path={"code": _CODE},
        body={"amount": 1250, "source": "till-1", "external_id": "2026-11-21/0043"},
    ),
    "cards.rollback": Example(
        _moved(7000, 1250, 4773, spend=BURN), path={"code": _CODE},
        body={"spend": BURN, "source": "till-1", "external_id": "2026-11-21/0043-void"},
    ),
    "cards.transfer": Example(
        _moved(0, 7000, 4774), path={"code": _CODE}, body={"to": {"external_id": "ann"}, "external_id": "app-118"}
    ),
}  # fmt: skip

"""Whom and what the examples are about, and what an example is made of."""

from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]

ANN: Final = "mem_019b0f3e7a5c7d118a4be2f1c0a9d301"
BEN: Final = "mem_019b0f3e7a5c7d118a4be2f1c0a9d302"
HOUSEHOLD: Final = "mem_019b0f3e7a5c7d118a4be2f1c0a9d303"
INVITATION: Final = "inv_019b0f3e7a5c7d118a4be2f1c0a9d304"
PURCHASE: Final = "act_019b0f40c1237d6f9e03a1b2c3d4e501"
REVIEW: Final = "act_019b0f40c1237d6f9e03a1b2c3d4e502"
LOT: Final = "lot_019b0f40c1237d6f9e03a1b2c3d4e601"
POSTING: Final = "pst_019b0f40c1237d6f9e03a1b2c3d4e701"
TRANSFER: Final = "trf_019b0f6677887d6f9e03a1b2c3d4e811"
VOUCHER: Final = "vou_019b0f6677887d6f9e03a1b2c3d4e841"
VOUCHER_USE: Final = "vus_019b0f6677887d6f9e03a1b2c3d4e842"
GRANT: Final = "grt_019b0f6677887d6f9e03a1b2c3d4e831"
MEMBERSHIP: Final = "mbr_019b0f6677887d6f9e03a1b2c3d4e851"
PAYMENT: Final = "pay_019b0f6677887d6f9e03a1b2c3d4e852"
REDEMPTION: Final = "rdm_019b0f6677887d6f9e03a1b2c3d4e841"
DONATION: Final = "don_019b0f6677887d6f9e03a1b2c3d4e821"
ADJUSTMENT: Final = "adj_019b0f5566777d6f9e03a1b2c3d4e801"
BURN: Final = "brn_019b0f5566777d6f9e03a1b2c3d4e802"
ALERT: Final = "alr_019b0f5566777d6f9e03a1b2c3d4ea01"
CLAIM: Final = "clm_019b0f5566777d6f9e03a1b2c3d4e811"
CANCELLATION: Final = "act_019b0f5566777d6f9e03a1b2c3d4e803"
HOLD: Final = "hol_019b0f5566777d6f9e03a1b2c3d4e804"
CAPTURE: Final = "019b0f5566777d6f9e03a1b2c3d4e805"
DIGEST: Final = "5ade914009e1deb03d7a6c753c1aa1248456d40b7f2c0ae54e03517a71ab9bce"


@dataclass(frozen=True, slots=True)
class Example:
    """What is sent and what comes back."""

    answer: Json
    body: Json | None = None
    path: dict[str, object] = field(default_factory=dict)
    query: dict[str, object] = field(default_factory=dict)
    later: Json | None = None  # the answer of 202, where there is one

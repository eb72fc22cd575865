"""A letter of each kind as Ann of Café Aurora gets it: for a look at what members will see."""

from datetime import UTC, datetime
from typing import Final

from guerdon.core import letters as law
from guerdon.core import sentences
from guerdon.core.letters import (
    Climbed,
    Content,
    Expiring,
    Invitation,
    Kind,
    MonthTold,
    Notice,
    Redeemed,
    SignIn,
    Tiding,
    Totals,
)
from guerdon.core.programme import Programme
from guerdon.faces.design.brand import Brand
from guerdon.faces.letters import envelope, texts
from guerdon.faces.letters.envelope import Written
from guerdon.faces.letters.texts import Reader

_END: Final = datetime(2026, 11, 30, 22, tzinfo=UTC)  # midnight in Sofia
_CONTENTS: Final[dict[Kind, Content]] = {
    "sign_in": SignIn(code="493 017", minutes=10),
    "invitation": Invitation(by="Emil", link="https://points.aurora.example/welcome/dora", until=_END),
    "notice": Notice(changed="email", at=_END),
    "redemption": Redeemed(
        reward="mug", version=1, points={"points": 1900}, money=0, code="EJHP7KTHDAHCP", until=_END
    ),
    "expiring": Expiring(unit="points", points=1500, worth=1500, ends_at=_END),
    "tier": Climbed(ladder="status", before="silver", level="gold", rose=True, until=_END),
    "statement": MonthTold(
        "2026-10",
        (
            Totals("points", 3400, 1250, -1900, -200, 50, 2600, 1500, _END),
            Totals("stamps", 4, 3, 0, 0, 0, 7),
        ),
    ),
    "news": Tiding("offer", "trf_0", datetime(2026, 11, 1, tzinfo=UTC), "points", 250, _END),
}  # fmt: skip
_SITE: Final = "https://points.aurora.example"
_STOP: Final = f"{_SITE}/letters/stop/a-token-of-yours"


def written(kind: Kind, programme: Programme, language: str) -> Written:
    """The letter in a language."""
    name = "Dora" if kind == "invitation" else "Ann"
    sheet = texts.sheet(_CONTENTS[kind], Reader(programme, language, name, _SITE))
    of = sentences.tongue(language).named(programme.name)
    stop = _STOP if law.may_stop(kind) else None
    return envelope.render(sheet, language=language, name=of, brand=Brand.of(programme.brand), stop=stop)

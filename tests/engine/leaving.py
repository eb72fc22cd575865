"""A member with something of everything, and canaries wherever there is something personal."""

from datetime import date
from typing import Any, Final

from django.apps import apps

from guerdon.core import letters as letters_law
from guerdon.core.activities import Member
from guerdon.core.claims import Told
from guerdon.core.consents import Said
from guerdon.core.letters import Recipient
from guerdon.core.members import Person
from guerdon.core.rewards import Address
from guerdon.engine import claims, consents, memberships, transfers
from guerdon.engine.adjust import Actor
from guerdon.engine.claims import Asked, Opening
from guerdon.features.letters import actions as letters
from guerdon.features.letters.actions import New
from guerdon.features.users import actions as users
from guerdon.kit import store
from tests import shop
from tests.claims import PHOTO
from tests.engine import catalogue
from tests.shop import Shop

CANARIES: Final = tuple(
    f"canary-{part}"
    for part in (
        "name", "ext", "card", "attribute", "segment", "street", "city", "text", "follower", "language", "claim",
        "store", "receipt",
    )
)  # fmt: skip
EMAIL: Final = "canary-mail@aurora.example"
PHONE: Final = "+359881777123"
PARTS: Final[dict[str, Any]] = {
    "units": {
        "points": shop.POINTS | {"transfers": {"acceptance": "needed"}, "worth": {"points": 100, "money": "1.00"}}
    },
    "households": {},
    "plans": {"plus": {"name": {"en": "Plus"}, "prices": {"EUR": "9.00"}, "period": {"months": 1}}},
    "vouchers": {"flyer": {"name": {"en": "Flyer"}, "amount": "1.00"}},
    "rules": {
        "base": shop.BASE,
        "flyer": {"when": "visit", "then": [{"voucher": "flyer"}]},
    },
    "rewards": {"shirt": shop.named("shirt", catalogue.SHIRT | {"stocked": None})},
    "consents": {"news": {"name": {"en": "News"}, "text": {"en": "News may come."}}},
}


def cafe(**parts: Any) -> Shop:
    """Ann with 1,000 points and something of everything, of which a part came with Cleo, who was merged into her."""
    parts = PARTS | {"rewards": {"shirt": shop.named("shirt", _shirt())}} | parts
    found = Shop(parts)
    person = Person("canary-name", EMAIL, PHONE, language="canary-language")
    found.enrol("Ben")
    found.enrol("canary-ext", cards=("CANARY-CARD",), person=person, attributes={"diet": "canary-attribute"},
                segments=("canary-segment",))  # fmt: skip
    found.ids["Ann"] = found.ids["canary-ext"]
    found.enrol("Cleo", attributes={"school": "canary-follower"}, person=Person("canary-follower"))
    found.buy("canary-ext", 100_000, "2026-01-05", external_id="order-1")
    found.tell(found.purchase("canary-ext", None, "2026-01-05", kind="visit"))
    return found


def _shirt() -> dict[str, Any]:
    return {key: value for key, value in catalogue.SHIRT.items() if key != "stocked"}


def live(found: Shop) -> None:
    """A hold, an offer each way, a reward under way, a membership, a consent, a claim, a letter, a way to sign in."""
    now = shop.moment("2026-01-06")
    shop.taken(found.hold("canary-ext", 50, "2026-01-06", days=30))
    sent = [("canary-ext", "Ben", "out"), ("Ben", "canary-ext", "in")]
    found.buy("Ben", 10_000, "2026-01-05", external_id="order-2")
    for giver, taker, name in sent:
        wanted = transfers.NewTransfer(
            member=Member(external_id=giver), to=Member(external_id=taker), unit="points", points=5, source="app",
            external_id=name,
        )  # fmt: skip
        shop.taken(transfers.send_many(programme_id=found.programme_id, wanted=[wanted], now=now)[0])
    address = Address(name="canary-name", street="canary-street 1", city="canary-city", country="BG")
    choices = {"size": "m", "text": "canary-text"}
    shop.taken(catalogue.redeem(found, "shirt", "canary-ext", "2026-01-06", choices=choices, address=address))
    joining = memberships.Joining(Member(external_id="canary-ext"), "plus", "EUR", "till", "plus-1", reference="cash")
    shop.taken(memberships.join_many(programme_id=found.programme_id, wanted=[joining], now=now)[0])
    consents.say(
        programme_id=found.programme_id, member_id=found.account("Ann"), said={"news": Said(True)}, how="portal",
        actor="member", now=now,
    )  # fmt: skip
    told = Told("canary-claim", "canary-store", date(2026, 1, 5), 1_250, "canary-receipt")
    opening = Opening(Member(external_id="canary-ext"), "missing_points", told, (PHOTO,))
    claims.open_(Asked(found.programme_id, Actor("portal", "key"), now), opening)
    letter = New(
        found.programme_id, "canary", letters_law.SignIn("canary-code", 9), found.account("Ann"), Recipient(EMAIL)
    )
    letters.put(store.current(), [letter], now=now)
    signs_in(found)


def signs_in(found: Shop, at: str = "2026-01-06") -> str:
    """Ann has signed in from somewhere; answers the id of the user."""
    user = users.make(store.current(), email=EMAIL, now=shop.moment(at))
    apps.get_model("usersessions", "UserSession")._default_manager.create(
        user_id=user, session_key=f"key of {found.key}"[:40], ip="203.0.113.7", user_agent="canary-browser"
    )
    return user

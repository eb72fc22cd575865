"""The support desk as the tests run it: a member claims, clerks answer and settle."""

from datetime import date

from guerdon.core import images
from guerdon.core.activities import Activity, Member
from guerdon.core.claims import Told
from guerdon.engine import claim_grants, claims
from guerdon.engine.adjust import Actor
from guerdon.engine.claim_grants import Granting
from guerdon.engine.claims import Asked, Opening
from guerdon.features.claims import queries
from guerdon.kit import store
from tests.core.test_images import png
from tests.shop import Shop, moment

RECEIPT = Told("I forgot my card", "Sofia 1", date(2026, 1, 4), 1_250, "A-0117")
PHOTO = images.read(png(3, 2))


def asked(cafe: Shop, at="2026-01-05", who="Dora", **more) -> Asked:
    return Asked(cafe.programme_id, Actor(who, f"key of {who}"), moment(at), **more)


def claim(cafe: Shop, name="Ann", at="2026-01-05", told=RECEIPT, kind="missing_points", photos=(PHOTO,), **more):
    """Somebody claims something, through the portal."""
    opening = Opening(Member(external_id=name), kind, told, photos, more.pop("tiers", ()))
    found, _ = claims.open_(asked(cafe, at, "portal", **more), opening)
    return found.id


def say(cafe, id, words, text, at="2026-01-06", **more):
    return claims.say(asked(cafe, at, **more), id, words, Told(text))[0]


def end(cafe, id, deed, reason="", at="2026-01-07", **more):
    return claims.end(asked(cafe, at, **more), id, deed, reason)[0]


def granting(cafe, id, who="Dora", at="2026-01-07", reason="sorry") -> Granting:
    return Granting(cafe.programme_id, id, Actor(who, f"key of {who}"), moment(at), reason)


def missing(order="order-117", at="2026-01-04", amount=1_250) -> Activity:
    """The purchase that a receipt is about, as the till would have told it."""
    return Activity(
        kind="purchase", source="till", external_id=order, occurred_at=moment(at), member=Member(), amount=amount
    )


def by_purchase(cafe, id, purchase=None, **more):
    return claim_grants.by_purchase(granting(cafe, id, **more), purchase or missing())


def by_goodwill(cafe, id, points=100, **more):
    return claim_grants.by_goodwill(granting(cafe, id, **more), unit="points", points=points)


def one(cafe, id):
    return queries.one(store.current(), cafe.programme_id, id)


def deeds(cafe, id):
    return [step.deed for step in queries.steps(store.current(), [one(cafe, id)])[id]]

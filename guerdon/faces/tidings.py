"""Where news of a member lead in the portal, and how they look there."""

from typing import Final

from django.urls import reverse

from guerdon.core.letters import Deed, Tiding

ICONS: Final[dict[Deed, str]] = {
    "gift": "gift", "offer": "gift", "invited": "users", "asked": "message-circle", "granted": "circle-check",
    "refused": "receipt", "closed": "receipt",
}  # fmt: skip
_WAYS: Final[dict[Deed, str]] = {"gift": "portal.activity", "offer": "portal.gifts", "invited": "portal.household"}


def way(one: Tiding, programme: str) -> str:
    """The address of the page that says more, in the portal of the programme with the key."""
    page = _WAYS.get(one.deed)
    return reverse("portal.claim", args=[programme, one.subject]) if page is None else reverse(page, args=[programme])

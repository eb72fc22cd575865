"""Which programme somebody wants to come to, whose name and colours the pages and the letter of signing in have."""

import re
from typing import Any, Final
from urllib.parse import unquote, urlencode, urlsplit

from django.http import Http404, HttpRequest
from django.urls import reverse

from guerdon.core import sentences
from guerdon.core.errors import Refusal
from guerdon.faces import visits
from guerdon.faces.design.brand import Brand
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store

_PATH: Final = re.compile(r"/(?:my|console|till)/([a-z0-9_-]{1,64})/")


def door(request: HttpRequest) -> dict[str, Any]:
    """What pages of signing in show of the programme that somebody comes from: name, colours, the ways back and on."""
    if not request.path.startswith("/sign-in/"):
        return {}
    path = _next(request)
    found = _PATH.match(path)
    if found is None:
        return {}
    try:
        visit = visits.of(request, found[1])
    except Http404:
        return {}
    name = sentences.tongue(visit.language).named(visit.programme.name)
    home, joins = (reverse(page, args=[visit.row.key]) for page in ("portal.welcome", "portal.join"))
    # Members and who is to become one: both show their address by a code, and are led to where they belong after it.
    ways = {"member_way": reverse("portal.home", args=[visit.row.key]), "join_way": joins, "joining": path == joins}
    brand = Brand.of(visit.programme.brand)
    told = {"door": name, "door_home": home, "onward": path, "brand": brand, "door_zone": visit.zone}
    return told | (ways if path.startswith("/my/") else {})


def _next(request: HttpRequest) -> str:
    """The path that somebody is led to: told by this page, or kept while they sign in or set up a second factor."""
    kept = request.session.get("account_login") or {}
    waits = kept.get("redirect_url") if isinstance(kept, dict) else None
    told = request.POST.get("next") or request.GET.get("next") or waits or request.session.get("factors.onward") or ""
    return urlsplit(unquote(str(told))).path


def on(request: HttpRequest, page: str, **more: str) -> str:
    """The address of a page of signing in from which somebody goes on to where they were led; `more` is said to it."""
    told = request.POST.get("next") or request.GET.get("next") or ""
    query = urlencode({"next": told, **more} if told else more)
    return f"{reverse(page)}?{query}" if query else reverse(page)


def programme(request: HttpRequest) -> str:
    """The id of the programme whose page led here, of the first of the house where none did; `programme_unknown`."""
    at_hand = store.current()
    found = _PATH.match(_next(request))
    if found is not None:
        try:
            return programmes.by_key(at_hand, found[1]).id
        except Refusal:  # it leads nowhere, and so says nothing
            pass
    every = [row for row in programmes.every(at_hand) if programmes.all_versions(at_hand, row.id)]
    if not every:
        raise programmes.PROGRAMME_UNKNOWN(key="", known="")
    return every[0].id

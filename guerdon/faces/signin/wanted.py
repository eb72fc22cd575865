"""Which programme somebody wants to come to, whose name and colours the pages and the letter of signing in have."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest

from guerdon.core.errors import Refusal
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store

_PATH: Final = re.compile(r"/(?:my|console|till)/([a-z0-9_-]{1,64})/")


def programme(request: HttpRequest) -> str:
    """The id of the programme whose page led here, of the first of the house where none did; `programme_unknown`."""
    at_hand = store.current()
    path = urlsplit(unquote(request.POST.get("next") or request.GET.get("next") or "")).path
    found = _PATH.match(path)
    if found is not None:
        try:
            return programmes.by_key(at_hand, found[1]).id
        except Refusal:  # it leads nowhere, and so says nothing
            pass
    every = [row for row in programmes.every(at_hand) if programmes.all_versions(at_hand, row.id)]
    if not every:
        raise programmes.PROGRAMME_UNKNOWN(key="", known="")
    return every[0].id

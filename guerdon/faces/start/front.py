"""The start page of an installation: the doors of its programmes, and where developers read on."""

from itertools import islice

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guerdon.core import limits, sentences
from guerdon.faces import visits, words
from guerdon.features.programmes import queries as programmes
from guerdon.kit import store


class Entrance(msgspec.Struct, frozen=True):
    """A programme, as who comes by sees it."""

    key: str
    name: str


def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "start/front.html", {"entrances": _entrances(request)})


def there(request: HttpRequest) -> HttpResponse:
    """For who goes on with first steps that are done: that the programme is there, and its doors."""
    return render(request, "start/there.html", {"entrances": _entrances(request)}, status=409)


def _entrances(request: HttpRequest) -> tuple[Entrance, ...]:
    """Every programme; what has not begun has no doors yet."""
    tongue = sentences.tongue(words.language())
    found = []
    for row in islice(programmes.every(store.current()), limits.FRONT_PROGRAMMES_MAX):
        try:
            found.append(Entrance(row.key, tongue.named(visits.of(request, row.key).programme.name)))
        except Http404:
            continue
    return tuple(found)

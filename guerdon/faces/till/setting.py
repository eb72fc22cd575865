"""What is set on a device: which till it is, chosen once; training; and the lock of a device that is shared."""

from datetime import timedelta
from typing import Final
from urllib.parse import quote

import msgspec
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.core.errors import Refusal
from guerdon.faces import posted, visits
from guerdon.faces.till import device, frame
from guerdon.faces.till.device import Device
from guerdon.faces.visits import Page, Visit

_YEAR: Final = timedelta(days=365)


def choose(visit: Visit) -> HttpResponse:
    """Ask which till this is."""
    found = device.of(visit)
    said = {"store": found.store, "number": found.number} if found is not None else {"number": "1"}
    return frame.page(visit, "till/device.html", {"said": said, "faults": {}})


def remember(visit: Visit) -> HttpResponse:
    """Remember it on this device."""
    try:
        told = posted.read(visit.request, Device)
    except Refusal as refusal:
        context = {"said": visit.request.POST, "faults": _faults(visit, refusal)}
        return frame.page(visit, "till/device.html", context, status=422)
    return _kept(visit, told, "till.device_done")


def _faults(visit: Visit, refusal: Refusal) -> dict[str, str]:
    """What is wrong, by its field; of what is not written as it must be, what may stand there."""
    found = posted.faults(refusal)
    malformed = refusal.facts.get("reason") == "malformed"
    return {
        name: visit.say(f"till.{name}_malformed") if malformed and name in ("store", "number") else told
        for name, told in found.items()
    }


def train(visit: Visit) -> HttpResponse:
    """Begin or end training, in which nothing is recorded."""
    on = visit.request.POST.get("on") == "true"
    told = msgspec.structs.replace(device.here(visit), training=on)
    return _kept(visit, told, "till.training_on" if on else "till.training_off")


def lock(visit: Visit) -> HttpResponse:
    """Sign out in one tap. Purchases that wait in this browser stay there, other than with the usual way out."""
    logout(visit.request)
    return HttpResponseRedirect(f"{reverse('account_login')}?next={visit.to('till.home')}")


def stale(request: HttpRequest) -> HttpResponse | None:
    """The page for a form of the till that was begun before somebody else signed in; None for what is no till's."""
    found = request.resolver_match
    if found is None or not request.path_info.startswith("/till/"):
        return None
    try:
        visit = visits.of(request, found.kwargs["programme"])
    except Http404:
        return None
    return frame.page(visit, "till/stale.html", status=403)


def _kept(visit: Visit, told: Device, word: str) -> HttpResponse:
    answered = visit.done(visit.say(word), "till.home")
    answered.set_cookie(
        device.cookie(visit), quote(msgspec.json.encode(told)), max_age=_YEAR, path=visit.to("till.home"),
        httponly=True, samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return answered


PAGES: Final[tuple[Page, ...]] = (
    frame.at_till("till/<slug:programme>/device", "activities:write", choose, "till.device"),
    frame.at_till("till/<slug:programme>/device", "activities:write", remember, "till.remember", methods=("POST",)),
    frame.at_till("till/<slug:programme>/training", "activities:write", train, "till.training", methods=("POST",)),
    Page("till/<slug:programme>/lock", "signed in", lock, "till.lock", methods=("POST",)),
)

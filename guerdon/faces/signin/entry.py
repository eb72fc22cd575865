"""Links that let somebody in: those that the operator makes at the command line, and invitations of staff."""

import base64
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

import msgspec
from allauth.account.internal.flows import login as flows
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from guerdon.core import limits, sentences
from guerdon.core.errors import Refusal
from guerdon.engine import staff, users
from guerdon.faces import lost, refused, visits, words
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries
from guerdon.features.users.models import User
from guerdon.kit import attempts, clock, ids, mail, secrets, store

_MARK_BYTES: Final = 16


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What a link says: who comes in, where to, and until when it does."""

    user_id: bytes
    to: str
    until: int  # seconds since 1970
    mark: bytes  # tells it from others of the same second


def link(*, email: str, to: str) -> str:
    """The address by which somebody comes in once, for `limits.ENTRY_HOURS`; whoever has it is let in."""
    user = User.objects.get(pk=users.known(email=email, now=clock.now()))
    until = int(clock.now().timestamp()) + limits.ENTRY_HOURS * 3_600
    told = msgspec.msgpack.encode(Entry(bytes.fromhex(str(user.pk)), to, until, bytes.fromhex(ids.new())))
    mark = bytes.fromhex(secrets.signed("entry", _whole(told, user), chars=2 * _MARK_BYTES))
    return f"/enter/{base64.urlsafe_b64encode(told + mark).decode().rstrip('=')}"


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whoever has a link that the operator made, and lead them to where it leads."""
    entry, user = _read(token)
    if entry.until < clock.now().timestamp():
        return lost.over(request)
    if not settings.DEMO and not _first(token):
        # Who is in already may follow it again, and has shown nothing by it.
        here = str(request.user.pk) == str(user.pk)
        return HttpResponseRedirect(entry.to) if here else lost.over(request)
    login(request, user, "guerdon.faces.signin.backend.ByAddress")
    flows.record_authentication(request, user, "link")
    staff.note_sign_in(user_id=str(user.pk), method="link", now=clock.now())
    return HttpResponseRedirect(entry.to)


def _first(token: str) -> bool:
    """Whether the link is used for the first time, which is counted as tries are: exactly, in the database."""
    try:
        attempts.count(what="entry", who=token, most=1, window=timedelta(hours=limits.ENTRY_HOURS), now=clock.now())
    except Refusal:
        return False
    return True


def _whole(told: bytes, user: User) -> str:
    """What only this installation can sign. A new password ends it."""
    return f"{told.hex()} {user.password}"


def _signed(told: bytes, user: User, mark: bytes) -> bool:
    return secrets.is_signed("entry", _whole(told, user), mark.hex(), chars=2 * _MARK_BYTES)


def _read(token: str) -> tuple[Entry, User]:
    try:
        told = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        told, mark = told[:-_MARK_BYTES], told[-_MARK_BYTES:]
        entry = msgspec.msgpack.decode(told, type=Entry)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Http404("no such link") from error
    user = User.objects.filter(pk=entry.user_id.hex(), is_active=True).first() if len(entry.user_id) == 16 else None
    if user is None or not _signed(told, user, mark):
        raise Http404("no such link")
    if not url_has_allowed_host_and_scheme(entry.to, allowed_hosts=None):
        raise Http404("it leads away")
    return entry, user


def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation; who accepts it is staff, and sets up how to sign in from then on.

    Whoever was known before, as a user or as a member, signs in as before: a link that the one who invites may have
    handed over opens nothing of theirs.
    """
    now = clock.now()
    try:
        found = queries.invitation(store.current(), secret)
        found.check(now)
        if request.method == "POST":
            accepted = staff.accept(secret=secret, now=now)
            if not accepted.fresh:
                return HttpResponseRedirect(_door(request, accepted.user_id))
            user = User.objects.get(pk=accepted.user_id)
            login(request, user, "guerdon.faces.signin.backend.ByAddress")
            flows.record_authentication(request, user, "code", email=found.email)
            return HttpResponseRedirect(reverse("signin.password"))
    except Refusal as refusal:
        return refused.page(request, refusal, None)
    row = programmes.by_id(store.current(), found.programme_id)
    programme = programmes.lawbook(store.current(), row.id).current(now).programme
    title = sentences.tongue(words.language()).named(programme.name)
    by = [one.name for one in queries.of_programme(store.current(), row.id) if one.user_id == found.made_by]
    context = {"invitation": found, "title": title, "by": by[0] if by else title}
    context["factor"] = found.role not in visits.WITHOUT_SECOND_FACTOR
    return render(request, "signin/invited.html", context)


def _door(request: HttpRequest, user_id: str) -> str:
    """Where somebody who was known before goes on: by a code to the address, or as is left where none can be sent."""
    if str(request.user.pk) == user_id:
        return reverse("signin.places")
    way = "account_login" if mail.outlet() is None else "account_request_login_code"
    return f"{reverse(way)}?{urlencode({'next': reverse('signin.places')})}"

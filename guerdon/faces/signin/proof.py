"""Showing again who one is, in a session that goes on meanwhile, and going on with what one had begun."""

import hmac
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import login as flows
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from guerdon.faces import aside, posted, sessions, words
from guerdon.faces.signin import tries, wanted
from guerdon.kit import clock, mail

_SENT: Final = "again.code"  # in the session, which is sealed: the code that was sent, and until when it counts


def has_factor(user: AbstractBaseUser) -> bool:
    """Whether somebody has set up an app or a passkey."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def ways(request: HttpRequest, *, strictly: bool = False) -> list[dict[str, str]]:
    """The ways somebody really has, as sign-in's library lists them. Who has a second factor shows that one."""
    user: Any = request.user
    found: list[tuple[str, str]] = []
    if is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
        found.append(("passkey", "mfa_reauthenticate_webauthn"))
    if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
        found.append(("app", "mfa_reauthenticate"))
    if not found and not strictly:
        if user.has_usable_password():
            found.append(("password", "account_reauthenticate"))
        if mail.outlet() is not None and sessions.email(request) is not None:
            found.append(("code", "again.code"))
    language = words.language()
    return [
        {"id": key, "description": words.say(f"factors.by_{key}", language), "url": reverse(page)}
        for key, page in found
    ]


@never_cache
@login_required
def again(request: HttpRequest) -> HttpResponse:
    """The ways to show again who one is; nobody is signed out by being asked."""
    strictly, to = request.GET.get("factor") == "yes", onwards(request)
    found, demo = ways(request, strictly=strictly), _by_link(request)
    query = urlencode({"next": to})
    if len(found) == 1 and not demo:
        return HttpResponseRedirect(f"{found[0]['url']}?{query}")
    told = [(one["description"], f"{one['url']}?{query}") for one in found]
    setting_up = strictly and not found
    context = {"ways": told, "demo": demo, "next": to, "query": query, "setting_up": setting_up}
    context["back"] = _back(request)
    return render(request, "signin/again.html", context)


def _back(request: HttpRequest) -> str:
    """Where somebody goes who would rather not: the page that they came from, unless it is one of these."""
    came, home = request.headers.get("Referer", ""), f"{request.scheme}://{request.get_host()}/"
    if came.startswith(home) and not urlsplit(came).path.startswith("/sign-in/"):
        return came
    return str(wanted.door(request).get("door_home") or reverse("signin.places"))


@login_required
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """In the demo, who came by its link shows so by one click: there is nothing else that they could show."""
    if _by_link(request):
        flows.record_authentication(request, sessions.user(request), "link")
        sessions.renew(request)
        tries.tell("good", "link", user_id=str(sessions.user(request).pk), again=True)
    return HttpResponseRedirect(onwards(request))


def _by_link(request: HttpRequest) -> bool:
    """Whether somebody came by a link of the demo, which serves on this machine alone."""
    return settings.DEMO and any(one["method"] == "link" for one in sessions.records(request))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Show it by a code, which is sent to the address that was shown to come in."""
    to, email = onwards(request), sessions.email(request)
    if not any(one["id"] == "code" for one in ways(request)) or email is None:
        return HttpResponseRedirect(f"{reverse('again')}?{urlencode({'next': to})}")
    fault = ""
    try:
        if request.method == "GET":
            _send(request, email)
        elif _right(request):
            flows.record_authentication(request, sessions.user(request), "code", email=email, reauthenticated=True)
            sessions.renew(request)
            tries.tell("good", tries.CODE.method, user_id=str(sessions.user(request).pk), again=True)
            return HttpResponseRedirect(to)
        else:
            fault = words.say("factors.code_wrong", words.language())
    except ValidationError as refused:
        fault = refused.messages[0]
    return render(request, "signin/again_code.html", {"email": email, "next": to, "fault": fault})


def _send(request: HttpRequest, email: str) -> None:
    """Send a code to the address. Raises what a form shows where it was done too often."""
    tries.count(tries.CODE, email.casefold(), user_id=str(sessions.user(request).pk))
    sent = get_adapter().generate_login_code()
    get_adapter().send_mail("again", email, {"code": sent})
    request.session[_SENT] = [sent, clock.now().timestamp() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT]


def _right(request: HttpRequest) -> bool:
    """Whether the code is the one that was sent, which counts once. Raises what a form shows after too many tries."""
    who = str(sessions.user(request).pk)
    tries.count(tries.CODE_AGAIN, who, user_id=who)
    sent, until = request.session.get(_SENT, ["", 0])
    told = "".join(request.POST.get("code", "").split())
    if not sent or until < clock.now().timestamp() or not hmac.compare_digest(told.encode(), str(sent).encode()):
        tries.failed(tries.CODE_AGAIN, user_id=who, again=True)
        return False
    del request.session[_SENT]
    tries.forget(tries.CODE_AGAIN, who)
    return True


@never_cache
@login_required
def go_on(request: HttpRequest) -> HttpResponse:
    """The form that waited, to be sent now."""
    kept = aside.get(request)
    if kept is None:
        return HttpResponseRedirect(reverse("signin.places"))
    # Nobody says yes to what they can't see: it may be somebody else who sat at this browser meanwhile.
    shown = [(name, text) for name, text in kept.fields if text.strip() and name not in posted.OURS]
    return render(request, "signin/go_on.html", {"kept": kept, "shown": shown})


def onwards(request: HttpRequest) -> str:
    """Where somebody wants to go on, on this host."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    return to if to and url_has_allowed_host_and_scheme(to, allowed_hosts=None) else reverse("signin.places")

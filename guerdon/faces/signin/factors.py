"""Second factors: setting one up shows that one has it, and leads on to where it was asked for."""

from typing import Any, Final

from allauth.account.internal.flows import login as flows
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from guerdon.faces import sessions
from guerdon.faces.signin import proof
from guerdon.features.users import queries as users
from guerdon.kit import store

_ONWARD: Final = "factors.onward"  # in the session: the page that asked for a second factor


def _onward(request: HttpRequest) -> dict[str, Any]:
    """Where whoever has shown a second factor goes on."""
    shown = sessions.strong(request)
    return {"shown": shown, "onward": request.session.get(_ONWARD) or reverse("signin.places")}


def _shown(request: HttpRequest, kind: str) -> None:
    """Who has just made a factor has it: it was shown in this session."""
    flows.record_authentication(request, sessions.user(request), "mfa", type=kind, reauthenticated=True)
    sessions.renew(request)


class Index(IndexView):  # type: ignore[misc] # the library has no types
    """What somebody has set up; why they were sent here, and the way on."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; it remembers which one asked for a second factor."""
        if "next" in request.GET:
            request.session[_ONWARD] = proof.onwards(request)
        answered: HttpResponseBase = super().get(request, *args, **kwargs)
        return answered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        asked = not str(self.request.session.get(_ONWARD, "/my/")).startswith("/my/")  # no page of members does
        found = {**super().get_context_data(**kwargs), **_onward(self.request), "asked": asked}
        if users.of_user(store.current(), str(self.request.user.pk)) or found["authenticators"].get("totp"):
            return found
        return {**found, "keys_only": True}  # members come in by a code or a passkey: no page asks them for an app


class App(ActivateTOTPView):  # type: ignore[misc] # the library has no types
    """Sets up an app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """It is set up."""
        answered: HttpResponse = super().form_valid(form)
        _shown(self.request, "totp")
        return answered


class Passkey(AddWebAuthnView):  # type: ignore[misc] # the library has no types
    """Makes a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        """It is made."""
        answered: HttpResponse = super().form_valid(form)
        _shown(self.request, "webauthn")
        return answered


class Codes(ViewRecoveryCodesView):  # type: ignore[misc] # the library has no types
    """Shows the codes for when an app or a passkey is lost."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        return {**super().get_context_data(**kwargs), **_onward(self.request)}

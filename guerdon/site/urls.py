"""Django's pages by path."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from django.urls import URLPattern, URLResolver, include, path

from guerdon.faces import lost, visits
from guerdon.faces.console import frame as console_frame
from guerdon.faces.console import pages as console
from guerdon.faces.design import guide
from guerdon.faces.letters import stop
from guerdon.faces.portal import frame as portal_frame
from guerdon.faces.portal import pages as portal
from guerdon.faces.signin import codes, entry, factors, proof
from guerdon.faces.signin import pages as signin
from guerdon.faces.start import pages as start
from guerdon.faces.till import frame as till_frame
from guerdon.faces.till import pages as till

# Of the library's pages those that our way of signing in has; addresses and passwords are changed on ours.
_SIGN_IN: list[URLPattern | URLResolver] = [
    path("", account.request_login_code, name="account_request_login_code"),
    path("code", codes.confirm, name="account_confirm_login_code"),
    path("password", account.login, name="account_login"),
    path("new-password", signin.password, name="signin.password"),
    path("out", signin.out, name="account_logout"),
    path("inactive", account.account_inactive, name="account_inactive"),
    path("again", proof.again, name="again"),
    path("again/code", proof.code, name="again.code"),
    path("again/demo", proof.demo, name="again.demo"),
    path("again/go-on", proof.go_on, name="again.go_on"),
    path("again/password", account.reauthenticate, name="account_reauthenticate"),
    path("factors/", factors.Index.as_view(), name="mfa_index"),
    path("factors/authenticate", mfa.authenticate, name="mfa_authenticate"),
    path("factors/again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("factors/app/activate/", factors.App.as_view(), name="mfa_activate_totp"),
    path("factors/keys/add/", factors.Passkey.as_view(), name="mfa_add_webauthn"),
    path("factors/codes/", factors.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("factors/app/", include("allauth.mfa.totp.urls")),
    path("factors/keys/", include("allauth.mfa.webauthn.urls")),
    path("factors/codes/", include("allauth.mfa.recovery_codes.urls")),
    path("sessions", signin.signed_in, name="signin.sessions"),
    path("places", signin.places, name="signin.places"),
]
handler400, handler403, handler404, handler500 = lost.bad, lost.forbidden, lost.not_found, lost.broken
PAGES: tuple[visits.Page, ...] = (*console.PAGES, *till.PAGES, *portal.PAGES)
urlpatterns: list[URLPattern | URLResolver] = [
    path("design", guide.guide, name="guide"),
    path("design/answer", guide.answer, name="guide_answer"),
    path("design/<slug:part>", guide.guide, name="guide_part"),
    path("design/brand/<str:name>.css", guide.brand, name="brand"),
    path("sign-in/", include(_SIGN_IN)),
    path("enter/<str:token>", entry.enter, name="signin.enter"),
    path("invited/<str:secret>", entry.invited, name="signin.invited"),
    path("", start.root, name="root"),
    path("start/open/<str:token>", start.enter, name="start.enter"),
    *[path(where, step, name=name) for where, (name, step) in start.STEPS.items()],
    *visits.urls(console.PAGES, console_frame.question),
    *visits.urls(till.PAGES, till_frame.question),
    *visits.urls(portal.PAGES, portal_frame.question),
    path("letters/stop/<str:token>", stop.stop, name="letters-stop"),
]

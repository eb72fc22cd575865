"""Pages of sign-in that are ours: a new password, the sessions of somebody, and the places that they can go to."""

from datetime import UTC

from allauth.account import views as account
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from guerdon.core import limits, sentences
from guerdon.engine import users
from guerdon.faces import aside, detours, sessions, visits, waits, words
from guerdon.faces.signin import adapter, devices, proof, wanted
from guerdon.features.programmes import queries as programmes
from guerdon.features.users import queries
from guerdon.features.users.models import User
from guerdon.kit import store


class NewPassword(forms.Form):
    """Asks for a new password, once: what is typed can be shown."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False,
        max_length=limits.PASSWORD_CHARS_MAX,
    )  # fmt: skip

    def clean_password(self) -> str:
        """The password, if it is long enough and nobody's first guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Set a password; whoever does has shown a short while ago who they are, by a code or otherwise."""
    if not sessions.recent(request, strictly=proof.has_factor(sessions.user(request))):
        return HttpResponseRedirect(f"{reverse('again')}?{urlencode({'next': request.path})}")
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        id = str(request.user.pk)
        users.set_password(user_id=id, hashed=make_password(form.cleaned_data["password"]))
        update_session_auth_hash(request, User.objects.get(pk=id))
        adapter.tell(request, id, "password")
        return HttpResponseRedirect(reverse("signin.places"))
    return render(request, "signin/password.html", {"form": form})


@never_cache
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in; each place but this one can be ended, or all of them at once.

    Whoever ends one has shown a short while ago who they are: else a stranger in the account would put its owner out.
    """
    found = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        if not sessions.recent(request, strictly=proof.has_factor(sessions.user(request))):
            return detours.asked_again(request)
        aside.drop(request)  # what waited is here now
        asked = request.POST.get("end", "")
        for one in found:
            if not one.is_current() and asked in ("others", str(one.pk)):
                one.end()
        return HttpResponseRedirect(wanted.on(request, "signin.sessions"))
    zone = wanted.door(request).get("door_zone")
    seen = "signin.session_seen" if zone is None else "signin.session_seen_there"
    tongue = sentences.tongue(words.language())
    told = [
        {"id": one.pk, "what": devices.name(one.user_agent), "current": one.is_current(),
         "seen": words.say(seen, tongue.code, when=tongue.moment(one.last_seen_at.astimezone(zone or UTC)), ip=one.ip)}
        for one in sorted(found, key=lambda one: one.last_seen_at, reverse=True)
    ]  # fmt: skip
    return render(request, "signin/sessions.html", {"sessions": told, "others": len(told) > 1})


def out(request: HttpRequest) -> HttpResponse:
    """Sign out; what the browser has kept goes with it, except for purchases that wait there to be sent."""
    answered: HttpResponse = account.logout(request)
    if request.method == "POST":
        waits.clear(request, answered)
        aside.forget(answered)
    return answered


@never_cache
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """Where whoever has signed in can go: one place is gone to at once, of several one is chosen."""
    at_hand = store.current()
    language = words.language()
    appointed = {one.programme_id: one.role for one in queries.of_user(at_hand, str(request.user.pk))}
    found: list[dict[str, str]] = []
    for row in programmes.every(at_hand):
        try:
            visit = visits.of(request, row.key)
        except Http404:  # it has not begun, and keeps nobody from the others
            continue
        title = visit.programme.name.get(language, row.key)
        if row.id in appointed:
            face = "till.home" if appointed[row.id] == "cashier" else "console.home"
            found.append({"to": reverse(face, args=[row.key]), "title": title, "as": f"signin.as_{appointed[row.id]}"})
        if visit.member_id is not None:
            found.append({"to": reverse("portal.home", args=[row.key]), "title": title, "as": "signin.as_member"})
    if len(found) == 1:
        return HttpResponseRedirect(found[0]["to"])
    return render(request, "signin/places.html", {"places": found})

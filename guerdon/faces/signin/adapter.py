"""What sign-in asks of us: who may try, where a code is sent, where people go when they are in."""

import secrets
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guerdon.core.letters import Changed, Recipient
from guerdon.engine import staff, users
from guerdon.faces import sessions, words
from guerdon.faces.signin import backend, proof, tries, wanted
from guerdon.features.users import queries
from guerdon.kit import clock
from guerdon.kit import secrets as kept

_CODE_DIGITS = 8  # with as many tries as are allowed, years of guessing find none


# What the library tells of, in our words.
_CHANGED: Final[dict[str, Changed]] = {
    "totp_activated": "factor_added", "totp_deactivated": "factor_removed", "webauthn_added": "factor_added",
    "webauthn_removed": "factor_removed", "recovery_codes_generated": "codes", "password_changed": "password",
    "password_set": "password", "password_reset": "password",
}  # fmt: skip


def tell(request: HttpRequest, user_id: str, changed: Changed) -> None:
    """Tell whose account it is what changed of their ways in."""
    users.tell(
        user_id=user_id, programme_id=wanted.programme(request), shown=sessions.email(request),
        language=words.language(), changed=changed, now=clock.now(),
    )  # fmt: skip


class Account(DefaultAccountAdapter):  # type: ignore[misc] # the library has no types
    """Our house rules of sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up with a password: members come by a code, staff by an invitation."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password before it is looked at."""
        place = self.get_client_ip(request)
        tries.count(tries.PASSWORD, _who(credentials), user_id=backend.named(credentials), place=place)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The user, if the password is right; then the tries before it count no more."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            tries.forget(tries.PASSWORD, _who(credentials))
        elif (named := backend.named(credentials)) is not None:
            tries.failed(tries.PASSWORD, user_id=named, again="user_id" in credentials)
        else:
            tries.tell("wrong", tries.PASSWORD.method, user_id=None)
        return user

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether it is the password of who is signed in already."""
        right = self.authenticate(self.request, user_id=user.pk, password=password) is not None
        if right:
            sessions.renew(self.request)
            tries.tell("good", tries.PASSWORD.method, user_id=str(user.pk), again=True)
        return right

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        """Tell that somebody has come in, and how; the book of the staff keeps it of theirs."""
        method = " + ".join(dict.fromkeys([str(one["method"]) for one in sessions.records(request)]))
        tries.tell("good", method, user_id=str(user.pk))
        staff.note_sign_in(user_id=str(user.pk), method=method, now=clock.now())
        answered: HttpResponse = super().post_login(request, user, **told)
        return answered

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether it is so long ago that somebody has shown who they are, as well as they can, that they must again."""
        return not sessions.recent(self.request, strictly=proof.has_factor(self.request.user))

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """The ways to do so; the first is the page that has them all."""
        return [{"id": "again", "description": "", "url": reverse("again")}, *proof.ways(self.request)]

    def generate_login_code(self) -> str:
        """A code to be sent: digits, which any keyboard has."""
        return "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the one letter of sign-in, the code, in the name of the programme that somebody wants to come to."""
        assert "code" in context, f"{template_prefix} is a letter that nobody wrote"
        users.send_code(
            programme_id=wanted.programme(self.request), to=Recipient(email, language=words.language()),
            code=f"{context['code'][:4]} {context['code'][4:]}",
            valid_minutes=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60, now=clock.now(),
        )  # fmt: skip

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell whose account it is that a way in was made, or is gone."""
        tell(self.request, str(user.pk), _CHANGED[template_prefix.rpartition("/")[2]])

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say by themselves what has happened."""


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # the library has no types
    """Second factors: their secrets are sealed, and they are named after the house."""

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        return kept.cover(queries.SECOND_FACTOR, text)

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it was kept."""
        return kept.uncover(queries.SECOND_FACTOR, encrypted_text)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """What a new passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return words.say("factors.passkey_numbered", words.language(), number=number)

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(getattr(user, "name", "")) or "Guerdon"

    def _get_site_name(self) -> str:
        return "Guerdon"


def _who(credentials: dict[str, Any]) -> str:
    return str(credentials.get("user_id") or credentials.get("email") or "").casefold()

"""The forms of sign-in, where ours differ: addresses are kept nowhere, and every try is counted in the database."""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as key_forms
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError

from guerdon.core import letters, limits
from guerdon.core.errors import Refusal
from guerdon.engine import users
from guerdon.faces import sessions
from guerdon.faces.signin import tries
from guerdon.features.users import queries
from guerdon.features.users.models import User
from guerdon.kit import clock, mail, store


class RequestCode(account_forms.RequestLoginCodeForm):  # type: ignore[misc] # the library has no types
    """Asks for an address, and sends a code there: whoever it belongs to becomes a user by it."""

    def clean_email(self) -> str:
        """The address. Nobody learns whether it is known: a code is sent to any."""
        email: str = self.cleaned_data["email"]
        try:
            if mail.outlet() is None:
                raise letters.LETTERS_OFF()
            known = queries.by_email(store.current(), email)
            place = get_adapter().get_client_ip(get_adapter().request)
            tries.count(tries.CODE, email.casefold(), user_id=known, place=place)
            user_id = users.known(email=email, now=clock.now())
        except Refusal as refusal:
            raise tries.refused(refusal) from refusal
        self._user = User.objects.get(pk=user_id)
        return email


class ConfirmCode(account_forms.ConfirmLoginCodeForm):  # type: ignore[misc] # the library has no types
    """Asks for the code; blanks that people type between its digits are no mistake."""

    def clean_code(self) -> str:
        """The code, if it is the one that was sent."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        try:
            return str(super().clean_code())
        except ValidationError:  # after three the library asks for a new one, and those are counted
            tries.failed(tries.CODE, user_id=str(get_adapter().request._login_stage.login.user.pk))
            raise


class SecondFactor(mfa_forms.AuthenticateForm):  # type: ignore[misc] # the library has no types
    """Asks for a code of the second factor; wrong ones are counted."""

    def clean_code(self) -> str:
        """The code, if it is right and new."""
        right = super().clean_code
        return str(tries.shown(tries.APP, str(self.user.pk), lambda: _new(self, right())))


class SecondFactorAgain(mfa_forms.ReauthenticateForm):  # type: ignore[misc] # the library has no types
    """The same before something that matters."""

    def clean_code(self) -> str:
        """The code, if it is right and new."""
        right = super().clean_code
        told = str(tries.shown(tries.APP, str(self.user.pk), lambda: _new(self, right()), again=True))
        sessions.renew(get_adapter().request)
        tries.tell("good", tries.APP.method, user_id=str(self.user.pk), again=True)
        return told


class Passkey(key_forms.AuthenticateWebAuthnForm):  # type: ignore[misc] # the library has no types
    """Takes a passkey as the second factor; wrong ones are counted."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is right."""
        return tries.shown(tries.PASSKEY, str(self.user.pk), super().clean_credential)


class PasskeyAgain(key_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc] # the library has no types
    """The same before something that matters."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is right."""
        found: Authenticator = tries.shown(tries.PASSKEY, str(self.user.pk), super().clean_credential, again=True)
        sessions.renew(get_adapter().request)
        tries.tell("good", tries.PASSKEY.method, user_id=str(self.user.pk), again=True)
        return found


class PasskeyAlone(key_forms.LoginWebAuthnForm):  # type: ignore[misc] # the library has no types
    """Takes a passkey instead of anything else: whose it is it says itself."""

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is right. Who is named by it is counted, and nothing else of them is shut."""
        told = self.cleaned_data["credential"]
        webauthn.parse_authentication_response(told)
        named = webauthn.extract_user_from_response(told)
        return tries.shown(tries.PASSKEY_ALONE, str(named.pk), super().clean_credential)


def _new(form: mfa_forms.BaseAuthenticateForm, code: str) -> str:
    """A code that is right, once: of an app's the library remembers only those that this very process was shown."""
    of_app = form.authenticator.type == Authenticator.Type.TOTP
    if of_app and not tries.once("app code", f"{form.user.pk} {''.join(code.split())}", limits.APP_CODE_SECONDS):
        raise get_mfa_adapter().validation_error("incorrect_code")
    return code

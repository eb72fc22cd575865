"""The forms of sign-in, where ours differ: addresses are kept nowhere, and every try is counted in the database."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from django.utils import translation

from guerdon.core import letters, limits
from guerdon.core.errors import Refusal
from guerdon.engine import users
from guerdon.faces import refusals
from guerdon.faces.signin import tries
from guerdon.features.users.models import User
from guerdon.kit import clock, mail


class RequestCode(account_forms.RequestLoginCodeForm):  # type: ignore[misc] # the library has no types
    """Asks for an address, and sends a code there: whoever it belongs to becomes a user by it."""

    def clean_email(self) -> str:
        """The address. Nobody learns whether it is known: a code is sent to any."""
        email: str = self.cleaned_data["email"]
        try:
            if mail.outlet() is None:
                raise letters.LETTERS_OFF()
            tries.count("codes", email.casefold(), limits.CODES_OF_USER_MAX)
            tries.count_place(get_adapter().get_client_ip(get_adapter().request))
            user_id = users.known(email=email, now=clock.now())
        except Refusal as refusal:
            raise refused(refusal) from refusal
        self._user = User.objects.get(pk=user_id)
        return email


class ConfirmCode(account_forms.ConfirmLoginCodeForm):  # type: ignore[misc] # the library has no types
    """Asks for the code; blanks that people type between its digits are no mistake."""

    def clean_code(self) -> str:
        """The code, if it is the one that was sent."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return str(super().clean_code())


class SecondFactor(mfa_forms.AuthenticateForm):  # type: ignore[misc] # the library has no types
    """Asks for a code of the second factor; wrong ones are counted."""

    def clean_code(self) -> str:
        """The code, if it is right."""
        return _counted(self, super().clean_code)


class SecondFactorAgain(mfa_forms.ReauthenticateForm):  # type: ignore[misc] # the library has no types
    """The same before something that matters."""

    def clean_code(self) -> str:
        """The code, if it is right."""
        return _counted(self, super().clean_code)


def _counted(form: Any, check: Any) -> str:
    try:
        tries.count("second factor", form.user.pk, limits.SIGN_INS_OF_USER_MAX)
    except Refusal as refusal:
        raise refused(refusal) from refusal
    code = str(check())
    tries.forget("second factor", form.user.pk)
    return code


def refused(refusal: Refusal) -> Exception:
    """A refusal as the mistake of a field."""
    from django.core.exceptions import ValidationError

    told = refusals.tell(refusal, translation.get_language() or "en", None)
    return ValidationError(told.detail, code=refusal.code)

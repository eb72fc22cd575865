"""The code by which somebody comes in: after three wrong ones another is asked for, on the way to the same page."""

from typing import Final

from allauth.account.views import ConfirmLoginCodeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from guerdon.faces.signin import wanted

_ASKED: Final = "account_request_login_code"
_TRIED: Final = "tried"  # on the way back: three tries were wrong
_OVER: Final = "over"  # on the way back: there is no code any more that could be typed


class Code(ConfirmLoginCodeView):  # type: ignore[misc] # the library has no types
    """Asks for the code that was sent."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, which says so; after the last try on to where a new code is asked for."""
        answered: HttpResponse = super().form_invalid(form)
        return _again(self.request, _TRIED) if "Location" in answered.headers else answered


_confirm: Final = Code.as_view()


def confirm(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code; who has none to type is told so where a new one is asked for, and loses nothing of the way."""
    answered: HttpResponseBase = _confirm(request)
    if answered.headers.get("Location") == reverse(_ASKED) and not request.user.is_authenticated:
        return _again(request, _OVER)
    return answered


def _again(request: HttpRequest, why: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(wanted.on(request, _ASKED, why=why))

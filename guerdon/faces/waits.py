"""What a browser keeps when somebody leaves: nothing of persons, but purchases that wait at a till to be sent."""

from typing import Final

from django.http import HttpRequest, HttpResponse

_COOKIES: Final = (
    "waits",
    "__Host-waits",
)  # by http and by https; set and taken away by the till's script, as only the browser knows what waits in it


def any_in(request: HttpRequest) -> bool:
    """Whether purchases wait in the browser."""
    return any(name in request.COOKIES for name in _COOKIES)


def clear(request: HttpRequest, answered: HttpResponse) -> None:
    """Clear what the browser has kept; where purchases wait, the script of the form clears all else (`data-leaves`)."""
    answered.headers["Clear-Site-Data"] = '"cache"' if any_in(request) else '"cache", "storage"'

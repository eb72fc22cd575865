"""Where somebody must go first, to sign in or to show again who they are, and how they come back from there."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guerdon.faces import aside


def asked_again(request: HttpRequest, *, strictly: bool = False, to: str = "") -> HttpResponse:
    """Who somebody is is asked again; what they typed waits for them meanwhile."""
    then = to or back(request)
    if request.method != "GET" and aside.put(request, back=then):
        then = reverse("again.go_on")
    return HttpResponseRedirect(
        f"{reverse('again')}?{urlencode({'next': then, **({'factor': 'yes'} if strictly else {})})}"
    )


def sent(to: str, request: HttpRequest) -> HttpResponse:
    """On to a page by its name, from which somebody comes back."""
    return HttpResponseRedirect(f"{reverse(to)}?{urlencode({'next': back(request)})}")


def back(request: HttpRequest) -> str:
    """The page that somebody wanted, or from which they sent something."""
    if request.method == "GET":
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return "/"
    return f"{came.path}?{came.query}" if came.query else came.path

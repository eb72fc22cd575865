"""The portal as an app on the phone: its manifest, its icons, and the worker that shows pages without a network."""

from importlib import resources
from typing import Final

import msgspec
from django.http import Http404, HttpResponse
from django.urls import reverse

from guerdon.faces.design import assets, icons
from guerdon.faces.design import brand as brands
from guerdon.faces.design.brand import Brand
from guerdon.faces.portal import frame
from guerdon.faces.show import Pen
from guerdon.faces.visits import Page, Visit

_SIZES: Final = (192, 512)  # what phones ask for
_DAY: Final = {"Cache-Control": "public, max-age=86400"}
_FRESH: Final = {"Cache-Control": "no-cache"}


class Icon(msgspec.Struct, frozen=True):
    """A picture of the app."""

    src: str
    sizes: str
    type: str
    purpose: str = "any maskable"


class Manifest(msgspec.Struct, frozen=True):
    """What a phone needs to know to install the portal (W3C, Web Application Manifest)."""

    id: str
    name: str
    short_name: str
    lang: str
    start_url: str
    scope: str
    background_color: str
    theme_color: str
    icons: tuple[Icon, ...]
    display: str = "standalone"


class Kept(msgspec.Struct, frozen=True):
    """What the worker keeps: the files of every page, the two pages of a member, and what stands in for all others."""

    name: str
    files: tuple[str, ...]
    pages: tuple[str, ...]
    offline: str


def manifest(visit: Visit) -> HttpResponse:
    """The app of the programme, under its name and in its colours."""
    brand, name, home = Brand.of(visit.programme.brand), Pen(visit).name, visit.to("portal.home")
    told = Manifest(
        id=home, name=name, short_name=name[:12].strip(), lang=visit.language, start_url=home, scope=home,
        background_color=brands.LIGHT.page.hex, theme_color=brand.colour.hex,
        icons=(
            Icon(visit.to("portal.icon_drawn"), "any", "image/svg+xml"),
            *[Icon(visit.to("portal.icon", str(one)), f"{one}x{one}", "image/png") for one in _SIZES],
        ),
    )  # fmt: skip
    return HttpResponse(msgspec.json.encode(told), content_type="application/manifest+json", headers=_FRESH)


def icon(visit: Visit, size: int) -> HttpResponse:
    """The icon as dots, for phones that take no drawing."""
    if size not in _SIZES:
        raise Http404("no such size")
    return HttpResponse(icons.png(Brand.of(visit.programme.brand), size), content_type="image/png", headers=_DAY)


def icon_drawn(visit: Visit) -> HttpResponse:
    """The icon as a drawing."""
    return HttpResponse(
        icons.svg(Brand.of(visit.programme.brand)), content_type="image/svg+xml; charset=utf-8", headers=_DAY
    )


def worker(visit: Visit) -> HttpResponse:
    """The worker of the programme's pages: it stands at their root, so that it can reach no others."""
    files = ("guerdon.css", "guerdon.js", "portal.js", "card.js", "vendor/lucide/icons.svg", "vendor/htmx/htmx.min.js")
    kept = Kept(
        name=f"portal {visit.row.key} ",
        files=(*map(assets.address, files), reverse("brand", args=[Brand.of(visit.programme.brand).name])),
        pages=(visit.to("portal.home"), visit.to("portal.card")),
        offline=visit.to("portal.offline"),
    )
    script = resources.files(__package__).joinpath("worker.js").read_text("utf-8")
    told = f"const kept = {msgspec.json.encode(kept).decode()};\n{script}"
    return HttpResponse(told, content_type="text/javascript; charset=utf-8", headers=_FRESH)


def offline(visit: Visit) -> HttpResponse:
    """What is shown of all pages that are not there without a network."""
    return frame.page(visit, "portal/offline.html")


PAGES: Final[tuple[Page, ...]] = (
    Page("my/<slug:programme>/manifest.webmanifest", "public", manifest, "portal.manifest"),
    Page("my/<slug:programme>/icon-<int:size>.png", "public", icon, "portal.icon"),
    Page("my/<slug:programme>/icon.svg", "public", icon_drawn, "portal.icon_drawn"),
    Page("my/<slug:programme>/worker.js", "public", worker, "portal.worker"),
    Page("my/<slug:programme>/offline", "public", offline, "portal.offline"),
)

"""Django's pages by path."""

from django.urls import URLPattern, URLResolver, path

from guerdon.faces.design import guide
from guerdon.faces.letters import stop

urlpatterns: list[URLPattern | URLResolver] = [
    path("design", guide.guide, name="guide"),
    path("design/brand/<str:name>.css", guide.brand, name="brand"),
    path("letters/stop/<str:token>", stop.stop, name="letters-stop"),
]

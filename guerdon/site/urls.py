"""Django's pages by path."""

from django.urls import URLPattern, URLResolver, path

from guerdon.faces.design import guide

urlpatterns: list[URLPattern | URLResolver] = [
    path("design", guide.guide, name="guide"),
    path("design/answer", guide.answer, name="guide_answer"),
    path("design/<slug:part>", guide.guide, name="guide_part"),
    path("design/brand/<str:name>.css", guide.brand, name="brand"),
]

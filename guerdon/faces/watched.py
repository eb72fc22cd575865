"""The front door with somebody beside it who watches: how long every request took, by the template of its route."""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guerdon.faces import intake
from guerdon.faces.lane import Application, Scope, Send
from guerdon.kit import tracing, watch
from guerdon.kit.metrics import Metrics
from guerdon.kit.watch import Asked

_metrics: list[Metrics] = []  # of this process, once it is watched


class Watched:
    """The ASGI application around that of the server; there only where somebody watches."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: intake.Receive, send: Send) -> None:
        """Pass one request on, and tell about it afterwards."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        asked = Asked(scope["method"])

        async def noting(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                asked.status = message["status"]
                asked.route = scope.get(watch.ROUTE, "")
            await send(message)

        with watch.watcher.request(asked):
            await self._application(scope, receive, noting)


def named(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: notes the template of a page's address, for whoever watches."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.resolver_match is not None:
            request.META[watch.ROUTE] = f"/{request.resolver_match.route}"
        return response

    return answered


def begin() -> Metrics | None:
    """Let this process be watched as the settings say; answers its metrics, if they are wanted.

    A process that is watched already goes on as it is. Raises `tracing.Unready`.
    """
    if watch.watcher is watch.NOBODY and (settings.METRICS or settings.OTEL):
        watchers: list[watch.Watcher] = []
        if settings.METRICS:
            _metrics[:] = [Metrics()]
            watchers += _metrics
        if settings.OTEL:
            watchers.append(tracing.to_collector(settings.OTEL, share=settings.OTEL_SHARE))
        watch.attach(*watchers)
    return _metrics[0] if _metrics and settings.METRICS else None

"""The ASGI door: the API on its lane, Django's pages for every other address."""

import os
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
# The hot routes use the database in the thread of the event loop, on purpose (docs/decisions/0003-one-lane.md).
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()

# Whatever needs Django's models comes after its setup.
from django.conf import settings  # noqa: E402

from guerdon.faces import documents, pages, watched  # noqa: E402
from guerdon.faces.api import routes  # noqa: E402
from guerdon.faces.hooks import door  # noqa: E402
from guerdon.faces.lane import Application, Lane  # noqa: E402
from guerdon.kit import clock, logs, tracing  # noqa: E402
from guerdon.site import urls  # noqa: E402
from guerdon.site import wsgi as django_wsgi  # noqa: E402

logs.configure()

THREADS = int(os.environ.get("GUERDON_THREADS", "4"))

pool = (tracing.CarryingPool if settings.OTEL else ThreadPoolExecutor)(THREADS, thread_name_prefix="guerdon")
application: Application = Lane(
    routes.ROUTES,
    now=clock.now,
    pool=pool,
    documents=documents.load(),
    hooks=door.Hooks(pool),
    beyond=pages.Pages(django_wsgi.application, pool) if urls.urlpatterns else None,
    https=settings.HTTPS,
    log_all=os.environ.get("GUERDON_LOG_REQUESTS", "problems") == "all",
)
watched.begin()
if settings.METRICS or settings.OTEL:
    application = watched.Watched(application)

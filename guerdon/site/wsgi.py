"""The WSGI door to Django's pages."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guerdon.site.settings")
application = get_wsgi_application()

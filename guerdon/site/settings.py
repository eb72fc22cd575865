"""Django's settings; everything an operator may choose comes from the environment and has a sane default."""

import os
from pathlib import Path

from guerdon.kit import mail, secrets
from guerdon.site import database

HOME = Path(os.environ.get("GUERDON_HOME", "var")).resolve()
DATABASE_URL = os.environ.get("GUERDON_DATABASE_URL") or f"sqlite:///{HOME / 'guerdon.db'}"

SECRET_KEY = secrets.find(HOME)  # empty until the database is made; nothing that only reads makes one
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GUERDON_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("bg", "Български"), ("tr", "Türkçe")]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "guerdon.site.urls"

INSTALLED_APPS = [
    "guerdon.kit.apps.Kit",
    "guerdon.features.programmes.apps.Programmes",
    "guerdon.features.members.apps.Members",
    "guerdon.features.holds.apps.Holds",
    "guerdon.features.ledger.apps.Ledger",
    "guerdon.features.activities.apps.Activities",
    "guerdon.features.rulebook.apps.Rulebook",
    "guerdon.features.rewards.apps.Rewards",
    "guerdon.features.keys.apps.Keys",
    "guerdon.features.imports.apps.Imports",
    "guerdon.features.adjustments.apps.Adjustments",
    "guerdon.features.cards.apps.Cards",
    "guerdon.features.closings.apps.Closings",
    "guerdon.features.draws.apps.Draws",
    "guerdon.features.expirations.apps.Expirations",
    "guerdon.features.households.apps.Households",
    "guerdon.features.letters.apps.Letters",
    "guerdon.features.memberships.apps.Memberships",
    "guerdon.features.rates.apps.Rates",
    "guerdon.features.redemptions.apps.Redemptions",
    "guerdon.features.seals.apps.Seals",
    "guerdon.features.tiers.apps.Tiers",
    "guerdon.features.transfers.apps.Transfers",
    "guerdon.features.vouchers.apps.Vouchers",
    "guerdon.faces.design.apps.Design",
    "guerdon.faces.letters.apps.Post",
    "django_cotton",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "guerdon.faces.design.language.chosen",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"], "builtins": []},
    }
]
# Nothing but our own files may run or be loaded; no inline script or style; nobody may frame a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"],
        "font-src": ["'self'"], "connect-src": ["'self'"], "manifest-src": ["'self'"], "base-uri": ["'none'"],
        "form-action": ["'self'"], "frame-ancestors": ["'none'"],
    }
}  # fmt: skip
DATABASES = {"default": database.settings(DATABASE_URL)}
LOGGING_CONFIG = None  # guerdon.kit.logs sets structured logs up

TASKS = {"default": {"BACKEND": "guerdon.kit.jobs.Queue"}}
SCHEDULE = "guerdon.engine.schedule.plan"  # asked by every worker what is due by itself
RECEIVERS = ["guerdon.engine.letters.hear"]  # who hears the news in every worker
PUBLIC_URL = os.environ.get("GUERDON_URL", "").rstrip("/")  # where people reach this installation
MAIL = mail.read(os.environ.get("GUERDON_SMTP_URL"), os.environ.get("GUERDON_MAIL_FROM"), url=PUBLIC_URL)
LETTER_WRITER = "guerdon.faces.letters.envelope.write"  # makes the e-mail of what a letter tells
EVENTS_FILE = os.environ.get("GUERDON_EVENTS") or None  # where the worker appends news, one JSON object a line

"""Django's settings; everything an operator may choose comes from the environment and has a sane default."""

import os
from pathlib import Path

from guerdon.core import limits
from guerdon.insight.exports import places as exports
from guerdon.kit import mail, secrets
from guerdon.kit.outward import places
from guerdon.site import database

HOME = Path(os.environ.get("GUERDON_HOME", "var")).resolve()
DATABASE_URL = os.environ.get("GUERDON_DATABASE_URL") or f"sqlite:///{HOME / 'guerdon.db'}"

SECRET_KEY = secrets.find(HOME)  # empty until the database is made; nothing that only reads makes one
SECRET_NEXT = secrets.find_next(HOME)  # with which others may make things already
SECRET_KEY_FALLBACKS = secrets.find_others(HOME)  # what was made with the next one or a former one is taken
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
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
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
    "guerdon.features.alerts.apps.Alerts",
    "guerdon.features.cards.apps.Cards",
    "guerdon.features.claims.apps.Claims",
    "guerdon.features.closings.apps.Closings",
    "guerdon.features.consents.apps.Consents",
    "guerdon.features.costs.apps.Costs",
    "guerdon.features.drafts.apps.Drafts",
    "guerdon.features.draws.apps.Draws",
    "guerdon.features.erasures.apps.Erasures",
    "guerdon.features.expirations.apps.Expirations",
    "guerdon.features.figures.apps.Figures",
    "guerdon.features.households.apps.Households",
    "guerdon.features.letters.apps.Letters",
    "guerdon.features.looks.apps.Looks",
    "guerdon.features.memberships.apps.Memberships",
    "guerdon.features.notes.apps.Notes",
    "guerdon.features.objectives.apps.Objectives",
    "guerdon.features.rates.apps.Rates",
    "guerdon.features.redemptions.apps.Redemptions",
    "guerdon.features.seals.apps.Seals",
    "guerdon.features.simulations.apps.Simulations",
    "guerdon.features.tiers.apps.Tiers",
    "guerdon.features.transfers.apps.Transfers",
    "guerdon.features.users.apps.Users",
    "guerdon.features.vouchers.apps.Vouchers",
    "guerdon.features.segments.apps.Segments",
    "guerdon.faces.design.apps.Design",
    "guerdon.faces.signin.apps.SignIn",
    "guerdon.faces.start.apps.Start",
    "guerdon.faces.console.apps.Console",
    "guerdon.faces.portal.apps.Portal",
    "guerdon.faces.till.apps.Till",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guerdon.faces.letters.apps.Post",
    "django_cotton",
    "django_tasks_db",
]
# Who watches: the address where Prometheus finds metrics, and that of a collector of traces; nobody else is asked.
METRICS = os.environ.get("GUERDON_METRICS", "")
METRICS_TOKEN = os.environ.get("GUERDON_METRICS_TOKEN", "")
OTEL = os.environ.get("GUERDON_OTEL", "")
OTEL_SHARE = float(os.environ.get("GUERDON_OTEL_SHARE", "1"))
MIDDLEWARE = [
    *(["guerdon.faces.watched.named"] if METRICS or OTEL else []),
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guerdon.faces.design.language.chosen",
    "guerdon.faces.refused.TooLarge",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guerdon.faces.design.brand.plain",
                "guerdon.faces.signin.wanted.door",
            ],
        },
    }
]
# Nothing but our own files may run or be loaded; no inline script or style; nobody may frame a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"],
        "font-src": ["'self'"], "connect-src": ["'self'"], "manifest-src": ["'self'"],
        "worker-src": ["'self'"], "object-src": ["'none'"], "base-uri": ["'none'"],
        "form-action": ["'self'"], "frame-ancestors": ["'none'"],
    }
}  # fmt: skip
# People sign in (faces/signin): sessions are sealed, tries are counted by ourselves and exactly.
HTTPS = (
    os.environ.get("GUERDON_HTTPS", "0") == "1"
)  # whether people reach us by https, as they do everywhere but at home
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["guerdon.faces.signin.backend.ByAddress"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": limits.PASSWORD_CHARS_MIN},
    },
    {"NAME": "guerdon.faces.signin.guessable.Guessable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "signin.places"
LOGOUT_REDIRECT_URL = "account_request_login_code"
STATIC_URL = "static/"
SESSION_ENGINE = "guerdon.kit.sessions"
SESSION_COOKIE_NAME = "__Host-guerdon" if HTTPS else "guerdon"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = limits.SESSION_IDLE_DAYS * 86_400
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guerdon.faces.start.pages.stale"
SECURE_HSTS_SECONDS = 365 * 86_400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# How many proxies stand before us and say whom they speak for: else all the people behind one are counted as one.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GUERDON_PROXIES", "1" if HTTPS else "0"))
DEMO = os.environ.get("GUERDON_DEMO") == "1"  # set by `guerdon demo --serve` alone, on this machine's own addresses
ACCOUNT_ADAPTER = "guerdon.faces.signin.adapter.Account"
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code that arrives verifies the address, an invitation too
ACCOUNT_FORMS = {
    "request_login_code": "guerdon.faces.signin.forms.RequestCode",
    "confirm_login_code": "guerdon.faces.signin.forms.ConfirmCode",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "guerdon.faces.signin.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "guerdon.faces.signin.forms.SecondFactor",
    "reauthenticate": "guerdon.faces.signin.forms.SecondFactorAgain",
    "authenticate_webauthn": "guerdon.faces.signin.forms.Passkey",
    "reauthenticate_webauthn": "guerdon.faces.signin.forms.PasskeyAgain",
    "login_webauthn": "guerdon.faces.signin.forms.PasskeyAlone",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Guerdon"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow passkeys without https on this machine alone
USERSESSIONS_TRACK_ACTIVITY = True
DATABASES = {"default": database.settings(DATABASE_URL)}
LOGGING_CONFIG = None  # guerdon.kit.logs sets structured logs up

SCHEDULE = ["guerdon.engine.schedule.plan", "guerdon.insight.schedule.plan"]  # asked by every worker what is due
EXPORTS = exports.folder(HOME)  # closed months as files, of which insight is computed
TASKS = {"default": {"BACKEND": "guerdon.kit.jobs.Queue", "QUEUES": ["default", "long"]}}
RECEIVERS = ["guerdon.engine.letters.hear"]  # who hears the news in every worker
PUBLIC_URL = os.environ.get("GUERDON_URL", "").rstrip("/")  # where people reach this installation
MAIL = mail.read(os.environ.get("GUERDON_SMTP_URL"), os.environ.get("GUERDON_MAIL_FROM"), url=PUBLIC_URL)
places.allowed()  # a slip in the networks that may be called ends the start, not the first call
SIMULATOR = "guerdon.insight.simulate.answering.answer"  # answers what-ifs, in a process of its own
LETTER_WRITER = "guerdon.faces.letters.envelope.write"  # makes the e-mail of what a letter tells
EVENTS_FILE = os.environ.get("GUERDON_EVENTS") or None  # where the worker appends news, one JSON object a line

"""Settings of one installation. Everything that differs between installations is an environment variable."""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from sinergi.site import logs, settings_signin
from sinergi.site.email_address import email_settings
from sinergi.site.environment_rules import read
from sinergi.site.settings_signin import *  # noqa: F403 - a chapter of these settings

PACKAGE = Path(__file__).resolve().parent.parent
ENVIRONMENT = read()
"""What the environment variables of this installation say; see `environment.py` and docs/settings.md."""
HOME = ENVIRONMENT.home.resolve()
HOME.mkdir(parents=True, exist_ok=True)

PRODUCTION = ENVIRONMENT.production
DEBUG = ENVIRONMENT.debug


def _secret_key() -> str:
    """Return the key of this installation, made at first use and readable by its owner only."""
    if ENVIRONMENT.secret_key:
        return ENVIRONMENT.secret_key.get_secret_value()
    path = HOME / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [key.get_secret_value() for key in ENVIRONMENT.secret_key_fallbacks]
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "sinergi.reference",
    "sinergi.accounts",
    "sinergi.evidence",
    "sinergi.opportunities",
    "sinergi.forums",
    "sinergi.programs",
    "sinergi.agreements",
    "sinergi.site",
    # After ours, so that our words win: “Kata sandi” where Django says “Sandi”.
    "django.contrib.auth",
    *settings_signin.APPS,
]
MIDDLEWARE = [
    "sinergi.site.proxies.TrustedProxies",
    "sinergi.site.observed.Observed",
    "sinergi.site.middleware.SafeHeaders",
    "sinergi.site.api.frame.ApiFrame",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sinergi.site.middleware.ContentSecurityPolicy",
    "sinergi.site.middleware.KeepPrivate",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sinergi.accounts.signin.middleware.SignInRequired",
    "sinergi.accounts.middleware.Refusals",
    "sinergi.evidence.middleware.EvidenceScope",
]
ROOT_URLCONF = "sinergi.site.urls"
WSGI_APPLICATION = "sinergi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "sinergi.site.context.nonce",
                "sinergi.evidence.context.evidence",
                "sinergi.site.context.shell",
            ],
        },
    }
]


def _database() -> str:
    """Return the address of the database: the one given, or a file in the home of the installation."""
    if ENVIRONMENT.database_url:
        return ENVIRONMENT.database_url.get_secret_value()
    return f"sqlite:///{HOME / 'sinergi.sqlite3'}"


DATABASES = {
    "default": dj_database_url.parse(_database(), conn_max_age=60, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }

AUTH_USER_MODEL = "accounts.Person"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "cli" / "locale", PACKAGE / "analysis" / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.static_root or HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sinergi.site.storage.HashedStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
SINERGI_IMPORT_MAX_BYTES = ENVIRONMENT.import_max_bytes
SINERGI_FILES = (ENVIRONMENT.files or HOME / "files").resolve()
SINERGI_TRUST = ENVIRONMENT.trust
SINERGI_PACK = ENVIRONMENT.pack
SINERGI_DEMO = ENVIRONMENT.demo
SINERGI_SIGN_IN_REQUIRED = ENVIRONMENT.sign_in_required
SINERGI_BASE_URL = ENVIRONMENT.base_url
SINERGI_SERVED_AT = os.environ.get("SERVED_BY_SINERGI_AT", "")
"""Where `sinergi serve` listens: how links in letters begin where SINERGI_BASE_URL says nothing."""
SINERGI_TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
SINERGI_RETENTION_DAYS = ENVIRONMENT.retention_days
SINERGI_INVITATION_DAYS = ENVIRONMENT.invitation_days
SINERGI_OIDC_LOCAL = ENVIRONMENT.oidc_local
SINERGI_METRICS_TOKEN = (
    ENVIRONMENT.metrics_token.get_secret_value() if ENVIRONMENT.metrics_token else ""
)
SINERGI_OWNER_DATABASE_URL = (
    ENVIRONMENT.owner_database_url.get_secret_value() if ENVIRONMENT.owner_database_url else ""
)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sinergi.site.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 64},
    },
}
"""`default` is shared by all processes, because limits are counted in it; `process` is of one process."""

LOGGING = logs.configuration(ENVIRONMENT.log_format, ENVIRONMENT.log_level)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
_mail = ENVIRONMENT.email_url.get_secret_value() if ENVIRONMENT.email_url else "console://"
globals().update(email_settings(_mail))

SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url] if ENVIRONMENT.base_url else []
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sesi"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = ENVIRONMENT.hsts_preload
    if not SECURE_HSTS_PRELOAD:
        # To be preloaded binds the whole domain for years; only its owner can wish that.
        SILENCED_SYSTEM_CHECKS = ["security.W021"]

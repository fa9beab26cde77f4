"""Settings of the test run: a throw-away home, no cached templates, static files served as they are."""

import os
import tempfile

os.environ.setdefault("SINERGI_HOME", tempfile.mkdtemp(prefix="sinergi-test-"))
os.environ.setdefault("SINERGI_SECRET_KEY", "only-for-tests-" + "x" * 40)
if url := os.environ.get("SINERGI_TEST_DATABASE_URL"):
    os.environ["SINERGI_DATABASE_URL"] = url

from sinergi.site.settings import *  # noqa: F403 - the environment must be set before

DEBUG = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - from the settings above
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    *PASSWORD_HASHERS,  # noqa: F405 - as above
]
"""People of tests are made by the hundred; what protects real passwords is held in tests/accounts/signin."""

"""All addresses. Indonesian at the root, English below /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sinergi.accounts.signin.urls import callbacks
from sinergi.site import health, search, views

pages = (
    [
        path("cari/", search.search, name="search"),
        path("metode/", views.method, name="method"),
        path("lisensi/", views.licences, name="licences"),
    ],
    "site",
)
urlpatterns = [
    *callbacks,
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.numbers, name="metrics"),
    path("api/", include("sinergi.site.api.urls")),
    *i18n_patterns(
        path("", include("sinergi.opportunities.urls")),
        path("", include("sinergi.forums.urls")),
        path("praktik/", include("sinergi.forums.practices.urls")),
        path("", include("sinergi.programs.urls")),
        path("", include("sinergi.agreements.urls")),
        path("bagikan/", include("sinergi.accounts.sharing_urls")),
        path("", include("sinergi.accounts.organisation_urls")),
        path("", include("sinergi.evidence.urls")),
        path("", include("sinergi.reference.urls")),
        path("akun/token/", include("sinergi.accounts.token_urls")),
        path("", include("sinergi.accounts.signin.urls")),
        path("", include("sinergi.site.audit.urls")),
        path("", include("sinergi.site.tasks.urls")),
        path("", include(pages)),
        prefix_default_language=False,
    ),
]
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error

"""All addresses. Indonesian at the root, English below /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sinergi.site import search, views

pages = (
    [
        path("cari/", search.search, name="search"),
        path("metode/", views.method, name="method"),
        path("lisensi/", views.licences, name="licences"),
    ],
    "site",
)
urlpatterns = [
    *i18n_patterns(
        path("", include("sinergi.opportunities.urls")),
        path("", include("sinergi.evidence.urls")),
        path("", include("sinergi.reference.urls")),
        path("", include(pages)),
        prefix_default_language=False,
    ),
]
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error

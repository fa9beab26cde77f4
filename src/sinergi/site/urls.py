"""All addresses. Indonesian at the root, English below /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("", include("sinergi.opportunities.urls")),
        path("", include("sinergi.evidence.urls")),
        path("", include("sinergi.reference.urls")),
        prefix_default_language=False,
    ),
]

"""Addresses of the room `agreements`."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sinergi.agreements.views.start_urls")),
    path("", include("sinergi.agreements.views.stages_urls")),
    path("", include("sinergi.agreements.views.document_urls")),
    path("", include("sinergi.agreements.views.file_urls")),
    path("", include("sinergi.agreements.views.obligation_urls")),
    path("", include("sinergi.agreements.views.due_urls")),
    path("", include("sinergi.agreements.views.calendar_urls")),
    path("", include("sinergi.agreements.views.service_urls")),
    path("", include("sinergi.agreements.views.change_urls")),
    path("", include("sinergi.agreements.views.register_urls")),
    path("", include("sinergi.agreements.views.import_urls")),
]

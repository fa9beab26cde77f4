"""Addresses of the room `programs`."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "programs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sinergi.programs.views.plan_urls")),
    path("", include("sinergi.programs.views.funding_urls")),
    path("", include("sinergi.programs.views.imports_urls")),
    path("", include("sinergi.programs.views.label_urls")),
    path("", include("sinergi.programs.views.money_urls")),
    path("", include("sinergi.programs.views.portfolio_urls")),
    path("", include("sinergi.programs.views.priority_urls")),
    path("", include("sinergi.programs.views.sync_urls")),
]

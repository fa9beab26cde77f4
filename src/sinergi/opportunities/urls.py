"""Addresses of the room `opportunities`."""

from django.urls import URLPattern, URLResolver, include, path

from sinergi.opportunities.views import map as map_views

app_name = "opportunities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", map_views.map_page, name="map"),
    path("daftar/", include("sinergi.opportunities.views.list_urls")),
    path("peta/tabel/", map_views.map_table, name="map_table"),
    path("peta/wilayah/<str:code>/", map_views.region_card, name="map_region"),
]

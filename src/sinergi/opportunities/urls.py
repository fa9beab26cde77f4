"""Addresses of the room `opportunities`."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from sinergi.opportunities.views import map as map_views
from sinergi.opportunities.views import map_files, objects, opportunity, profile

app_name = "opportunities"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", map_views.map_page, name="map"),
    path("daftar/", include("sinergi.opportunities.views.list_urls")),
    path("peta-tersimpan/", include("sinergi.opportunities.views.saved_map_urls")),
    path("peta/tabel/", map_views.map_table, name="map_table"),
    path("peta/wilayah/<str:code>/", map_views.region_card, name="map_region"),
    re_path(r"^peta\.(?P<kind>csv|xlsx|json|geojson)$", map_files.map_file, name="map-file"),
    path("peluang/<str:code>/", opportunity.regroup, name="regroup"),
    re_path(
        r"^peluang/(?P<code>[^/]+)/(?P<members>[^/]+)\.(?P<kind>csv|xlsx|json)$",
        opportunity.opportunity_file,
        name="opportunity-file",
    ),
    path("peluang/<str:code>/<str:members>/", opportunity.opportunity, name="opportunity"),
    path("objek/", objects.objects, name="objects"),
    path("objek/<str:code>/", objects.one_object, name="object"),
    path("wilayah/", profile.regions, name="regions"),
    path("wilayah.csv", profile.regions_table, name="regions_table"),
    path("wilayah/<str:code>.json", profile.region_data, name="region_data"),
    path("wilayah/<str:code>/", profile.region, name="region"),
    path("wilayah/<str:code>/<str:name>.csv", profile.region_table, name="region_table"),
]

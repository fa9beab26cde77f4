"""Addresses of the room `evidence`."""

from django.urls import URLPattern, URLResolver, path, re_path

from sinergi.evidence.views import data, imports, upload

app_name = "evidence"
UPLOAD = r"(?P<token>[0-9a-f]{32})"
TABLE = r"(?P<extension>csv|xlsx)"
urlpatterns: list[URLPattern | URLResolver] = [
    path("impor/", upload.imports, name="imports"),
    path("impor/templat.xlsx", imports.template, name="template"),
    path("impor/batch/<int:batch_id>/", imports.batch, name="batch"),
    path("impor/batch/<int:batch_id>/batal/", imports.undo, name="undo"),
    re_path(rf"^impor/{UPLOAD}/$", imports.preview, name="preview"),
    re_path(rf"^impor/{UPLOAD}/masalah\.{TABLE}$", imports.problems, name="problems"),
    re_path(rf"^impor/{UPLOAD}/kemajuan\.json$", upload.progress, name="progress"),
    re_path(rf"^impor/{UPLOAD}/pemetaan\.json$", imports.mapping_file, name="mapping"),
    path("data/", data.indicators, name="indicators"),
    path("data/<str:code>/", data.indicator, name="indicator"),
    re_path(rf"^data/(?P<code>[^/]+)/unduh\.{TABLE}$", data.download, name="download"),
    path("sumber/", data.sources, name="sources"),
]

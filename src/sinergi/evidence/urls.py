"""Addresses of the room `evidence`."""

from django.urls import URLPattern, URLResolver, path, re_path

from sinergi.evidence.views import batches, data, imports, loading, upload

app_name = "evidence"
UPLOAD = r"(?P<token>[0-9a-f]{32})"
TABLE = r"(?P<extension>csv|xlsx)"
urlpatterns: list[URLPattern | URLResolver] = [
    path("impor/", upload.imports, name="imports"),
    path("impor/templat.xlsx", imports.template, name="template"),
    path("impor/batch/<int:batch_id>/", batches.batch, name="batch"),
    re_path(
        rf"^impor/batch/(?P<batch_id>[0-9]{{1,18}})/nilai\.{TABLE}$", batches.values, name="values"
    ),
    path("impor/batch/<int:batch_id>/batal/", batches.undo, name="undo"),
    path("impor/batch/<int:batch_id>/umum/", batches.adopt, name="adopt"),
    re_path(rf"^impor/{UPLOAD}/$", imports.preview, name="preview"),
    re_path(rf"^impor/{UPLOAD}/memuat/$", loading.loading, name="loading"),
    re_path(rf"^impor/{UPLOAD}/masalah\.{TABLE}$", imports.problems, name="problems"),
    re_path(rf"^impor/{UPLOAD}/kemajuan\.json$", loading.progress, name="progress"),
    re_path(rf"^impor/{UPLOAD}/pemetaan\.json$", imports.mapping_file, name="mapping"),
    path("data/", data.indicators, name="indicators"),
    path("data/<str:code>/", data.indicator, name="indicator"),
    re_path(rf"^data/(?P<code>[^/]+)/unduh\.{TABLE}$", data.download, name="download"),
    path("sumber/", data.sources, name="sources"),
]

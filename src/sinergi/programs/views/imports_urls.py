"""Addresses of bringing plans in."""

from django.urls import path, re_path

from sinergi.programs.views import imports, imports_report

UPLOAD = r"^rencana/impor/(?P<token>[0-9a-f]{32})/"
VERSION = "rencana/<int:plan_id>/versi/<int:number>"
urlpatterns = [
    path("rencana/impor/", imports.new_import, name="import-new"),
    path("rencana/<int:plan_id>/impor/", imports.new_import, name="plan-import"),
    re_path(rf"{UPLOAD}$", imports.preview, name="import-preview"),
    re_path(
        rf"{UPLOAD}masalah\.(?P<extension>csv|xlsx)$", imports.problems, name="import-problems"
    ),
    path(f"{VERSION}/impor/", imports_report.report, name="import-report"),
    path(f"{VERSION}/impor/batalkan/", imports_report.undo, name="import-undo"),
    re_path(
        r"^rencana/(?P<plan_id>[0-9]{1,9})/versi/(?P<number>[0-9]{1,9})"
        r"/impor/jumlah\.(?P<extension>csv|xlsx)$",
        imports_report.totals_file,
        name="import-totals",
    ),
]

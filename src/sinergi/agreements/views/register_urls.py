"""Addresses of the register: all agreements, what ends when, files, reports, the public register."""

from django.urls import URLPattern, path, re_path

from sinergi.agreements.views import public_register, register, reports

PUBLIC = "kerja-sama/publik"
urlpatterns: list[URLPattern] = [
    path("kerja-sama/", register.agreements, name="agreements"),
    path("kerja-sama/berakhir/", register.expiry, name="expiry"),
    re_path(
        r"^kerja-sama/daftar\.(?P<kind>csv|xlsx)$", register.register_file, name="register-file"
    ),
    path(f"{PUBLIC}/", public_register.public_register, name="public-register"),
    path(f"{PUBLIC}/daftar.csv", public_register.public_file, name="public-register-file"),
    path(
        f"{PUBLIC}/<int:agreement_id>/", public_register.public_agreement, name="public-agreement"
    ),
    path(
        f"{PUBLIC}/<int:agreement_id>/berkas/<int:file_id>/",
        public_register.public_attachment,
        name="public-attachment",
    ),
    path("kerja-sama/laporan/", reports.reports, name="reports"),
    re_path(
        r"^kerja-sama/laporan/laporan\.(?P<kind>docx|xlsx)$",
        reports.report_file,
        name="report-file",
    ),
    path("kerja-sama/laporan/kumpulan/", reports.begin, name="report-batch-new"),
    path("kerja-sama/laporan/kumpulan/<int:batch_id>/", reports.batch, name="report-batch"),
    path(
        "kerja-sama/laporan/kumpulan/<int:batch_id>/berkas/",
        reports.batch_file,
        name="report-batch-file",
    ),
    re_path(
        r"^kerja-sama/(?P<agreement_id>[0-9]{1,9})/laporan\.(?P<kind>docx|xlsx)$",
        reports.agreement_file,
        name="agreement-report",
    ),
    path("kerja-sama/<int:agreement_id>/publik/", public_register.listing, name="listing"),
]

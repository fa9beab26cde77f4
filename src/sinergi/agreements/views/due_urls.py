"""Addresses of what falls due, of what is late, and of indicators."""

from django.urls import URLPattern, path

from sinergi.agreements.views import dues, late, measures

AGREEMENT = "kerja-sama/<int:agreement_id>"
DUE = f"{AGREEMENT}/kewajiban/jatuh-tempo/<int:due_id>"
MEASURE = f"{AGREEMENT}/indikator/<int:measure_id>"
urlpatterns: list[URLPattern] = [
    path(f"{DUE}/", dues.due, name="due"),
    path(f"{DUE}/penuhi/", dues.fulfil, name="due-fulfil"),
    path(f"{DUE}/bebaskan/", dues.waive, name="due-waive"),
    path(f"{DUE}/tarik/", dues.undo, name="due-undo"),
    path(f"{DUE}/konfirmasi/", dues.confirm, name="due-confirm"),
    path("kerja-sama/terlambat/", late.late, name="late"),
    path(f"{AGREEMENT}/indikator/", measures.measures, name="measures"),
    path(f"{AGREEMENT}/indikator/baru/", measures.new_measure, name="measure-new"),
    path(f"{MEASURE}/", measures.edit_measure, name="measure-edit"),
    path(f"{MEASURE}/hapus/", measures.remove_measure, name="measure-remove"),
    path(f"{MEASURE}/nilai/", measures.new_reading, name="reading-new"),
    path(
        f"{MEASURE}/nilai/<int:reading_id>/hapus/", measures.remove_reading, name="reading-remove"
    ),
]
